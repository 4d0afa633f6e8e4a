/** The fitted weights as a data file. */
import { z } from "zod";
import { BearingsError } from "../errors.ts";
import type { SafetyModel } from "./safety.ts";

const file = z.strictObject({
  fittedOn: z.string().regex(/^[0-9a-f]{64}$/),
  threshold: z.number(),
  bias: z.number(),
  weights: z.record(z.string(), z.number()),
});

/** Reads crisis-model.json. Throws `BearingsError("stale")` when it is not one. */
export function parseSafetyModel(text: string): SafetyModel {
  const fix = "Run `npm run eval -- --fit` to fit it anew.";
  try {
    return file.parse(JSON.parse(text));
  } catch (cause) {
    throw new BearingsError("stale", "knowledge/crisis-model.json does not fit this version of Bearings.", fix, {
      cause,
    });
  }
}

/** The file as text, a weight a line, so that a change shows what changed. */
export const writeSafetyModel = (model: SafetyModel): string => `${JSON.stringify(model, null, 1)}\n`;
