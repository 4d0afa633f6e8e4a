/** Schedules in words, as they are read back. */
import type { Due, LocalDate, Schedule } from "./reminder.ts";

/** The rule in words, such as "Every 14 days from Tuesday 6 October, at 10:00, until 30 June 2027". The zone is not in it. */
export function inWords(schedule: Schedule): string {
  throw new Error(`to come ${schedule.start}`);
}

/** One time, such as "Tuesday 6 October, 10:00"; with the year where it is not this one. */
export function timeInWords(due: Due, nowMs: number, zone: string): string {
  throw new Error(`to come ${due.local} ${nowMs} ${zone}`);
}

/** One day, such as "Tuesday 6 October"; with the year where it is not this one. */
export function dayInWords(date: LocalDate, nowMs: number, zone: string): string {
  throw new Error(`to come ${date} ${nowMs} ${zone}`);
}

/** Says when the clocks change between the first of these and the last, and that the time of day stays; null where they do not. */
export function clockNote(dues: readonly Due[], zone: string): string | null {
  throw new Error(`to come ${dues.length} ${zone}`);
}
