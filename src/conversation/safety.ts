/** Decides whether someone may be in danger. Runs before anything else is done with a message, and needs nothing else. */
import type { Crisis } from "../knowledge/entry.ts";
import type { Lane } from "../reply.ts";
import { openFeatures, type Seen, type Stretch, type Window } from "./features.ts";
import { openRuns } from "./runs.ts";
import { classesOf, type WordClass } from "./word-classes.ts";

/** Fitted by safety-fit.ts, stored in knowledge/crisis-model.json. */
export type SafetyModel = {
  /** SHA-256 of what it was fitted on, in hex. */
  readonly fittedOn: string;
  /** From this sum of weights on, the lane is `now`. */
  readonly threshold: number;
  readonly bias: number;
  /** Weight of a feature by name; a name that is missing weighs nothing. */
  readonly weights: Readonly<Record<string, number>>;
};

/** What was decided, and why. */
export type Verdict = {
  readonly lane: Lane;
  /** Whether it may be about the person who writes. Chooses the words of the reply, never the lane. */
  readonly self: boolean;
  /** Ids of all signs that the deciding window shows, whatever they weigh. Chooses the contacts of the reply. */
  readonly found: readonly string[];
  /** Ids of the signs and runs of words that decided it, strongest first. Never more of the text than that. */
  readonly signs: readonly string[];
  /** How far above the threshold, in log-odds; below 0 is not `now`. */
  readonly score: number;
};

/** Pure. Empty or senseless text is lane `none`. */
export type Safety = (text: string) => Verdict;

/** Opens the decider on the signs of crisis.yaml and the weights fitted to them. */
export function openSafety(crisis: Pick<Crisis, "signs" | "counterSigns">, model: SafetyModel): Safety {
  const weights = withNewSigns(crisis, model);
  const see = openFeatures(crisis, openRuns(weights.keys()));
  return (text) => {
    const seen = see(text);
    const { window, sum } = strongest(seen, weights);
    const score = Math.max(model.bias + sum - model.threshold, seen.some(isPlain) ? leastWhenPlain : -Infinity);
    const lane = score >= 0 ? "now" : isAbout(seen) ? "about" : "none";
    const signs = reasons(window, weights);
    return { lane, self: maybeSelf(window), found: window.signs, signs, score: round(score) };
  };
}

/** What decides a message: one window, what holds around it, and what both weigh. */
export type Strongest = { readonly window: Window; readonly context: readonly string[]; readonly sum: number };

/** The window that weighs most with its context. */
export function strongest(seen: Seen, weights: ReadonlyMap<string, number>): Strongest {
  let best: Strongest = { window: seen[0].windows[0], context: seen[0].context, sum: -Infinity };
  for (const { windows, context, fromPaste } of seen) {
    const around = weigh(context, weights) - (fromPaste ? pasteMargin : 0);
    for (const window of windows) {
      const sum = around + weigh(window.features, weights);
      if (sum > best.sum) best = { window, context, sum };
    }
  }
  return best;
}

function weigh(features: readonly string[], weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const feature of features) sum += weights.get(feature) ?? 0;
  return sum;
}

// A sign that another folder of knowledge adds has no weight yet; until the next fit it counts like a middling one.
const newSign = 3;
const newCounterSign = -2;

function withNewSigns(crisis: Pick<Crisis, "signs" | "counterSigns">, model: SafetyModel): ReadonlyMap<string, number> {
  const weights = new Map(Object.entries(model.weights));
  for (const { id } of crisis.signs) if (!weights.has(`s:${id}`)) weights.set(`s:${id}`, newSign);
  for (const { id } of crisis.counterSigns) if (!weights.has(`n:${id}`)) weights.set(`n:${id}`, newCounterSign);
  return weights;
}

// A paste of hundreds of sentences has hundreds of chances to sound like danger.
const pasteMargin = 2;

// Said in so many words, with nothing that speaks for another reading: this never hangs on the weights.
const plainSigns = new Set(["kill-self", "end-life", "want-die", "suicide-live", "other-languages"]);
const leastWhenPlain = 1;

const isPlain = ({ windows, context, fromPaste }: Stretch): boolean =>
  fromPaste ? saysPlainly(windows[0]) : context.every((name) => name === "g:bereaved") && windows.some(saysPlainly);

// "He took his own life" tells of a death where others grieve. "She wants to die like him" does not.
const toldOfTheDead = new Set(["kill-self", "end-life"]);

function saysPlainly({ signs, counterSigns, asks }: Window): boolean {
  const grieves = counterSigns.includes("bereaved");
  const says = (id: string): boolean => plainSigns.has(id) && !(grieves && toldOfTheDead.has(id));
  return !asks && counterSigns.every((id) => id === "bereaved") && signs.some(says);
}

// Signs that name such a subject. With any of them an ordinary reply gets its quiet line.
const topics = new Set(["topic", "suicide-word", "suicide-live"]);

const isAbout = (seen: Seen): boolean =>
  seen.some(({ windows }) => windows.some(({ signs }) => signs.some((id) => topics.has(id))));

// "My husband does not know" and "he hits me" speak of someone else too, and in another language we cannot tell: only where
// someone else is spoken of and the writer is not, the words for the writer are left out.
function maybeSelf({ words, signs }: Window): boolean {
  if (signs.includes("other-languages")) return true;
  const has = (classes: ReadonlySet<WordClass>): boolean =>
    words.some((word) => classesOf.get(word)?.some((name) => classes.has(name)) ?? false);
  return has(firstPerson) || !(has(thirdPerson) || words.some((word) => others.has(word)));
}

const firstPerson: ReadonlySet<WordClass> = new Set(["ME", "MYSELF"]);
const thirdPerson: ReadonlySet<WordClass> = new Set(["THEY", "KIN", "CHILD"]);
const others = new Set(["himself", "herself", "themselves", "clients", "patients", "teacher", "people"]);

const mostReasons = 8;

function reasons(window: Window, weights: ReadonlyMap<string, number>): readonly string[] {
  const weightOf = (feature: string): number => weights.get(feature) ?? 0;
  return window.features
    .filter((feature) => weightOf(feature) > 0 && !feature.startsWith("x:"))
    .sort((a, b) => weightOf(b) - weightOf(a))
    .slice(0, mostReasons);
}

const round = (score: number): number => Math.round(score * 100) / 100;
