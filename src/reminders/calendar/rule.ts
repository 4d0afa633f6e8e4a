/** Recurrence rules of whole days (RFC 5545): read, and walked day by day. Days are counted from 1970-01-01; no zones here. */
import type { LocalDate } from "../reminder.ts";

const dayMs = 86_400_000;
const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const frequencies = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"];
// The calendar repeats after 400 years: a rule that found no day in so long, and in so many periods, finds none at all.
const cycleDays = 146_097;
const cyclePeriods = 400;
// Dates are written with four digits.
const lastDay = Date.UTC(9999, 11, 31) / dayMs;

/** `nth` counts within the month or year, from its end if negative; 0 means each of them. Monday is 1. */
export type NthWeekday = { readonly nth: number; readonly weekday: number };

/** A rule as it was read. Empty lists mean that the part was not given. */
export type Rule = {
  readonly frequency: string;
  readonly interval: number;
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  readonly weekdays: readonly NthWeekday[];
  readonly positions: readonly number[];
  /** Monday is 1. */
  readonly weekStart: number;
  /** Whether it has parts that this file does not walk: times of day, days of the year, numbered weeks. */
  readonly isBeyondDays: boolean;
};

/** The days from 1970-01-01 to this one. Throws `RangeError` where there is no such day. */
export function dayOf(date: LocalDate): number {
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs;
  if (date.length !== 10 || Number.isNaN(day) || dateOf(day) !== date) throw new RangeError("There is no such day.");
  return day;
}

/** The day that is so many days after 1970-01-01. */
export function dateOf(day: number): LocalDate {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Reads a rule. Throws `RangeError` where a part is unknown, given twice, out of range, or not for this frequency. */
export function readRule(text: string): Rule {
  const parts = new Map<string, string>();
  for (const part of text.split(";")) {
    const [name = "", value = "", ...more] = part.split("=");
    if (value === "" || more.length > 0 || parts.has(name)) throw cannotRead();
    parts.set(name, value);
  }
  const take = (name: string, least: number, most: number) => takeNumbers(parts, name, least, most);
  const frequency = takeOne(parts, "FREQ", frequencies, null);
  const beyond = [
    ...[take("BYHOUR", 0, 23), take("BYMINUTE", 0, 59)],
    ...[take("BYYEARDAY", -366, 366).filter(isNotZero), take("BYWEEKNO", -53, 53).filter(isNotZero)],
  ];
  const rule: Rule = {
    frequency,
    interval: take("INTERVAL", 1, 10_000)[0] ?? 1,
    months: take("BYMONTH", 1, 12),
    monthDays: take("BYMONTHDAY", -31, 31).filter(isNotZero),
    weekdays: takeWeekdays(parts),
    positions: take("BYSETPOS", -366, 366).filter(isNotZero),
    weekStart: weekdays.indexOf(takeOne(parts, "WKST", weekdays, "MO")) + 1,
    isBeyondDays: beyond.some((numbers) => numbers.length > 0) || /HOURLY|MINUTELY/.test(frequency),
  };
  const isNth = rule.weekdays.some(({ nth }) => nth !== 0);
  if (parts.size > 0 || (isNth && !/MONTHLY|YEARLY/.test(frequency))) throw cannotRead();
  if (frequency === "WEEKLY" && rule.monthDays.length > 0) throw cannotRead();
  return rule;
}

/** The day of the week, Monday being 1. */
export function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/**
 * The days of a rule from `from` on, in order, none before `start`; intervals are counted from `start`. Ends with the year
 * 9999. Throws `RangeError` where there is none to come.
 */
export function* daysOf(rule: Rule, start: number, from: number): Generator<number> {
  const whole = withDefaults(rule, start);
  let found = Math.max(start, from);
  let empty = 0;
  let hasFound = false;
  for (let period = periodAt(whole, start, found); ; period += 1) {
    const { first, length } = spanOf(whole, start, period);
    if (first > lastDay || (empty > cyclePeriods && first - found > cycleDays)) break;
    empty += 1;
    for (const day of daysIn(whole, first, length)) {
      if (day < start || day < from || day > lastDay) continue;
      yield day;
      found = day;
      empty = 0;
      hasFound = true;
    }
  }
  if (!hasFound) throw new RangeError("The rule never falls due.");
}

const isNotZero = (number: number): boolean => number !== 0;
const cannotRead = (): RangeError => new RangeError("The rule cannot be read.");

function takeOne(parts: Map<string, string>, name: string, among: readonly string[], otherwise: string | null): string {
  const value = parts.get(name) ?? otherwise;
  parts.delete(name);
  if (value === null || !among.includes(value)) throw cannotRead();
  return value;
}

function takeNumbers(parts: Map<string, string>, name: string, least: number, most: number): readonly number[] {
  const value = parts.get(name);
  if (value === undefined) return [];
  parts.delete(name);
  const numbers = value.split(",").map((item) => (/^[+-]?\d{1,5}$/.test(item) ? Number(item) : Number.NaN));
  if (!numbers.every((number) => number >= least && number <= most)) throw cannotRead();
  if (least < 0 && numbers.includes(0)) throw cannotRead();
  return numbers;
}

function takeWeekdays(parts: Map<string, string>): readonly NthWeekday[] {
  const value = parts.get("BYDAY");
  if (value === undefined) return [];
  parts.delete("BYDAY");
  return value.split(",").map((item) => {
    const [, nth = "0", name = ""] = /^([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(item) ?? [];
    if (name === "" || Math.abs(Number(nth)) > 53) throw cannotRead();
    return { nth: Number(nth), weekday: weekdays.indexOf(name) + 1 };
  });
}

/** The rule with what it leaves out and takes from its start: the day of the week, month or year. */
export function withDefaults(rule: Rule, start: number): Rule {
  if (rule.weekdays.length > 0 || rule.monthDays.length > 0) return rule;
  const at = new Date(start * dayMs);
  switch (rule.frequency) {
    case "WEEKLY":
      return { ...rule, weekdays: [{ nth: 0, weekday: weekdayOf(start) }] };
    case "MONTHLY":
      return { ...rule, monthDays: [at.getUTCDate()] };
    case "YEARLY":
      return {
        ...rule,
        monthDays: [at.getUTCDate()],
        months: rule.months.length > 0 ? rule.months : [at.getUTCMonth() + 1],
      };
    default:
      return rule;
  }
}

/** Months are counted from January 1970. */
const monthOf = (day: number): number => {
  const at = new Date(day * dayMs);
  return (at.getUTCFullYear() - 1970) * 12 + at.getUTCMonth();
};
const firstOfMonth = (month: number): number => Date.UTC(1970, month) / dayMs;
const firstOfYear = (month: number): number => Math.floor(month / 12) * 12;

/** Which of the rule's periods holds this day or comes next before it; the one that holds the start is 0. */
function periodAt(rule: Rule, start: number, day: number): number {
  const units = {
    YEARLY: () => (firstOfYear(monthOf(day)) - firstOfYear(monthOf(start))) / 12,
    MONTHLY: () => monthOf(day) - monthOf(start),
    WEEKLY: () => (weekOf(rule, day) - weekOf(rule, start)) / 7,
  }[rule.frequency];
  return Math.floor((units === undefined ? day - start : units()) / rule.interval);
}

function spanOf(rule: Rule, start: number, period: number): { first: number; length: number } {
  const units = period * rule.interval;
  if (rule.frequency === "DAILY") return { first: start + units, length: 1 };
  if (rule.frequency === "WEEKLY") return { first: weekOf(rule, start) + 7 * units, length: 7 };
  const isYear = rule.frequency === "YEARLY";
  const month = isYear ? firstOfYear(monthOf(start)) + 12 * units : monthOf(start) + units;
  const first = firstOfMonth(month);
  return { first, length: firstOfMonth(month + (isYear ? 12 : 1)) - first };
}

const weekOf = (rule: Rule, day: number): number => day - ((weekdayOf(day) - rule.weekStart + 7) % 7);

function daysIn(rule: Rule, first: number, length: number): readonly number[] {
  const days: number[] = [];
  for (let day = first; day < first + length; day += 1) if (holds(rule, day)) days.push(day);
  if (rule.positions.length === 0) return days;
  const chosen = new Set(rule.positions.map((at) => (at > 0 ? at - 1 : days.length + at)));
  return days.filter((_, index) => chosen.has(index));
}

function holds(rule: Rule, day: number): boolean {
  const at = new Date(day * dayMs);
  if (rule.months.length > 0 && !rule.months.includes(at.getUTCMonth() + 1)) return false;
  if (rule.weekdays.length > 0 && !rule.weekdays.some((nth) => isNth(rule, nth, day))) return false;
  if (rule.monthDays.length === 0) return true;
  const month = monthOf(day);
  const fromEnd = day - firstOfMonth(month + 1);
  return rule.monthDays.includes(at.getUTCDate()) || rule.monthDays.includes(fromEnd);
}

function isNth(rule: Rule, { nth, weekday }: NthWeekday, day: number): boolean {
  if (weekdayOf(day) !== weekday) return false;
  if (nth === 0) return true;
  const isInYear = rule.frequency === "YEARLY" && rule.months.length === 0;
  const month = monthOf(day);
  const first = firstOfMonth(isInYear ? firstOfYear(month) : month);
  const next = firstOfMonth(isInYear ? firstOfYear(month) + 12 : month + 1);
  return nth > 0 ? Math.floor((day - first) / 7) + 1 === nth : -Math.floor((next - 1 - day) / 7) - 1 === nth;
}
