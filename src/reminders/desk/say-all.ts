/** What is said where all of somebody's reminders were meant: what was done, and for which it was not, and why. */
import { andOf } from "../calendar/words.ts";

/** `not`: number and code of why, as `why` of the reply to it. */
export function toAll(
  what: "pause" | "resume" | "skip",
  done: readonly number[],
  not: readonly (readonly [number, string])[],
): string {
  const { all, some, none } = words[what];
  if (not.length === 0) return all;
  const those = done.length === 0 ? [] : [`${some}: ${numbers(done)}.`];
  const whys = Map.groupBy(not, ([, why]) => reasons[why] ?? changed);
  const others = [...whys].map(([why, which]) => `${numbers(which.map(([number]) => number))}, as ${why}`);
  return [...those, `${none}: ${others.join("; ")}.`].join(" ");
}

const words = {
  pause: { all: "All of them are paused.", some: "Paused", none: "Not paused" },
  resume: { all: "All of them come again.", some: "Started again", none: "Not started again" },
  skip: { all: "The next of each is left out.", some: "The next is left out of", none: "Not left out" },
} as const;

const changed = "something changed in the same moment";
const reasons: Readonly<Record<string, string>> = {
  "reminder:refuse:past": "that day has begun there already",
  "reminder:over": "nothing more is to come",
};

const numbers = (which: readonly number[]): string =>
  `number${which.length === 1 ? "" : "s"} ${andOf(which.map(String))}`;
