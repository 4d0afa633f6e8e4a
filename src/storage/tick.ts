/** From the calendar into the ledger: what is due is queued, and its next time set, in one transaction. */
import { sql } from "kysely";
import { localOf } from "../reminders/calendar/calendar.ts";
import type { Reminder } from "../reminders/reminder.ts";
import type { Advance, Ledger } from "../reminders/store.ts";
import { enqueue, type NewOccurrence } from "./queued.ts";
import { placeOf, reminderOf } from "./reminder-rows.ts";
import type { Database, RemindersTable } from "./tables.ts";
import { isOneOf, locked, rowsOf, type Transact, type Tx } from "./transact.ts";

type Advancing = (reminder: Reminder, nowMs: number) => Advance;

/** What becomes of one that is due. */
type Moved = {
  readonly row: RemindersTable;
  readonly state: "active" | "ended" | "parked";
  readonly next: Advance["next"];
  readonly queued: NewOccurrence | null;
};

/** Opens that part of the ledger. */
export const openTick =
  ({ kind, write }: Transact): Ledger["tick"] =>
  (nowMs, most, advance) =>
    write(async (tx) => {
      const { rows } = await sql<RemindersTable>`select * from reminders where next_ms <= ${nowMs}
        order by next_ms, id limit ${most} ${locked(kind, "for update skip locked")}`.execute(tx);
      if (rows.length === 0) return 0;
      const moved = rows.map((row) => move(row, nowMs, advance));
      await enqueue(
        tx,
        kind,
        moved.flatMap(({ queued }) => queued ?? []),
        // One that was dropped by a change just before its time is wanted after all: the calendar says so.
        { revives: true },
      );
      await put(tx, kind, moved, nowMs);
      return rows.length;
    });

function move(row: RemindersTable, nowMs: number, advance: Advancing): Moved {
  const reminder = reminderOf(row);
  const { id, person } = row;
  try {
    if (reminder === null) return { row, state: "parked", next: null, queued: null };
    const { send, next } = advance(reminder, nowMs);
    const queued = send && { reminder: id, person, kind: "due" as const, ...send, place: reminder.place };
    return { row, state: next === null ? "ended" : "active", next, queued };
  } catch {
    // One that nobody can work out must not hold up the others; its owner is told.
    const place = placeOf(row.direct_door, row.direct_place, row.direct_private);
    return { row, state: "parked", next: null, queued: noticeFor({ id, person, place }, nowMs) };
  }
}

type Told = { readonly id: string; readonly person: string; readonly place: NewOccurrence["place"] };

/** Tells the owner, in private, that a reminder was parked. */
export const noticeFor = ({ id, person, place }: Told, nowMs: number): NewOccurrence => ({
  reminder: id,
  person,
  kind: "notice",
  due: { local: localOf(nowMs, "UTC"), atMs: nowMs },
  missed: 0,
  place,
});

const columns = {
  id: "text",
  state: "text",
  why: "text",
  next_local: "text",
  next_ms: "bigint",
  since_ms: "bigint",
  added: "bigint",
} as const;

async function put(tx: Tx, kind: Database["kind"], moved: readonly Moved[], nowMs: number): Promise<void> {
  const rows = moved.map(({ row, state, next }) => ({
    id: row.id,
    state,
    why: state === "parked" ? "defect" : null,
    next_local: next?.local ?? null,
    next_ms: next?.atMs ?? null,
    since_ms: state === row.state ? row.since_ms : nowMs,
    // Who would change one that was parked meanwhile is to see that first.
    added: state === "parked" ? 1 : 0,
  }));
  await sql`update reminders set state = v.state, why = v.why, next_local = v.next_local, next_ms = v.next_ms,
      paused_until = null, since_ms = v.since_ms, version = version + v.added
    from ${rowsOf(kind, columns, rows)} where ${isOneOf(kind, "reminders.id", rows)}`.execute(tx);
}
