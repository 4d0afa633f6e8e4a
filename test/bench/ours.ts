/** Our own knowledge base and its question bank, for the measurements. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { knowledgeIn } from "#adapters/bot.ts";
import { parseCalibration } from "#src/answering/calibration.ts";
import type { Question } from "#src/knowledge/entry.ts";
import { loadBank } from "#src/knowledge/load.ts";

/** Path of a file of it. */
export const file = (name: string): string => fileURLToPath(new URL(`../../knowledge/${name}`, import.meta.url));

/** The folder, without what a team may have added to it. */
export const folder = file("");

export const openKnowledge = () => knowledgeIn([folder]);

export async function openQuestions(): Promise<readonly Question[]> {
  const { bank } = await loadBank([folder]);
  if (bank === null) throw new Error("The question bank has errors. Run `npm run lint` to see them.");
  return bank.questions;
}

export const fittedNumbers = () => parseCalibration(readFileSync(file("calibration.json"), "utf8"));
