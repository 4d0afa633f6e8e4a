/** `eval`: how good answering is on questions it was not fitted on. `--fit` writes the numbers, `--check` only compares them. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { itemsOf } from "#src/answering/answer.ts";
import { type CalibrationFile, fingerprint, parseCalibration, writeCalibration } from "#src/answering/calibration.ts";
import {
  crossValidate,
  fitAnswering,
  isSearched,
  judge,
  leaveAsksOut,
  observe,
  type Seen,
} from "#src/answering/evaluate.ts";
import { calibrationError, figuresOf, missesOf } from "#src/answering/figures.ts";
import { BearingsError } from "#src/errors.ts";
import type { Bank, Knowledge } from "#src/knowledge/entry.ts";
import { loadBank } from "#src/knowledge/load.ts";
import { knowledgeIn } from "../bot.ts";
import { common, knowledgeFolders, noWords, readOptions } from "./options.ts";

const usage = "Use: npm run eval [-- --fit | --check] [--knowledge DIR]";
const calibrationFile = fileURLToPath(new URL("../../knowledge/calibration.json", import.meta.url));

/** Measures; with `--fit`, fits the numbers to our own folder and writes them first. */
export async function runEval(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(
    args,
    { ...common, fit: { type: "boolean" }, check: { type: "boolean" } },
    usage,
  );
  noWords(words, usage);
  if (values.help === true) return print(usage);
  const dirs = knowledgeFolders(values.knowledge);
  const knowledge = await knowledgeIn(dirs);
  const bank = await bankIn(dirs);
  const stale = values.fit !== true && (await isStale());
  if (values.check === true) return stale ? refuse() : print("The fitted numbers belong to this knowledge.");
  if (values.fit === true) fit(knowledge, bank);
  else if (stale) refuse();
  report(knowledge, bank, parseCalibration(readFileSync(calibrationFile, "utf8")));
  return stale ? 1 : 0;
}

/** Whether our own folder has changed since the numbers were fitted; folders that a team adds do not count. */
async function isStale(): Promise<boolean> {
  const ours = knowledgeFolders().slice(0, 1);
  const { fittedOn } = parseCalibration(readFileSync(calibrationFile, "utf8"));
  return fittedOn !== fingerprint(await knowledgeIn(ours), (await bankIn(ours)).questions);
}

async function bankIn(dirs: readonly string[]): Promise<Bank> {
  const { bank } = await loadBank(dirs);
  if (bank !== null) return bank;
  throw new BearingsError(
    "knowledge",
    "The labelled questions or messages have errors.",
    "Run `npm run lint` to see them.",
  );
}

function fit(knowledge: Knowledge, { questions }: Bank): void {
  const fitted = fitAnswering(observe(knowledge, questions.filter(isSearched)), itemsOf(knowledge));
  writeFileSync(calibrationFile, writeCalibration(fingerprint(knowledge, questions), fitted));
}

function report(knowledge: Knowledge, { questions }: Bank, fitted: CalibrationFile): void {
  const items = itemsOf(knowledge);
  const { limits } = fitted.calibration;
  const crossed = crossValidate(observe(knowledge, questions.filter(isSearched)), items, limits);
  print(`Answers when ${limits.answer} sure, offers when ${limits.offer} sure.\n`);
  table("Question bank, each fifth judged by numbers fitted on the other four", crossed);
  const without = [...leaveAsksOut(knowledge)].flatMap((part) =>
    judge(observe(part.knowledge, part.questions, fitted.weights), itemsOf(part.knowledge), fitted),
  );
  table("The curators' own asks, an eighth left out and asked in turn", without);
  print("Misses on the bank:");
  for (const { ask, wanted, got, why } of missesOf(crossed, items))
    print(`- ${ask}\n    wanted ${wanted}; got ${got}\n    ${why}`);
}

function table(title: string, seen: readonly Seen[]): void {
  print(title);
  print("wanted         asked   right first   first or offered   wrongly answered   offered   abstained");
  for (const { want, asked, first, firstOrOffered, wronglyAnswered, offered, abstained } of figuresOf(seen)) {
    const covered = want === "answer";
    const cells = [covered ? percent(first) : "", covered ? percent(firstOrOffered) : "", percent(wronglyAnswered)];
    print(
      `${want.padEnd(14)} ${String(asked).padStart(5)}   ${cells[0]?.padStart(11)}   ${cells[1]?.padStart(16)}   ${cells[2]?.padStart(16)}   ${percent(offered).padStart(7)}   ${percent(abstained).padStart(9)}`,
    );
  }
  print(`calibration error ${calibrationError(seen).toFixed(3)}\n`);
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function refuse(): number {
  print(
    "The fitted numbers are stale: the knowledge or the question bank has changed since. Run `npm run eval -- --fit`.",
  );
  return 1;
}

function print(line: string): 0 {
  process.stdout.write(`${line}\n`);
  return 0;
}
