/** Fits the numbers of answering on the question bank, and says how good they are on questions they were not fitted on. */
import type { Knowledge, Question } from "../knowledge/entry.ts";
import { type Fitted, itemsOf } from "./answer.ts";
import { type Calibration, decide, type Known, offered, signalsOf } from "./decide.ts";
import { fitLogistic, fitRanking } from "./fit.ts";
import { openConcepts } from "./normalise.ts";
import { type Evidence, featureNames, openRank, type RankWeights, reweigh } from "./rank.ts";
import { openSearch } from "./search.ts";

/** A question of the bank with the evidence on it. */
export type Observed = { readonly question: Question; readonly evidence: Evidence };

/** What became of one question. */
export type Seen = {
  readonly question: Question;
  readonly evidence: Evidence;
  readonly decision: ReturnType<typeof decide>;
  /** Whether the best entry, or any of those shown, rests on a passage that satisfies the asker. */
  readonly firstRight: boolean;
  readonly anyRight: boolean;
};

/** Where fitting starts: about what earlier fits on other knowledge bases came to. */
export const startWeights: RankWeights = {
  bm25: 0.5,
  coverage: 5,
  best: 0.5,
  bestThree: 6,
  spelling: 10,
  spellingThree: 10,
  profile: 4,
};

const folds = 5;
// An offer that is right one time in four is worth a look; below that it is noise.
const offer = 0.25;
// Shares of questions that may be answered wrongly, by what they wanted. The limit is the lowest that keeps all three.
const allowed = { answer: 0.03, "not-covered": 0.05, outside: 0.01 } as const;

/** Questions that search and decision are about; notes, reminders and crises are told apart before or beside them. */
export const isSearched = ({ want }: Question): boolean =>
  want === "answer" || want === "not-covered" || want === "outside";

/** Looks at every question once. The evidence holds all features, so it serves for any weights. */
export function observe(
  knowledge: Knowledge,
  questions: readonly Question[],
  weights: RankWeights = startWeights,
): Observed[] {
  const items = itemsOf(knowledge);
  const rank = openRank(items, openSearch(items), openConcepts(knowledge.vocabulary), weights);
  return questions.map((question) => ({ question, evidence: rank(question.ask) }));
}

/** Fits the ranking weights, both models and the limits. Deterministic. */
export function fitAnswering(observed: readonly Observed[], items: readonly Known[]): Fitted {
  const models = fitModels(observed, items);
  const crossed = crossValidate(observed, items, { answer: 1, offer });
  return {
    weights: models.weights,
    calibration: { ...models.calibration, limits: { answer: limitFrom(crossed), offer } },
  };
}

/** Judges every question by numbers fitted on the other four fifths. */
export function crossValidate(
  observed: readonly Observed[],
  items: readonly Known[],
  limits: Calibration["limits"],
): Seen[] {
  return Array.from({ length: folds }, (_, fold) => {
    const fitted = fitModels(
      observed.filter((_, at) => at % folds !== fold),
      items,
    );
    const numbers = { weights: fitted.weights, calibration: { ...fitted.calibration, limits } };
    return judge(
      observed.filter((_, at) => at % folds === fold),
      items,
      numbers,
    );
  }).flat();
}

/** What becomes of each question under the given numbers. */
export function judge(
  observed: readonly Observed[],
  items: readonly Known[],
  { weights, calibration }: Fitted,
): Seen[] {
  return observed.map(({ question, evidence }) => {
    const weighed = reweigh(evidence, weights);
    const decision = decide(weighed, items, calibration);
    const right = decision.entries.map(({ index }) => isRight(items[index], question));
    return { question, evidence: weighed, decision, firstRight: right[0] ?? false, anyRight: right.includes(true) };
  });
}

/** Bank for leaving asks out: for each of `parts`, the knowledge without every `parts`-th ask, and those asks as questions. */
export function* leaveAsksOut(
  knowledge: Knowledge,
  parts = 8,
): Generator<{ knowledge: Knowledge; questions: Question[] }> {
  const isOut = (part: number) => (_: string, at: number) => at % parts === part;
  for (let part = 0; part < parts; part++) {
    const without = <T extends { readonly asks: readonly string[] }>(list: readonly T[]): T[] =>
      list.map((one) => ({ ...one, asks: one.asks.filter((_, at) => at % parts !== part) }));
    const entries = without(knowledge.entries);
    yield {
      knowledge: { ...knowledge, entries, boundaries: without(knowledge.boundaries) },
      questions: [
        ...knowledge.entries.flatMap(({ asks, answer }) => {
          const right = [...new Set(answer.flatMap((sentence) => sentence.from))];
          return asks.filter(isOut(part)).map((ask): Question => ({ ask, want: "answer", right }));
        }),
        ...knowledge.boundaries.flatMap(({ asks, scope }) =>
          asks
            .filter(isOut(part))
            .map((ask): Question => ({ ask, want: scope === "field" ? "not-covered" : "outside", right: [] })),
        ),
      ],
    };
  }
}

const isRight = (item: Known | undefined, { right }: Question): boolean =>
  item?.passages.some((id) => right.includes(id)) ?? false;

function fitModels(observed: readonly Observed[], items: readonly Known[]): Fitted {
  const covered = observed.filter(({ question }) => question.want === "answer");
  const groups = covered.map(({ question, evidence }) => ({
    rows: evidence.ranked.map(({ features }) => featureNames.map((name) => features[name])),
    right: evidence.ranked.map(({ index }) => isRight(items[index], question)),
  }));
  const fitted = fitRanking(
    groups,
    featureNames.map((name) => startWeights[name]),
  );
  const weights = Object.fromEntries(featureNames.map((name, at) => [name, fitted[at] ?? 0])) as Record<
    keyof RankWeights,
    number
  >;
  const seen = observed.map(({ question, evidence }) => {
    const weighed = reweigh(evidence, weights);
    const best = weighed.ranked.filter(({ index }) => items[index]?.scope === "entry").slice(0, offered);
    const right = best.map(({ index }) => isRight(items[index], question));
    return { row: signalsOf(weighed, items), first: right[0] ?? false, any: right.includes(true) };
  });
  const rows = seen.map(({ row }) => row);
  const bestIsRight = fitLogistic(
    rows,
    seen.map(({ first }) => first),
  );
  const oneIsRight = fitLogistic(
    rows,
    seen.map(({ any }) => any),
  );
  return { weights, calibration: { bestIsRight, oneIsRight, limits: { answer: 1, offer } } };
}

/** The lowest limit between 0.5 and 0.95 at which no kind of question is wrongly answered more often than allowed. */
function limitFrom(seen: readonly Seen[]): number {
  const tooMany = (limit: number) =>
    (Object.keys(allowed) as (keyof typeof allowed)[]).some((want) => {
      const of = seen.filter(({ question }) => question.want === want);
      const wrong = of.filter(({ decision, firstRight }) => decision.sure >= limit && !firstRight);
      return wrong.length > allowed[want] * of.length;
    });
  for (let limit = 50; limit < 95; limit++) if (!tooMany(limit / 100)) return limit / 100;
  return 0.95;
}
