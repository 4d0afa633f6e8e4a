/** When something was to come that has been held up or changed: it goes on from there, and another zone moves it. */
import { momentOf } from "../reminders/calendar/calendar.ts";
import type { Due } from "../reminders/reminder.ts";
import { parsed } from "./json.ts";
import { type Changeable, changeableJson, readChangeable } from "./reminder-rows.ts";
import type { RemindersTable } from "./tables.ts";

/** What a parked one was before, and when it was to come. */
export type Resumes = { readonly state: "active" | "paused"; readonly next: Due | null };

/** As JSON, for the column; null where it had ended. */
export const resumesJson = ({ state, next_local: local, next_ms: atMs }: RemindersTable): string | null =>
  state === "active" || state === "paused" ? JSON.stringify({ state, local, atMs }) : null;

/** What `resumesJson` wrote; null where it is something else. */
export function readResumes(json: string | null): Resumes | null {
  const value = json === null ? null : parsed(json);
  if (typeof value !== "object" || value === null || !("local" in value) || !("atMs" in value)) return null;
  const { local, atMs } = value;
  const state = "state" in value && value.state === "active" ? "active" : "paused";
  return { state, next: typeof local === "string" && typeof atMs === "number" ? { local, atMs } : null };
}

/** The same time on the wall, in this zone. What is past there is due at once. */
export function resumesIn(json: string | null, zone: string): string | null {
  const held = readResumes(json);
  if (held === null || held.next === null) return json;
  return JSON.stringify({ state: held.state, ...(dueIn(held.next.local, zone) ?? held.next) });
}

/** When the wall shows this time in the zone; null where that cannot be read. */
export function dueIn(local: string, zone: string): Due | null {
  try {
    return { local, atMs: momentOf(local, zone) };
  } catch {
    return null;
  }
}

/** What a change replaces, as JSON that `readChangeable` reads, with the time on the wall that was to come. */
export function beforeJson(row: Changeable & Pick<RemindersTable, "next_local">): string {
  const changeable = readChangeable(changeableJson(row));
  return JSON.stringify({ ...changeable, next_local: row.next_local });
}

/** The time on the wall that `beforeJson` wrote; null where there was none. */
export function nextLocalIn(json: string | null): string | null {
  const value = json === null ? null : parsed(json);
  const isHeld = typeof value === "object" && value !== null && "next_local" in value;
  return isHeld && typeof value.next_local === "string" ? value.next_local : null;
}
