/** The calendar: from a schedule to moments. The wall clock is walked first (rule.ts); Temporal says which moment it shows. */

import type { Due, Local, LocalDate, Schedule } from "../reminder.ts";
import { stretchAt } from "./offsets.ts";
import { timesOf } from "./rest.ts";
import { dateOf, dayOf, daysOf, readRule } from "./rule.ts";
import { Temporal } from "./temporal.ts";

/** Days that a schedule with `skipsHolidays` leaves out. */
export type Holidays = ReadonlySet<LocalDate>;

// Names without a slash that stand for a place. The others are fixed offsets or rules without a place, such as EST and CET.
const places = new Set(
  `utc cuba egypt eire gb gb-eire hongkong iceland iran israel jamaica japan kwajalein libya navajo nz nz-chat poland
  portugal prc roc rok singapore turkey w-su`.split(/\s+/),
);

/**
 * The first time that the schedule falls due later than this moment (milliseconds since 1970-01-01 UTC), or null where none
 * is to come. `local` is what the rule says, which a change of the clocks may leave out: 02:30 is then due when 03:30 shows,
 * as many minutes after the change as it would have been (RFC 5545, "compatible"); `localOf` tells what the wall clock
 * shows. A time that comes twice counts once, the first time; of two that fall on one moment the second is left out. Throws
 * `RangeError` where the schedule cannot be read or never falls due.
 */
export function nextAfter(schedule: Schedule, afterMs: number, holidays: Holidays): Due | null {
  return upcoming(schedule, afterMs, 1, holidays)[0] ?? null;
}

/** The next `most` times later than this moment, in order. Throws as `nextAfter` does. */
export function upcoming(schedule: Schedule, afterMs: number, most: number, holidays: Holidays): readonly Due[] {
  const found: Due[] = [];
  if (most <= 0) return found;
  const { ends, skips, skipsHolidays } = schedule;
  let lastMs = afterMs;
  for (const due of timesFrom(schedule, afterMs)) {
    const date = due.local.slice(0, 10);
    if (ends.kind === "until" && date > ends.date) break;
    if (due.atMs <= lastMs || (skipsHolidays && holidays.has(date))) continue;
    lastMs = due.atMs;
    if (skips.includes(due.local)) continue;
    found.push(due);
    if (found.length === most) break;
  }
  return found;
}

/** The times of the rule in order, up to its COUNT: those later than this moment, and some before. */
function* timesFrom(schedule: Schedule, afterMs: number): Generator<Due> {
  const { start, rule, zone, ends } = schedule;
  const time = timeOf(start);
  const startDay = dayOf(start.slice(0, 10));
  const due = (date: LocalDate): Due => {
    const local = `${date}T${time}`;
    return { local, atMs: momentOf(local, zone) };
  };
  if (rule === null) return yield due(start.slice(0, 10));
  const read = readRule(rule);
  // What is due after this moment may stand on the wall a day before it, where the clocks skip a whole day.
  const from = dayOf(localOf(afterMs, zone).slice(0, 10)) - 2;
  if (read.isBeyondDays) return yield* timesOf({ ...schedule, rule }, afterMs);
  let left = ends.kind === "count" ? ends.count : Number.POSITIVE_INFINITY;
  for (const day of daysOf(read, startDay, ends.kind === "count" ? startDay : from)) {
    if (left <= 0) return;
    left -= 1;
    if (day >= from) yield due(dateOf(day));
  }
}

/** Whether this is an IANA name of a place or UTC, in any case; `+02:00`, `EST` and `Etc/GMT-2` are not. */
export function isZone(name: string): boolean {
  const lower = name.toLowerCase();
  const isPlace = places.has(lower) || lower === "etc/utc" || /^(?!etc\/|systemv\/)[a-z_]+\/[a-z_+/-]+$/.test(lower);
  if (!isPlace) return false;
  try {
    Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

// No two offsets of a zone are as far apart. Further than this from any change of its clocks, nothing is skipped or shown twice.
const apartMs = 2 * 24 * 60 * 60 * 1_000;

/** The moment at which a wall clock shows this, by the rules above. Throws `RangeError` where either cannot be read. */
export function momentOf(local: Local, zone: string): number {
  const time = timeOf(local);
  const atUtcMs = Date.parse(`${local}:00Z`);
  const { fromMs, untilMs, offsetMs } = inZone(() => stretchAt(atUtcMs, zone));
  const atMs = atUtcMs - offsetMs;
  const isFar = atMs - fromMs > apartMs && untilMs - atMs > apartMs;
  // A date that is not there, such as 30 February, is read as another.
  if (isFar && new Date(atUtcMs).toISOString().startsWith(local)) return atMs;
  const [hour, minute] = time.split(":").map(Number);
  const [year = 0, month = 0, day = 0] = local.slice(0, 10).split("-").map(Number);
  const wall = new Temporal.PlainDateTime(year, month, day, hour, minute);
  return inZone(() => wall.toZonedDateTime(zone, { disambiguation: "compatible" })).epochMilliseconds;
}

/** What a wall clock in the zone shows at this moment. */
export function localOf(atMs: number, zone: string): Local {
  const { offsetMs } = inZone(() => stretchAt(atMs, zone));
  return new Date(atMs + offsetMs).toISOString().slice(0, 16);
}

/** Minutes that the zone's clocks are ahead of UTC at this moment; before about 1970 they may be a part of one. */
export function offsetAt(atMs: number, zone: string): number {
  return inZone(() => stretchAt(atMs, zone)).offsetMs / 60_000;
}

/** The moments after the one and up to the other at which the zone's clocks change, in order. */
export function changesBetween(afterMs: number, untilMs: number, zone: string): readonly number[] {
  const changes: number[] = [];
  let at = zoned(afterMs, zone).getTimeZoneTransition("next");
  for (; at !== null && at.epochMilliseconds <= untilMs; at = at.getTimeZoneTransition("next")) {
    changes.push(at.epochMilliseconds);
  }
  return changes;
}

/** The rule as RFC 5545 has it, with COUNT or with UNTIL in UTC; null for once. */
export function rruleOf(schedule: Schedule): string | null {
  const { rule, ends, start, zone } = schedule;
  if (rule === null || ends.kind === "never") return rule;
  if (ends.kind === "count") return `${rule};COUNT=${ends.count}`;
  // The last day that it may fall on, at the time of day that it has.
  const until = new Date(momentOf(`${ends.date}T${timeOf(start)}`, zone)).toISOString();
  return `${rule};UNTIL=${until.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

const zoned = (atMs: number, zone: string): Temporal.ZonedDateTime =>
  inZone(() => Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone));

/** Temporal's own error would quote the zone, which somebody may have typed. */
function inZone<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new RangeError("There is no such zone, or no such moment.");
  }
}

function timeOf(local: Local): string {
  if (!/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(local))
    throw new RangeError("This is no time on a wall clock.");
  return local.slice(11);
}
