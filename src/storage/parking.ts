/** Parking all reminders of a person or of a workspace, and going on with them. */
import { sql } from "kysely";
import type { Due, Reminder } from "../reminders/reminder.ts";
import type { Reminders, Whose } from "../reminders/store.ts";
import { comingOf } from "./changes.ts";
import { freeNumber } from "./numbers.ts";
import { dropQueued, queueAgain } from "./queued.ts";
import { isComing, nextColumns } from "./reminder-rows.ts";
import { readResumes, resumesJson } from "./resumes.ts";
import type { Database, RemindersTable } from "./tables.ts";
import { among, locked, type Transact, type Tx } from "./transact.ts";

type Kind = Database["kind"];

// A workspace may have many thousands; none of them is locked for long.
const atOnce = 200;

/** Opens that part of the calendar. */
export function openParking(transact: Transact): Pick<Reminders, "park" | "unpark"> {
  const { kind, read, write } = transact;

  /** Those in question, in portions; each is looked at again when it is locked. */
  async function inPortions(ids: readonly string[], work: (tx: Tx, some: readonly string[]) => Promise<number>) {
    let count = 0;
    for (let at = 0; at < ids.length; at += atOnce) count += await write((tx) => work(tx, ids.slice(at, at + atOnce)));
    return count;
  }

  return {
    async park(whose, why, nowMs) {
      const found = await read((db) =>
        sql<{ id: string }>`select id from reminders
          where ${isTheirs(whose)} and state in ('active', 'paused') order by id`.execute(db),
      );
      const ids = found.rows.map(({ id }) => id);
      return inPortions(ids, (tx, some) => parkSome(tx, kind, some, { why, nowMs }));
    },
    async unpark(whose, why, nowMs, again) {
      const whys = typeof why === "string" ? [why] : why;
      const found = await read((db) =>
        sql<{ id: string }>`select id from reminders
          where ${isTheirs(whose)} and state = 'parked' and ${among(kind, "why", whys)} order by id`.execute(db),
      );
      const ids = found.rows.map(({ id }) => id);
      return inPortions(ids, (tx, some) => unparkSome(tx, kind, some, { whys, nowMs, again }));
    },
  };
}

/** By the start of their ids, whatever is in them: `like` would take `_` for any character, and SQLite T1 for t1. */
const isTheirs = (whose: Whose) =>
  "person" in whose
    ? sql`person = ${whose.person}`
    : sql`substr(person, 1, ${sql.lit([...whose.workspace].length)}) = ${whose.workspace}`;

type Parked = { readonly why: string; readonly nowMs: number };

/** Parks those of them that are active or paused, or have ended too, and drops what is queued of them. When they were to come is kept. */
export async function parkSome(
  tx: Tx,
  kind: Kind,
  ids: readonly string[],
  { why, nowMs, isEndedToo = false }: Parked & { readonly isEndedToo?: boolean },
): Promise<number> {
  const rows = await lockRows(tx, kind, ids);
  const parking = rows.filter(({ state }) => isComing(state) || (isEndedToo && state === "ended"));
  for (const row of parking) {
    const resumes = resumesJson(row);
    // Where it had ended, its number was free for others. Who has no room for it any more keeps it as it is.
    const number = row.state === "ended" ? await freeNumber(tx, row.person) : row.number;
    if (number !== null)
      await put(tx, row, { state: "parked", why, number, resumes, ...nextColumns("parked", null) }, nowMs);
  }
  await dropQueued(tx, kind, parking, { nowMs });
  return parking.length;
}

type Unparked = {
  readonly whys: readonly string[];
  readonly nowMs: number;
  readonly again: (reminder: Reminder) => Due | null;
};

async function unparkSome(
  tx: Tx,
  kind: Kind,
  ids: readonly string[],
  { whys, nowMs, again }: Unparked,
): Promise<number> {
  const rows = (await lockRows(tx, kind, ids)).filter(
    ({ state, why }) => state === "parked" && why !== null && whys.includes(why),
  );
  const coming: Parameters<typeof queueAgain>[2][number][] = [];
  for (const row of rows) {
    const going = goingOn(row, nowMs, again);
    await put(tx, row, { why: null, resumes: null, ...going }, nowMs);
    if (going.state === "active" || going.state === "ended")
      coming.push({ id: row.id, person: row.person, atMs: row.since_ms });
  }
  await queueAgain(tx, kind, coming);
  return rows.length;
}

/**
 * What was paused stays so until its day. When an active one was to come stands again: if that has passed, it is due, and
 * what was missed is counted. One whose schedule cannot be read stays parked.
 */
function goingOn(
  row: RemindersTable,
  nowMs: number,
  again: Unparked["again"],
): Pick<RemindersTable, "state" | "next_local" | "next_ms"> & Partial<Pick<RemindersTable, "why" | "paused_until">> {
  const held = readResumes(row.resumes);
  if (held?.state === "paused" && (held.next === null || held.next.atMs > nowMs))
    return { state: "paused", ...nextColumns("paused", held.next) };
  const active = { state: "active", paused_until: null } as const;
  if (held !== null && held.next !== null) return { ...active, ...nextColumns("active", held.next) };
  try {
    const { state, next } = comingOf({ ...row, ...active, why: null }, again);
    return { state, paused_until: null, ...nextColumns(state, next) };
  } catch {
    return { state: "parked", why: "defect", ...nextColumns("parked", null) };
  }
}

async function lockRows(tx: Tx, kind: Kind, ids: readonly string[]): Promise<readonly RemindersTable[]> {
  const { rows } = await sql<RemindersTable>`select * from reminders
    where ${among(kind, "id", ids)} order by id ${locked(kind, "for update")}`.execute(tx);
  return rows;
}

async function put(tx: Tx, row: RemindersTable, changes: Partial<RemindersTable>, nowMs: number): Promise<void> {
  const version = { version: row.version + 1, before: null, since_ms: nowMs, changed_ms: nowMs };
  await tx
    .updateTable("reminders")
    .set({ ...changes, ...version })
    .where("id", "=", row.id)
    .execute();
}
