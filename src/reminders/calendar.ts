/** The calendar: from a schedule to moments. The one file that knows rrule-temporal and Temporal. */
import type { Due, Local, LocalDate, Schedule } from "./reminder.ts";

/** Days that a schedule with `skipsHolidays` leaves out. */
export type Holidays = ReadonlySet<LocalDate>;

/**
 * The first time that the schedule falls due later than this moment (milliseconds since 1970-01-01 UTC), or null where none
 * is to come. A wall-clock time that a change of the clocks leaves out becomes the next one that is there; one that comes
 * twice counts once, the first time. Throws `RangeError` where the rule cannot be read or never falls due.
 */
export function nextAfter(schedule: Schedule, afterMs: number, holidays: Holidays): Due | null {
  throw new Error(`to come ${schedule.start} ${afterMs} ${holidays.size}`);
}

/** The next `most` times later than this moment, in order. */
export function upcoming(schedule: Schedule, afterMs: number, most: number, holidays: Holidays): readonly Due[] {
  throw new Error(`to come ${schedule.start} ${afterMs} ${most} ${holidays.size}`);
}

/** Whether this is an IANA name of a zone with its rules, in any case; `+02:00` and `EST` are not. */
export function isZone(name: string): boolean {
  throw new Error(`to come ${name}`);
}

/** The moment at which a wall clock shows this, by the rules above. */
export function momentOf(local: Local, zone: string): number {
  throw new Error(`to come ${local} ${zone}`);
}

/** What a wall clock in the zone shows at this moment. */
export function localOf(atMs: number, zone: string): Local {
  throw new Error(`to come ${atMs} ${zone}`);
}

/** Minutes that the zone's clocks are ahead of UTC at this moment. */
export function offsetAt(atMs: number, zone: string): number {
  throw new Error(`to come ${atMs} ${zone}`);
}

/** The rule as RFC 5545 has it, with COUNT or with UNTIL in UTC; null for once. */
export function rruleOf(schedule: Schedule): string | null {
  throw new Error(`to come ${schedule.start}`);
}
