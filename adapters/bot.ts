/** The one place that opens the assistant: reads the files, builds the index, joins the parts. Opens no storage and no platform. */
import { readFileSync } from "node:fs";
import { openAnswering } from "#src/answering/answer.ts";
import { parseCalibration } from "#src/answering/calibration.ts";
import { explain } from "#src/conversation/explain.ts";
import { createAssistant, type Parts } from "#src/conversation/respond.ts";
import { openSafety } from "#src/conversation/safety.ts";
import { parseSafetyModel } from "#src/conversation/safety-model.ts";
import { BearingsError } from "#src/errors.ts";
import type { Knowledge } from "#src/knowledge/entry.ts";
import { formatFinding } from "#src/knowledge/finding.ts";
import { loadKnowledge } from "#src/knowledge/load.ts";
import type { Respond } from "#src/reply.ts";

export type Assistant = {
  readonly respond: Respond;
  readonly knowledge: Knowledge;
  /** Why a question gets its reply, for people. */
  readonly explain: (typed: string) => string;
};

const read = (name: string): string => readFileSync(new URL(`../knowledge/${name}`, import.meta.url), "utf8");

/** Opens the assistant over folders of knowledge, ours first. Throws `BearingsError("knowledge")` when they have errors. */
export async function openAssistant(dirs: readonly string[]): Promise<Assistant> {
  const knowledge = await knowledgeIn(dirs);
  const parts: Parts = {
    knowledge,
    answering: openAnswering(knowledge, parseCalibration(read("calibration.json"))),
    safety: openSafety(knowledge.crisis, parseSafetyModel(read("crisis-model.json"))),
  };
  return { respond: createAssistant(parts), knowledge, explain: (typed) => explain(typed, parts) };
}

/** The knowledge in these folders, or an error with every finding in it. */
export async function knowledgeIn(dirs: readonly string[]): Promise<Knowledge> {
  const { knowledge, findings } = await loadKnowledge(dirs);
  if (knowledge !== null) return knowledge;
  const errors = findings.filter(({ severity }) => severity === "error");
  const fix = "Correct these and start again. `npm run lint` shows them with everything else.";
  throw new BearingsError("knowledge", errors.map(formatFinding).join("\n"), fix);
}
