/** The forward index: item → phrases → features, in flat arrays, so that a candidate is compared without touching any other. */
import { type FindConcepts, maxTerms, termsIn, words } from "./normalise.ts";
import type { Item } from "./search.ts";

// A phrase's feature is a stem, a concept (=) or a question word (?). A concept is looser than the word itself; question
// words matter, since "where should studies be done" and "why should studies be done" differ in nothing else.
const conceptWeight = 0.8;
const questionWordWeight = 1.2;
const questionWords = new Set(["who", "whose", "where", "when", "why", "how", "which", "what", "many", "much"]);

/** Lists of ids laid end to end: list `i` is `ids[starts[i] … starts[i + 1])`. */
type Flat = { readonly starts: Int32Array; readonly ids: Int32Array };

/** The same with a weight beside each id. */
type Weighted = Flat & { readonly weights: Float64Array };

export type Forward = {
  /** Phrases of item `i` are numbered from `phraseStarts[i]` to before `phraseStarts[i + 1]`. */
  readonly phraseStarts: Int32Array;
  /** Features of each phrase, scaled to length 1. */
  readonly features: Weighted;
  /** Distinct character trigrams of each phrase. */
  readonly trigrams: Flat;
  /** Mean of an item's phrases, scaled to length 1. */
  readonly profiles: Weighted;
  readonly featureId: ReadonlyMap<string, number>;
  readonly trigramId: ReadonlyMap<string, number>;
  /** ln(1 + (N - df + 0.5) / (df + 0.5)) over items; a feature nobody has is as rare as can be. */
  readonly idf: (feature: string) => number;
};

/** Distinct features of what was said with their weights before IDF. */
export function featuresOf(spoken: readonly string[], concepts: FindConcepts): Map<string, number> {
  const made = new Map<string, number>();
  for (const term of termsIn(spoken).slice(0, 4 * maxTerms)) made.set(term, 1);
  for (const concept of concepts(spoken)) made.set(`=${concept}`, conceptWeight);
  for (const word of spoken) if (questionWords.has(word)) made.set(`?${word}`, questionWordWeight);
  return made;
}

/** Character trigrams of the words, padded, so that misspellings and inflections still share most of them. */
export function trigramsOf(spoken: readonly string[]): Set<string> {
  const padded = `  ${spoken.slice(0, 2 * maxTerms).join(" ")} `;
  const made = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) made.add(padded.slice(at, at + 3));
  return made;
}

/** Builds the index. Every title, ask and word of an item is a phrase. */
export function buildForward(items: readonly Item[], concepts: FindConcepts): Forward {
  const phrases = items.map((item) => [item.title, ...item.asks, ...item.words].map(words));
  const features = phrases.map((ofItem) => ofItem.map((spoken) => featuresOf(spoken, concepts)));
  const itemsWith = new Map<string, number>();
  for (const ofItem of features)
    for (const feature of new Set(ofItem.flatMap((ofPhrase) => [...ofPhrase.keys()])))
      itemsWith.set(feature, (itemsWith.get(feature) ?? 0) + 1);
  const idf = (feature: string) => {
    const df = itemsWith.get(feature) ?? 0;
    return Math.log(1 + (items.length - df + 0.5) / (df + 0.5));
  };
  const weighted = features.map((ofItem) => ofItem.map((ofPhrase) => unit(ofPhrase, idf)));
  const featureId = new Map([...itemsWith.keys()].map((feature, id) => [feature, id]));
  const trigramId = new Map<string, number>();
  const idOf = (trigram: string) => {
    const id = trigramId.get(trigram) ?? trigramId.size;
    if (id === trigramId.size) trigramId.set(trigram, id);
    return id;
  };
  return {
    phraseStarts: startsOf(phrases.map((ofItem) => ofItem.length)),
    features: weigh(weighted.flat(), featureId),
    trigrams: flatten(phrases.flatMap((ofItem) => ofItem.map((spoken) => [...trigramsOf(spoken)].map(idOf)))),
    profiles: weigh(weighted.map(mean), featureId),
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

function flatten(lists: readonly (readonly number[])[]): Flat {
  const starts = startsOf(lists.map((list) => list.length));
  const ids = new Int32Array(starts[lists.length] ?? 0);
  lists.forEach((list, at) => {
    ids.set(list, starts[at]);
  });
  return { starts, ids };
}

function weigh(lists: readonly ReadonlyMap<string, number>[], idOf: ReadonlyMap<string, number>): Weighted {
  const flat = flatten(lists.map((list) => [...list.keys()].map((key) => idOf.get(key) ?? 0)));
  const weights = new Float64Array(flat.ids.length);
  lists.forEach((list, at) => {
    weights.set([...list.values()], flat.starts[at]);
  });
  return { ...flat, weights };
}
