/** Months of the calendar, in days counted from 1970-01-01. */

import { dateOf, dayOf, weekdayOf } from "../calendar/rule.ts";
import type { Nth } from "./facts.ts";

export const yearOf = (day: number): number => Number(dateOf(day).slice(0, 4));
export const monthOf = (day: number): number => Number(dateOf(day).slice(5, 7));
export const dateDay = (day: number): number => Number(dateOf(day).slice(8));

/** The day with this number in this month, months counted on over the years; null where there is none. */
export function dayIn(year: number, month: number, day: number): number | null {
  const whole = year * 12 + month - 1;
  const text = [
    String(Math.floor(whole / 12)).padStart(4, "0"),
    String((whole % 12) + 1).padStart(2, "0"),
    String(day).padStart(2, "0"),
  ];
  try {
    return dayOf(text.join("-"));
  } catch {
    return null;
  }
}

/** The same day of the month so many months on, or its last day. */
export function monthsOn(today: number, months: number): number {
  for (let day = dateDay(today); day > 27; day -= 1) {
    const found = dayIn(yearOf(today), monthOf(today) + months, day);
    if (found !== null) return found;
  }
  return dayIn(yearOf(today), monthOf(today) + months, dateDay(today)) ?? today;
}

/** The day in a place of a month, such as its first Monday; null where there is none. */
export function nthDay({ places, days }: Nth, year: number, month: number): number | null {
  const first = dayIn(year, month, 1);
  const next = dayIn(year, month + 1, 1);
  const [place = 0, ...more] = places;
  if (first === null || next === null || more.length > 0) return null;
  const all = Array.from({ length: next - first }, (_, on) => first + on).filter((day) =>
    days.includes(weekdayOf(day)),
  );
  return all.at(place > 0 ? place - 1 : place) ?? null;
}
