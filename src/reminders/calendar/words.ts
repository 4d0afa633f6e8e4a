/** Recurrence rules in words. What has no words of its own is listed part by part: plain, and never wrong. */
import { type NthWeekday, type Rule, withDefaults } from "./rule.ts";

/** From Monday, whose number in a rule is 1. */
export const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** From January, whose number is 1. */
export const monthNames = "January February March April May June July August September October November December".split(
  " ",
);

/** "A, B and C" */
export function andOf(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/**
 * A rule of whole days in words, without the time of day. `needsFrom`: which days they are can only be told with the first
 * of them, which the caller adds as "from …".
 */
export function ruleInWords(rule: Rule, startDay: number): { readonly words: string; readonly needsFrom: boolean } {
  const whole = withDefaults(rule, startDay);
  const needsFrom = rule.interval > 1;
  return { words: capital(worded(whole) ?? listed(whole)), needsFrom };
}

function worded(rule: Rule): string | null {
  const isOther = rule.months.length + rule.monthDays.length + rule.positions.length > 0;
  // Every Tuesday of each month, or of each year, is every Tuesday.
  if (!isOther && rule.interval === 1 && rule.weekdays.length > 0 && rule.weekdays.every(({ nth }) => nth === 0)) {
    return everyWeekday(daysNamed(rule));
  }
  switch (rule.frequency) {
    case "DAILY":
      if (isOther || rule.weekdays.length > 0) return null;
      return rule.interval === 1 ? "every day" : `every ${rule.interval} days`;
    case "WEEKLY":
      return isOther ? null : weekly(rule);
    case "MONTHLY":
      return rule.months.length === 0 ? monthly(rule) : rule.interval === 1 ? yearly(rule) : null;
    default:
      return rule.months.length > 0 ? yearly(rule) : null;
  }
}

/** Every so many weeks. */
function weekly(rule: Rule): string | null {
  const days = daysNamed(rule);
  // A day alone comes at the same distance, whichever day the week starts with.
  if (days.length === 1) return `every ${7 * rule.interval} days`;
  if (rule.weekStart !== 1) return null;
  return `every ${rule.interval} weeks on ${isWorkingWeek(days) ? "Monday to Friday" : andOf(days.map(nameOf))}`;
}

function everyWeekday(days: readonly number[]): string {
  if (days.length === 7) return "every day";
  return `every ${isWorkingWeek(days) ? "weekday (Monday to Friday)" : andOf(days.map(nameOf))}`;
}

function monthly(rule: Rule): string | null {
  const [every, of] = rule.interval === 1 ? ["", " of each month"] : [`every ${rule.interval} months on `, ""];
  const clamped = clampedTo(rule);
  if (clamped !== null) return `${every}the ${nth(clamped)}${of}, or ${of === "" ? "the month's" : "its"} last day`;
  const which = whichDays(rule);
  return which && `${every}${which.words}${of}${which.isSparse ? ", where there is one" : ""}`;
}

function yearly(rule: Rule): string | null {
  const months = inOrder(rule.months).map((month) => monthNames[month - 1] ?? "");
  const every = rule.interval === 1 ? "every year on" : `every ${rule.interval} years on`;
  const isOneMonth = months.length === 1 || rule.frequency === "MONTHLY";
  // A choice of places is made once a year, and so among several months together.
  if (rule.positions.length > 0 && !isOneMonth) return null;
  const clamped = clampedTo(rule);
  if (clamped !== null)
    return `${every} ${andOf(months.map((month) => `${clamped} ${month}`))}, or the month's last day`;
  const which = whichDays(rule);
  if (which === null) return null;
  const isMissing = which.isSparse && !isInAll(rule);
  const isDated = rule.monthDays.length > 0 && rule.monthDays.every((day) => day > 0);
  const dates = () => months.flatMap((month) => inOrder(rule.monthDays).map((day) => `${day} ${month}`));
  const words = isDated ? andOf(dates()) : `${which.words} ${andOf(months.map((month) => `of ${month}`))}`;
  return `${every} ${words}${isMissing ? ", where there is one" : ""}`;
}

/** The days within a month, such as "the first Monday"; `isSparse` where some months are without one of them. */
function whichDays(rule: Rule): { readonly words: string; readonly isSparse: boolean } | null {
  const { weekdays, monthDays, positions } = rule;
  if (monthDays.length > 0) {
    if (weekdays.length + positions.length > 0) return null;
    const days = ordered(monthDays).map((day) => (day > 0 ? nth(day) : `${place(day)} day`));
    return { words: `the ${andOf(days)}`, isSparse: monthDays.some((day) => Math.abs(day) > 28) };
  }
  const isNumbered = weekdays.every((day) => day.nth !== 0);
  if (isNumbered && positions.length === 0) {
    return { words: numbered(weekdays), isSparse: weekdays.some((day) => Math.abs(day.nth) > 4) };
  }
  if (weekdays.some((day) => day.nth !== 0) || positions.length === 0) return null;
  const days = daysNamed(rule);
  const noun = isWorkingWeek(days) ? "working day" : days.length === 7 ? "day" : days.map(nameOf).join(" or ");
  const places = andOf(ordered(positions).map(place));
  return { words: `the ${places} ${noun}`, isSparse: positions.some((at) => Math.abs(at) > 4 * days.length) };
}

/** "The first and third Monday", or "the first Monday and the last Friday". */
function numbered(weekdays: readonly NthWeekday[]): string {
  const days = inOrder(weekdays.map((day) => day.weekday));
  const each = days.map((day) => {
    const places = ordered(weekdays.filter(({ weekday }) => weekday === day).map((one) => one.nth));
    return `the ${andOf(places.map(place))} ${nameOf(day)}`;
  });
  return andOf(each);
}

/** The day of the month that becomes its last day where it is missing: 28 to itself are listed, and the last is taken. */
function clampedTo(rule: Rule): number | null {
  const days = inOrder(rule.monthDays);
  const isRow = days.length > 1 && days.every((day, index) => day === 28 + index);
  const isLast = rule.positions.length === 1 && rule.positions[0] === -1;
  return isRow && isLast && rule.weekdays.length === 0 ? (days.at(-1) ?? null) : null;
}

/** Whether each of the months has each of the days, whatever the year. */
function isInAll(rule: Rule): boolean {
  const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (rule.monthDays.length === 0) return false;
  return rule.months.every((month) => rule.monthDays.every((day) => Math.abs(day) <= (lengths[month - 1] ?? 0)));
}

function listed(rule: Rule): string {
  const unit = { YEARLY: "year", MONTHLY: "month", WEEKLY: "week", DAILY: "day" }[rule.frequency] ?? rule.frequency;
  const sorted = rule.weekdays.toSorted((a, b) => a.weekday - b.weekday || a.nth - b.nth);
  const weekdays = sorted.map((day) => `${day.nth === 0 ? "" : `${place(day.nth)} `}${nameOf(day.weekday)}`);
  const days = ordered(rule.monthDays).map((day) => (day > 0 ? nth(day) : place(day)));
  const parts = [
    weekdays.length > 0 ? `weekdays: ${andOf(weekdays)}` : "",
    days.length > 0 ? `days of the month: ${andOf(days)}` : "",
    rule.months.length > 0 ? `months: ${andOf(inOrder(rule.months).map((month) => monthNames[month - 1] ?? ""))}` : "",
    rule.positions.length > 0 ? `of these only: ${andOf(ordered(rule.positions).map(place))}` : "",
    rule.weekStart !== 1 ? `weeks start on ${nameOf(rule.weekStart)}` : "",
  ].filter((part) => part !== "");
  return `every ${rule.interval === 1 ? unit : `${rule.interval} ${unit}s`} (${parts.join("; ")})`;
}

const daysNamed = (rule: Rule): readonly number[] => inOrder(rule.weekdays.map((day) => day.weekday));
const nameOf = (weekday: number): string => weekdayNames[weekday - 1] ?? "";
const isWorkingWeek = (days: readonly number[]): boolean => days.join() === "1,2,3,4,5";
const inOrder = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);
/** Those counted from the end come after the others. */
const ordered = (numbers: readonly number[]): readonly number[] =>
  inOrder(numbers.map((number) => (number < 0 ? number + 1000 : number))).map((at) => (at > 500 ? at - 1000 : at));
const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** 1st, 2nd, 3rd, 4th, 11th, 21st */
function nth(number: number): string {
  const ending = Math.floor((number % 100) / 10) === 1 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
}

/** A place in a row, such as "third"; negative ones are counted from its end, such as "second last". */
function place(at: number): string {
  const names = ["first", "second", "third", "fourth", "fifth"];
  if (at > 0) return names[at - 1] ?? nth(at);
  return at === -1 ? "last" : `${names[-at - 1] ?? nth(-at)} last`;
}
