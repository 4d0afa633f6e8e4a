/** The one place that opens the assistant: reads the files, builds the index, joins the parts. Opens no storage and no platform. */
import { readFileSync } from "node:fs";
import { openAnswering } from "#src/answering/answer.ts";
import { parseCalibration } from "#src/answering/calibration.ts";
import type { Find } from "#src/answering/find.ts";
import { explain } from "#src/conversation/explain.ts";
import { createAssistant, dangerIn, type Parts } from "#src/conversation/respond.ts";
import { openSafety } from "#src/conversation/safety.ts";
import { parseSafetyModel } from "#src/conversation/safety-model.ts";
import { BearingsError } from "#src/errors.ts";
import type { Finding, Knowledge } from "#src/knowledge/entry.ts";
import { formatFinding } from "#src/knowledge/finding.ts";
import { loadKnowledge } from "#src/knowledge/load.ts";
import { loadOrTell, type Stop, watchKnowledge } from "#src/knowledge/watch.ts";
import type { Respond } from "#src/reply.ts";
import type { Said } from "#src/turn.ts";

export type Assistant = {
  readonly respond: Respond;
  /** Whether someone may be at risk now: the first step of `respond` alone. */
  readonly isDanger: (said: Said) => boolean;
  /** Entries to choose from while words are still being typed, best first. */
  readonly find: Find;
  /** The set that `respond` answers from at this moment. */
  readonly knowledge: () => Knowledge;
  /** Why a question gets its reply, for people. */
  readonly explain: (typed: string) => string;
  /** Whether the files were read again and refused, so that an older set is in use. */
  readonly isBehind: () => boolean;
  /** Reads the folders again: a good set is used from the next turn on, one with errors is not. Says which, in words. Never rejects. */
  readonly readAgain: () => Promise<string>;
  /** Ends the watching, if there is any. */
  readonly stop: Stop;
};

/**
 * Opens the assistant over folders of knowledge, ours first. With `tell` it watches them: a good set is used from the next
 * turn on, one with errors is told of and the last good one kept. Throws `BearingsError("knowledge")` when they have errors
 * at the start, `BearingsError("stale")` when a file of fitted numbers is missing or of another version.
 */
export async function openAssistant(dirs: readonly string[], tell?: (line: string) => void): Promise<Assistant> {
  const calibration = parseCalibration(read("calibration.json"));
  const model = parseSafetyModel(read("crisis-model.json"));
  const partsOf = (knowledge: Knowledge): Parts => ({
    knowledge,
    answering: openAnswering(knowledge, calibration),
    safety: openSafety(knowledge.crisis, model),
  });
  let parts = partsOf(await knowledgeIn(dirs));
  let respond = createAssistant(parts);
  let isBehind = false;
  function onGood(knowledge: Knowledge): string {
    parts = partsOf(knowledge);
    respond = createAssistant(parts);
    isBehind = false;
    return `Knowledge: read again, version ${knowledge.version}.`;
  }
  function onBad(findings: readonly Finding[]): string {
    isBehind = true;
    return ["Knowledge: a change has errors; the last good set is still in use.", ...findings.map(formatFinding)].join(
      "\n",
    );
  }
  const stop =
    tell === undefined
      ? () => {}
      : watchKnowledge(dirs, {
          onGood: (knowledge) => tell(onGood(knowledge)),
          onBad: (findings) => tell(onBad(findings)),
        });
  return {
    respond: (turn) => respond(turn),
    isDanger: (said) => dangerIn(parts)(said),
    find: (typed, most) => parts.answering.find(typed, most),
    knowledge: () => parts.knowledge,
    explain: (typed) => explain(typed, parts),
    isBehind: () => isBehind,
    async readAgain() {
      const { knowledge, findings } = await loadOrTell(dirs);
      return knowledge === null ? onBad(findings) : onGood(knowledge);
    },
    stop,
  };
}

/** The knowledge in these folders, or an error with every finding in it. */
export async function knowledgeIn(dirs: readonly string[]): Promise<Knowledge> {
  const { knowledge, findings } = await loadKnowledge(dirs);
  if (knowledge !== null) return knowledge;
  const errors = findings.filter(({ severity }) => severity === "error");
  const fix = "Correct these and start again. `npm run lint` shows them with everything else.";
  throw new BearingsError("knowledge", errors.map(formatFinding).join("\n"), fix);
}

/** A file of fitted numbers. Without it nothing can be answered. */
function read(name: string): string {
  try {
    return readFileSync(new URL(`../knowledge/${name}`, import.meta.url), "utf8");
  } catch (cause) {
    const fix = "Restore it, or run `npm run eval -- --fit` to make it anew.";
    throw new BearingsError("stale", `knowledge/${name} is missing.`, fix, { cause });
  }
}
