/** Fits the safety model to our own messages. Deterministic; reads and writes no file. */
import { createHash } from "node:crypto";
import type { Bank, Crisis, CrisisMessage, Knowledge } from "../knowledge/entry.ts";
import { featuresVersion, openFeatures, type Seen, scaleOf } from "./features.ts";
import { readingVersion } from "./reading.ts";
import { type SafetyModel, strongest } from "./safety.ts";

/** All that a model is fitted on. `ordinary` are questions that nobody in danger asks. */
export type SafetyData = {
  readonly crisis: Pick<Crisis, "signs" | "counterSigns">;
  readonly messages: readonly CrisisMessage[];
  readonly ordinary: readonly string[];
};

/** What the model is fitted on, from what `loadKnowledge` and `loadBank` read. */
export const safetyData = ({ crisis }: Knowledge, { messages, questions }: Bank): SafetyData => ({
  crisis,
  messages,
  ordinary: questions.filter(({ want }) => want !== "crisis").map(({ ask }) => ask),
});

/** The curators' asks: thousands of ordinary questions that the model is not fitted on, to count false alarms on. */
export const ordinaryAsks = ({ entries, boundaries }: Knowledge): readonly string[] =>
  [...entries, ...boundaries].flatMap(({ asks }) => asks);

/** A message with its features, and whether it belongs to the lane `now`. */
export type Example = { readonly message: CrisisMessage; readonly seen: Seen };

/** Names what a model was fitted on: data, signs and the way of reading. */
export const fingerprint = ({ crisis, messages, ordinary }: SafetyData): string =>
  createHash("sha256")
    .update(JSON.stringify([readingVersion, featuresVersion, crisis.signs, crisis.counterSigns, messages, ordinary]))
    .digest("hex");

/** Whether the model was fitted on something else than this. */
export const isStale = (model: SafetyModel, data: SafetyData): boolean => model.fittedOn !== fingerprint(data);

/** All messages as examples; ordinary questions count as lane `none`, style `ordinary-question`. */
export function examplesOf({ crisis, messages, ordinary }: SafetyData): readonly Example[] {
  const see = openFeatures(crisis);
  const bank = ordinary.map((says): CrisisMessage => ({ lane: "none", style: "ordinary-question", says }));
  return [...messages, ...bank].map((message) => ({ message, seen: see(message.says) }));
}

/** Fits weights and rounds them; `threshold` comes from cross-validation, see safety-measure.ts. */
export function fitSafety(data: SafetyData, examples: readonly Example[], threshold: number): SafetyModel {
  const { bias, weights } = fitWeights(examples);
  const signs = new Set([
    ...data.crisis.signs.map(({ id }) => `s:${id}`),
    ...data.crisis.counterSigns.map(({ id }) => `n:${id}`),
  ]);
  // A sign keeps its weight whatever it is: one without counts as new.
  const kept = [...signs.union(new Set(weights.keys()))]
    .map((name) => [name, toHundredths(weights.get(name) ?? 0)] as const)
    .filter(([name, weight]) => signs.has(name) || Math.abs(weight) >= leastWeight)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { fittedOn: fingerprint(data), threshold, bias: toHundredths(bias), weights: Object.fromEntries(kept) };
}

/** Below this a weight changes no verdict and only fills the file. */
const leastWeight = 0.06;

const toHundredths = (weight: number): number => Math.round(weight * 100) / 100;

// Found by cross-validation; see docs/safety.md.
const rounds = 40;
const step = 0.04;
const shrink = 0.003;
// A feature of a single message says more about its writer than about danger.
const fewestMessages = 2;

/** Weights by feature name, before rounding. */
export type Fitted = { readonly bias: number; readonly weights: ReadonlyMap<string, number> };

/**
 * Logistic regression by gradient descent with a step per feature (Adagrad). Of a message's windows, the one that
 * weighs most at that moment is the one that learns, as it is the one that decides.
 */
export function fitWeights(examples: readonly Example[]): Fitted {
  const weights = new Map<string, number>();
  const slopes = new Map<string, number>();
  let bias = 0;
  let biasSlope = 1e-6;
  const isKnown = featuresOfSeveral(examples);
  const next = shuffler(examples.length);
  for (let round = 0; round < rounds; round++)
    for (const at of next()) {
      const example = examples[at];
      if (example === undefined) continue;
      const { window, context, sum } = strongest(example.seen, weights);
      const error = 1 / (1 + Math.exp(-bias - sum)) - (example.message.lane === "now" ? 1 : 0);
      biasSlope += error * error;
      bias -= (step * error) / Math.sqrt(biasSlope);
      for (const features of [window.features, context])
        for (const name of features) {
          if (!isKnown.has(name)) continue;
          const scale = scaleOf(name);
          const weight = (weights.get(name) ?? 0) / scale;
          const slope = error * scale + shrink * weight;
          const seenSlope = (slopes.get(name) ?? 1e-6) + slope * slope;
          slopes.set(name, seenSlope);
          weights.set(name, (weight - (step * slope) / Math.sqrt(seenSlope)) * scale);
        }
    }
  return { bias, weights };
}

function featuresOfSeveral(examples: readonly Example[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { seen } of examples)
    for (const name of new Set(
      seen.flatMap(({ windows, context }) => [...context, ...windows.flatMap(({ features }) => features)]),
    ))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= fewestMessages).map(([name]) => name));
}

// The same order on every machine: a small generator of our own (Park and Miller), and Fisher-Yates.
function shuffler(size: number): () => readonly number[] {
  const order = Array.from({ length: size }, (_, n) => n);
  let state = 7;
  const below = (limit: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  return () => {
    for (let at = size - 1; at > 0; at--) {
      const other = below(at + 1);
      [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
    }
    return order;
  };
}
