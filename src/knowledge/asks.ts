/** Rules about the ways of asking: enough of them, and none that leads to two places. */
import type { Doc, Documents } from "./documents.ts";
import type { Concept, Finding } from "./entry.ts";
import { error, named, type Place, placeText } from "./finding.ts";

// Fewer leave the search nothing to go by; from design.md.
const fewestForEntry = 6;
const fewestForBoundary = 5;

type Asked = { readonly id: string; readonly asks: readonly string[] };

/** `too-few-asks`, `same-ask` and `same-phrase`, over all entries, boundaries and small talk of all folders. */
export const askFindings = ({ entries, boundaries, talk, vocabulary }: Documents): readonly Finding[] => [
  ...tooFew(entries, fewestForEntry),
  ...tooFew(boundaries, fewestForBoundary),
  ...same([...entries, ...boundaries, ...talk]),
  ...samePhrase(vocabulary),
];

/** `same-phrase`: a phrase of the vocabulary that stands in two concepts would count for the later one alone. */
function samePhrase(docs: readonly Doc<readonly Concept[]>[]): readonly Finding[] {
  const first = new Map<string, string>();
  return docs.flatMap(({ value, placeOf }) =>
    value.flatMap(({ concept, says }, index) =>
      says.flatMap((phrase, at) => {
        const before = first.get(plainAsk(phrase));
        if (before === undefined) first.set(plainAsk(phrase), concept);
        if (before === undefined || before === concept) return [];
        const message = `a phrase of ${named(concept)} stands in ${named(before)} too`;
        const place = placeOf([index, "says", at]);
        return [error({ code: "same-phrase", at: place, message, fix: "Keep it in the concept that it fits best." })];
      }),
    ),
  );
}

const tooFew = (docs: readonly Doc<readonly Asked[]>[], fewest: number): readonly Finding[] =>
  docs.flatMap(({ value, placeOf }) =>
    value.flatMap(({ id, asks }, index) => {
      if (asks.length >= fewest) return [];
      const message = `${named(id)} has ${asks.length} ways of asking; ${fewest} are needed`;
      return [
        error({ code: "too-few-asks", at: placeOf([index, "asks"]), message, fix: "Add other ways of asking it." }),
      ];
    }),
  );

function same(docs: readonly Doc<readonly Asked[]>[]): readonly Finding[] {
  const first = new Map<string, { readonly id: string; readonly at: () => Place }>();
  const findings: Finding[] = [];
  for (const { value, placeOf } of docs) {
    for (const [index, { id, asks }] of value.entries()) {
      for (const [a, ask] of asks.entries()) {
        const at = (): Place => placeOf([index, "asks", a]);
        const before = first.get(plainAsk(ask));
        if (before === undefined) first.set(plainAsk(ask), { id, at });
        else findings.push(sameAsk(before, at()));
      }
    }
  }
  return findings;
}

const sameAsk = (before: { readonly id: string; readonly at: () => Place }, at: Place): Finding =>
  error({
    code: "same-ask",
    at,
    message: `${named(before.id)} is asked in the same words at ${placeText(before.at())}`,
    fix: "Delete one of the two, or say what sets them apart.",
  });

/** An ask without case, punctuation and spacing: two that differ in no more are one question. Marks alone stay as they are. */
export function plainAsk(ask: string): string {
  const plain = ask
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return plain === "" ? ask.trim() : plain;
}
