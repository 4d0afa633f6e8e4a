import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesBetween, upcoming } from "#src/reminders/calendar/calendar.ts";
import { clockNote, dayInWords, inWords, timeInWords } from "#src/reminders/calendar/describe.ts";
import { dayOf, daysOf, readRule } from "#src/reminders/calendar/rule.ts";
import type { Due, Ends, Schedule } from "#src/reminders/reminder.ts";
import { stretchesOf } from "./oracle.ts";
import { anyRules, shapes } from "./shapes.ts";

const zone = "Europe/Berlin";
const never: Ends = { kind: "never" };

function schedule(start: string, rule: string | null, more: Partial<Schedule> = {}): Schedule {
  return { start, rule, zone, ends: never, skips: [], skipsHolidays: false, ...more };
}

/** Its first days in one line, and null for a rule that never falls due. */
function daysOrNone({ start, rule }: Schedule): string | null {
  const startDay = dayOf(start.slice(0, 10));
  try {
    return [...daysOf(readRule(rule ?? ""), startDay, startDay).take(20)].join();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return null;
  }
}

describe("a rule in words", () => {
  test.each([
    ["2026-10-01T10:00", null, "Once, on Thursday 1 October 2026 at 10:00"],
    ["2026-10-06T10:00", "FREQ=DAILY", "Every day at 10:00"],
    ["2026-10-06T00:05", "FREQ=DAILY;INTERVAL=3", "Every 3 days from Tuesday 6 October 2026, at 0:05"],
    ["2026-10-06T10:00", "FREQ=WEEKLY;BYDAY=TU", "Every Tuesday at 10:00"],
    ["2026-10-06T10:00", "FREQ=WEEKLY", "Every Tuesday at 10:00"],
    ["2026-10-06T09:30", "FREQ=WEEKLY;BYDAY=TH,TU", "Every Tuesday and Thursday at 9:30"],
    ["2026-10-06T08:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday (Monday to Friday) at 8:30"],
    ["2026-10-06T08:30", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "Every weekday (Monday to Friday) at 8:30"],
    ["2026-10-06T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every 14 days from Tuesday 6 October 2026, at 10:00"],
    // It starts with the first day that it falls on, not with the day it was asked for.
    ["2026-10-01T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every 14 days from Tuesday 13 October 2026, at 10:00"],
    [
      "2026-10-06T10:00",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
      "Every 2 weeks on Tuesday and Thursday from Tuesday 6 October 2026, at 10:00",
    ],
    ["2026-10-05T14:30", "FREQ=MONTHLY;BYDAY=1MO", "The first Monday of each month at 14:30"],
    ["2026-10-05T14:30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "The first Monday of each month at 14:30"],
    ["2026-10-05T14:30", "FREQ=MONTHLY;BYDAY=3MO,1MO", "The first and third Monday of each month at 14:30"],
    ["2026-10-05T14:30", "FREQ=MONTHLY;BYDAY=-1FR,1MO", "The first Monday and the last Friday of each month at 14:30"],
    ["2026-10-31T14:30", "FREQ=MONTHLY;BYDAY=5SA", "The fifth Saturday of each month, where there is one, at 14:30"],
    [
      "2026-10-30T17:00",
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
      "The last working day of each month at 17:00",
    ],
    ["2026-10-01T10:00", "FREQ=MONTHLY", "The 1st of each month at 10:00"],
    ["2026-10-01T10:00", "FREQ=MONTHLY;BYMONTHDAY=15,1", "The 1st and 15th of each month at 10:00"],
    ["2026-10-31T10:00", "FREQ=MONTHLY;BYMONTHDAY=-1", "The last day of each month at 10:00"],
    ["2026-10-31T09:00", "FREQ=MONTHLY;BYMONTHDAY=31", "The 31st of each month, where there is one, at 9:00"],
    [
      "2026-10-31T09:00",
      "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
      "The 31st of each month, or its last day, at 9:00",
    ],
    [
      "2026-10-30T09:00",
      "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28,29,30;BYSETPOS=-1",
      "Every 2 months on the 30th, or the month's last day, from Friday 30 October 2026, at 9:00",
    ],
    [
      "2026-10-01T09:00",
      "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1",
      "Every 3 months on the 1st from Thursday 1 October 2026, at 9:00",
    ],
    ["2026-10-06T10:00", "FREQ=YEARLY", "Every year on 6 October at 10:00"],
    ["2028-02-29T10:00", "FREQ=YEARLY", "Every year on 29 February, where there is one, at 10:00"],
    [
      "2028-02-29T10:00",
      "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
      "Every year on 29 February, or the month's last day, at 10:00",
    ],
    [
      "2026-03-02T10:00",
      "FREQ=YEARLY;BYMONTH=9,3;BYDAY=1MO",
      "Every year on the first Monday of March and of September at 10:00",
    ],
    [
      "2026-01-31T10:00",
      "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=31",
      "Every 2 years on 31 January from Saturday 31 January 2026, at 10:00",
    ],
  ])("from %s %s", (start, rule, words) => {
    expect(inWords(schedule(start, rule))).toBe(words);
  });

  test.each([
    ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "Every month (weekdays: Friday; days of the month: 13th) at 10:00"],
    [
      "FREQ=YEARLY;BYMONTH=3,9;BYDAY=MO,TU;BYSETPOS=1",
      "Every year (weekdays: Monday and Tuesday; months: March and September; of these only: first) at 10:00",
    ],
    [
      "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
      "Every 2 weeks (weekdays: Monday and Sunday; weeks start on Sunday) from Sunday 18 October 2026, at 10:00",
    ],
    ["FREQ=YEARLY;BYDAY=20MO", "Every year (weekdays: 20th Monday) at 10:00"],
    ["FREQ=HOURLY;INTERVAL=4", "By the rule FREQ=HOURLY;INTERVAL=4, from Friday 9 October 2026 at 10:00"],
  ])("%s has no words of its own and is listed part by part", (rule, words) => {
    expect(inWords(schedule("2026-10-09T10:00", rule))).toBe(words);
  });

  test("two rules that fall on different days are never told in the same words", () => {
    const daysByWords = new Map<string, string>();
    const rules = [...fc.sample(anyRules, 300), ...fc.sample(shapes, 500).map((shape) => shape.rule)];
    for (const rule of rules) {
      const all = schedule("2026-01-01T10:00", rule, { zone: "UTC" });
      const days = daysOrNone(all);
      if (days === null) continue;
      const words = inWords(all);
      expect([rule, words, days]).toEqual([rule, words, daysByWords.get(words) ?? days]);
      daysByWords.set(words, days);
    }
    expect(daysByWords.size).toBeGreaterThan(200);
  });

  test("the end and the holidays stand last", () => {
    const say = (ends: Ends, skipsHolidays = false) =>
      inWords(schedule("2026-10-06T10:00", "FREQ=WEEKLY", { ends, skipsHolidays }));
    expect(say({ kind: "count", count: 6 })).toBe("Every Tuesday at 10:00, 6 times");
    expect(say({ kind: "count", count: 1 })).toBe("Every Tuesday at 10:00, once only");
    expect(say({ kind: "until", date: "2027-06-30" })).toBe("Every Tuesday at 10:00, until 30 June 2027");
    expect(say(never, true)).toBe("Every Tuesday at 10:00, public holidays left out");
  });
});

describe("a time in words", () => {
  const nowMs = Date.parse("2026-12-31T23:30Z");
  const due = (local: string, at: string): Due => ({ local, atMs: Date.parse(at) });

  test("the year is told where it is not this one, which is asked of the zone", () => {
    const next = due("2027-01-05T09:05", "2027-01-05T08:05Z");
    expect(timeInWords(next, nowMs, zone)).toBe("Tuesday 5 January, 9:05");
    expect(timeInWords(next, nowMs, "UTC")).toBe("Tuesday 5 January 2027, 8:05");
    expect(dayInWords("2026-12-31", nowMs, zone)).toBe("Thursday 31 December 2026");
    expect(dayInWords("2026-12-31", nowMs, "UTC")).toBe("Thursday 31 December");
  });

  test("a time that the clocks leave out is told as the clock shows it", () => {
    const missing = due("2027-03-28T02:30", "2027-03-28T01:30Z");
    expect(timeInWords(missing, nowMs, zone)).toBe("Sunday 28 March, 3:30");
  });
});

describe("the note on the clocks", () => {
  const noteOn = (of: Schedule, since: string, most = 3) =>
    clockNote(upcoming(of, Date.parse(since), most, new Set()), of.zone);

  test("there is none where they do not change between the dates", () => {
    expect(noteOn(schedule("2026-11-03T10:00", "FREQ=WEEKLY"), "2026-11-01T00:00Z")).toBeNull();
    expect(noteOn(schedule("2026-11-03T10:00", "FREQ=YEARLY", { zone: "Asia/Tokyo" }), "2026-11-01T00:00Z")).toBeNull();
    expect(clockNote([], zone)).toBeNull();
  });

  test("says the day, with the year where it is not that of the first date", () => {
    const weekly = schedule("2026-03-03T10:00", "FREQ=WEEKLY");
    expect(noteOn(weekly, "2026-03-20T00:00Z")).toBe("The clocks change on 29 March; it stays at 10:00.");
    const monthly = schedule("2026-12-01T10:00", "FREQ=MONTHLY");
    expect(noteOn(monthly, "2026-11-25T00:00Z", 5)).toBe("The clocks change on 28 March 2027; it stays at 10:00.");
  });

  test("says each change, up to four of them", () => {
    const quarterly = schedule("2027-01-05T10:00", "FREQ=MONTHLY;INTERVAL=6");
    expect(noteOn(quarterly, "2027-01-01T00:00Z")).toBe(
      "The clocks change on 28 March and 31 October; it stays at 10:00.",
    );
    const yearly = schedule("2027-01-05T10:00", "FREQ=YEARLY");
    expect(noteOn(yearly, "2027-01-01T00:00Z", 4)).toBe("The clocks change between these dates; it stays at 10:00.");
  });

  test("says on which day it cannot stay", () => {
    expect(noteOn(schedule("2027-03-01T02:30", "FREQ=DAILY"), "2027-03-27T00:00Z")).toBe(
      "The clocks change on 28 March; it stays at 2:30, but on 28 March it comes at 3:30.",
    );
  });

  test("says so too where the first one cannot stay, or the only one", () => {
    const said = "At 2:30 on 28 March the clocks jump: it comes at 3:30.";
    expect(noteOn(schedule("2027-03-28T02:30", null), "2027-03-27T00:00Z")).toBe(said);
    expect(noteOn(schedule("2027-03-28T02:30", "FREQ=DAILY"), "2027-03-27T12:00Z")).toBe(said);
  });

  test("clocks put back at midnight change on the day that was to begin", () => {
    const daily = schedule("2026-10-20T10:00", "FREQ=DAILY", { zone: "Asia/Beirut" });
    expect(noteOn(daily, "2026-10-23T00:00Z")).toBe("The clocks change on 25 October; it stays at 10:00.");
  });

  test("knows the changes of every zone, as they are found by looking at the clocks day by day", () => {
    const [fromMs, untilMs] = [Date.parse("2026-01-01T00:00Z"), Date.parse("2028-12-31T00:00Z")];
    for (const zone of Intl.supportedValuesOf("timeZone").filter((_, index) => index % 4 === 0)) {
      const expected = stretchesOf(zone, 2026, 2028).slice(1);
      expect([zone, changesBetween(fromMs, untilMs, zone)]).toEqual([zone, expected.map((stretch) => stretch.fromMs)]);
    }
  });
});
