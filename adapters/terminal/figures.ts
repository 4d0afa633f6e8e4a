/** Prints what `eval` has measured, as tables for people. */
import { itemsOf } from "#src/answering/answer.ts";
import type { CalibrationFile } from "#src/answering/calibration.ts";
import { crossValidate, isSearched, judge, leaveAsksOut, observe, type Seen } from "#src/answering/evaluate.ts";
import { calibrationError, figuresOf, missesOf } from "#src/answering/figures.ts";
import type { SafetyModel } from "#src/conversation/safety.ts";
import { examplesOf, type SafetyData } from "#src/conversation/safety-fit.ts";
import { heldFigures, heldMisses, heldOut, shareToNow } from "#src/conversation/safety-measure.ts";
import type { Knowledge, Question } from "#src/knowledge/entry.ts";
import type { Lane, Reply, Respond } from "#src/reply.ts";
import { userText } from "#src/turn.ts";

/** Answering: on the bank by cross-validation, on the curators' asks by leaving them out, and every miss on the bank. */
export function reportAnswering(knowledge: Knowledge, questions: readonly Question[], fitted: CalibrationFile): void {
  const items = itemsOf(knowledge);
  const { limits } = fitted.calibration;
  const crossed = crossValidate(observe(knowledge, questions.filter(isSearched)), items, limits);
  print(`Answers when ${limits.answer} sure, offers when ${limits.offer} sure.\n`);
  outcomes("Question bank, each fifth judged by numbers fitted on the other four", crossed);
  const without = [...leaveAsksOut(knowledge)].flatMap((part) =>
    judge(observe(part.knowledge, part.questions, fitted.weights), itemsOf(part.knowledge), fitted),
  );
  outcomes("The curators' own asks, an eighth left out and asked in turn", without);
  print("Misses on the bank:");
  for (const { ask, wanted, got, why } of missesOf(crossed, items))
    print(`- ${ask}\n    wanted ${wanted}; got ${got}\n    ${why}`);
}

/** Notes, reminders and crises: what the whole assistant makes of the bank's messages that are not searched for. */
export function reportAssistant(respond: Respond, questions: readonly Question[]): void {
  const seen = questions
    .filter((question) => !isSearched(question))
    .map((question) => ({ question, isRight: isAsWanted(question, replyTo(question.ask, respond)) }));
  print("\nThe bank's other messages, asked of the whole assistant");
  table(
    ["wanted", "asked", "as wanted"],
    [...Map.groupBy(seen, ({ question }) => question.want)].map(([want, of]) => [
      want,
      String(of.length),
      percent(of.filter(({ isRight }) => isRight).length / of.length),
    ]),
  );
  for (const { question, isRight } of seen) if (!isRight) print(`- ${question.want}: ${question.ask}`);
}

function replyTo(ask: string, respond: Respond): Reply {
  const place = { door: "eval", key: "", isPrivate: true };
  const said = { kind: "text", text: userText(ask) } as const;
  return respond({ id: "eval", atMs: 0, person: { id: "eval", zone: null }, place, said }).reply;
}

const isAsWanted = ({ want, right }: Question, reply: Reply): boolean => {
  if (want === "crisis") return reply.kind === "crisis";
  const why = "why" in reply ? reply.why : "";
  return want === "reminder" ? why === "reminder" : right.includes(why);
};

/** Safety: every message judged by a model fitted without it and its neighbours, by lane and style, and every miss. */
export function reportSafety(data: SafetyData, { threshold }: SafetyModel): void {
  const held = heldOut(examplesOf(data));
  const figures = heldFigures(held, threshold);
  print("\nSafety, each quarter of the messages judged by a model fitted on the other three");
  table(
    ["lane", "style", "messages", "sent to now"],
    [
      ...figures.map(({ lane, style, messages, sentTo }) => [
        lane,
        style,
        String(messages),
        percent(sentTo.now / messages),
      ]),
      ...(["now", "about", "none"] as const).map((lane) => [
        lane,
        "all",
        sizeOf(lane),
        percent(shareToNow(figures, lane) ?? 0),
      ]),
    ],
  );
  print("Misses on the messages:");
  for (const { message } of heldMisses(held, threshold)) print(`- ${message.lane}, ${message.style}: ${message.says}`);

  function sizeOf(lane: Lane): string {
    return String(figures.reduce((sum, row) => sum + (row.lane === lane ? row.messages : 0), 0));
  }
}

function outcomes(title: string, seen: readonly Seen[]): void {
  print(title);
  table(
    ["wanted", "asked", "right first", "first or offered", "wrongly answered", "offered", "abstained"],
    figuresOf(seen).map(({ want, asked, first, firstOrOffered, wronglyAnswered, offered, abstained }) => [
      want,
      String(asked),
      want === "answer" ? percent(first) : "",
      want === "answer" ? percent(firstOrOffered) : "",
      percent(wronglyAnswered),
      percent(offered),
      percent(abstained),
    ]),
  );
  print(`calibration error ${calibrationError(seen).toFixed(3)}\n`);
}

/** Columns as wide as their widest cell; words to the left, figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, at) => Math.max(cell.length, ...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of [head, ...rows])
    print(
      row
        .map((cell, at) =>
          /^[\d.]+(?: %)?$/.test(cell) || (row === head && at > 1)
            ? cell.padStart(widths[at] ?? 0)
            : cell.padEnd(widths[at] ?? 0),
        )
        .join("   ")
        .trimEnd(),
    );
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
