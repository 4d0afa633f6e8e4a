/** What becomes of a reminder that fell due: what to send now, and when it comes next. */
import { type Holidays, nextAfter, upcoming } from "../calendar/calendar.ts";
import type { Due, Reminder, Schedule } from "../reminder.ts";
import type { Advance } from "../store.ts";

// Looked at one after another, in larger and larger bites; past the last, how many were passed over is no longer counted.
const bites = [4, 64, 512];

// No change of a zone's rules moves a time by more.
const mostMovedMs = 26 * 60 * 60 * 1_000;

/**
 * The newest time that has come is what is sent, and `missed` counts those before it since `next`, about 500 at most. What
 * comes next is later than now; where nothing is to come, it is null. Days that became holidays since are left out. A time
 * whose moment was moved by new rules of its zone comes when the wall clock shows it. Throws `RangeError` where the schedule
 * cannot be read.
 */
export const advanceWith =
  (holidays: () => Holidays) =>
  (reminder: Reminder, nowMs: number): Advance => {
    const { schedule, next } = reminder;
    if (next === null) return { send: null, next: null };
    const left = holidays();
    let missed = 0;
    for (const most of bites) {
      const times = upcoming(schedule, next.atMs - mostMovedMs, most, left);
      const theirs = times.filter(({ local }) => local >= next.local);
      const came = theirs.filter(({ atMs }) => atMs <= nowMs).length;
      if (came < theirs.length || times.length < most) return split(theirs, came);
      missed = Math.max(0, came - 1);
    }
    return { send: { due: newest(schedule, next, { nowMs, left }), missed }, next: nextAfter(schedule, nowMs, left) };
  };

/** The last of those that came is sent; the one after it is next. */
function split(times: readonly Due[], came: number): Advance {
  const due = times[came - 1];
  return { send: due === undefined ? null : { due, missed: came - 1 }, next: times[came] ?? null };
}

/** Halves the time in between until the newest is found, which is quick however long that is. */
function newest(
  schedule: Schedule,
  next: Due,
  { nowMs, left }: { readonly nowMs: number; readonly left: Holidays },
): Due {
  let found = next;
  let noneAfterMs = nowMs;
  while (noneAfterMs - found.atMs > 1) {
    const middleMs = Math.floor((found.atMs + noneAfterMs) / 2);
    const later = nextAfter(schedule, middleMs, left);
    if (later !== null && later.atMs <= nowMs) found = later;
    else noneAfterMs = middleMs;
  }
  return found;
}
