/** What the safety model looks at: signs, counter-signs and short runs of words, by window and for the whole message. */
import type { Crisis } from "../knowledge/entry.ts";
import { readings, type Sentence, type Words } from "./reading.ts";
import { allRuns, type FindRuns } from "./runs.ts";
import { type FindSigns, openSigns } from "./signs.ts";

/** Raised whenever a feature changes its meaning, so that a model fitted before counts as stale. */
export const featuresVersion = 1;

/** One or two neighbouring sentences: a risk is said in a breath, wherever in the message that is. */
export type Window = {
  readonly words: Words;
  readonly signs: readonly string[];
  readonly counterSigns: readonly string[];
  /** Whether a sentence of it ends in a question mark. */
  readonly asks: boolean;
  /** Names of the features the window shows, each once. */
  readonly features: readonly string[];
};

/** A stretch of a message with what holds for all its windows. Always at least one window. */
export type Stretch = {
  readonly windows: readonly [Window, ...Window[]];
  readonly context: readonly string[];
  readonly fromPaste: boolean;
};

/** A message as the model sees it: one stretch, or for a paste one for each sentence. */
export type Seen = readonly [Stretch, ...Stretch[]];

/** Turns a text into features. Pure; time grows with the length of the text. */
export type See = (text: string) => Seen;

// Up to this many sentences are one message, and all bear on each. In a longer text, a paste, a sentence stands
// for itself: the rest must not drown the one that counts.
const longestMessage = 8;

/** Compiles the signs of crisis.yaml. `runs` finds the runs of words that count; while fitting, all do. */
export function openFeatures(crisis: Pick<Crisis, "signs" | "counterSigns">, runs: FindRuns = allRuns): See {
  const find = { signs: openSigns(crisis.signs), counterSigns: openSigns(crisis.counterSigns), runs };
  return (text) => {
    const [first = emptyStretch, ...rest] = readings(text).flatMap((sentences) => stretchesOf(sentences, find));
    return [first, ...rest];
  };
}

function stretchesOf(sentences: readonly Sentence[], find: Find): readonly Stretch[] {
  const all = sentences.map((sentence) => single(sentence, find));
  if (all.length <= longestMessage) return [stretch(all, all, false)];
  return all.map((one, at) => stretch(all.slice(at, at + 2), [one], true));
}

function stretch(here: readonly Window[], around: readonly Window[], fromPaste: boolean): Stretch {
  const [head = nothing, ...tail] = [...here, ...pairs(here)];
  return { windows: [head, ...tail], context: contextOf(around), fromPaste };
}

const nothing: Window = { words: [], signs: [], counterSigns: [], asks: false, features: ["empty"] };
const emptyStretch: Stretch = { windows: [nothing], context: [], fromPaste: false };

/** How strongly a feature counts while fitting, by the first letter of its name: signs learn faster than words. */
export const scaleOf = (feature: string): number => scales[feature[0] ?? ""] ?? 1;

// Found by cross-validation on our own messages; see docs/safety.md.
const scales: Readonly<Record<string, number>> = { s: 2, n: 2, x: 0.7, g: 1.2, w: 0.8, c: 0.8 };

type Find = {
  readonly signs: FindSigns;
  readonly counterSigns: FindSigns;
  readonly runs: FindRuns;
};

function single({ words, asks }: Sentence, find: Find): Window {
  const signs = find.signs(words);
  const counterSigns = find.counterSigns(words);
  const features = new Set([
    ...signs.map((id) => `s:${id}`),
    ...counterSigns.map((id) => `n:${id}`),
    ...together(signs, counterSigns),
    ...find.runs(words),
  ]);
  return { words, signs, counterSigns, asks, features: [...features] };
}

// These say what it is about, that something presses, or that someone cannot be reached, not what is wrong.
const weak = new Set(["topic", "urgency", "self-talk", "unreachable"]);

function together(signs: readonly string[], counterSigns: readonly string[]): readonly string[] {
  const strong = signs.filter((id) => !weak.has(id));
  const alone = counterSigns.length === 0;
  return [
    ...(strong.length > 0 && signs.includes("urgency") ? ["x:urgent"] : []),
    ...(strong.length > 0 && alone ? ["x:alone"] : []),
    ...(strong.length > 1 && alone ? ["x:alone twice"] : []),
    ...(alone ? strong.map((id) => `x:alone ${id}`) : []),
  ];
}

function pairs(windows: readonly Window[]): readonly Window[] {
  return windows.slice(1).map((second, n) => {
    const first = windows[n] ?? nothing;
    return {
      words: [...first.words, ...second.words],
      signs: union(first.signs, second.signs),
      counterSigns: union(first.counterSigns, second.counterSigns),
      asks: first.asks || second.asks,
      features: union(first.features, second.features),
    };
  });
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

function contextOf(around: readonly Window[]): readonly string[] {
  const everywhere = new Set(around.flatMap(({ counterSigns }) => counterSigns));
  return [...[...everywhere].map((id) => `g:${id}`), ...(around.some(({ asks }) => asks) ? ["g:asks"] : [])];
}
