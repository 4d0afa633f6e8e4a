/** From reminders to rows, and back. Rows are looked at by hand: one that cannot be read is null, and never an error. */
import type { Due, Ends, Reminder } from "../reminders/reminder.ts";
import { type Place, reveal, type UserText, userText } from "../turn.ts";
import { parsed, readList } from "./json.ts";
import type { RemindersTable } from "./tables.ts";

/** What a change can change, and what taking it back brings back. */
export type Changeable = Pick<
  RemindersTable,
  | "door"
  | "place"
  | "is_private"
  | "direct_door"
  | "direct_place"
  | "direct_private"
  | "label"
  | "partner"
  | "start_local"
  | "rule"
  | "zone"
  | "ends"
  | "skips"
  | "skips_holidays"
  | "state"
  | "paused_until"
  | "why"
>;

type NextColumns = Pick<RemindersTable, "next_local" | "next_ms">;

/** The columns of what a change can change. */
export const changeableOf = (
  reminder: Pick<Reminder, "place" | "direct" | "label" | "partner" | "schedule" | "state" | "pausedUntil" | "why">,
): Changeable => ({
  door: reminder.place.door,
  place: reminder.place.key,
  is_private: reminder.place.isPrivate ? 1 : 0,
  direct_door: reminder.direct.door,
  direct_place: reminder.direct.key,
  direct_private: reminder.direct.isPrivate ? 1 : 0,
  label: revealed(reminder.label),
  partner: revealed(reminder.partner),
  start_local: reminder.schedule.start,
  rule: reminder.schedule.rule,
  zone: reminder.schedule.zone,
  ends: endsIn(reminder.schedule.ends),
  skips: JSON.stringify(reminder.schedule.skips),
  skips_holidays: reminder.schedule.skipsHolidays ? 1 : 0,
  state: reminder.state,
  paused_until: reminder.pausedUntil,
  why: reminder.why,
});

/** When it comes next; only what is active or paused comes at all. */
export const nextColumns = (state: RemindersTable["state"], next: Due | null): NextColumns =>
  next === null || !isComing(state)
    ? { next_local: null, next_ms: null }
    : { next_local: next.local, next_ms: next.atMs };

export const isComing = (state: RemindersTable["state"]): boolean => state === "active" || state === "paused";

/** The reminder; null where the row cannot be read. */
export function reminderOf(row: RemindersTable): Reminder | null {
  const ends = readEnds(row.ends);
  const skips = readList(row.skips);
  if (ends === null || skips === null || !states.has(row.state)) return null;
  return {
    id: row.id,
    number: row.number,
    person: row.person,
    place: placeOf(row.door, row.place, row.is_private),
    direct: placeOf(row.direct_door, row.direct_place, row.direct_private),
    label: typed(row.label),
    partner: typed(row.partner),
    schedule: {
      start: row.start_local,
      rule: row.rule,
      zone: row.zone,
      ends,
      skips,
      skipsHolidays: row.skips_holidays === 1,
    },
    state: row.state,
    pausedUntil: row.paused_until,
    why: row.why,
    next: dueOf(row.next_local, row.next_ms),
    version: row.version,
    sent: row.sent,
    unanswered: row.unanswered,
    isAsked: row.is_asked === 1,
  };
}

/** Those of them that can be read. */
export const remindersOf = (rows: readonly RemindersTable[]): readonly Reminder[] =>
  rows.flatMap((row) => reminderOf(row) ?? []);

export const placeOf = (door: string, key: string, isPrivate: number): Place => ({
  door,
  key,
  isPrivate: isPrivate === 1,
});

const states: ReadonlySet<string> = new Set(["active", "paused", "parked", "ended", "deleted"]);
const revealed = (text: UserText | null): string | null => (text === null ? null : reveal(text));
const typed = (text: string | null): UserText | null => (text === null ? null : userText(text));
const dueOf = (local: string | null, atMs: number | null): Due | null =>
  local === null || atMs === null ? null : { local, atMs };

function endsIn(ends: Ends): string {
  if (ends.kind === "count") return `count:${ends.count}`;
  return ends.kind === "until" ? `until:${ends.date}` : "never";
}

function readEnds(written: string): Ends | null {
  if (written === "never") return { kind: "never" };
  const [, kind, value = ""] = /^(count|until):(\d[\d-]*)$/.exec(written) ?? [];
  if (kind === "until") return { kind, date: value };
  return kind === "count" ? { kind, count: Number(value) } : null;
}

const texts = ["door", "place", "direct_door", "direct_place", "start_local", "zone", "ends", "skips"] as const;
const numbers = ["is_private", "direct_private", "skips_holidays"] as const;
const textsOrNull = ["label", "partner", "rule", "paused_until", "why"] as const;

/** What `changeableJson` wrote; null where it is something else. */
export function readChangeable(json: string | null): Changeable | null {
  const value = json === null ? null : parsed(json);
  return isChangeable(value) ? value : null;
}

export function changeableJson(row: Changeable): string {
  const names = [...texts, ...numbers, ...textsOrNull, "state"] as const;
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name]])));
}

function isChangeable(value: unknown): value is Changeable {
  if (typeof value !== "object" || value === null) return false;
  const held = new Map<string, unknown>(Object.entries(value));
  return (
    texts.every((name) => typeof held.get(name) === "string") &&
    numbers.every((name) => typeof held.get(name) === "number") &&
    textsOrNull.every((name) => held.get(name) === null || typeof held.get(name) === "string") &&
    states.has(String(held.get("state")))
  );
}
