/** "Sources in full": the whole answer, the passages it rests on, and the references to copy. */
import type { Passage } from "#src/knowledge/entry.ts";
import type { Answer, Citation } from "#src/reply.ts";
import { fits, limits, most } from "./budget.ts";
import type { Card, Element, RichText } from "./card.ts";
import { cardOf, heading, lines, quiet, run } from "./card-parts.ts";
import { bodyInCard, sourcesInWords, titleOf } from "./cited.ts";
import { addressOf, clip, oneLine } from "./markdown.ts";
import { words } from "./words.ts";

/** What of a passage is shown. */
export type ShownPassage = Pick<Passage, "id" | "section" | "sentence" | "gist">;

export type Sources = {
  readonly reply: Answer;
  /** Those that the answer cites, in any order. */
  readonly passages: readonly ShownPassage[];
  /** References in a form to copy. */
  readonly references: readonly string[];
};

/** Draws them, without buttons. Where not all fits, the answer comes first, then the passages in the order of their marks. */
export function sourcesCard({ reply, passages, references }: Sources): Card {
  const { body, citations } = reply;
  const shown = [
    ...heading(words.passages, limits.heading, "Small"),
    ...citations.flatMap((citation) => passageOf(citation, passages, citations)),
    ...referencesOf(references),
  ];
  const make = (sentences: number, parts: number): Card => {
    const isCut = sentences < body.length || parts < shown.length;
    const elements: readonly Element[] = [
      ...heading(titleOf(reply), limits.heading),
      ...bodyInCard(body.slice(0, sentences)),
      ...shown.slice(0, parts),
      ...(isCut ? quiet(words.moreThanFits) : []),
    ];
    return cardOf(elements, clip(`${words.sources}\n${sourcesInWords(citations)}`, longestFallback));
  };
  const sentences = most(body.length, (count) => make(count, 0));
  return make(
    sentences,
    most(shown.length, (count) => make(sentences, count), fits),
  );
}

const longestFallback = 1_500;
const longestGist = 1_000;
const longestReference = 1_500;

/** Where it stands, which leads there, and what it says. */
function passageOf(
  citation: Citation,
  passages: readonly ShownPassage[],
  all: readonly Citation[],
): readonly RichText[] {
  const { n, passage, label, url } = citation;
  const found = passages.find(({ id }) => id === passage);
  const where = found === undefined ? label : words.where(found.section, found.sentence);
  // An address that several share leads there once.
  const isFirst = all.find((one) => one.url === url) === citation;
  const line: RichText = {
    type: "RichTextBlock",
    spacing: "Medium",
    inlines: [
      run(`[${n}] `, { weight: "Bolder" }),
      run(oneLine(where, limits.heading) || "–", { weight: "Bolder" }),
      ...(isFirst && addressOf(url) !== null ? [run(" "), run(words.readSource(hostOf(url)), {}, url)] : []),
    ],
  };
  return [line, ...(found === undefined ? [] : lines(clip(found.gist, longestGist)))];
}

const hostOf = (url: string | null): string => (url !== null && URL.canParse(url) ? new URL(url).host : "");

const referencesOf = (references: readonly string[]): readonly RichText[] =>
  references.length === 0
    ? []
    : [
        ...heading(references.length === 1 ? words.reference : words.references, limits.heading, "Small"),
        ...references.flatMap((reference) => lines(oneLine(reference, longestReference))),
      ];
