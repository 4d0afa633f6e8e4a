/** One whole turn on our knowledge base, from typed text to plain text, against a bare MiniSearch search of the same text. */
import { openAssistant } from "#adapters/bot.ts";
import { itemsOf, openAnswering } from "#src/answering/answer.ts";
import { plain } from "#src/plain.ts";
import { userText } from "#src/turn.ts";
import { openBare } from "./bare.ts";
import { inTurn, mean, percentile, type Times } from "./measure.ts";
import { fittedNumbers, folder, openQuestions } from "./ours.ts";
import { ms, showGoal, showTable, times } from "./show.ts";

const rounds = 5;
const questions = (await openQuestions()).map(({ ask }) => ask);
const { respond, knowledge: read } = await openAssistant([folder]);
const knowledge = read();
const items = itemsOf(knowledge);
const bare = openBare(items);
const answering = openAnswering(knowledge, fittedNumbers());
const person = { id: "bench", zone: null };
const place = { door: "bench", key: "", isPrivate: true };

const measured = inTurn<"bare" | "turn" | "answering", unknown>(
  {
    bare: (question) => bare.search(question),
    turn: (question) => {
      const said = { kind: "text", text: userText(question) } as const;
      return plain(respond({ id: "bench", atMs: 0, person, place, said }).reply);
    },
    answering: (question) => answering.ask(question),
  },
  questions,
  { rounds },
);

const row = (name: string, { typical, all }: Times<unknown>): string[] => [
  name,
  ...[mean(typical), percentile(typical, 50), percentile(typical, 99), percentile(all, 99)].map(ms),
  times(mean(typical) / mean(measured.bare.typical)),
];

showTable(
  `One turn: ${questions.length} questions of the bank over ${items.length} items; ms, median of ${rounds} rounds for each question`,
  ["", "mean", "p50", "p99", "p99 of all runs", "against MiniSearch"],
  [
    row("MiniSearch, default search", measured.bare),
    row("whole turn", measured.turn),
    row("of it: search to outcome", measured.answering),
  ],
);

const { typical } = measured.turn;
const byMean = mean(typical) / mean(measured.bare.typical);
const byMedian = percentile(typical, 50) / percentile(measured.bare.typical, 50);
showGoal(
  "a whole turn costs at most 3 bare searches",
  Math.max(byMean, byMedian) <= 3,
  `${times(byMean)} by the mean, ${times(byMedian)} by the median`,
);
showGoal(
  "99 of 100 turns take less than 2 ms on a quiet core",
  percentile(typical, 99) < 2,
  ms(percentile(typical, 99)),
);
