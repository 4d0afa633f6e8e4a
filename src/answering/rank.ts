/** Orders the candidates by how alike the question and the ways of asking an item are. */
import { buildForward, type Forward, featuresOf, trigramsOf, unit } from "./forward.ts";
import type { FindConcepts } from "./normalise.ts";
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

// Comparing spelling is the dear part; the right item is nearly always well inside this many by the other features.
const spellingCompared = 60;

/** Opens the ranking of `items`, which must be the very list that `search` was opened with. */
export function openRank(items: readonly Item[], search: Search, concepts: FindConcepts, weights: RankWeights): Rank {
  const forward = buildForward(items, concepts);
  const compare = openCompare(forward, concepts);
  return (question) => {
    const query = search.query(question);
    const total = sumOf([...query.known, ...query.unknown], search.idf) || 1;
    const familiar = sumOf(query.known, search.idf) / total;
    const hits = search.candidates(query);
    const compared = compare(question, hits.map((hit) => hit.index));
    const ranked = hits
      .map((hit, at) => {
        const likeness = compared[at] ?? { coverage: 0, best: 0, bestThree: 0, profile: 0 };
        const features = { bm25: hit.bm25 / total, ...likeness, spelling: 0, spellingThree: 0 };
        return { index: hit.index, features, score: scoreOf(features, weights) };
      })
      .sort((a, b) => b.score - a.score);
    const near = ranked.slice(0, spellingCompared);
    const spelt = compare.spelling(question, near.map((candidate) => candidate.index));
    const rescored = near.map((candidate, at) => {
      const features = { ...candidate.features, ...spelt[at] };
      return { index: candidate.index, features, score: scoreOf(features, weights) };
    });
    return { ranked: rescored.sort((a, b) => b.score - a.score), known: query.known, unknown: query.unknown, familiar };
  };
}

export const scoreOf = (features: Features, weights: RankWeights): number =>
  featureNames.reduce((sum, name) => sum + weights[name] * features[name], 0);

const sumOf = (list: readonly string[], value: (item: string) => number): number =>
  list.reduce((sum, item) => sum + value(item), 0);

type Likeness = Pick<Features, "coverage" | "best" | "bestThree" | "profile">;

/** Compares a question with items. The marks are scratch space, cleared after each question. */
function openCompare(forward: Forward, concepts: FindConcepts) {
  const featureMarks = new Float64Array(forward.featureId.size);
  const trigramMarks = new Uint8Array(forward.trigramId.size);

  function compare(question: string, indices: readonly number[]): Likeness[] {
    const asked = unit(featuresOf(question, concepts), forward.idf);
    const marked: number[] = [];
    for (const [feature, weight] of asked) {
      const id = forward.featureId.get(feature);
      if (id === undefined) continue;
      featureMarks[id] = weight;
      marked.push(id);
    }
    const found = indices.map((index) => likeness(index));
    for (const id of marked) featureMarks[id] = 0;
    return found;
  }

  function likeness(index: number): Likeness {
    const { starts, ids, weights } = forward.features;
    const top = [0, 0, 0];
    for (let phrase = forward.phraseStarts[index] ?? 0; phrase < (forward.phraseStarts[index + 1] ?? 0); phrase++) {
      let cosine = 0;
      for (let at = starts[phrase] ?? 0; at < (starts[phrase + 1] ?? 0); at++)
        cosine += (featureMarks[ids[at] ?? 0] ?? 0) * (weights[at] ?? 0);
      keepTop(top, cosine);
    }
    const { profiles } = forward;
    let profile = 0;
    let covered = 0;
    for (let at = profiles.starts[index] ?? 0; at < (profiles.starts[index + 1] ?? 0); at++) {
      const mark = featureMarks[profiles.ids[at] ?? 0] ?? 0;
      profile += mark * (profiles.weights[at] ?? 0);
      covered += mark * mark;
    }
    return { coverage: covered, best: top[0] ?? 0, bestThree: meanOf(top), profile };
  }

  compare.spelling = (question: string, indices: readonly number[]): Pick<Features, "spelling" | "spellingThree">[] => {
    const asked = trigramsOf(question);
    const marked: number[] = [];
    for (const trigram of asked) {
      const id = forward.trigramId.get(trigram);
      if (id === undefined) continue;
      trigramMarks[id] = 1;
      marked.push(id);
    }
    const { starts, ids } = forward.trigrams;
    const found = indices.map((index) => {
      const top = [0, 0, 0];
      for (let phrase = forward.phraseStarts[index] ?? 0; phrase < (forward.phraseStarts[index + 1] ?? 0); phrase++) {
        const from = starts[phrase] ?? 0;
        const to = starts[phrase + 1] ?? 0;
        let shared = 0;
        for (let at = from; at < to; at++) shared += trigramMarks[ids[at] ?? 0] ?? 0;
        keepTop(top, (2 * shared) / (asked.size + to - from || 1));
      }
      return { spelling: top[0] ?? 0, spellingThree: meanOf(top) };
    });
    for (const id of marked) trigramMarks[id] = 0;
    return found;
  };
  return compare;
}

/** Keeps the three largest values, largest first. */
function keepTop(top: number[], value: number): void {
  const [first = 0, second = 0, third = 0] = top;
  if (value <= third) return;
  if (value > first) top.splice(0, 3, value, first, second);
  else if (value > second) top.splice(1, 2, value, second);
  else top[2] = value;
}

const meanOf = (top: readonly number[]): number => top.reduce((sum, value) => sum + value, 0) / top.length;
