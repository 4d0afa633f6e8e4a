/** The calendar against a slow and plain one: every zone in every run, ten years each, with a rule drawn for it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { localOf, momentOf, nextAfter, upcoming } from "#src/reminders/calendar/calendar.ts";
import type { Due, Ends, Schedule } from "#src/reminders/reminder.ts";
import { type Asked, daysOfYears, dues, momentIn, type Stretch, shownIn, stretchesOf } from "./oracle.ts";
import { shapes } from "./shapes.ts";

// Again: CALENDAR_SEED=… of the test's name. Longer: CALENDAR_RUNS=100, rules for each zone.
const seed = Number(process.env.CALENDAR_SEED ?? Date.now() % 1_000_000_000);
const runs = Number(process.env.CALENDAR_RUNS ?? 1);
const years = 10;
const days = daysOfYears(2005, 2044);

type Question = { readonly asked: Asked; readonly schedule: Schedule };

/** Any time of day, and those that the clocks leave out or show twice at one of their changes. */
function times(stretches: readonly Stretch[]): fc.Arbitrary<string> {
  const tricky = stretches.slice(1).map(({ fromMs, aheadMs }, index) => {
    const before = stretches[index]?.aheadMs ?? 0;
    return new Date(fromMs + (before + aheadMs) / 2).toISOString().slice(11, 16);
  });
  const any = fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(-13, -8));
  return fc.oneof(any, fc.constantFrom("00:00", "02:30", ...tricky));
}

/** A schedule that starts in this year, with some of its times skipped and some on holidays, in both forms. */
const questions = (zone: string, year: number, stretches: readonly Stretch[]): fc.Arbitrary<Question> =>
  fc
    .record({
      shape: shapes,
      time: times(stretches),
      startsAfter: fc.nat(364),
      count: fc.option(fc.integer({ min: 1, max: 300 })),
      untilAfter: fc.option(fc.nat(3_000)),
      skips: fc.uniqueArray(fc.nat(60), { maxLength: 3 }),
      holidays: fc.uniqueArray(fc.nat(60), { maxLength: 3 }),
    })
    .map(({ shape, time, startsAfter, count, untilAfter, skips, holidays }) => {
      const first = days.findIndex((day) => day.year === year);
      const dateAfter = (after: number): string => days[first + after]?.date ?? "";
      const start = `${dateAfter(startsAfter)}T${time}`;
      const until = untilAfter === null || count !== null ? null : dateAfter(untilAfter);
      const bare = { shape, start, count, until, skips: new Set<string>(), holidays: new Set<string>() };
      const all = dues(bare, daysFrom(year), stretches);
      const chosen = (which: readonly number[]) => which.flatMap((index) => all[index]?.local ?? []);
      const asked = {
        ...bare,
        skips: new Set(chosen(skips)),
        holidays: new Set(chosen(holidays).map((local) => local.slice(0, 10))),
      };
      const ends: Ends =
        count !== null ? { kind: "count", count } : until !== null ? { kind: "until", date: until } : { kind: "never" };
      return {
        asked,
        schedule: { start, rule: shape.rule, zone, ends, skips: [...asked.skips], skipsHolidays: true },
      };
    });

const daysFrom = (year: number) => days.filter((day) => day.year >= year && day.year < year + years);

/** What ours says of these years, none where the rule never falls due; and one more, which is to come after them. */
function oursOf({ asked, schedule }: Question, afterMs: number, most: number): readonly Due[] {
  try {
    return upcoming(schedule, afterMs, most + 1, asked.holidays);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function agrees(question: Question, year: number, stretches: readonly Stretch[]): void {
  const { asked, schedule } = question;
  const expected = dues(asked, daysFrom(year), stretches);
  const startMs = momentIn(stretches, asked.start);
  const found = oursOf(question, startMs - 1, expected.length);
  expect(found.slice(0, expected.length)).toEqual(expected);
  expect((found[expected.length]?.local ?? "9999") >= `${year + years}`).toBe(true);
  const shown = shownIn(schedule.zone);
  for (const [index, due] of expected.entries()) {
    // Some are enough of what costs a call for each.
    if (index % 97 !== 0 && expected.length > 97) continue;
    expect(nextAfter(schedule, due.atMs - 1, asked.holidays)).toEqual(due);
    expect(nextAfter(schedule, due.atMs, asked.holidays)).toEqual(found[index + 1] ?? null);
    expect(localOf(due.atMs, schedule.zone)).toBe(shown(due.atMs));
    expect(momentOf(due.local, schedule.zone)).toBe(due.atMs);
  }
  expect(found.every((due, index) => due.atMs > (found[index - 1]?.atMs ?? 0))).toBe(true);
}

const zones = Intl.supportedValuesOf("timeZone").map((zone, index) => ({ zone, seed: seed + index }));
const parts = [0, 1, 2, 3].map((part) => ({ part, of: zones.filter((_, index) => index % 4 === part) }));

test.each(parts)(
  `part $part of all zones keeps to ten years of the slow calendar (seed ${seed})`,
  ({ of }) => {
    for (const { zone, seed } of of) {
      const year = 2005 + (seed % 30);
      const stretches = stretchesOf(zone, year, year + years);
      fc.assert(
        fc.property(questions(zone, year, stretches), (question) => agrees(question, year, stretches)),
        { numRuns: runs, seed },
      );
    }
  },
  30_000 + 20_000 * runs,
);
