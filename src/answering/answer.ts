/** A question's way from words to an outcome: search, rank, decide; and, for a question about two things, both. */
import type { Boundary, Entry, Knowledge, TalkId } from "../knowledge/entry.ts";
import { type Calibration, type Decision, decide, type Known } from "./decide.ts";
import { openConcepts, terms } from "./normalise.ts";
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

// A question about more than three things is a conversation: the first three are answered, the rest can be asked again.
const mostParts = 3;
// A part stands alone, without the rest of the question to support it, so it must be surer than a whole question.
const surerForParts = 0.1;

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

/** Ids of the passages an entry rests on, in order of first use. */
export const passagesOf = (entry: Entry): readonly string[] => [
  ...new Set(entry.answer.flatMap((sentence) => sentence.from)),
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
      return { kind: "answer", entries: [first, ...others(question, first)] };
    const part = decision.kind === "answer" ? undefined : surePart(question);
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
    const sure = decision.kind === "answer" && decision.sure >= fitted.calibration.limits.answer + surerForParts;
    return sure && best !== undefined ? entryAt(best.index) : undefined;
  }

  /** What else the question asks for, when one of its parts is about the entry that won the whole. */
  function others(question: string, won: Entry): Entry[] {
    const parts = partsOf(question);
    if (parts.length < 2) return [];
    const found = parts.flatMap((part) => entryOf(part) ?? []);
    if (!found.some((entry) => share(entry, won))) return [];
    const extra: Entry[] = [];
    for (const entry of found) if (![won, ...extra].some((have) => share(have, entry))) extra.push(entry);
    return extra.slice(0, mostParts - 1);
  }

  /** A long message with the question somewhere inside it: the one sentence that is surely about an entry. */
  function surePart(question: string): Entry | undefined {
    const sentences = sentencesOf(question);
    if (sentences.length < 2) return undefined;
    const found = sentences.flatMap((sentence) => entryOf(sentence) ?? []);
    return found.length > 0 && found.every((entry) => entry === found[0]) ? found[0] : undefined;
  }

  return { ask, weigh, items };
}

const weighWith =
  (rank: Rank, items: readonly Known[], calibration: Calibration) =>
  (question: string): Weighed => {
    const evidence = rank(question);
    return { evidence, decision: decide(evidence, items, calibration) };
  };

const share = (a: Entry, b: Entry): boolean => {
  const of = passagesOf(b);
  return passagesOf(a).some((id) => of.includes(id));
};

// One term is a keyword, not a question of its own: "signposting and training" is still one wish for two things.
const leastTerms = 1;

const cut = (text: string, at: RegExp): string[] =>
  text.split(at).filter((part) => part.trim() !== "" && terms(part).length >= leastTerms);

const partsOf = (question: string): string[] =>
  cut(question.slice(0, 2_000), /[?;\n]|\b(?:and|plus|also|as well as)\b|&/iu).slice(0, 2 * mostParts);

const sentencesOf = (question: string): string[] => cut(question.slice(0, 2_000), /[.?!;\n]+(?=\s|$)/u).slice(0, 12);
