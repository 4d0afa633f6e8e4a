/** `eval`: how good answering and safety are on what they were not fitted on. `--fit` writes the numbers, `--check` only compares them. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { itemsOf } from "#src/answering/answer.ts";
import { fingerprint, parseCalibration, writeCalibration } from "#src/answering/calibration.ts";
import { fitAnswering, isSearched, observe } from "#src/answering/evaluate.ts";
import { examplesOf, fitSafety, isStale, safetyData } from "#src/conversation/safety-fit.ts";
import { chooseThreshold, heldOut } from "#src/conversation/safety-measure.ts";
import { parseSafetyModel, writeSafetyModel } from "#src/conversation/safety-model.ts";
import { BearingsError } from "#src/errors.ts";
import type { Bank, Knowledge } from "#src/knowledge/entry.ts";
import { loadBank } from "#src/knowledge/load.ts";
import { knowledgeIn, openAssistant } from "../bot.ts";
import { reportAnswering, reportAssistant, reportSafety } from "./figures.ts";
import { common, knowledgeFolders, noWords, readOptions } from "./options.ts";

const usage = "Use: npm run eval [-- --fit | --check] [--knowledge DIR]";
const fileOf = (name: string): string => fileURLToPath(new URL(`../../knowledge/${name}`, import.meta.url));
const calibrationFile = fileOf("calibration.json");
const modelFile = fileOf("crisis-model.json");

type Set = { readonly knowledge: Knowledge; readonly bank: Bank };

/** Measures; with `--fit`, fits the numbers to our own folder and writes them first. */
export async function runEval(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(
    args,
    { ...common, fit: { type: "boolean" }, check: { type: "boolean" } },
    usage,
  );
  noWords(words, usage);
  if (values.help === true) return print(usage);
  // The numbers belong to our own folder; what a team adds is answered by them, not fitted into them.
  const ours = await setIn(knowledgeFolders().slice(0, 1));
  if (values.fit === true) fitAll(ours);
  const stale = staleOf(ours);
  for (const name of stale)
    print(`${name} is stale: what it was fitted on has changed since. Run \`npm run eval -- --fit\`.`);
  if (values.check === true || stale.length > 0)
    return stale.length > 0 ? 1 : print("The fitted numbers belong to this knowledge.");
  const { knowledge, bank } = await setIn(knowledgeFolders(values.knowledge));
  reportAnswering(knowledge, bank.questions, parseCalibration(readFileSync(calibrationFile, "utf8")));
  reportAssistant((await openAssistant(knowledgeFolders(values.knowledge))).respond, bank.questions);
  reportSafety(safetyData(knowledge, bank), parseSafetyModel(readFileSync(modelFile, "utf8")));
  return 0;
}

async function setIn(dirs: readonly string[]): Promise<Set> {
  const knowledge = await knowledgeIn(dirs);
  const { bank } = await loadBank(dirs);
  if (bank !== null) return { knowledge, bank };
  throw new BearingsError(
    "knowledge",
    "The labelled questions or messages have errors.",
    "Run `npm run lint` to see them.",
  );
}

function fitAll({ knowledge, bank }: Set): void {
  const answering = fitAnswering(observe(knowledge, bank.questions.filter(isSearched)), itemsOf(knowledge));
  writeFileSync(calibrationFile, writeCalibration(fingerprint(knowledge, bank.questions), answering));
  const data = safetyData(knowledge, bank);
  const examples = examplesOf(data);
  writeFileSync(modelFile, writeSafetyModel(fitSafety(data, examples, chooseThreshold(heldOut(examples)))));
}

/** Names of the files whose numbers were fitted on something else, or that are not there. */
function staleOf({ knowledge, bank }: Set): string[] {
  const isOld = (test: () => boolean): boolean => {
    try {
      return test();
    } catch {
      return true;
    }
  };
  const answering = () =>
    parseCalibration(readFileSync(calibrationFile, "utf8")).fittedOn !== fingerprint(knowledge, bank.questions);
  const safety = () => isStale(parseSafetyModel(readFileSync(modelFile, "utf8")), safetyData(knowledge, bank));
  return [...(isOld(answering) ? ["calibration.json"] : []), ...(isOld(safety) ? ["crisis-model.json"] : [])];
}

function print(line: string): 0 {
  process.stdout.write(`${line}\n`);
  return 0;
}
