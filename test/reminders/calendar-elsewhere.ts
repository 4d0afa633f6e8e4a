/** Run with another TZ: prints what the calendar and its words make of a few schedules, none of which may depend on it. */
import { localOf, rruleOf, upcoming } from "#src/reminders/calendar/calendar.ts";
import { clockNote, inWords, timeInWords } from "#src/reminders/calendar/describe.ts";
import type { Schedule } from "#src/reminders/reminder.ts";

const rules = [
  ...["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY", null],
  ...["FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "FREQ=HOURLY;INTERVAL=4", "FREQ=YEARLY;BYYEARDAY=366"],
];
const zones = ["Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];
const ends = [{ kind: "never" }, { kind: "count", count: 5 }, { kind: "until", date: "2026-10-10" }] as const;

/** One line for each schedule. */
export function elsewhere(): readonly string[] {
  return rules.flatMap((rule) =>
    zones.flatMap((zone) =>
      ends.slice(0, rule === null ? 1 : 3).map((end) => {
        const start = "2026-10-03T02:15";
        const schedule: Schedule = { start, rule, zone, ends: end, skips: [], skipsHolidays: false };
        const dues = upcoming(schedule, Date.parse("2026-10-01T00:00Z"), 9, new Set());
        const words = dues.map((due) => `${timeInWords(due, due.atMs, zone)} ${localOf(due.atMs, zone)}`);
        return JSON.stringify([inWords(schedule), rruleOf(schedule), clockNote(dues, zone), dues, words]);
      }),
    ),
  );
}

if (import.meta.main) process.stdout.write(elsewhere().join("\n"));
