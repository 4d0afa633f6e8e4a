/** What every part of the desk works with: who wants something, when, and by which time zone. */
import { createHash } from "node:crypto";
import type { Knowledge } from "../../knowledge/entry.ts";
import type { Person } from "../../turn.ts";
import { type Holidays, isZone, momentOf, nextAfter, upcoming } from "../calendar/calendar.ts";
import type { Due, Reminder, Schedule } from "../reminder.ts";
import type { Reminders } from "../store.ts";
import { isThere } from "../there.ts";
import type { Places } from "./settle.ts";

/** What the desk is made of. `zone` is for people whose own is not known. */
export type DeskParts = {
  readonly store: Reminders;
  readonly knowledge: () => Knowledge;
  readonly holidays: () => Holidays;
  readonly zone: string;
};

/** One turn at the desk. */
export type Scene = {
  readonly store: Reminders;
  readonly holidays: Holidays;
  readonly knowledge: () => Knowledge;
  readonly person: string;
  readonly places: Places;
  /** The zone that counts, and why it does. */
  readonly zone: string;
  readonly zoneFrom: "chosen" | "profile" | "computer" | "default";
  /** What the platform says; null where it does not. */
  readonly platformZone: string | null;
  /** Names the turn; the same for every retry. */
  readonly turn: string;
  /** When it was said, and now, by the clock that says what is due. Milliseconds since 1970-01-01 UTC. */
  readonly saidMs: number;
  readonly nowMs: number;
};

/** Who wants something, and when: the parts of a turn that count here. `id` and `atMs` as there. */
export type Asked = { readonly id: string; readonly atMs: number; readonly person: Person };

/** Sets the scene. Rejects while the database is away. */
export async function openScene(asked: Asked, places: Places, parts: DeskParts): Promise<Scene> {
  const { person } = asked;
  const [chosen, clockMs] = await Promise.all([parts.store.zoneOf(person.id), parts.store.clock()]);
  const nowMs = Math.floor(clockMs);
  const platform =
    person.zone !== null && person.zone.from !== "default" && isZone(person.zone.name) ? person.zone : null;
  const platformZone = platform?.name ?? null;
  return {
    store: parts.store,
    holidays: parts.holidays(),
    knowledge: parts.knowledge,
    person: person.id,
    places,
    zone: chosen ?? platformZone ?? person.zone?.name ?? parts.zone,
    zoneFrom: chosen !== null ? "chosen" : platform === null || platform.from === "default" ? "default" : platform.from,
    platformZone,
    turn: asked.id,
    // The computer's own clock may be ahead.
    saidMs: Math.min(asked.atMs, nowMs),
    nowMs,
  };
}

/** A name of 22 characters that the same words always lead to. */
export const nameOf = (...words: readonly string[]): string =>
  createHash("sha256").update(words.join("\n")).digest("base64url").slice(0, 22);

/** The person's own that have not ended. */
export const theirs = async ({ store, person }: Scene): Promise<readonly Reminder[]> =>
  (await store.list(person)).filter(({ state }) => isThere(state));

/** When it comes next, by its state; null where nothing is to come. */
export function nextOf({ state, schedule, pausedUntil }: Reminder, { nowMs, holidays }: Scene): Due | null {
  if (state === "active") return nextOr(schedule, nowMs, holidays);
  if (state !== "paused" || pausedUntil === null) return null;
  return nextOr(schedule, Math.max(nowMs, momentOf(`${pausedUntil}T00:00`, schedule.zone) - 1), holidays);
}

/** The next few times of a schedule after a moment; none where it cannot be read. */
export function timesOf(schedule: Schedule, afterMs: number, { holidays }: Scene): readonly Due[] {
  try {
    return upcoming(schedule, afterMs, shown, holidays);
  } catch {
    return [];
  }
}

// As many as are read back.
const shown = 3;

function nextOr(schedule: Schedule, afterMs: number, holidays: Holidays): Due | null {
  try {
    return nextAfter(schedule, afterMs, holidays);
  } catch {
    // It never falls due.
    return null;
  }
}
