/** The sentences of an answer with their marks, and what the marks stand for: as entities of Teams' own, and as lines of a card. */
import type { Answer, Citation, Segment } from "#src/reply.ts";
import { limits } from "./budget.ts";
import type { Element, RichText } from "./card.ts";
import { heading, lines, run } from "./card-parts.ts";
import type { Entity } from "./connector.ts";
import { addressOf, bold, clean, escaped, oneLine } from "./markdown.ts";

type Paragraph = { readonly heading: string | null; readonly sentences: readonly Segment[] };

/** A paragraph for each heading, and for what stands before the first. */
function paragraphsOf(body: readonly Segment[]): readonly Paragraph[] {
  const starts = body.flatMap((segment, at) => (at === 0 || segment.heading !== null ? [at] : []));
  return starts.map((start, at) => ({
    heading: body[start]?.heading ?? null,
    sentences: body.slice(start, starts[at + 1]),
  }));
}

const marks = ({ cites }: Segment): string => cites.map((n) => `[${n}]`).join("");

/** Paragraphs of Markdown, each heading in bold. The marks are the only brackets that are not escaped. */
export const bodyInText = (body: readonly Segment[]): readonly string[] =>
  paragraphsOf(body).flatMap((paragraph) => [
    ...bold(paragraph.heading ?? "", limits.heading),
    paragraph.sentences.map((segment) => `${escaped(segment.text)} ${marks(segment)}`.trim()).join(" "),
  ]);

/** The same in a card. */
export const bodyInCard = (body: readonly Segment[]): readonly Element[] =>
  paragraphsOf(body).flatMap((paragraph) => [
    ...heading(paragraph.heading ?? "", limits.heading),
    ...lines(
      paragraph.sentences
        .map((segment) => `${clean(segment.text).replace(/\s+/g, " ").trim()} ${marks(segment)}`)
        .join(" "),
    ),
  ]);

/** The citations that these sentences use. */
export function usedBy(body: readonly Segment[], citations: readonly Citation[]): readonly Citation[] {
  const used = new Set(body.flatMap(({ cites }) => cites));
  return citations.filter(({ n }) => used.has(n));
}

/** What a passage says, in our words; null where it is not known. */
export type GistOf = (passage: string) => string | null;

/**
 * What Teams shows when a mark is pressed. Of more than twenty, the first: the card lists all. Where the gist of a passage
 * is not known, the first sentence that rests on it stands for it.
 */
export function citationEntities(
  body: readonly Segment[],
  citations: readonly Citation[],
  gistOf: GistOf,
): readonly Entity[] {
  const claims = citations.slice(0, limits.citations).map((citation) => {
    const sentence = body.find(({ cites }) => cites.includes(citation.n))?.text ?? "";
    const name = oneLine(citation.label, limits.citationName) || `[${citation.n}]`;
    const abstract = oneLine(gistOf(citation.passage) ?? sentence, limits.citationAbstract) || name;
    const url = addressOf(citation.url);
    return {
      "@type": "Claim",
      position: citation.n,
      appearance: { "@type": "DigitalDocument", name, abstract, ...(url === null ? {} : { url }) },
    };
  });
  if (claims.length === 0) return [];
  return [
    {
      type: "https://schema.org/Message",
      "@type": "Message",
      "@context": "https://schema.org",
      "@id": "",
      citation: claims,
    },
  ];
}

const longestLabel = 200;
const shortLabel = 80;

/** A line for each source: its mark, and its label, which leads there where `isLinked`, or where no citation of Teams' own does. */
export const sourceLines = (citations: readonly Citation[], isLinked: boolean): readonly RichText[] =>
  citations.map(({ n, label, url }, at) => {
    const leads = isLinked || at >= limits.citations;
    return {
      type: "RichTextBlock",
      inlines: [
        run(`[${n}] `, { size: "Small" }),
        run(oneLine(label, leads ? longestLabel : shortLabel) || "–", { size: "Small" }, leads ? url : null),
      ],
      spacing: "None",
    };
  });

/** The same in words, with each address once. */
export function sourcesInWords(citations: readonly Citation[]): string {
  const listed = citations.map(({ n, label }) => `[${n}] ${oneLine(label, longestLabel)}`);
  const urls = new Set(citations.flatMap(({ url }) => addressOf(url) ?? []));
  return [...listed, ...urls].join("\n");
}

/** What an answer is about, where it does not begin with a heading of its own. */
export const titleOf = ({ entries, body }: Answer): string => (body[0].heading === null ? entries[0].title : "");
