/** A source as people paste it: made by citation-js, which is loaded on first use, since it takes half a second. */
import type { Source } from "./entry.ts";

/** One source in three forms: APA in plain text, BibTeX and RIS. Each ends without a line break. */
export type Reference = { readonly apa: string; readonly bibtex: string; readonly ris: string };

/** The three forms of a source. No network is used: citation-js fetches only while it parses its input, and we give it CSL. */
export async function reference(source: Source): Promise<Reference> {
  const { plugins } = await import("@citation-js/core");
  // Each adds itself to `plugins` when it is loaded.
  await import("@citation-js/plugin-csl");
  await import("@citation-js/plugin-bibtex");
  await import("@citation-js/plugin-ris");
  const data = [{ ...source.csl, id: source.id }];
  const apa = plugins.output.format("bibliography", data, { format: "text", template: "apa", lang: "en-GB" });
  return {
    apa: String(apa).trim(),
    bibtex: String(plugins.output.format("bibtex", data)).trim(),
    ris: risLines(plugins.output.format("ris", data, { format: "object" })).join("\n"),
  };
}

/**
 * The plugin's own text breaks every value after 70 characters, in the middle of a word, and readers of RIS then show the
 * gap; it also leaves the month without its zero. So we take its tags and values and write the lines ourselves.
 */
function risLines(records: unknown): readonly string[] {
  const [record] = records as readonly Readonly<Record<string, unknown>>[];
  if (record === undefined) return [];
  const { TY: type, ...tags } = record;
  const lines = Object.entries(tags).flatMap(([tag, value]) =>
    [value].flat().map((one) => `${tag}  - ${padded(tag, one)}`),
  );
  return [`TY  - ${String(type)}`, ...lines, "ER  - "];
}

const padded = (tag: string, value: unknown): string =>
  tag === "DA" ? String(value).replace(/\/(\d)(?=\/)/g, "/0$1") : String(value);
