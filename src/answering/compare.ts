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

type Hit = { readonly index: number; readonly bm25: number };

/** Compares a question, as weighted features and as trigrams, with the hits that look best at a glance. */
export type Compare = (
  asked: ReadonlyMap<string, number>,
  spelt: ReadonlySet<string>,
  hits: readonly Hit[],
) => readonly { readonly index: number; readonly features: Likeness & Pick<Hit, "bm25"> }[];

export function openCompare(forward: Forward, most: number): Compare {
  const byWords = openWords(forward);
  const bySpelling = openSpelling(forward);
  return (asked, spelt, hits) => {
    byWords.mark(asked);
    bySpelling.mark(spelt);
    // On a large index only the rarest terms have found them; all terms say which are worth comparing phrase by phrase.
    const found = hits
      .map(({ index, bm25 }) => ({ index, bm25, ...byWords.profile(index) }))
      .sort((a, b) => atAGlance(b) - atAGlance(a))
      .slice(0, most)
      .map(({ index, bm25, coverage, profile }) => {
        const { best, bestThree } = byWords.phrases(index);
        const { spelling, spellingThree } = bySpelling.phrases(index, byWords.cosines, spelledLike * bestThree);
        return { index, features: { bm25, coverage, best, bestThree, spelling, spellingThree, profile } };
      });
    byWords.clear();
    bySpelling.clear();
    return found;
  };
}

type Glance = Hit & Pick<Likeness, "coverage" | "profile">;

// About what the fitted weights come to. BM25 counts too, since it alone knows of guessed spellings.
const atAGlance = ({ bm25, coverage, profile }: Glance): number => 0.5 * bm25 + 4.5 * coverage + 4 * profile;

// Spelling is compared where words are at least this share as alike as in the best phrases: elsewhere it is chance.
const spelledLike = 0.3;

function openWords({ phraseStarts, features, profiles, featureId }: Forward) {
  const weightOf = new Float64Array(featureId.size);
  // Of the phrases of the item looked at last, in order.
  const cosines = new Float64Array(mostPhrases(phraseStarts));
  const top = openTopThree();
  let marked: number[] = [];
  return {
    cosines,
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
        cosines[phrase - (phraseStarts[index] ?? 0)] = cosine;
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
    phrases(index: number, cosines: Float64Array, least: number) {
      const { starts, ids } = trigrams;
      top.clear();
      const last = phraseStarts[index + 1] ?? 0;
      for (let phrase = phraseStarts[index] ?? 0; phrase < last; phrase++) {
        if ((cosines[phrase - (phraseStarts[index] ?? 0)] ?? 0) < least) continue;
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

const mostPhrases = (starts: Int32Array): number =>
  starts.reduce((most, start, at) => Math.max(most, start - (starts[at - 1] ?? 0)), 0);

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
