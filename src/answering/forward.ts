/** The forward index: item → phrases → features, in flat arrays, so that a candidate is compared without touching any other. */
import { type FindConcepts, maxTerms, terms, words } from "./normalise.ts";
import type { Item } from "./search.ts";

// A phrase's feature is a stem, a concept (=) or a question word (?). A concept is looser than the word itself; question
// words matter, since "where should studies be done" and "why should studies be done" differ in nothing else.
const conceptWeight = 0.8;
const questionWordWeight = 1.2;
const questionWords = new Set(["who", "whose", "where", "when", "why", "how", "which", "what", "many", "much"]);

/** Lists of ids laid end to end: list `i` is `ids[starts[i] … starts[i + 1])`, with a weight beside each id. */
type Flat = { readonly starts: Int32Array; readonly ids: Int32Array; readonly weights: Float64Array };

export type Forward = {
  /** Phrases of item `i` are numbered from `phraseStarts[i]` to before `phraseStarts[i + 1]`. */
  readonly phraseStarts: Int32Array;
  /** Features of each phrase, scaled to length 1. */
  readonly features: Flat;
  /** Distinct character trigrams of each phrase. */
  readonly trigrams: Flat;
  /** Mean of an item's phrases, scaled to length 1. */
  readonly profiles: Flat;
  readonly featureId: ReadonlyMap<string, number>;
  readonly trigramId: ReadonlyMap<string, number>;
  /** ln(1 + (N - df + 0.5) / (df + 0.5)) over items; a feature nobody has is as rare as can be. */
  readonly idf: (feature: string) => number;
};

/** Distinct features of a text with their weights before IDF. */
export function featuresOf(text: string, concepts: FindConcepts): Map<string, number> {
  const made = new Map<string, number>();
  for (const term of terms(text).slice(0, 4 * maxTerms)) made.set(term, 1);
  for (const concept of concepts(text)) made.set(`=${concept}`, conceptWeight);
  for (const word of words(text)) if (questionWords.has(word)) made.set(`?${word}`, questionWordWeight);
  return made;
}

/** Character trigrams of the words, padded, so that misspellings and inflections still share most of them. */
export function trigramsOf(text: string): Set<string> {
  const padded = `  ${words(text)
    .slice(0, 2 * maxTerms)
    .join(" ")} `;
  const made = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) made.add(padded.slice(at, at + 3));
  return made;
}

/** Builds the index. Every title, ask and word of an item is a phrase. */
export function buildForward(items: readonly Item[], concepts: FindConcepts): Forward {
  const phrases = items.map((item) =>
    [item.title, ...item.asks, ...item.words].map((text) => featuresOf(text, concepts)),
  );
  const itemsWith = new Map<string, number>();
  for (const ofItem of phrases)
    for (const feature of new Set(ofItem.flatMap((features) => [...features.keys()])))
      itemsWith.set(feature, (itemsWith.get(feature) ?? 0) + 1);
  const idf = (feature: string) => {
    const df = itemsWith.get(feature) ?? 0;
    return Math.log(1 + (items.length - df + 0.5) / (df + 0.5));
  };
  const featureId = new Map([...itemsWith.keys()].map((feature, id) => [feature, id]));
  const weighted = phrases.map((ofItem) => ofItem.map((features) => unit(features, idf)));
  const trigramId = new Map<string, number>();
  const trigrams = items.flatMap((item) =>
    [item.title, ...item.asks, ...item.words].map((text) => new Map([...trigramsOf(text)].map((made) => [made, 1]))),
  );
  for (const ofPhrase of trigrams)
    for (const made of ofPhrase.keys()) if (!trigramId.has(made)) trigramId.set(made, trigramId.size);
  return {
    phraseStarts: startsOf(phrases.map((ofItem) => ofItem.length)),
    features: flatten(weighted.flat(), featureId),
    trigrams: flatten(trigrams, trigramId),
    profiles: flatten(weighted.map(mean), featureId),
    featureId,
    trigramId,
    idf,
  };
}

/** Features weighted by IDF and scaled to length 1. */
export function unit(features: ReadonlyMap<string, number>, idf: (feature: string) => number): Map<string, number> {
  const weighted = [...features].map(([feature, weight]) => [feature, weight * idf(feature)] as const);
  const length = Math.hypot(...weighted.map(([, weight]) => weight)) || 1;
  return new Map(weighted.map(([feature, weight]) => [feature, weight / length]));
}

function mean(phrases: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const phrase of phrases)
    for (const [feature, weight] of phrase) sum.set(feature, (sum.get(feature) ?? 0) + weight);
  const length = Math.hypot(...sum.values()) || 1;
  return new Map([...sum].map(([feature, weight]) => [feature, weight / length]));
}

function startsOf(sizes: readonly number[]): Int32Array {
  const starts = new Int32Array(sizes.length + 1);
  sizes.forEach((size, at) => {
    starts[at + 1] = (starts[at] ?? 0) + size;
  });
  return starts;
}

function flatten(lists: readonly ReadonlyMap<string, number>[], idOf: ReadonlyMap<string, number>): Flat {
  const starts = startsOf(lists.map((list) => list.size));
  const ids = new Int32Array(starts[lists.length] ?? 0);
  const weights = new Float64Array(ids.length);
  let at = 0;
  for (const list of lists)
    for (const [key, weight] of list) {
      ids[at] = idOf.get(key) ?? 0;
      weights[at++] = weight;
    }
  return { starts, ids, weights };
}
