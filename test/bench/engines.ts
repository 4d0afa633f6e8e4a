/** The question bank through other search engines beside ours: how often each is right, how often wrong, and how long it takes. */
import { itemsOf, openAnswering } from "#src/answering/answer.ts";
import { crossValidate, isSearched, observe } from "#src/answering/evaluate.ts";
import type { Question } from "#src/knowledge/entry.ts";
import { inTurn, mean, type Times } from "./measure.ts";
import { fittedNumbers, openKnowledge, openQuestions } from "./ours.ts";
import { type Hit, openRivals, type Rival } from "./rivals.ts";
import { percent, showGoal, showTable, times } from "./show.ts";

const knowledge = await openKnowledge();
const questions = (await openQuestions()).filter(isSearched);
const items = itemsOf(knowledge);
const fitted = fittedNumbers();
const rivals = openRivals(items);

/** One question as an engine met it. `sure` is null when it would not answer, whatever the threshold. */
type Met = { readonly want: Question["want"]; readonly isRight: boolean; readonly sure: number | null };

/** Shares of the questions that wanted one outcome, 0 to 1. */
type Figures = {
  readonly rightFirst: number;
  readonly answered: number;
  readonly wrong: number;
  readonly notCovered: number;
  readonly outside: number;
};

function figuresOf(met: readonly Met[], isSure: (sure: number) => boolean): Figures {
  const answers = ({ sure }: Met) => sure !== null && isSure(sure);
  const share = (want: Question["want"], test: (one: Met) => boolean) => {
    const of = met.filter((one) => one.want === want);
    return of.filter(test).length / (of.length || 1);
  };
  return {
    rightFirst: share("answer", ({ isRight }) => isRight),
    answered: share("answer", answers),
    wrong: share("answer", (one) => answers(one) && !one.isRight),
    notCovered: share("not-covered", answers),
    outside: share("outside", answers),
  };
}

/** Ours, each fifth of the bank judged by numbers fitted on the other four. */
function ours(): Figures {
  const seen = crossValidate(observe(knowledge, questions), items, fitted.calibration.limits);
  const met = seen.map(({ question, firstRight, decision }) => {
    return { want: question.want, isRight: firstRight, sure: decision.kind === "answer" ? 1 : null };
  });
  return figuresOf(met, () => true);
}

/** A rival, with the threshold on its own score that lets it answer as many covered questions as `share`, or all it can. */
function theirs(asked: readonly Question[], hits: readonly (readonly Hit[])[], share: number): Figures {
  const met = asked.map((question, at) => metBy(question, hits[at] ?? []));
  const covered = met.filter(({ want }) => want === "answer");
  const scores = covered.flatMap(({ sure }) => sure ?? []).sort((a, b) => b - a);
  const threshold = scores[Math.min(scores.length, Math.round(share * covered.length)) - 1] ?? Number.POSITIVE_INFINITY;
  return figuresOf(met, (sure) => sure >= threshold);
}

// A boundary in first place is an honest no, for any engine; what counts as found is the best entry after it.
function metBy({ want, right }: Question, hits: readonly Hit[]): Met {
  const isEntry = ({ index }: Hit) => items[index]?.scope === "entry";
  const best = hits.find(isEntry);
  const passages = best === undefined ? [] : (items[best.index]?.passages ?? []);
  const [first] = hits;
  const sure = first !== undefined && isEntry(first) ? (first.score ?? 0) : null;
  return { want, isRight: passages.some((id) => right.includes(id)), sure };
}

const { ask } = openAnswering(knowledge, fitted);
const askOurs = (question: string): readonly Hit[] => {
  ask(question);
  return [];
};

type Run = {
  readonly rival: Rival;
  readonly asked: readonly Question[];
  readonly took: Times<readonly Hit[]>;
  readonly ratio: number;
};

/** Times some rivals side by side with ours. */
function run(some: readonly Rival[], asked: readonly Question[], rounds: number): readonly Run[] {
  const ways = Object.fromEntries([["ours", askOurs], ...some.map(({ name, find }) => [name, find] as const)]);
  const taken = inTurn<string, readonly Hit[]>(
    ways,
    asked.map((question) => question.ask),
    { rounds, warmUp: rounds === 1 ? 1 : 200 },
  );
  const own = mean(taken.ours?.typical ?? []);
  return some.flatMap((rival) => {
    const took = taken[rival.name];
    return took === undefined ? [] : [{ rival, asked, took, ratio: mean(took.typical) / own }];
  });
}

const isSlow = ({ asked }: Rival): boolean => asked !== undefined;
const few = rivals.find(isSlow)?.asked ?? 0;
const some = Array.from({ length: few }, (_, at) => questions[Math.floor(((at + 0.5) * questions.length) / few)] ?? []);
const runs = [
  ...run(
    rivals.filter((rival) => !isSlow(rival)),
    questions,
    3,
  ),
  ...run(rivals.filter(isSlow), some.flat(), 1),
];

const own = ours();
const cells = ({ rightFirst, answered, wrong, notCovered, outside }: Figures) =>
  [rightFirst, answered, wrong, notCovered, outside].map(percent);
const judged = runs.map((one) => ({ ...one, figures: theirs(one.asked, one.took.given, own.answered) }));

showTable(
  `Engines over the same ${items.length} items, ${questions.length} questions of the bank (${few} for those marked *)`,
  ["", "right first", "covered: answered", "answered wrongly", "not covered: answered", "outside: answered", "time"],
  [
    ["ours, cross-validated", ...cells(own), times(1)],
    ...judged.map(({ rival, figures, ratio }) => [
      `${rival.name}${isSlow(rival) ? " *" : ""}`,
      ...cells(figures),
      times(ratio),
    ]),
  ],
);
console.log(
  [
    "Right first: the best entry rests on a passage that answers. The others get the threshold on their own score that answers",
    "as many covered questions as ours does, fitted on these very questions; FlexSearch has no score, so it always answers.",
    "Tuned: stop words, Porter2 stems and the options that suit this bank best.",
    "",
  ].join("\n"),
);

const whole = judged.filter(({ rival }) => !isSlow(rival));
const best = Math.max(...whole.map(({ figures }) => figures.rightFirst));
const least = Math.min(...whole.map(({ figures }) => figures.notCovered));
showGoal(
  "right first more often than any other",
  own.rightFirst > best,
  `${percent(own.rightFirst)} against ${percent(best)}`,
);
showGoal(
  "what is not covered is answered less often than by any other",
  own.notCovered < least,
  `${percent(own.notCovered)} against ${percent(least)}`,
);
