/** Which reminders count as a person's. */
import type { ReminderState } from "./reminder.ts";

/** Whether a reminder in this state counts among a person's: they can do something with it, and its number is its own. */
export const isThere = (state: ReminderState): boolean => state !== "ended" && state !== "deleted";
