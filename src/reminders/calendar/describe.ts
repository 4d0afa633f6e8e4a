/** Schedules in words, as they are read back. English, on a clock of 24 hours. */

import type { Due, LocalDate, Schedule } from "../reminder.ts";
import { changesBetween, localOf, offsetAt } from "./calendar.ts";
import { dateOf, dayOf, daysOf, readRule, weekdayOf } from "./rule.ts";
import { andOf, monthNames, ruleInWords, weekdayNames } from "./words.ts";

/**
 * The rule in words, such as "Every 14 days from Tuesday 6 October 2026, at 10:00, until 30 June 2027". The zone is not in
 * it, nor what is left out by hand. Throws `RangeError` where the schedule cannot be read or never falls due.
 */
export function inWords(schedule: Schedule): string {
  const { start, rule, ends, skipsHolidays } = schedule;
  const startDay = dayOf(start.slice(0, 10));
  const time = clock(start);
  const tail = [
    ends.kind === "count" && rule !== null ? `, ${ends.count === 1 ? "once only" : `${ends.count} times`}` : "",
    ends.kind === "until" && rule !== null ? `, until ${dayMonth(ends.date)} ${ends.date.slice(0, 4)}` : "",
    skipsHolidays ? ", public holidays left out" : "",
  ].join("");
  if (rule === null) return `Once, on ${wholeDay(start)} at ${time}${tail}`;
  const read = readRule(rule);
  if (read.isBeyondDays) return `By the rule ${rule}, from ${wholeDay(start)} at ${time}${tail}`;
  const [first = startDay] = daysOf(read, startDay, startDay);
  const { words, needsFrom } = ruleInWords(read, startDay);
  const comma = words.includes(",") ? "," : "";
  // Where it is not every week, month or year, the first one tells which.
  if (needsFrom) return `${words}${comma} from ${wholeDay(dateOf(first))}, at ${time}${tail}`;
  return `${words}${comma} at ${time}${tail}`;
}

/** One time as the wall clock shows it, such as "Tuesday 6 October, 10:00"; with the year where it is not this one. */
export function timeInWords(due: Due, nowMs: number, zone: string): string {
  const local = localOf(due.atMs, zone);
  return `${dayInWords(local.slice(0, 10), nowMs, zone)}, ${clock(local)}`;
}

/** One day, such as "Tuesday 6 October"; with the year where it is not this one. */
export function dayInWords(date: LocalDate, nowMs: number, zone: string): string {
  const isThisYear = date.slice(0, 4) === localOf(nowMs, zone).slice(0, 4);
  return isThisYear ? `${weekdayNames[weekdayOf(dayOf(date)) - 1]} ${dayMonth(date)}` : wholeDay(date);
}

/**
 * Says when the clocks change between the first of these and the last, and that the time of day stays, or on which day it
 * cannot; null where the clocks do not change.
 */
export function clockNote(dues: readonly Due[], zone: string): string | null {
  const [first, last] = [dues[0], dues.at(-1)];
  if (first === undefined || last === undefined) return null;
  const dated = (date: LocalDate): string =>
    date.slice(0, 4) === first.local.slice(0, 4) ? dayMonth(date) : `${dayMonth(date)} ${date.slice(0, 4)}`;
  const changes = changesBetween(first.atMs, last.atMs, zone).map((atMs) => {
    // On the clock as it ran until then: one that is put back at midnight is put back at the start of the day.
    const before = atMs + offsetAt(atMs - 1, zone) * 60_000;
    return dated(new Date(before).toISOString().slice(0, 10));
  });
  if (changes.length === 0) return jumpNote(first, zone, dated);
  const when = changes.length > 4 ? "between these dates" : `on ${andOf(changes)}`;
  const times = new Set(dues.map((due) => clock(due.local)));
  if (times.size > 1) return `The clocks change ${when}.`;
  const moved = dues.flatMap((due) => {
    const shown = localOf(due.atMs, zone);
    if (shown === due.local) return [];
    const day = dated(shown.slice(0, 10));
    return [`on ${day} it comes at ${clock(shown)}`];
  });
  const but = moved.length === 0 ? "" : `, but ${andOf(moved)}`;
  return `The clocks change ${when}; it stays at ${clock(first.local)}${but}.`;
}

/** The first one falls into the hour that is left out. */
function jumpNote(first: Due, zone: string, dated: (date: LocalDate) => string): string | null {
  const shown = localOf(first.atMs, zone);
  if (shown === first.local) return null;
  return `At ${clock(first.local)} on ${dated(first.local.slice(0, 10))} the clocks jump: it comes at ${clock(shown)}.`;
}

const clock = (local: string): string => `${Number(local.slice(11, 13))}:${local.slice(14, 16)}`;
const dayMonth = (date: LocalDate): string =>
  `${Number(date.slice(8, 10))} ${monthNames[Number(date.slice(5, 7)) - 1]}`;

/** With weekday and year. */
function wholeDay(local: string): string {
  const date = local.slice(0, 10);
  return `${weekdayNames[weekdayOf(dayOf(date)) - 1]} ${dayMonth(date)} ${date.slice(0, 4)}`;
}
