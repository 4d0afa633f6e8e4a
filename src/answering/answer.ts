/** A question's way from words to an outcome: search, rank, decide; and, for a question about two things, both. */
import type { Boundary, Entry, Knowledge, TalkId } from "../knowledge/entry.ts";
import { type Calibration, type Decision, decide, type Known } from "./decide.ts";
import { openConcepts } from "./normalise.ts";
import { alsoAsked, askedWithin, bothAsked, passagesOf } from "./parts.ts";
import { type Evidence, openRank, type Rank, type RankWeights } from "./rank.ts";
import { openSearch } from "./search.ts";

/** What a question leads to. `entries` are those answered with, offered or nearest, best first. */
export type Outcome =
  | { readonly kind: "answer"; readonly entries: readonly [Entry, ...Entry[]] }
  | { readonly kind: "choices"; readonly entries: readonly [Entry, ...Entry[]] }
  | { readonly kind: "not-covered"; readonly entries: readonly Entry[]; readonly boundary: Boundary }
  | { readonly kind: "outside" | "not-understood"; readonly entries: readonly Entry[] }
  | { readonly kind: "talk"; readonly talk: TalkId };

/** The fitted numbers, as stored in calibration.json. */
export type Fitted = { readonly weights: RankWeights; readonly calibration: Calibration };

export type Answering = {
  readonly ask: (question: string) => Outcome;
  /** The evidence and the decision on the question as a whole, for `explain` and `eval`. */
  readonly weigh: (question: string) => Weighed;
  readonly items: readonly Known[];
};

export type Weighed = { readonly evidence: Evidence; readonly decision: Decision };

/** Everything that can win a question: the entries, then the boundaries, then small talk. */
export const itemsOf = ({ entries, boundaries, talk }: Pick<Knowledge, "entries" | "boundaries" | "talk">): Known[] => [
  ...entries.map((entry) => ({
    id: entry.id,
    title: entry.title,
    asks: entry.asks,
    words: entry.words,
    text: entry.answer.map((sentence) => sentence.says).join(" "),
    scope: "entry" as const,
    passages: passagesOf(entry),
  })),
  ...boundaries.map(({ id, topic, asks, words, scope }) => ({
    id,
    title: topic,
    asks,
    words,
    text: topic,
    scope,
    passages: [],
  })),
  ...talk.map(({ id, asks }) => ({ id, title: "", asks, words: [], text: "", scope: "talk" as const, passages: [] })),
];

/** Opens answering over a knowledge base. Pure from here on: the same question, the same outcome. */
export function openAnswering(knowledge: Knowledge, fitted: Fitted): Answering {
  const items = itemsOf(knowledge);
  const rank = openRank(items, openSearch(items), openConcepts(knowledge.vocabulary), fitted.weights);
  const weigh = weighWith(rank, items, fitted.calibration);
  const entryAt = (index: number) => knowledge.entries[index];
  const boundaryAt = (index: number) => knowledge.boundaries[index - knowledge.entries.length];
  const talkAt = (index: number) => knowledge.talk[index - knowledge.entries.length - knowledge.boundaries.length];

  function ask(question: string): Outcome {
    const { decision } = weigh(question);
    const said = decision.kind === "talk" && decision.boundary !== null ? talkAt(decision.boundary.index) : undefined;
    if (said !== undefined) return { kind: "talk", talk: said.id };
    const entries = decision.entries.flatMap(({ index }) => entryAt(index) ?? []);
    const [first] = entries;
    if (decision.kind === "answer" && first !== undefined)
      return { kind: "answer", entries: [first, ...alsoAsked(question, first, entryOf)] };
    const [both, ...more] = decision.kind === "choices" ? bothAsked(question, entries, entryOf) : [];
    if (both !== undefined && more.length > 0) return { kind: "answer", entries: [both, ...more] };
    const part = decision.kind === "answer" ? undefined : askedWithin(question, entryOf);
    if (part !== undefined) return { kind: "answer", entries: [part] };
    if (decision.kind === "choices" && first !== undefined)
      return { kind: "choices", entries: [first, ...entries.slice(1)] };
    const boundary = decision.boundary === null ? undefined : boundaryAt(decision.boundary.index);
    if (decision.kind === "not-covered" && boundary !== undefined) return { kind: "not-covered", entries, boundary };
    return { kind: decision.kind === "outside" ? "outside" : "not-understood", entries };
  }

  /** The entry a part of the question is surely about, if any. */
  function entryOf(part: string): Entry | undefined {
    const { decision } = weigh(part);
    const [best] = decision.entries;
    return decision.kind === "answer" && best !== undefined ? entryAt(best.index) : undefined;
  }

  return { ask, weigh, items };
}

const weighWith =
  (rank: Rank, items: readonly Known[], calibration: Calibration) =>
  (question: string): Weighed => {
    const evidence = rank(question);
    return { evidence, decision: decide(evidence, items, calibration) };
  };
