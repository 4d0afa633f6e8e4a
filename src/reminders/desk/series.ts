/** Series of times: the few rules that people choose from a list, and what becomes of a rule that is moved. */
import { type Holidays, momentOf, nextAfter, upcoming } from "../calendar/calendar.ts";
import { dateOf, dayOf, weekdayOf } from "../calendar/rule.ts";
import type { Due, Local, LocalDate, Schedule } from "../reminder.ts";
import type { Weekday } from "../wish.ts";
import type { Shift } from "./tokens.ts";

/** Monday is the first. */
export const weekdays: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** How often, as a form offers it. The first day says which weekday, which one of the month, or which date. */
export const oftens = ["once", "day", "weekdays", "1w", "2w", "3w", "4w", "nth", "date", "quarter"] as const;
export type Often = (typeof oftens)[number];

/** The weekday of a day. */
export const dayNameOf = (date: LocalDate): Weekday => weekdays[weekdayOf(dayOf(date)) - 1] ?? "MO";

/** The rule that this means from this day on; null for once. */
export function ruleFor(often: Often, first: LocalDate): string | null {
  const day = Number(first.slice(8));
  switch (often) {
    case "once":
      return null;
    case "day":
      return "FREQ=DAILY";
    case "weekdays":
      return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
    case "nth": {
      // A fifth one is not in every month: it counts as the last.
      const nth = Math.ceil(day / 7);
      return `FREQ=MONTHLY;BYDAY=${nth > 4 ? -1 : nth}${dayNameOf(first)}`;
    }
    case "date":
      return `FREQ=MONTHLY;${monthDay(day)}`;
    case "quarter":
      return `FREQ=MONTHLY;INTERVAL=3;${monthDay(day)}`;
    default: {
      const weeks = Number(often.slice(0, 1));
      return `FREQ=WEEKLY;${weeks === 1 ? "" : `INTERVAL=${weeks};`}BYDAY=${dayNameOf(first)}`;
    }
  }
}

/** Which of them the schedule is, seen from this day of it; null where it is none. */
export const oftenOf = (rule: string | null, first: LocalDate): Often | null =>
  oftens.find((often) => isSame(ruleFor(often, first), rule, first)) ?? null;

/** Days that not every month has come on its last one instead. */
function monthDay(day: number): string {
  if (day <= 28) return `BYMONTHDAY=${day}`;
  const days = [28, 29, 30, 31].filter((one) => one <= day);
  return `BYMONTHDAY=${days.join(",")};BYSETPOS=-1`;
}

function isSame(a: string | null, b: string | null, first: LocalDate): boolean {
  if (a === null || b === null) return a === b;
  const [one, other] = [partsOf(a), partsOf(b)].map((parts) => {
    if (parts.get("INTERVAL") === "1") parts.delete("INTERVAL");
    parts.delete("WKST");
    // What a rule leaves out it takes from its first day.
    if (parts.size <= 2 && parts.get("FREQ") === "WEEKLY" && !parts.has("BYDAY")) parts.set("BYDAY", dayNameOf(first));
    return [...parts].map(([name, value]) => `${name}=${value.split(",").toSorted()}`).toSorted();
  });
  return String(one) === String(other);
}

const partsOf = (rule: string): Map<string, string> =>
  new Map(
    rule
      .split(";")
      .map((part): [string, string] => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]),
  );

const joined = (parts: ReadonlyMap<string, string>): string =>
  [...parts].map(([name, value]) => `${name}=${value}`).join(";");

/** The same series, beginning with this time of it: what is over is no part of it any more, and counts go down by it. */
export function beginningWith(schedule: Schedule, next: Due): Schedule {
  const { ends, skips } = schedule;
  const over = ends.kind === "count" ? overBefore(schedule, next, ends.count) : 0;
  return {
    ...schedule,
    start: next.local,
    ends: ends.kind === "count" ? { kind: "count", count: Math.max(1, ends.count - over) } : ends,
    skips: skips.filter((skip) => skip > next.local),
  };
}

/** Those that were skipped count as well. */
function overBefore(schedule: Schedule, next: Due, count: number): number {
  const whole = { ...schedule, skips: [], skipsHolidays: false };
  const at = upcoming(whole, momentOf(schedule.start, schedule.zone) - 1, count, new Set()).findIndex(
    ({ local }) => local >= next.local,
  );
  return Math.max(0, at);
}

/** What is moved: the schedule, the time of it that comes next, and from when on it counts, milliseconds since 1970. */
export type Moving = { readonly schedule: Schedule; readonly next: Due; readonly nowMs: number };

/**
 * The series with its next time, and all after it, on another weekday or at another time. Null where that cannot be said
 * for its rule in so few words, such as another weekday of every day.
 */
export function moved({ schedule, next, nowMs }: Moving, to: Pick<Shift, "weekday" | "time">): Schedule | null {
  const rest = beginningWith(schedule, next);
  const time = to.time ?? next.local.slice(11);
  const from = next.local.slice(0, 10);
  if (to.weekday === null) return { ...rest, start: `${from}T${time}`, skips: retimed(rest.skips, time) };
  const inWeek = dateOf(dayOf(from) - weekdayOf(dayOf(from)) + weekdays.indexOf(to.weekday) + 1);
  if (rest.rule === null) {
    const isOver = momentOf(`${inWeek}T${time}`, rest.zone) <= nowMs;
    return { ...rest, start: `${isOver ? dateOf(dayOf(inWeek) + 7) : inWeek}T${time}` };
  }
  const parts = partsOf(rest.rule);
  const oneDay = /^([+-]?\d+)?[A-Z]{2}$/.exec(parts.get("BYDAY") ?? dayNameOf(from));
  const nth = oneDay?.[1];
  const isWeekly = parts.get("FREQ") === "WEEKLY" && oneDay !== null && nth === undefined;
  const isNth = parts.get("FREQ") === "MONTHLY" && nth !== undefined && !parts.has("BYSETPOS");
  if (!isWeekly && !isNth) return null;
  const rule = joined(parts.set("BYDAY", `${nth ?? ""}${to.weekday}`));
  if (isWeekly) return { ...rest, rule, start: `${inWeek}T${time}`, skips: [] };
  return startingIn({ ...rest, rule, skips: [] }, `${from.slice(0, 8)}01T${time}`);
}

/** The series as often as before, its next time here and all others after it; null where its rule has several days. */
export function movedTo({ schedule, next }: Moving, to: Local): Schedule | null {
  const rest = beginningWith(schedule, next);
  const date = to.slice(0, 10);
  const often = rest.rule === null ? "once" : oftenOf(rest.rule, next.local.slice(0, 10));
  if (often === null || often === "weekdays") return null;
  return { ...rest, start: to, rule: ruleFor(often, date), skips: [] };
}

/** A schedule begins with a time of its own: counts and intervals are counted from it. Null where none is to come. */
export function startingIn(schedule: Schedule, from: Local): Schedule | null {
  const probe: Schedule = { ...schedule, start: from, ends: { kind: "never" }, skips: [], skipsHolidays: false };
  const first = firstOf(probe, from);
  return first === null ? null : { ...schedule, start: first.local };
}

const none: Holidays = new Set();

function firstOf(probe: Schedule, from: Local): Due | null {
  try {
    return nextAfter(probe, momentOf(from, probe.zone) - 1, none);
  } catch {
    return null;
  }
}

const retimed = (skips: readonly Local[], time: string): readonly Local[] =>
  skips.map((skip) => `${skip.slice(0, 10)}T${time}`);
