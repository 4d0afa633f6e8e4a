/** Orders the candidates by how alike the question and the ways of asking an item are. */
import { openCorrect } from "./correct.ts";
import { buildForward, type Forward, featuresOf, trigramsOf, unit } from "./forward.ts";
import { type FindConcepts, words } from "./normalise.ts";
import type { Item, Search } from "./search.ts";

/** How alike a question and an item are; 0 to 1, but for bm25, which is BM25 per unit of the question's IDF. */
export const featureNames = ["bm25", "coverage", "best", "bestThree", "spelling", "spellingThree", "profile"] as const;
export type Features = Readonly<Record<(typeof featureNames)[number], number>>;

/** Weight of each feature in the score. Fitted by evaluate.ts and stored in calibration.json. */
export type RankWeights = Features;

export type Ranked = { readonly index: number; readonly score: number; readonly features: Features };

/** All that ranking knows about a question. Best item first. */
export type Evidence = {
  readonly ranked: readonly Ranked[];
  /** Stems of the question that the index knows, rarest first, and those it does not. */
  readonly known: readonly string[];
  readonly unknown: readonly string[];
  /** Share of the question's IDF that the index knows at all, 0 to 1. */
  readonly familiar: number;
};

export type Rank = (question: string) => Evidence;

// Comparing is dearer than finding, and the right item is nearly always well inside this many by BM25.
const compared = 60;

/** Opens the ranking of `items`, which must be the very list that `search` was opened with. */
export function openRank(items: readonly Item[], search: Search, concepts: FindConcepts, weights: RankWeights): Rank {
  const forward = buildForward(items, concepts);
  const compare = openCompare(forward);
  const correct = openCorrect(items);
  return (typed) => {
    const question = correct(typed);
    const query = search.query(question);
    const total = sumOf([...query.known, ...query.unknown], search.idf) || 1;
    const hits = search.candidates(query).slice(0, compared);
    const spoken = words(question);
    const likeness = compare(unit(featuresOf(spoken, concepts), forward.idf), trigramsOf(spoken), hits);
    const ranked = hits
      .map(({ index, bm25 }, at) => {
        const found = { bm25: bm25 / total, ...(likeness[at] ?? unlike) };
        return { index, features: found, score: scoreOf(found, weights) };
      })
      .sort((a, b) => b.score - a.score);
    return { ranked, known: query.known, unknown: query.unknown, familiar: sumOf(query.known, search.idf) / total };
  };
}

/** The same evidence under other weights. */
export const reweigh = (evidence: Evidence, weights: RankWeights): Evidence => ({
  ...evidence,
  ranked: evidence.ranked
    .map(({ index, features }) => ({ index, features, score: scoreOf(features, weights) }))
    .sort((a, b) => b.score - a.score),
});

export const scoreOf = (features: Features, weights: RankWeights): number =>
  featureNames.reduce((sum, name) => sum + weights[name] * features[name], 0);

const sumOf = (list: readonly string[], value: (item: string) => number): number =>
  list.reduce((sum, item) => sum + value(item), 0);

type Likeness = Omit<Features, "bm25">;

const unlike: Likeness = { coverage: 0, best: 0, bestThree: 0, profile: 0, spelling: 0, spellingThree: 0 };

/**
 * Compares a question with items: marks what the question has, then walks over what each item has. The marks and the
 * best three are scratch space, so that comparing makes no garbage.
 */
function openCompare({ phraseStarts, features, trigrams, profiles, featureId, trigramId }: Forward) {
  const weightOf = new Float64Array(featureId.size);
  const isAsked = new Uint8Array(trigramId.size);
  const best = new Float64Array(3);

  return (
    asked: ReadonlyMap<string, number>,
    spelt: ReadonlySet<string>,
    items: readonly { index: number }[],
  ): Likeness[] => {
    const marked = idsIn(asked.keys(), featureId, (id, feature) => {
      weightOf[id] = asked.get(feature) ?? 0;
    });
    const speltMarks = idsIn(spelt, trigramId, (id) => {
      isAsked[id] = 1;
    });
    const found = items.map(({ index }) => ({
      ...byWords(index),
      ...byProfile(index),
      ...bySpelling(index, spelt.size),
    }));
    for (const id of marked) weightOf[id] = 0;
    for (const id of speltMarks) isAsked[id] = 0;
    return found;
  };

  function byWords(index: number) {
    const { starts, ids, weights } = features;
    best.fill(0);
    const last = phraseStarts[index + 1] ?? 0;
    let at = starts[phraseStarts[index] ?? 0] ?? 0;
    for (let phrase = phraseStarts[index] ?? 0; phrase < last; phrase++) {
      let cosine = 0;
      for (const to = starts[phrase + 1] ?? 0; at < to; at++)
        cosine += (weightOf[ids[at] ?? 0] ?? 0) * (weights[at] ?? 0);
      if (cosine > 0) keep(cosine);
    }
    return { best: best[0] ?? 0, bestThree: meanOfBest() };
  }

  function byProfile(index: number) {
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
  }

  /** Dice of the trigrams, twice the shared ones over all; a phrase too short or too long to matter is not looked into. */
  function bySpelling(index: number, asked: number) {
    const { starts, ids } = trigrams;
    best.fill(0);
    const last = phraseStarts[index + 1] ?? 0;
    for (let phrase = phraseStarts[index] ?? 0; phrase < last; phrase++) {
      const from = starts[phrase] ?? 0;
      const to = starts[phrase + 1] ?? 0;
      const both = asked + to - from;
      if ((2 * Math.min(asked, to - from)) / both <= (best[2] ?? 0)) continue;
      let shared = 0;
      for (let at = from; at < to; at++) shared += isAsked[ids[at] ?? 0] ?? 0;
      keep((2 * shared) / both);
    }
    return { spelling: best[0] ?? 0, spellingThree: meanOfBest() };
  }

  function keep(value: number): void {
    if (value <= (best[2] ?? 0)) return;
    if (value > (best[0] ?? 0)) {
      best[2] = best[1] ?? 0;
      best[1] = best[0] ?? 0;
      best[0] = value;
    } else if (value > (best[1] ?? 0)) {
      best[2] = best[1] ?? 0;
      best[1] = value;
    } else best[2] = value;
  }

  function meanOfBest(): number {
    return ((best[0] ?? 0) + (best[1] ?? 0) + (best[2] ?? 0)) / 3;
  }
}

/** Ids of the keys that the index knows, each handed to `mark` on the way. */
function idsIn(
  keys: Iterable<string>,
  ids: ReadonlyMap<string, number>,
  mark: (id: number, key: string) => void,
): number[] {
  const found: number[] = [];
  for (const key of keys) {
    const id = ids.get(key);
    if (id === undefined) continue;
    mark(id, key);
    found.push(id);
  }
  return found;
}
