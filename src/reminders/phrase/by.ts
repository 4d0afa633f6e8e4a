/** The parts of a recurrence rule that say on which days. */
import { allDays, workingDays } from "./days.ts";
import type { Nth } from "./facts.ts";

export const names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
export const byDay = (days: readonly number[]): string => `BYDAY=${days.map((day) => names[day - 1]).join()}`;

/** Places of days in a month; null where one rule cannot say them. */
export function nthParts(nths: readonly Nth[]): string | null {
  const [first] = nths;
  if (first?.isTogether) {
    if (nths.length > 1) return null;
    if (first.days === allDays) return monthDayParts(first.places);
    return first.days === workingDays ? `${byDay(workingDays)};BYSETPOS=${first.places.join()}` : null;
  }
  if (nths.some((nth) => nth.isTogether || nth.places.some((place) => Math.abs(place) > 5))) return null;
  return `BYDAY=${nths.flatMap((nth) => nth.places.map((place) => `${place}${names[(nth.days[0] ?? 1) - 1]}`)).join()}`;
}

/** Days of the month; one that a month may lack becomes its last, so that none is left out. Null for no such day. */
export function monthDayParts(days: readonly number[]): string | null {
  const all = [...new Set(days.map((day) => (day === 31 ? -1 : day)))].sort((a, b) => a - b);
  if (all.some((day) => day === 0 || day > 31 || day < -28)) return null;
  if (days.length === 1 && days[0] === 31) return "BYMONTHDAY=28,29,30,31;BYSETPOS=-1";
  const plain = all.filter((day) => day > 0 && day < 29);
  const late = all.filter((day) => day > 28);
  const ends = all.filter((day) => day < 0);
  const [last] = late;
  if (last === undefined) return `BYMONTHDAY=${[...plain, ...ends].join()}`;
  if (late.length > 1 || ends.length > 0 || plain.includes(28)) return null;
  const row = Array.from({ length: last - 27 }, (_, on) => 28 + on);
  const places = [...plain.map((_, at) => at + 1), -1];
  return `BYMONTHDAY=${[...plain, ...row].join()};BYSETPOS=${places.join()}`;
}
