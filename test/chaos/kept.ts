/** What is kept, looked at while no bot runs. */
import { sql } from "kysely";
import { personId, placesOf } from "#adapters/slack/read.ts";
import { localOf } from "#src/reminders/calendar/calendar.ts";
import { nameOf } from "#src/reminders/desk/scene.ts";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import type { Database } from "#src/storage/tables.ts";
import { userText } from "#src/turn.ts";
import type { Wish } from "../helpers/reminders/wishes.ts";
import { us } from "../helpers/slack/team.ts";

/** Opens it, looks, and lets go of it. */
async function look<T>(where: Where, at: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(where);
  try {
    return await at(database);
  } finally {
    await database.close();
  }
}

/** Keeps what they want without the command, and so to the millisecond. */
export const setAt = (where: Where, wishes: readonly (Wish & { readonly atMs: number })[]): Promise<void> =>
  look(where, async (database) => {
    const store = openReminderStore(database);
    for (const { person, channel, label, isPrivate, atMs } of wishes) {
      const { direct, here } = placesOf({ team: us.team, enterprise: null, user: person.id }, channel);
      const next = { local: localOf(atMs, person.zone), atMs };
      await store.add(
        {
          id: nameOf(label),
          person: personId(us.team, person.id),
          place: isPrivate ? direct : (here ?? direct),
          direct,
          label: userText(label),
          partner: null,
          schedule: {
            start: next.local,
            rule: null,
            zone: person.zone,
            ends: { kind: "never" },
            skips: [],
            skipsHolidays: false,
          },
          next,
        },
        Date.now(),
      );
    }
  });

/** Lets the time pass for which a dead bot's claims and all waits would last: nobody waits a minute for it here. */
export const letTimePass = (where: Where): Promise<void> =>
  look(where, async ({ db }) => {
    await sql`update occurrences set ready_ms = 0 where ready_ms is not null and due_ms <= ${Date.now()}`.execute(db);
  });

export type Left = {
  /** `ok` from SQLite's own check; PostgreSQL has none that is asked here. */
  readonly integrity: string;
  /** When each occurrence was due, by its id; milliseconds since 1970-01-01 UTC. */
  readonly dueMs: ReadonlyMap<string, number>;
  /** Labels of all reminders. */
  readonly labels: ReadonlySet<string>;
  /** Labels of those that were tried twice in a channel, and nobody knows whether they are there. */
  readonly unknown: ReadonlySet<string>;
  /** Occurrences by state. */
  readonly states: Readonly<Record<string, number>>;
  /** Due, or claimed by somebody who is gone, and nobody took it. */
  readonly stuck: number;
};

/** What is left when all bots have ended. */
export const leftIn = (where: Where): Promise<Left> =>
  look(where, async ({ db, kind }) => {
    const occurrences = await db
      .selectFrom("occurrences")
      .select(["id", "reminder", "state", "due_ms", "ready_ms"])
      .execute();
    const reminders = await db.selectFrom("reminders").select(["id", "label", "next_ms"]).execute();
    const nowMs = Date.now();
    const checked = kind === "sqlite" ? (await sql<object>`pragma integrity_check`.execute(db)).rows : [];
    const states: Record<string, number> = {};
    for (const { state } of occurrences) states[state] = (states[state] ?? 0) + 1;
    const unknown = new Set(occurrences.flatMap(({ reminder, state }) => (state === "unknown" ? [reminder] : [])));
    const open = occurrences.filter(({ ready_ms, due_ms }) => ready_ms !== null && due_ms <= nowMs);
    const coming = reminders.filter(({ next_ms }) => next_ms !== null && next_ms <= nowMs);
    return {
      integrity: kind === "sqlite" ? checked.flatMap((row) => Object.values(row)).join() : "ok",
      dueMs: new Map(occurrences.map(({ id, due_ms }) => [id, due_ms])),
      labels: new Set(reminders.flatMap(({ label }) => label ?? [])),
      unknown: new Set(reminders.flatMap(({ id, label }) => (unknown.has(id) ? (label ?? []) : []))),
      states,
      stuck: open.length + coming.length,
    };
  });
