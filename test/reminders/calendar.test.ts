import { describe, expect, test } from "vitest";
import { isZone, localOf, momentOf, nextAfter, offsetAt, rruleOf, upcoming } from "#src/reminders/calendar/calendar.ts";
import type { Schedule } from "#src/reminders/reminder.ts";

const none: ReadonlySet<string> = new Set();

function schedule(start: string, rule: string | null, more: Partial<Schedule> = {}): Schedule {
  return { start, rule, zone: "Europe/Berlin", ends: { kind: "never" }, skips: [], skipsHolidays: false, ...more };
}

/** The moments from the start or a later day on, in UTC, as far as they are expected. */
function moments(of: Schedule, most: number, since = of.start): readonly string[] {
  const afterMs = momentOf(since, of.zone) - 1;
  return upcoming(of, afterMs, most, none).map(({ atMs }) => new Date(atMs).toISOString().slice(0, 16));
}

/** The days on the wall clock. */
const dates = (of: Schedule, most: number): readonly string[] =>
  upcoming(of, momentOf(of.start, of.zone) - 1, most, none).map(({ local }) => local.slice(0, 10));

describe("the hard days", () => {
  test("spring gap: daily 02:30 in Berlin comes at 03:30 on the day that has no 02:30", () => {
    const found = moments(schedule("2027-03-27T02:30", "FREQ=DAILY"), 3);
    expect(found).toEqual(["2027-03-27T01:30", "2027-03-28T01:30", "2027-03-29T00:30"]);
  });

  test("spring gap: daily 02:30 in New York", () => {
    const found = moments(schedule("2027-03-13T02:30", "FREQ=DAILY", { zone: "America/New_York" }), 3);
    expect(found).toEqual(["2027-03-13T07:30", "2027-03-14T07:30", "2027-03-15T06:30"]);
  });

  test("autumn overlap: daily 02:30 in Berlin comes once, the first time", () => {
    const found = moments(schedule("2026-10-24T02:30", "FREQ=DAILY"), 3);
    expect(found).toEqual(["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"]);
  });

  test("every 2 weeks on Tuesday 10:00 stays at 10:00 in Berlin", () => {
    const found = moments(schedule("2026-10-06T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"), 3);
    expect(found).toEqual(["2026-10-06T08:00", "2026-10-20T08:00", "2026-11-03T09:00"]);
  });

  test("every 2 weeks from a Thursday on Tuesday and Thursday, weeks from Monday", () => {
    const found = dates(schedule("2026-10-08T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO"), 5);
    expect(found).toEqual(["2026-10-08", "2026-10-20", "2026-10-22", "2026-11-03", "2026-11-05"]);
  });

  test("every 2 weeks across the end of a year", () => {
    const found = dates(schedule("2026-12-15T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"), 4);
    expect(found).toEqual(["2026-12-15", "2026-12-29", "2027-01-12", "2027-01-26"]);
  });

  test("last working day of the month at 17:00", () => {
    const rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1";
    const found = moments(schedule("2026-10-30T17:00", rule), 4);
    expect(found).toEqual(["2026-10-30T16:00", "2026-11-30T16:00", "2026-12-31T16:00", "2027-01-29T16:00"]);
  });

  test("last Friday of the month", () => {
    const found = dates(schedule("2026-10-30T10:00", "FREQ=MONTHLY;BYDAY=-1FR"), 4);
    expect(found).toEqual(["2026-10-30", "2026-11-27", "2026-12-25", "2027-01-29"]);
  });

  test("31st of the month leaves out the short months", () => {
    const found = dates(schedule("2026-10-31T10:00", "FREQ=MONTHLY;BYMONTHDAY=31"), 4);
    expect(found).toEqual(["2026-10-31", "2026-12-31", "2027-01-31", "2027-03-31"]);
  });

  test("31st or last day", () => {
    const found = dates(schedule("2026-10-31T10:00", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"), 5);
    expect(found).toEqual(["2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]);
  });

  test("29 February every year comes in leap years, and not in 2100", () => {
    expect(dates(schedule("2024-02-29T10:00", "FREQ=YEARLY"), 3)).toEqual(["2024-02-29", "2028-02-29", "2032-02-29"]);
    expect(dates(schedule("2096-02-29T10:00", "FREQ=YEARLY"), 2)).toEqual(["2096-02-29", "2104-02-29"]);
  });

  test("first Monday of the month 14:30 in New York", () => {
    const first = schedule("2026-10-05T14:30", "FREQ=MONTHLY;BYDAY=1MO", { zone: "America/New_York" });
    expect(moments(first, 3)).toEqual(["2026-10-05T18:30", "2026-11-02T19:30", "2026-12-07T19:30"]);
  });

  test("every weekday 08:00 in London across the end of October", () => {
    const rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
    const found = moments(schedule("2026-10-23T08:00", rule, { zone: "Europe/London" }), 3);
    expect(found).toEqual(["2026-10-23T07:00", "2026-10-26T08:00", "2026-10-27T08:00"]);
  });

  test("three times, and no fourth, whenever it is asked", () => {
    const three = schedule("2026-10-06T10:00", "FREQ=WEEKLY", { ends: { kind: "count", count: 3 } });
    expect(dates(three, 9)).toEqual(["2026-10-06", "2026-10-13", "2026-10-20"]);
    expect(moments(three, 9, "2026-10-14T00:00")).toEqual(["2026-10-20T08:00"]);
    expect(nextAfter(three, momentOf("2026-10-20T10:00", three.zone), none)).toBeNull();
  });

  test("until a day, that day included, across a change of the clocks", () => {
    const until = schedule("2026-10-20T23:30", "FREQ=WEEKLY", { ends: { kind: "until", date: "2026-11-03" } });
    expect(moments(until, 9)).toEqual(["2026-10-20T21:30", "2026-10-27T22:30", "2026-11-03T22:30"]);
    expect(rruleOf(until)).toBe("FREQ=WEEKLY;UNTIL=20261103T223000Z");
  });

  test("Lord Howe puts its clocks forward by half an hour: 02:15 shows as 02:45", () => {
    const daily = schedule("2026-10-03T02:15", "FREQ=DAILY", { zone: "Australia/Lord_Howe" });
    expect(moments(daily, 3)).toEqual(["2026-10-02T15:45", "2026-10-03T15:45", "2026-10-04T15:15"]);
    expect(localOf(Date.parse("2026-10-03T15:45Z"), daily.zone)).toBe("2026-10-04T02:45");
  });

  test("day 366 comes in leap years", () => {
    const last = schedule("2024-12-31T10:00", "FREQ=YEARLY;BYYEARDAY=366");
    expect(dates(last, 3)).toEqual(["2024-12-31", "2028-12-31", "2032-12-31"]);
    const evening = { ...last, start: "2024-12-31T20:00", zone: "America/Los_Angeles" };
    expect(moments(evening, 2)).toEqual(["2025-01-01T04:00", "2029-01-01T04:00"]);
  });

  test("last day of every quarter", () => {
    const quarterly = schedule("2026-03-31T10:00", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1");
    expect(dates(quarterly, 4)).toEqual(["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]);
  });

  test("every 4 hours across the spring gap counts the hours that pass", () => {
    const found = moments(schedule("2027-03-27T22:00", "FREQ=HOURLY;INTERVAL=4"), 3);
    expect(found).toEqual(["2027-03-27T21:00", "2027-03-28T01:00", "2027-03-28T05:00"]);
  });

  test("Apia had no 30 December 2011: what was due then and on the 31st comes once", () => {
    const daily = schedule("2011-12-29T10:00", "FREQ=DAILY", { zone: "Pacific/Apia" });
    expect(moments(daily, 4)).toEqual(["2011-12-29T20:00", "2011-12-30T20:00", "2011-12-31T20:00", "2012-01-01T20:00"]);
    expect(moments(daily, 2, "2011-12-31T09:00")).toEqual(["2011-12-30T20:00", "2011-12-31T20:00"]);
    // What is due on that day alone is not lost with it.
    const friday = schedule("2011-12-23T10:00", "FREQ=WEEKLY", { zone: "Pacific/Apia" });
    expect(moments(friday, 2, "2011-12-31T09:00")).toEqual(["2011-12-30T20:00", "2012-01-05T20:00"]);
    // One is due where two would have been, so one is skipped.
    const skipped = { ...daily, skips: ["2011-12-30T10:00"] };
    expect(moments(skipped, 2)).toEqual(["2011-12-29T20:00", "2011-12-31T20:00"]);
  });
});

describe("what is left out", () => {
  const weekly = schedule("2026-12-18T10:00", "FREQ=WEEKLY", { ends: { kind: "count", count: 4 } });

  test("a skipped one is left out, and counted", () => {
    const skipping = { ...weekly, skips: ["2026-12-25T10:00"] };
    expect(dates(skipping, 9)).toEqual(["2026-12-18", "2027-01-01", "2027-01-08"]);
  });

  test("holidays are left out where the schedule says so, and counted", () => {
    const holidays = new Set(["2026-12-25", "2027-01-01"]);
    const found = (of: Schedule) => upcoming(of, 0, 9, holidays).map(({ local }) => local.slice(0, 10));
    expect(found({ ...weekly, skipsHolidays: true })).toEqual(["2026-12-18", "2027-01-08"]);
    expect(found(weekly)).toHaveLength(4);
  });
});

describe("once", () => {
  const once = schedule("2026-10-06T10:00", null);

  test("comes at its time and never after", () => {
    const at = Date.parse("2026-10-06T08:00Z");
    expect(nextAfter(once, at - 1, none)).toEqual({ local: "2026-10-06T10:00", atMs: at });
    expect(nextAfter(once, at, none)).toBeNull();
    expect(rruleOf(once)).toBeNull();
  });

  test("in another zone it is the same time on another clock", () => {
    const there = { ...once, zone: "America/New_York" };
    expect(nextAfter(there, 0, none)?.atMs).toBe(Date.parse("2026-10-06T14:00Z"));
  });
});

describe("rules that cannot be", () => {
  test.each([
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=100",
  ])("%s never falls due", (rule) => {
    const never = schedule("2025-10-07T10:00", rule);
    expect(() => nextAfter(never, Date.parse("2026-11-25"), none)).toThrow(RangeError);
    const until = { ...never, ends: { kind: "until", date: "2027-01-01" } } as const;
    expect(() => nextAfter(until, Date.parse("2026-11-25"), none)).toThrow(RangeError);
  });

  test.each([
    ...["", "FREQ=OFTEN", "BYDAY=MO", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;X=1", "FREQ=DAILY;COUNT=3", "FREQ=SECONDLY"],
    ...["FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=1.5", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY;BYMONTHDAY=1"],
    ...[
      "FREQ=MONTHLY;BYMONTHDAY=0",
      "FREQ=MONTHLY;BYMONTHDAY=32",
      "FREQ=MONTHLY;BYDAY=XX",
      "FREQ=DAILY;UNTIL=20270101",
    ],
  ])("%s cannot be read", (rule) => {
    expect(() => nextAfter(schedule("2026-10-06T10:00", rule), 0, none)).toThrow(RangeError);
  });

  test.each(["2026-02-29T10:00", "2026-10-06T24:00", "2026-10-06 10:00", "2026-10-06", "20261006T1000", "soon"])(
    "%s is no start",
    (start) => {
      expect(() => nextAfter(schedule(start, "FREQ=DAILY"), 0, none)).toThrow(RangeError);
      expect(() => nextAfter(schedule(start, null), 0, none)).toThrow(RangeError);
    },
  );

  test("an error does not quote the zone, which somebody may have typed", () => {
    for (const rule of ["FREQ=DAILY", "FREQ=HOURLY", null]) {
      const nowhere = schedule("2026-10-06T10:00", rule, { zone: "Mars/Olympus" });
      expect(() => nextAfter(nowhere, 0, none)).toThrow(/^There is no such zone, or no such moment\.$/);
    }
  });
});

describe("zones", () => {
  test("the places of Intl are zones, and so are their other names and UTC", () => {
    expect(Intl.supportedValuesOf("timeZone").filter((zone) => !isZone(zone))).toEqual([]);
    for (const zone of ["US/Eastern", "Asia/Calcutta", "Asia/Kolkata", "Europe/Kyiv", "UTC", "Etc/UTC", "NZ", "GB"]) {
      expect([zone, isZone(zone), isZone(zone.toLowerCase())]).toEqual([zone, true, true]);
    }
  });

  test("fixed offsets and abbreviations are not", () => {
    const refused = ["+02:00", "EST", "CET", "MST7MDT", "GMT", "GMT+2", "UTC+2", "Etc/GMT+2", "SystemV/EST5EDT", "PST"];
    expect([...refused, "", "Mars/Olympus", "Europe/", "Europe/Berlin "].filter(isZone)).toEqual([]);
  });

  test("offsets are in minutes, whole or not by the hour", () => {
    const winter = Date.parse("2026-01-15T00:00Z");
    const zones = ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC"];
    expect(zones.map((zone) => offsetAt(winter, zone))).toEqual([60, -210, 345, 0]);
  });
});

test("nothing falls due before the start, whenever it is asked", () => {
  const found = upcoming(schedule("2026-10-08T10:00", "FREQ=WEEKLY;BYDAY=TU,TH"), 0, 2, none);
  expect(found.map(({ local }) => local)).toEqual(["2026-10-08T10:00", "2026-10-13T10:00"]);
});

test("a start of long ago keeps its rhythm: every third day, fortnight and month", () => {
  const since = "2026-11-25T00:00";
  const next = (rule: string) => moments(schedule("1999-01-05T10:00", rule), 1, since)[0]?.slice(0, 10);
  expect(next("FREQ=DAILY;INTERVAL=3")).toBe("2026-11-27");
  expect(next("FREQ=WEEKLY;INTERVAL=2")).toBe("2026-12-01");
  expect(next("FREQ=MONTHLY;INTERVAL=3")).toBe("2027-01-05");
  expect(next("FREQ=YEARLY;INTERVAL=4")).toBe("2027-01-05");
});
