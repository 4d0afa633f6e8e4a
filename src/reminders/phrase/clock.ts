/** Which time of day is meant, from the times and the parts of the day that were said. */
import type { Clock, Fact, Part } from "./facts.ts";

/** Times as HH:MM. Several are readings of one time; `isMany`: more than one was said. `part` alone is no time. */
export type TimeMeant =
  | {
      readonly kind: "time";
      readonly time: string /** Nobody said which half of the day. */;
      readonly isUsual: boolean;
    }
  | { readonly kind: "readings"; readonly about: "am-pm"; readonly times: readonly string[] }
  | { readonly kind: "midnight" }
  | { readonly kind: "none" }
  /** `times` are those that are clear. */
  | { readonly kind: "many"; readonly times: readonly string[] }
  | { readonly kind: "bad" };

/** Puts them together. */
export function timeMeant(facts: readonly Fact[]): TimeMeant {
  if (facts.some((fact) => fact.kind === "bad-time")) return { kind: "bad" };
  const parts = new Set(facts.flatMap((fact) => (fact.kind === "part" ? [fact.part] : [])));
  const clocks = facts.flatMap((fact) => (fact.kind === "time" ? [fact] : []));
  const isMidnight = facts.some((fact) => fact.kind === "midnight");
  const said = new Set(clocks.map(textOf)).size + (isMidnight ? 1 : 0);
  if (said > 1 || parts.size > 1)
    return { kind: "many", times: clocks.flatMap((clock) => timesIn(clockOf(clock, null))) };
  if (isMidnight) return { kind: "midnight" };
  const [part = null] = parts;
  const [clock] = clocks;
  return clock === undefined ? { kind: "none" } : clockOf(clock, part);
}

const timesIn = (meant: TimeMeant): readonly string[] =>
  meant.kind === "time" ? [meant.time] : meant.kind === "readings" ? meant.times : [];

const text = (hour: number, minute: number): string =>
  `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
const textOf = ({ hour, minute }: Clock): string => text(hour, minute);

// First and last hour of each part, in 24 hours, with some room.
const spans: Readonly<Record<Part, readonly [number, number]>> = {
  morning: [0, 11],
  afternoon: [12, 18],
  evening: [16, 23],
  night: [18, 23],
};

function clockOf({ hour, minute, half }: Clock, part: Part | null): TimeMeant {
  const time = (meant: number, isUsual = false): TimeMeant => ({ kind: "time", time: text(meant, minute), isUsual });
  const both: TimeMeant = {
    kind: "readings",
    about: "am-pm",
    times: [text(hour % 12, minute), text((hour % 12) + 12, minute)],
  };
  if (part === null) {
    if (half === "told") return time(hour);
    return half === "usual" ? time(hour, hour < 12) : both;
  }
  const [first, last] = spans[part];
  const isIn = (meant: number): boolean => meant >= first && meant <= last;
  if (half === "told") return isIn(hour) || (part === "night" && hour < 6) ? time(hour) : { kind: "many", times: [] };
  // Twelve at night is midnight, and on which day is another question.
  if (hour === 12) return part === "afternoon" ? time(12) : { kind: "many", times: [] };
  const fits = [hour, hour + 12].filter(isIn);
  const [only] = fits;
  return fits.length === 1 && only !== undefined ? time(only) : both;
}
