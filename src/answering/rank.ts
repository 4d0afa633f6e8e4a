/** Orders the candidates by how alike the question and the ways of asking an item are. */

import { openCompare } from "./compare.ts";
import { openCorrect } from "./correct.ts";
import { buildForward, featuresOf, trigramsOf, unit } from "./forward.ts";
import { type FindConcepts, hasTopic, words } from "./normalise.ts";
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
  /** Whether any word of it carries a topic. */
  readonly hasTopic: boolean;
  /** Share of the question's IDF that the index knows at all, 0 to 1. */
  readonly familiar: number;
};

export type Rank = (question: string) => Evidence;

// Comparing phrase by phrase is dearer than finding, and the right item is nearly always well inside this many.
const compared = 40;

/** Opens the ranking of `items`, which must be the very list that `search` was opened with. */
export function openRank(items: readonly Item[], search: Search, concepts: FindConcepts, weights: RankWeights): Rank {
  const forward = buildForward(items, concepts);
  const compare = openCompare(forward, compared);
  const correct = openCorrect(items);
  return (typed) => {
    const question = correct(typed);
    const query = search.query(question);
    const total = sumOf([...query.known, ...query.unknown], search.idf) || 1;
    const hits = search.candidates(query).map(({ index, bm25 }) => ({ index, bm25: bm25 / total }));
    const spoken = words(question);
    const ranked = compare(unit(featuresOf(spoken, concepts), forward.idf), trigramsOf(spoken), hits)
      .map(({ index, features }) => ({ index, features, score: scoreOf(features, weights) }))
      .sort((a, b) => b.score - a.score);
    return {
      ranked,
      hasTopic: hasTopic(spoken),
      known: query.known,
      unknown: query.unknown,
      familiar: sumOf(query.known, search.idf) / total,
    };
  };
}

/** The same evidence under other weights. */
export const reweigh = (evidence: Evidence, weights: RankWeights): Evidence => ({
  ...evidence,
  ranked: evidence.ranked
    .map(({ index, features }) => ({ index, features, score: scoreOf(features, weights) }))
    .sort((a, b) => b.score - a.score),
});

const scoreOf = (features: Features, weights: RankWeights): number =>
  featureNames.reduce((sum, name) => sum + weights[name] * features[name], 0);

const sumOf = (list: readonly string[], value: (item: string) => number): number =>
  list.reduce((sum, item) => sum + value(item), 0);
