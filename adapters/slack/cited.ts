/** The sentences of an answer with their marks, and the sources that the marks stand for. */
import type { KnownBlock } from "@slack/types";
import type { Citation, Segment } from "#src/reply.ts";
import { header, packed, sections } from "./budget.ts";
import { escaped, link, pieces, plainText } from "./mrkdwn.ts";

// A sentence longer than this is divided, so that it and its marks fit one section.
const longestPiece = 2_000;
const longestMarks = 900;
const marksTogether = 25;
const longestLabel = 200;

/** Paragraph by paragraph, each under its heading. `linked` are the citations whose marks lead to their source. */
export function bodyOf(body: readonly Segment[], linked: readonly Citation[]): readonly KnownBlock[] {
  const urls = new Map(linked.map(({ n, url }) => [n, url]));
  const paragraphs: { readonly heading: string | null; readonly parts: string[] }[] = [];
  for (const segment of body) {
    const parts = sentence(segment, urls);
    const open = paragraphs.at(-1);
    if (open === undefined || segment.heading !== null) paragraphs.push({ heading: segment.heading, parts });
    else open.parts.push(...parts);
  }
  return paragraphs.flatMap(({ heading, parts }): KnownBlock[] => [
    ...(heading === null ? [] : header(heading)),
    ...sections(packed(parts, " ")),
  ]);
}

function sentence({ text, cites }: Segment, urls: ReadonlyMap<number, string | null>): string[] {
  const said = pieces(text, longestPiece);
  const [first = "", ...others] = groups(cites).map((group) => marks(group, urls));
  return [...said.slice(0, -1), `${said.at(-1) ?? ""} ${first}`.trim(), ...others];
}

const groups = (cites: readonly number[]): readonly (readonly number[])[] =>
  cites.flatMap((_, at) => (at % marksTogether === 0 ? [cites.slice(at, at + marksTogether)] : []));

function marks(group: readonly number[], urls: ReadonlyMap<number, string | null>): string {
  const linked = group.map((n) => marked(`[${n}]`, urls.get(n) ?? null)).join("");
  return linked.length <= longestMarks ? linked : group.map((n) => `[${n}]`).join("");
}

/** One escaped line a source: its mark, and its label, which leads there where `isLinked`. */
export const sourcesOf = (citations: readonly Citation[], isLinked: boolean): readonly string[] =>
  citations.map(({ n, label, url }) => `[${n}] ${marked(plainText(label, longestLabel).text, isLinked ? url : null)}`);

const marked = (label: string, url: string | null): string => (url === null ? escaped(label) : link(url, label));

/** The citations that these sentences use. */
export function usedBy(body: readonly Segment[], citations: readonly Citation[]): readonly Citation[] {
  const used = new Set(body.flatMap(({ cites }) => cites));
  return citations.filter(({ n }) => used.has(n));
}
