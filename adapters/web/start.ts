/** What the first screen of the page shows: what can be browsed, and questions to begin with. */
import { exampleButtons, listOf } from "#src/conversation/browse.ts";
import { tokenOf } from "#src/conversation/intent.ts";
import type { Knowledge, Source } from "#src/knowledge/entry.ts";
import type { Button, Row } from "#src/reply.ts";

/** A source as people know it: the full names of its authors, its year and address where they are known. */
export type Described = {
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: number | null;
  readonly url: string | null;
};

/** A source without its passages. */
export const described = ({ csl }: Source): Described => ({
  title: csl.title,
  authors: csl.author.map((name) => ("literal" in name ? name.literal : `${name.given} ${name.family}`)),
  year: csl.issued["date-parts"][0]?.[0] ?? null,
  url: csl.URL ?? null,
});

/** The answer of `GET /api/start`. */
export type Start = {
  readonly themes: readonly Row[];
  /** The other kinds of entry. */
  readonly kinds: readonly Row[];
  readonly examples: readonly Button[];
  readonly sources: readonly Described[];
  /** The knowledge set's, as in `Knowledge`. */
  readonly version: string;
  readonly counts: { readonly sources: number; readonly passages: number; readonly entries: number };
};

/** Everything that the first screen needs, from the knowledge alone. */
export function start(knowledge: Knowledge): Start {
  const { sources, passages, entries, version } = knowledge;
  return {
    themes: rowsOf("theme", knowledge),
    kinds: rowsOf(null, knowledge).filter(({ button }) => button.token !== tokenOf({ kind: "browse", of: "theme" })),
    examples: exampleButtons(knowledge),
    sources: sources.map(described),
    version,
    counts: { sources: sources.length, passages: passages.size, entries: entries.length },
  };
}

function rowsOf(of: string | null, knowledge: Knowledge): readonly Row[] {
  const list = listOf(of, knowledge);
  return list?.kind === "list" ? list.rows : [];
}
