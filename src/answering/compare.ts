/**
 * How alike a question and an item are. Marks what the question has, then walks over what each item has; marks and best
 * values are scratch space that is used again, so comparing thousands of phrases makes no garbage.
 */
import type { Forward } from "./forward.ts";

/** All 0 to 1. `best` and `bestThree` are cosines with the item's nearest phrases, `spelling` the same by trigrams. */
export type Likeness = {
  /** Share of the question's weight that the item has anywhere. */
  readonly coverage: number;
  readonly best: number;
  readonly bestThree: number;
  readonly spelling: number;
  readonly spellingThree: number;
  /** Cosine with the mean of the item's phrases. */
  readonly profile: number;
};

type Position = { readonly index: number };

/** Compares a question, as weighted features and as trigrams, with the items at these positions. */
export type Compare = (
  asked: ReadonlyMap<string, number>,
  spelt: ReadonlySet<string>,
  items: readonly Position[],
) => readonly Likeness[];

export function openCompare(forward: Forward): Compare {
  const byWords = openWords(forward);
  const bySpelling = openSpelling(forward);
  return (asked, spelt, items) => {
    byWords.mark(asked);
    bySpelling.mark(spelt);
    const found = items.map(({ index }) => ({
      ...byWords.phrases(index),
      ...byWords.profile(index),
      ...bySpelling.phrases(index),
    }));
    byWords.clear();
    bySpelling.clear();
    return found;
  };
}

function openWords({ phraseStarts, features, profiles, featureId }: Forward) {
  const weightOf = new Float64Array(featureId.size);
  const top = openTopThree();
  let marked: number[] = [];
  return {
    mark(asked: ReadonlyMap<string, number>) {
      marked = idsIn(asked.keys(), featureId);
      for (const [feature, weight] of asked) {
        const id = featureId.get(feature);
        if (id !== undefined) weightOf[id] = weight;
      }
    },
    clear() {
      for (const id of marked) weightOf[id] = 0;
    },
    phrases(index: number) {
      const { starts, ids, weights } = features;
      top.clear();
      const last = phraseStarts[index + 1] ?? 0;
      let at = starts[phraseStarts[index] ?? 0] ?? 0;
      for (let phrase = phraseStarts[index] ?? 0; phrase < last; phrase++) {
        let cosine = 0;
        for (const to = starts[phrase + 1] ?? 0; at < to; at++)
          cosine += (weightOf[ids[at] ?? 0] ?? 0) * (weights[at] ?? 0);
        if (cosine > 0) top.keep(cosine);
      }
      return { best: top.first(), bestThree: top.mean() };
    },
    profile(index: number) {
      const { starts, ids, weights } = profiles;
      let profile = 0;
      let coverage = 0;
      const to = starts[index + 1] ?? 0;
      for (let at = starts[index] ?? 0; at < to; at++) {
        const weight = weightOf[ids[at] ?? 0] ?? 0;
        if (weight === 0) continue;
        profile += weight * (weights[at] ?? 0);
        coverage += weight * weight;
      }
      return { profile, coverage };
    },
  };
}

function openSpelling({ phraseStarts, trigrams, trigramId }: Forward) {
  const isAsked = new Uint8Array(trigramId.size);
  const top = openTopThree();
  let marked: number[] = [];
  let asked = 0;
  return {
    mark(spelt: ReadonlySet<string>) {
      asked = spelt.size;
      marked = idsIn(spelt, trigramId);
      for (const id of marked) isAsked[id] = 1;
    },
    clear() {
      for (const id of marked) isAsked[id] = 0;
    },
    /** Dice of the trigrams, twice the shared ones over all; a phrase too short or too long to matter is not looked into. */
    phrases(index: number) {
      const { starts, ids } = trigrams;
      top.clear();
      const last = phraseStarts[index + 1] ?? 0;
      for (let phrase = phraseStarts[index] ?? 0; phrase < last; phrase++) {
        const from = starts[phrase] ?? 0;
        const to = starts[phrase + 1] ?? 0;
        const both = asked + to - from;
        if ((2 * Math.min(asked, to - from)) / both <= top.third()) continue;
        let shared = 0;
        for (let at = from; at < to; at++) shared += isAsked[ids[at] ?? 0] ?? 0;
        top.keep((2 * shared) / both);
      }
      return { spelling: top.first(), spellingThree: top.mean() };
    },
  };
}

/** The three largest values so far. */
function openTopThree() {
  let a = 0;
  let b = 0;
  let c = 0;
  return {
    clear() {
      a = b = c = 0;
    },
    keep(value: number) {
      if (value <= c) return;
      if (value > a) [a, b, c] = [value, a, b];
      else if (value > b) [b, c] = [value, b];
      else c = value;
    },
    first: () => a,
    third: () => c,
    mean: () => (a + b + c) / 3,
  };
}

/** Ids of the keys that the index knows. */
const idsIn = (keys: Iterable<string>, ids: ReadonlyMap<string, number>): number[] =>
  [...keys].flatMap((key) => ids.get(key) ?? []);
