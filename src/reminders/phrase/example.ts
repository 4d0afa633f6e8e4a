/** Whole phrases that work, near to what was said: from a schedule, or from what is known where there is none. */

import { dayOf, type Rule, readRule, weekdayOf } from "../calendar/rule.ts";
import { andOf, monthNames, weekdayNames } from "../calendar/words.ts";
import type { Schedule } from "../reminder.ts";
import type { Fact } from "./facts.ts";

/** A phrase for a schedule, such as "every 2 weeks on Tuesday at 10:00"; null where it has no short one. */
export function phraseOf({ start, rule, ends }: Schedule): string | null {
  // "7:45" may be in the evening; "07:45" is not.
  const time = start.slice(11, 12) === "0" && start.slice(11, 13) > "07" ? start.slice(12) : start.slice(11);
  if (rule === null) return `on ${dateIn(start)} at ${time}`;
  const every = everyIn(readRule(rule), start);
  const tail =
    ends.kind === "count" ? ` for ${ends.count} times` : ends.kind === "until" ? ` until ${dateIn(ends.date)}` : "";
  return every === null ? null : `${every} at ${time}${tail}`;
}

const dateIn = (date: string): string =>
  `${Number(date.slice(8, 10))} ${monthNames[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

const placeNames: Readonly<Record<number, string>> = {
  1: "first",
  2: "second",
  3: "third",
  4: "fourth",
  5: "fifth",
  [-1]: "last",
};

function everyIn(rule: Rule, start: string): string | null {
  const { frequency, interval, weekdays, monthDays, positions, months } = rule;
  const days = weekdays.map((day) => weekdayNames[day.weekday - 1] ?? "");
  const isWorking = weekdays.map((day) => day.weekday).join() === "1,2,3,4,5";
  if (frequency === "DAILY") return interval === 1 ? "every day" : `every ${interval} days`;
  if (frequency === "WEEKLY") {
    const named = days.length === 0 ? (weekdayNames[weekdayOf(dayOf(start.slice(0, 10))) - 1] ?? "") : andOf(days);
    return interval === 1
      ? `every ${isWorking ? "weekday" : named}`
      : `every ${interval} weeks on ${isWorking ? "weekdays" : named}`;
  }
  if (frequency === "YEARLY") {
    const [month = 0] = months;
    return monthDays.length === 1 ? `every year on ${monthDays[0]} ${monthNames[month - 1]}` : null;
  }
  const of = interval === 1 ? "of each month" : `of every ${interval} months`;
  const [first] = weekdays;
  if (weekdays.length === 1 && first !== undefined && placeNames[first.nth] !== undefined)
    return `${placeNames[first.nth]} ${days[0]} ${of}`;
  if (isWorking && positions.length === 1) return `${placeNames[positions[0] ?? 0] ?? "last"} working day ${of}`;
  if (weekdays.length > 0 || monthDays.length === 0) return null;
  if (monthDays.length === 1)
    return monthDays[0] === -1 ? `last day ${of}` : `the ${monthDays[0]}${ending(monthDays[0] ?? 0)} ${of}`;
  return positions.length === 1 ? `the ${Math.max(...monthDays)}${ending(Math.max(...monthDays))} ${of}` : null;
}

const ending = (day: number): string => (day > 10 && day < 14 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th"));

/** A phrase where no schedule came of it: what was said of how often, and the time, with what was missing put in. */
export function phraseNear(facts: readonly Fact[]): string {
  const clock = facts.find((fact) => fact.kind === "time");
  const hour = clock?.kind === "time" ? (clock.half === "open" && clock.hour < 8 ? clock.hour + 12 : clock.hour) : 10;
  const at = `at ${hour}:${String(clock?.kind === "time" ? clock.minute : 0).padStart(2, "0")}`;
  if (facts.some((fact) => fact.kind === "sub-daily")) return `every day ${at}`;
  const often = facts.find((fact) => fact.kind === "times-per");
  if (often?.kind === "times-per")
    return often.unit === "week" ? `every Tuesday and Thursday ${at}` : `the 1st and 15th of each month ${at}`;
  const days = facts.find((fact) => fact.kind === "weekdays");
  if (days?.kind === "weekdays") return `every ${andOf(days.days.map((day) => weekdayNames[day - 1] ?? ""))} ${at}`;
  const nths = facts.find((fact) => fact.kind === "nths");
  if (nths?.kind === "nths" && nths.nths[0] !== undefined) {
    const { places, days } = nths.nths[0];
    const day = days.length === 1 ? weekdayNames[(days[0] ?? 1) - 1] : "working day";
    return `${placeNames[places[0] ?? 1] ?? "first"} ${day} of each month ${at}`;
  }
  const every = facts.find((fact) => fact.kind === "every");
  const weekday = facts.find((fact) => fact.kind === "weekday");
  const name = weekday?.kind === "weekday" ? weekdayNames[weekday.weekday - 1] : "Tuesday";
  if (every?.kind === "every") {
    if (every.unit === "day") return `every day ${at}`;
    if (every.unit === "week")
      return every.count === 1 ? `every ${name} ${at}` : `every ${every.count} weeks on ${name} ${at}`;
    if (every.unit === "year") return `every year on 15 January ${at}`;
    return every.unit === "month" && every.count === 1
      ? `first ${name} of each month ${at}`
      : `first ${name} of every ${every.unit === "month" ? every.count : 3} months ${at}`;
  }
  if (weekday?.kind === "weekday") return `${name} ${at}`;
  return facts.length === 0 ? `every 2 weeks on Tuesday ${at}` : `tomorrow ${at}`;
}
