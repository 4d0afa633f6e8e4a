/** A question's way from words to an outcome: search, rank, decide; and, for a question about two things, both. */
import type { Boundary, Entry, Knowledge, TalkId } from "../knowledge/entry.ts";
import { type Calibration, type Decision, decide, type Known } from "./decide.ts";
import { type Find, openFind } from "./find.ts";
import { openConcepts } from "./normalise.ts";
import { askedWithin, type Heard, isOverview, overlaps, passagesOf, wishesIn } from "./parts.ts";
import { type Evidence, openRank, type Rank, type RankWeights } from "./rank.ts";
import { openSearch } from "./search.ts";

/** What a question leads to. `entries` are those answered with, offered or nearest, best first. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly entries: readonly [Entry, ...Entry[]];
      /** What another part of the question is about, and is not covered. */
      readonly missing: readonly Boundary[];
    }
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
  /** Entries to choose from while the question is still being typed. */
  readonly find: Find;
  readonly items: readonly Known[];
};

export type Weighed = { readonly evidence: Evidence; readonly decision: Decision };

// Below one chance in ten that any of them is right, the nearest entries say nothing about the question.
const leastNear = 0.1;

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

  function hear(part: string): Heard | undefined {
    const { decision } = weigh(part);
    const entry = entryAt(decision.entries[0]?.index ?? -1);
    if (decision.kind === "answer" && entry !== undefined) return { kind: "entry", entry };
    const boundary = boundaryAt(decision.boundary?.index ?? -1);
    return decision.kind === "not-covered" && boundary !== undefined ? { kind: "boundary", boundary } : undefined;
  }

  function ask(question: string): Outcome {
    const { decision } = weigh(question);
    const talk = talkAt(decision.boundary?.index ?? -1);
    if (decision.kind === "talk" && talk !== undefined) return { kind: "talk", talk: talk.id };
    const entries = decision.entries.flatMap(({ index }) => entryAt(index) ?? []);
    const answered = answer(question, decision.kind, entries);
    if (answered !== undefined) return answered;
    const [first, ...more] = entries;
    if (decision.kind === "choices" && first !== undefined) return { kind: "choices", entries: [first, ...more] };
    // Entries that the question is hardly near to would be an odd thing to offer.
    const nearest = decision.near >= leastNear ? entries : [];
    const boundary = boundaryAt(decision.boundary?.index ?? -1);
    if (decision.kind === "not-covered" && boundary !== undefined)
      return { kind: "not-covered", entries: nearest, boundary };
    return { kind: decision.kind === "outside" ? "outside" : "not-understood", entries: nearest };
  }

  /** The answer to the whole question, to each of its parts, or to the one sentence in it that asks. */
  function answer(question: string, kind: Decision["kind"], entries: readonly Entry[]): Outcome | undefined {
    const wishes = wishesIn(question, hear) ?? { entries: [], missing: [] };
    const { missing } = wishes;
    const [first] = entries;
    if (kind === "answer" && first !== undefined) {
      if (!wishes.entries.some((entry) => overlaps(entry, first))) return { kind, entries: [first], missing: [] };
      return { kind, entries: [first, ...wishes.entries.filter((entry) => !overlaps(entry, first))], missing };
    }
    const [one, ...others] = wishes.entries;
    const areOffered =
      kind === "choices" && others.length > 0 && wishes.entries.every((entry) => entries.includes(entry));
    if (one !== undefined && !wishes.entries.some(isOverview) && (areOffered || missing.length > 0))
      return { kind: "answer", entries: [one, ...others], missing };
    const within = askedWithin(question, hear);
    return within === undefined ? undefined : { kind: "answer", entries: [within], missing: [] };
  }

  return { ask, weigh, find: openFind(knowledge.entries, rank), items };
}

const weighWith =
  (rank: Rank, items: readonly Known[], calibration: Calibration) =>
  (question: string): Weighed => {
    const evidence = rank(question);
    return { evidence, decision: decide(evidence, items, calibration) };
  };
