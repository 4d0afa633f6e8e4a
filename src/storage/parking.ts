/** Parking all reminders of a person or of a workspace, and going on with them. */
import { sql } from "kysely";
import type { Due, Reminder } from "../reminders/reminder.ts";
import type { Reminders, Whose } from "../reminders/store.ts";
import { comingOf } from "./changes.ts";
import { parsed } from "./json.ts";
import { freeNumber } from "./numbers.ts";
import { dropQueued } from "./queued.ts";
import { isComing, nextColumns } from "./reminder-rows.ts";
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
      const found = await read((db) =>
        sql<{ id: string }>`select id from reminders
          where ${isTheirs(whose)} and state = 'parked' and why = ${why} order by id`.execute(db),
      );
      const ids = found.rows.map(({ id }) => id);
      return inPortions(ids, (tx, some) => unparkSome(tx, kind, some, { why, nowMs, again }));
    },
  };
}

/** By the start of their ids, whatever is in them: `like` would take `_` for any character, and SQLite T1 for t1. */
const isTheirs = (whose: Whose) =>
  "person" in whose
    ? sql`person = ${whose.person}`
    : sql`substr(person, 1, ${sql.lit([...whose.workspace].length)}) = ${whose.workspace}`;

type Parked = { readonly why: string; readonly nowMs: number };

/** Parks those of them that are active or paused, or have ended too, and drops what is queued of them. */
export async function parkSome(
  tx: Tx,
  kind: Kind,
  ids: readonly string[],
  { why, nowMs, isEndedToo = false }: Parked & { readonly isEndedToo?: boolean },
): Promise<number> {
  const rows = await lockRows(tx, kind, ids);
  const parking = rows.filter(({ state }) => isComing(state) || (isEndedToo && state === "ended"));
  for (const row of parking) {
    const resumes = row.state === "paused" ? JSON.stringify({ local: row.next_local, atMs: row.next_ms }) : null;
    // Where it had ended, its number was free for others. Who has no room for it any more keeps it as it is.
    const number = row.state === "ended" ? await freeNumber(tx, row.person) : row.number;
    if (number !== null)
      await put(tx, row, { state: "parked", why, number, resumes, ...nextColumns("parked", null) }, nowMs);
  }
  await dropQueued(tx, kind, parking, nowMs);
  return parking.length;
}

type Unparked = Parked & { readonly again: (reminder: Reminder) => Due | null };

async function unparkSome(
  tx: Tx,
  kind: Kind,
  ids: readonly string[],
  { why, nowMs, again }: Unparked,
): Promise<number> {
  let count = 0;
  for (const row of await lockRows(tx, kind, ids)) {
    if (row.state !== "parked" || row.why !== why) continue;
    count += 1;
    await put(tx, row, { why: null, resumes: null, ...goingOn(row, nowMs, again) }, nowMs);
  }
  return count;
}

/** What was paused stays so until its day. One whose schedule cannot be read stays parked. */
function goingOn(
  row: RemindersTable,
  nowMs: number,
  again: Unparked["again"],
): Pick<RemindersTable, "state" | "next_local" | "next_ms"> & Partial<Pick<RemindersTable, "why" | "paused_until">> {
  const paused = row.resumes === null ? null : readResumes(row.resumes);
  if (paused !== null && (paused.next === null || paused.next.atMs > nowMs))
    return { state: "paused", ...nextColumns("paused", paused.next) };
  try {
    const { state, next } = comingOf({ ...row, state: "active", paused_until: null, why: null }, again);
    return { state, paused_until: null, ...nextColumns(state, next) };
  } catch {
    return { state: "parked", why: "defect", ...nextColumns("parked", null) };
  }
}

function readResumes(json: string): { readonly next: Due | null } | null {
  const value = parsed(json);
  if (typeof value !== "object" || value === null || !("local" in value) || !("atMs" in value)) return null;
  const { local, atMs } = value;
  return { next: typeof local === "string" && typeof atMs === "number" ? { local, atMs } : null };
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
