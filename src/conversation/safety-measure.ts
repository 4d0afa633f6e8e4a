/** Measures the safety model by style, by cross-validation, and chooses its threshold. Reads and writes no file. */
import type { CrisisMessage } from "../knowledge/entry.ts";
import type { Lane } from "../reply.ts";
import { openSafety, type SafetyModel, strongest } from "./safety.ts";
import { type Example, fitWeights, type SafetyData } from "./safety-fit.ts";

/** How many messages of one lane and style went to each lane. */
export type StyleFigures = {
  readonly lane: Lane;
  readonly style: string;
  readonly messages: number;
  readonly sentTo: Readonly<Record<Lane, number>>;
};

/** A message that the model, fitted without it, put into the wrong one of `now` and not `now`. */
export type Miss = { readonly message: CrisisMessage; readonly score: number };

/** Sum of weights of each example, from a model that was fitted without it and its neighbours. */
export type Held = { readonly example: Example; readonly sum: number };

/** Folds are runs of neighbouring messages of a lane and style: neighbours come from one writer, so a fold leaves one out. */
export function heldOut(examples: readonly Example[], folds = 4): readonly Held[] {
  const foldOf = foldsOf(examples, folds);
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const { bias, weights } = fitWeights(examples.filter((example) => foldOf.get(example) !== fold));
    return examples
      .filter((example) => foldOf.get(example) === fold)
      .map((example) => ({ example, sum: bias + strongest(example.seen, weights).sum }));
  });
}

function foldsOf(examples: readonly Example[], folds: number): ReadonlyMap<Example, number> {
  const groups = Map.groupBy(examples, ({ message }) => `${message.lane} ${message.style}`);
  return new Map(
    [...groups.values()].flatMap((group) =>
      group.map((example, n) => [example, Math.floor((n * folds) / group.length)] as const),
    ),
  );
}

// Our messages of these lanes are near misses by design, so that ordinary ones stay well under 2 %. A miss on `now` costs
// more than a false alarm.
const mostFalse = { none: 0.027, about: 0.06 };

/** The lowest threshold that keeps false alarms within bounds on messages the model was not fitted on. */
export function chooseThreshold(held: readonly Held[]): number {
  const lowest = (lane: "none" | "about"): number => {
    const sums = held.filter(({ example }) => example.message.lane === lane).map(({ sum }) => sum);
    sums.sort((a, b) => b - a);
    return sums[Math.floor(sums.length * mostFalse[lane])] ?? 0;
  };
  return Math.round(Math.max(lowest("none"), lowest("about")) * 100) / 100;
}

/** Figures by lane and style from held-out sums; the lanes `about` and `none` are not told apart here. */
export const heldFigures = (held: readonly Held[], threshold: number): readonly StyleFigures[] =>
  figures(held.map(({ example, sum }) => ({ message: example.message, lane: sum >= threshold ? "now" : "none" })));

/** What went wrong on held-out messages, worst first. */
export const heldMisses = (held: readonly Held[], threshold: number): readonly Miss[] =>
  held
    .filter(({ example, sum }) => (example.message.lane === "now") !== sum >= threshold)
    .map(({ example, sum }) => ({ message: example.message, score: sum - threshold }))
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score));

/** Figures of a finished model on messages, such as a set kept apart. */
export function measureSafety(
  crisis: SafetyData["crisis"],
  model: SafetyModel,
  messages: readonly CrisisMessage[],
): readonly StyleFigures[] {
  const safety = openSafety(crisis, model);
  return figures(messages.map((message) => ({ message, lane: safety(message.says).lane })));
}

function figures(
  decided: readonly { readonly message: CrisisMessage; readonly lane: Lane }[],
): readonly StyleFigures[] {
  const groups = Map.groupBy(decided, ({ message }) => `${message.lane} ${message.style}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const sent = (lane: Lane): number => group.filter((one) => one.lane === lane).length;
    const { lane, style } = first.message;
    return {
      lane,
      style,
      messages: group.length,
      sentTo: { now: sent("now"), about: sent("about"), none: sent("none") },
    };
  });
}

/** Share of a lane, or of one of its styles, that was sent to the lane `now`; 0 to 1, null where there is none. */
export function shareToNow(all: readonly StyleFigures[], lane: Lane, style?: string): number | null {
  const rows = all.filter((row) => row.lane === lane && (style === undefined || row.style === style));
  const messages = rows.reduce((sum, row) => sum + row.messages, 0);
  return messages === 0 ? null : rows.reduce((sum, row) => sum + row.sentTo.now, 0) / messages;
}
