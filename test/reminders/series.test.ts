/** What becomes of a series that is moved: from its next time on, in step with what was before. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextAfter, upcoming } from "#src/reminders/calendar/calendar.ts";
import { beginningWith, dayNameOf, moved, movedTo, oftenOf, ruleFor, weekdays } from "#src/reminders/desk/series.ts";
import type { Due, Schedule } from "#src/reminders/reminder.ts";

const nowMs = Date.parse("2026-10-06T07:15:00Z");
const none = new Set<string>();
const scheduleOf = (rule: string | null, more: Partial<Schedule> = {}): Schedule => ({
  start: "2026-09-01T10:00",
  rule,
  zone: "Europe/Berlin",
  ends: { kind: "never" },
  skips: [],
  skipsHolidays: false,
  ...more,
});
const nextOf = (schedule: Schedule): Due => {
  const next = nextAfter(schedule, nowMs, none);
  if (next === null) throw new Error("nothing is to come");
  return next;
};
const movingOf = (schedule: Schedule) => ({ schedule, next: nextOf(schedule), nowMs });
const startsIn = (schedule: Schedule | null) => (schedule === null ? null : [schedule.start, schedule.rule]);

describe("a series moved to another weekday or time", () => {
  test.each([
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "TH", null, "2026-10-15T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"],
    ["FREQ=WEEKLY;BYDAY=TU", null, "14:30", "2026-10-06T14:30", "FREQ=WEEKLY;BYDAY=TU"],
    ["FREQ=WEEKLY", "FR", "09:00", "2026-10-09T09:00", "FREQ=WEEKLY;BYDAY=FR"],
    ["FREQ=WEEKLY;BYDAY=MO,TH", null, "12:00", "2026-10-08T12:00", "FREQ=WEEKLY;BYDAY=MO,TH"],
    ["FREQ=MONTHLY;BYDAY=1MO", "WE", null, "2026-11-04T10:00", "FREQ=MONTHLY;BYDAY=1WE"],
    ["FREQ=DAILY", null, "08:00", "2026-10-06T08:00", "FREQ=DAILY"],
  ] as const)("%s to %s %s begins at %s", (rule, weekday, time, start, after) => {
    const schedule = scheduleOf(rule, { start: rule.includes("1MO") ? "2026-09-07T10:00" : "2026-09-01T10:00" });
    expect(startsIn(moved(movingOf(schedule), { weekday, time }))).toEqual([start, after]);
  });

  test.each([
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
  ])("is a matter for the form where it has no one weekday: %s", (rule) => {
    expect(moved(movingOf(scheduleOf(rule)), { weekday: "FR", time: null })).toBeNull();
  });

  test("that comes once moves within its week, or to the next where that is over", () => {
    const once = scheduleOf(null, { start: "2026-10-08T10:00" });
    expect(startsIn(moved(movingOf(once), { weekday: "FR", time: null }))).toEqual(["2026-10-09T10:00", null]);
    expect(startsIn(moved(movingOf(once), { weekday: "MO", time: null }))).toEqual(["2026-10-12T10:00", null]);
  });

  test("keeps its distance, whatever the weekday", () => {
    const weeks = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(weeks, fc.constantFrom(...weekdays), fc.constantFrom(...weekdays), (interval, from, to) => {
        const start = `2026-09-0${weekdays.indexOf(from) === 0 ? 7 : weekdays.indexOf(from)}T10:00`;
        expect(dayNameOf(start.slice(0, 10))).toBe(from);
        const schedule = scheduleOf(`FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${from}`, { start });
        const after = moved(movingOf(schedule), { weekday: to, time: "23:00" });
        if (after === null) throw new Error("it was not moved");
        const [before, later] = [schedule, after].map((one) =>
          upcoming(one, nowMs, 4, none).map(({ local }) => week(local)),
        );
        // The same weeks, but that the first may be over already.
        expect(before?.slice(-3).every((one) => later?.includes(one))).toBe(true);
      }),
    );
  });
});

const week = (local: string): number => Math.floor((Date.parse(`${local.slice(0, 10)}T00:00Z`) / 86_400_000 + 3) / 7);

describe("a series that begins anew", () => {
  test("has what is left of its count, with those that were skipped", () => {
    const schedule = scheduleOf("FREQ=WEEKLY;BYDAY=TU", {
      ends: { kind: "count", count: 10 },
      skips: ["2026-09-08T10:00", "2026-10-13T10:00"],
    });
    const rest = beginningWith(schedule, nextOf(schedule));
    expect(rest).toMatchObject({
      start: "2026-10-06T10:00",
      ends: { kind: "count", count: 5 },
      skips: ["2026-10-13T10:00"],
    });
    expect(upcoming(rest, nowMs, 20, none)).toEqual(upcoming(schedule, nowMs, 20, none));
  });

  test("comes at the same times as before, for each rule of the form", () => {
    for (const often of ["day", "weekdays", "1w", "2w", "3w", "4w", "nth", "date", "quarter"] as const) {
      const schedule = scheduleOf(ruleFor(often, "2026-09-01"), { ends: { kind: "count", count: 40 } });
      const rest = beginningWith(schedule, nextOf(schedule));
      expect(upcoming(rest, nowMs, 40, none), often).toEqual(upcoming(schedule, nowMs, 40, none));
    }
  });
});

describe("a series moved to a day", () => {
  test("goes on as often as before, from there", () => {
    const to = "2026-10-22T11:00";
    const rules = ["2w", "day", "nth", "date"] as const;
    for (const often of rules) {
      const after = movedTo(movingOf(scheduleOf(ruleFor(often, "2026-09-01"))), to);
      expect(after?.start).toBe(to);
      expect(oftenOf(after?.rule ?? null, "2026-10-22")).toBe(often);
    }
    expect(movedTo(movingOf(scheduleOf("FREQ=WEEKLY;BYDAY=MO,TH")), to)).toBeNull();
  });
});
