/** The shapes of rules that people ask for, each as an RRULE and as a plain test of one day. */
import fc from "fast-check";
import type { Day, Shape } from "./oracle.ts";

const names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const intervals = fc.constantFrom(1, 1, 2, 3, 4, 6);
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
const months = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
const monthDays = fc.uniqueArray(fc.constantFrom<number[]>(1, 2, 13, 15, 28, 29, 30, 31, -1, -2), {
  minLength: 1,
  maxLength: 3,
});

const every = (interval: number): string => (interval === 1 ? "" : `;INTERVAL=${interval}`);
const mondayOf = (day: Day): number => day.day - (day.weekday - 1);
const monthOf = (day: Day): number => day.year * 12 + day.month;
const isInRow = (far: number, interval: number): boolean => far % interval === 0;
const inMonths = (day: Day, start: Day, interval: number) => isInRow(monthOf(day) - monthOf(start), interval);
const isWorking = (day: Day): boolean => day.weekday <= 5;

/** Which of its weekday it is in its month: 1 to 5 from the start, -1 to -5 from the end. */
const nths = (day: Day): readonly number[] => [
  Math.ceil(day.dayOfMonth / 7),
  -Math.ceil((day.last - day.dayOfMonth + 1) / 7),
];

/** How many working days its month has before this day and after it. */
function workingAround(day: Day): { before: number; after: number } {
  const counts = { before: 0, after: 0 };
  for (let other = 1; other <= day.last; other += 1) {
    const weekday = ((((day.weekday - 1 + other - day.dayOfMonth) % 7) + 7) % 7) + 1;
    if (weekday <= 5 && other !== day.dayOfMonth) counts[other < day.dayOfMonth ? "before" : "after"] += 1;
  }
  return counts;
}

const days: fc.Arbitrary<Shape> = fc.constantFrom(1, 2, 3, 10, 14).map((interval) => ({
  rule: `FREQ=DAILY${every(interval)}`,
  falls: (day, start) => isInRow(day.day - start.day, interval),
}));

const weeks: fc.Arbitrary<Shape> = fc.tuple(intervals, weekdays).map(([interval, on]) => ({
  rule: `FREQ=WEEKLY${every(interval)};BYDAY=${on.map((day) => names[day - 1])}`,
  falls: (day, start) => on.includes(day.weekday) && isInRow(mondayOf(day) - mondayOf(start), 7 * interval),
}));

const bareWeeks: fc.Arbitrary<Shape> = intervals.map((interval) => ({
  rule: `FREQ=WEEKLY${every(interval)}`,
  falls: (day, start) => day.weekday === start.weekday && isInRow(mondayOf(day) - mondayOf(start), 7 * interval),
}));

const nthDays: fc.Arbitrary<Shape> = fc
  .tuple(intervals, fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -5), fc.integer({ min: 1, max: 7 }))
  .map(([interval, nth, on]) => ({
    rule: `FREQ=MONTHLY${every(interval)};BYDAY=${nth}${names[on - 1]}`,
    falls: (day, start) => day.weekday === on && nths(day).includes(nth) && inMonths(day, start, interval),
  }));

const daysOfMonth: fc.Arbitrary<Shape> = fc.tuple(intervals, monthDays).map(([interval, on]) => ({
  rule: `FREQ=MONTHLY${every(interval)};BYMONTHDAY=${on}`,
  falls: (day, start) =>
    (on.includes(day.dayOfMonth) || on.includes(day.dayOfMonth - day.last - 1)) && inMonths(day, start, interval),
}));

const bareMonths: fc.Arbitrary<Shape> = intervals.map((interval) => ({
  rule: `FREQ=MONTHLY${every(interval)}`,
  falls: (day, start) => day.dayOfMonth === start.dayOfMonth && inMonths(day, start, interval),
}));

const clamped: fc.Arbitrary<Shape> = fc.tuple(intervals, fc.constantFrom(29, 30, 31)).map(([interval, on]) => ({
  rule: `FREQ=MONTHLY${every(interval)};BYMONTHDAY=${[28, 29, 30, 31].slice(0, on - 27)};BYSETPOS=-1`,
  falls: (day, start) => day.dayOfMonth === Math.min(on, day.last) && inMonths(day, start, interval),
}));

const workingDays: fc.Arbitrary<Shape> = fc.tuple(intervals, fc.constantFrom(1, 2, -1, -3)).map(([interval, at]) => ({
  rule: `FREQ=MONTHLY${every(interval)};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${at}`,
  falls: (day, start) => {
    const { before, after } = workingAround(day);
    return isWorking(day) && (at > 0 ? before === at - 1 : after === -at - 1) && inMonths(day, start, interval);
  },
}));

const bareYears: fc.Arbitrary<Shape> = fc.constantFrom(1, 2, 4).map((interval) => ({
  rule: `FREQ=YEARLY${every(interval)}`,
  falls: (day, start) =>
    day.month === start.month && day.dayOfMonth === start.dayOfMonth && isInRow(day.year - start.year, interval),
}));

const daysOfYear: fc.Arbitrary<Shape> = fc
  .tuple(fc.constantFrom(1, 1, 2), months, monthDays)
  .map(([interval, in_, on]) => ({
    rule: `FREQ=YEARLY${every(interval)};BYMONTH=${in_};BYMONTHDAY=${on}`,
    falls: (day, start) =>
      in_.includes(day.month) &&
      (on.includes(day.dayOfMonth) || on.includes(day.dayOfMonth - day.last - 1)) &&
      isInRow(day.year - start.year, interval),
  }));

const nthDaysOfMonths: fc.Arbitrary<Shape> = fc
  .tuple(fc.constantFrom("YEARLY", "MONTHLY"), months, fc.constantFrom(1, 3, -1), fc.integer({ min: 1, max: 7 }))
  .map(([frequency, in_, nth, on]) => ({
    rule: `FREQ=${frequency};BYMONTH=${in_};BYDAY=${nth}${names[on - 1]}`,
    falls: (day) => in_.includes(day.month) && day.weekday === on && nths(day).includes(nth),
  }));

const datesOnWeekdays: fc.Arbitrary<Shape> = fc.tuple(monthDays, weekdays).map(([dates, on]) => ({
  rule: `FREQ=MONTHLY;BYMONTHDAY=${dates};BYDAY=${on.map((day) => names[day - 1])}`,
  falls: (day) =>
    on.includes(day.weekday) && (dates.includes(day.dayOfMonth) || dates.includes(day.dayOfMonth - day.last - 1)),
}));

/** All of them. Those that fall on most days are slow to walk and come no more often than the others. */
export const shapes = fc.oneof(
  ...[days, weeks, bareWeeks, nthDays, daysOfMonth, bareMonths, clamped],
  ...[workingDays, bareYears, daysOfYear, nthDaysOfMonths, datesOnWeekdays],
);

const some = <T>(of: fc.Arbitrary<T>, most: number) => fc.option(fc.uniqueArray(of, { minLength: 1, maxLength: most }));

/** Rules of whole days with every part there is, likely or not. */
export const anyRules = fc
  .record({
    frequency: fc.constantFrom("YEARLY", "MONTHLY", "WEEKLY", "DAILY"),
    interval: fc.constantFrom(1, 1, 2, 3, 5),
    weekStart: fc.constantFrom("MO", "MO", "SU", "TH"),
    months: some(fc.integer({ min: 1, max: 12 }), 4),
    monthDays: some(fc.constantFrom(1, 2, 5, 13, 28, 29, 30, 31, -1, -2, -31), 5),
    weekdays: some(fc.constantFrom(...names), 5),
    nths: some(fc.tuple(fc.constantFrom(1, 2, 3, 5, -1, -2, -5), fc.constantFrom(...names)), 3),
    positions: some(fc.constantFrom(1, 2, 3, -1, -2), 2),
  })
  .map(({ frequency, interval, weekStart, months, monthDays, weekdays, nths, positions }) => {
    const hasNths = nths !== null && weekdays === null && /MONTHLY|YEARLY/.test(frequency);
    // rrule-temporal takes the first Monday that is the 13th for the first Monday or the 13th.
    const on = frequency === "WEEKLY" || hasNths ? null : monthDays;
    const byDay = hasNths ? nths.map(([nth, name]) => `${nth}${name}`) : weekdays;
    const parts = [
      `FREQ=${frequency};INTERVAL=${interval};WKST=${weekStart}`,
      months && `BYMONTH=${months}`,
      on && `BYMONTHDAY=${on}`,
      byDay && `BYDAY=${byDay}`,
      (on || byDay) && positions && `BYSETPOS=${positions}`,
    ];
    return parts.filter((part) => part !== null).join(";");
  });
