/** What becomes of a reminder that fell due. */
import { describe, expect, test } from "vitest";
import { momentOf, nextAfter } from "#src/reminders/calendar/calendar.ts";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import type { Due, Reminder, Schedule } from "#src/reminders/reminder.ts";
import { direct, weekly } from "../helpers/reminders/stand.ts";

const hourMs = 3_600_000;
const daily: Schedule = { ...weekly, rule: "FREQ=DAILY", zone: "Europe/Berlin", start: "2031-03-03T10:00" };

const due = (local: string, zone = "Europe/Berlin"): Due => ({ local, atMs: momentOf(local, zone) });

function reminderOf(schedule: Schedule, next: Due | null): Reminder {
  return {
    id: "r1",
    number: 1,
    person: "p1",
    place: direct("d1"),
    direct: direct("d1"),
    label: null,
    partner: null,
    schedule,
    state: "active",
    pausedUntil: null,
    why: null,
    next,
    version: 1,
    sent: 0,
    unanswered: 0,
    isAsked: false,
  };
}

const advance = (schedule: Schedule, next: Due | null, nowMs: number, holidays: readonly string[] = []) =>
  advanceWith(() => new Set(holidays))(reminderOf(schedule, next), nowMs);

test("what is due is sent, and the one after it is next", () => {
  const next = due("2031-03-05T10:00");
  expect(advance(daily, next, next.atMs)).toEqual({ send: { due: next, missed: 0 }, next: due("2031-03-06T10:00") });
});

test("what is not due yet stays as it is", () => {
  const next = due("2031-03-05T10:00");
  expect(advance(daily, next, next.atMs - 1)).toEqual({ send: null, next });
  expect(advance(daily, null, next.atMs)).toEqual({ send: null, next: null });
});

test("the last of a schedule is sent, and nothing is to come", () => {
  const once = { ...daily, rule: null };
  const next = due("2031-03-03T10:00");
  expect(advance(once, next, next.atMs + 1)).toEqual({ send: { due: next, missed: 0 }, next: null });
  const thrice: Schedule = { ...daily, ends: { kind: "count", count: 3 } };
  expect(advance(thrice, due("2031-03-04T10:00"), next.atMs + 90 * 24 * hourMs)).toEqual({
    send: { due: due("2031-03-05T10:00"), missed: 1 },
    next: null,
  });
});

describe("after an outage", () => {
  test.each([
    ["2031-03-06T10:00", "2031-03-05T10:00", 0],
    ["2031-03-06T10:01", "2031-03-06T10:00", 1],
    ["2031-03-25T10:01", "2031-03-25T10:00", 20],
    ["2031-08-31T23:00", "2031-08-31T10:00", 179],
  ])("at %s the newest is sent, and those before it are counted", (now, newest, missed) => {
    const nowMs = due(now).atMs - (missed === 0 ? 1 : 0);
    const { send, next } = advance(daily, due("2031-03-05T10:00"), nowMs);
    expect(send).toEqual({ due: due(newest), missed });
    expect(next).toEqual(nextAfter(daily, nowMs, new Set()));
  });

  test("of a hundred years the newest is found by a few looks, and about five hundred are counted", () => {
    const { send, next } = advance(daily, due("2031-03-05T10:00"), due("2131-03-05T12:00").atMs);
    expect(send?.due).toEqual(due("2131-03-05T10:00"));
    expect(send?.missed).toBeGreaterThan(400);
    expect(send?.missed).toBeLessThanOrEqual(512);
    expect(next).toEqual(due("2131-03-06T10:00"));
  });

  test("what comes next is later than now, wherever now is", () => {
    for (let hours = 0; hours < 60; hours += 1) {
      const nowMs = due("2031-03-28T10:00").atMs + hours * hourMs;
      const { send, next } = advance(daily, due("2031-03-28T10:00"), nowMs);
      expect(next?.atMs).toBeGreaterThan(nowMs);
      expect(send?.due.atMs).toBeLessThanOrEqual(nowMs);
    }
  });
});

test("a day that became a holiday since is left out", () => {
  const next = due("2031-03-05T10:00");
  const leaving = { ...daily, skipsHolidays: true };
  expect(advance(leaving, next, next.atMs, ["2031-03-05"])).toEqual({ send: null, next: due("2031-03-06T10:00") });
  expect(advance(leaving, next, next.atMs + 24 * hourMs, ["2031-03-06"])).toEqual({
    send: { due: next, missed: 0 },
    next: due("2031-03-07T10:00"),
  });
  expect(advance(daily, next, next.atMs, ["2031-03-05"]).send).toEqual({ due: next, missed: 0 });
});

describe("where a zone's rules were changed since the next time was worked out", () => {
  const right = due("2031-03-05T10:00");

  test("it comes when the wall clock shows it, if that is later than was thought", () => {
    const next = { ...right, atMs: right.atMs - hourMs };
    expect(advance(daily, next, next.atMs)).toEqual({ send: null, next: right });
  });

  test("it comes late rather than never, if that is earlier than was thought", () => {
    const next = { ...right, atMs: right.atMs + hourMs };
    expect(advance(daily, next, next.atMs)).toEqual({ send: { due: right, missed: 0 }, next: due("2031-03-06T10:00") });
  });
});

test("a schedule that cannot be read is told by an error", () => {
  expect(() =>
    advance({ ...daily, zone: "Nowhere/None" }, due("2031-03-05T10:00"), due("2031-03-05T10:00").atMs),
  ).toThrow(RangeError);
});
