/** The fitted numbers as a data file, and what they were fitted on. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { BearingsError } from "../errors.ts";
import type { Knowledge, Question } from "../knowledge/entry.ts";
import type { Fitted } from "./answer.ts";
import { signalNames } from "./decide.ts";
import { featureNames } from "./rank.ts";

// Raise it when a change to normalising, ranking or the signals makes older numbers wrong.
const algorithm = 2;

const probability = z.number().min(0).max(1);
const logistic = z.strictObject({ bias: z.number(), weights: z.array(z.number()).length(signalNames.length) });
const weights = Object.fromEntries(featureNames.map((name) => [name, z.number().min(0)])) as Record<
  (typeof featureNames)[number],
  z.ZodNumber
>;
const file = z.strictObject({
  fittedOn: z.string().regex(/^[0-9a-f]{64}$/),
  weights: z.strictObject(weights),
  calibration: z.strictObject({
    bestIsRight: logistic,
    oneIsRight: logistic,
    limits: z.strictObject({ answer: probability, offer: probability }),
  }),
});

/** calibration.json, parsed. `fittedOn` is the SHA-256 of what `fingerprint` reads. */
export type CalibrationFile = z.infer<typeof file>;

/** Reads calibration.json. Throws `BearingsError("stale")` when it does not fit this version of Bearings. */
export function parseCalibration(text: string): CalibrationFile {
  const fix = "Run `npm run eval -- --fit` to fit it anew.";
  try {
    return file.parse(JSON.parse(text));
  } catch (cause) {
    throw new BearingsError("stale", "knowledge/calibration.json does not fit this version of Bearings.", fix, {
      cause,
    });
  }
}

/** Names what the numbers are fitted on: everything that can win a question, the vocabulary and the question bank. */
export function fingerprint(knowledge: Knowledge, questions: readonly Question[]): string {
  const { entries, boundaries, talk, vocabulary } = knowledge;
  const read = JSON.stringify({ algorithm, entries, boundaries, talk, vocabulary, questions });
  return createHash("sha256").update(read).digest("hex");
}

/** The file as text, numbers rounded to six digits so that machines agree. */
export const writeCalibration = (fittedOn: string, fitted: Fitted): string =>
  `${JSON.stringify({ fittedOn, ...fitted }, (_, value) => (typeof value === "number" ? Number(value.toPrecision(6)) : value), 2)}\n`;
