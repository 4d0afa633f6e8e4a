/** Rules that are more than whole days, such as every four hours or the 366th of the year: rrule-temporal walks them. */
import { RRuleTemporal } from "rrule-temporal";
import type { Due, Schedule } from "../reminder.ts";

// It steps a day or a period at a time: enough for the rarest day of the year, and over within a moment where there is none.
const maxIterations = 500;

/**
 * The times of the rule from this moment on, without what the schedule leaves out, in order; up to its COUNT, without its
 * UNTIL. Throws `RangeError` where there is none to come.
 */
export function* timesOf(schedule: Schedule & { readonly rule: string }, fromMs: number): Generator<Due> {
  const { rule, zone } = schedule;
  // Hours pass on the clock of the world; days pass on that of the wall, which is walked as if it stood at UTC.
  const isElapsed = /FREQ=(HOURLY|MINUTELY)/.test(rule);
  const count = schedule.ends.kind === "count" ? `;COUNT=${schedule.ends.count}` : "";
  const dtstart = `${schedule.start.replaceAll(/[-:]/g, "")}00`;
  const walk = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${isElapsed ? zone : "UTC"}:${dtstart}\nRRULE:${rule}${count}`,
    maxIterations,
  });
  // A wall is at most a day from UTC, and a change of the clocks moves it by a day at most.
  let from = new Date(isElapsed ? fromMs : fromMs - 2 * 86_400_000);
  for (let isFirst = true; ; isFirst = false) {
    const next = nextOf(walk, from, isFirst);
    if (next === null && isFirst && count === "") throw neverDue();
    if (next === null) return;
    from = new Date(next.epochMilliseconds);
    const wall = next.toPlainDateTime();
    yield {
      local: wall.toString().slice(0, 16),
      atMs: isElapsed
        ? next.epochMilliseconds
        : wall.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds,
    };
  }
}

function nextOf(walk: RRuleTemporal, from: Date, isIncluded: boolean) {
  try {
    return walk.next(from, isIncluded);
  } catch (cause) {
    throw neverDue(cause);
  }
}

const neverDue = (cause?: unknown): RangeError => new RangeError("The rule never falls due.", { cause });
