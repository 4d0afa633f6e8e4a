/** What is queued of reminders: put in, taken out, moved elsewhere. Everything here runs within a transaction. */
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Due, OccurrenceKind } from "../reminders/reminder.ts";
import type { Place } from "../turn.ts";
import type { Database } from "./tables.ts";
import { among, rowsOf, type Tx } from "./transact.ts";

export type NewOccurrence = {
  readonly reminder: string;
  readonly person: string;
  readonly kind: OccurrenceKind;
  readonly due: Due;
  readonly missed: number;
  readonly place: Place;
};

const columns = {
  id: "text",
  reminder: "text",
  person: "text",
  kind: "text",
  due_local: "text",
  due_ms: "bigint",
  missed: "bigint",
  door: "text",
  place: "text",
  is_private: "bigint",
} as const;

/** Queues them. One of the same reminder, kind and time is not queued twice; `revives` those that had been dropped. */
export async function enqueue(
  tx: Tx,
  kind: Database["kind"],
  added: readonly NewOccurrence[],
  { revives }: { readonly revives: boolean } = { revives: false },
): Promise<void> {
  if (added.length === 0) return;
  const rows = added.map(({ reminder, person, kind: of, due, missed, place }) => ({
    id: idFor(reminder, of, due),
    reminder,
    person,
    kind: of,
    due_local: due.local,
    due_ms: due.atMs,
    missed,
    door: place.door,
    place: place.key,
    is_private: place.isPrivate ? 1 : 0,
  }));
  const names = sql.raw(Object.keys(columns).join(", "));
  const conflict = revives
    ? sql`do update set state = 'queued', ready_ms = excluded.ready_ms, at_ms = null, cancelled = 0
        where occurrences.state = 'dropped'`
    : sql`do nothing`;
  // `where true` tells SQLite that `on` belongs to the insert.
  await sql`insert into occurrences (${names}, state, ready_ms, fence, cancelled, speaks)
    select ${names}, 'queued', due_ms, 0, 0, 0 from ${rowsOf(kind, columns, rows)} where true
    on conflict (id) ${conflict}`.execute(tx);
}

/** The same for the same, so that nothing is queued twice; and it says nothing to whoever sees it. */
const idFor = (reminder: string, kind: OccurrenceKind, due: Due): string =>
  createHash("sha256").update([reminder, kind, due.local, due.atMs].join("\n")).digest("base64url").slice(0, 22);

/** A reminder with its owner, by whom its occurrences are found. */
export type OwnedId = { readonly id: string; readonly person: string };

const owned = { id: "text", person: "text" } as const;

/**
 * What is queued of these is not sent any more; with `locals`, only what fell due at these times. What a worker has at this
 * moment is not tried again.
 */
export async function dropQueued(
  tx: Tx,
  kind: Database["kind"],
  reminders: readonly OwnedId[],
  { nowMs, locals }: { readonly nowMs: number; readonly locals?: readonly string[] },
): Promise<void> {
  if (reminders.length === 0) return;
  const these = () => ownersOf(kind, reminders);
  const which = locals === undefined ? sql`` : sql`and kind = 'due' and ${among(kind, "due_local", locals)}`;
  const theirs = sql`${isOf(kind, reminders)} ${which}`;
  const dropped = await sql<{ id: string }>`update occurrences
    set state = 'dropped', ready_ms = null, main = null, at_ms = ${nowMs}
    from ${these()} where ${theirs} and state in ('queued', 'joined') returning occurrences.id as id`.execute(tx);
  // After that: what a worker was just taking was waited for, and is seen to be his only now.
  await sql`update occurrences set cancelled = 1 from ${these()} where ${theirs} and state = 'sending'`.execute(tx);
  await release(
    tx,
    kind,
    dropped.rows.map(({ id }) => id),
  );
}

const ownersOf = (kind: Database["kind"], reminders: readonly OwnedId[]) =>
  rowsOf(
    kind,
    owned,
    reminders.map(({ id, person }) => ({ id, person })),
  );

/** Whether an occurrence is of a row of `ownersOf`. */
function isOf(kind: Database["kind"], reminders: readonly OwnedId[]) {
  const people = [...new Set(reminders.map(({ person }) => person))];
  return sql`occurrences.person = v.person and occurrences.reminder = v.id
    and ${among(kind, "occurrences.person", people)}`;
}

/** What was dropped of these at that moment, or cancelled then, is to be sent after all. Moments are as they stand in the row. */
export async function queueAgain(
  tx: Tx,
  kind: Database["kind"],
  reminders: readonly (OwnedId & { readonly atMs: number })[],
): Promise<void> {
  if (reminders.length === 0) return;
  const these = () =>
    rowsOf(
      kind,
      { ...owned, at_ms: "bigint" } as const,
      reminders.map(({ id, person, atMs }) => ({ id, person, at_ms: atMs })),
    );
  const theirs = sql`${isOf(kind, reminders)} and kind <> 'notice'`;
  await sql`update occurrences set cancelled = 0 from ${these()}
    where ${theirs} and cancelled = 1 and state in ('queued', 'sending')`.execute(tx);
  // What a worker had then was over only later.
  await sql`update occurrences set state = 'queued', ready_ms = due_ms, main = null, at_ms = null, cancelled = 0
    from ${these()} where ${theirs} and state in ('dropped', 'parked')
      and (occurrences.at_ms = v.at_ms or (cancelled = 1 and occurrences.at_ms > v.at_ms))`.execute(tx);
}

/** Those that others spoke for speak for themselves again. */
export async function release(tx: Tx, kind: Database["kind"], mains: readonly string[]): Promise<void> {
  if (mains.length === 0) return;
  await sql`update occurrences set state = 'queued', main = null, ready_ms = due_ms
    where state = 'joined' and ${among(kind, "main", mains)}`.execute(tx);
}

/** What is queued of a reminder goes to another place from now on; but for what tells its owner that it was parked. */
export async function moveQueued(tx: Tx, kind: Database["kind"], { id, person }: OwnedId, to: Place): Promise<void> {
  const moved = await sql<{ id: string }>`update occurrences
    set door = ${to.door}, place = ${to.key}, is_private = ${to.isPrivate ? 1 : 0},
      state = 'queued', main = null, ready_ms = coalesce(ready_ms, due_ms)
    where person = ${person} and reminder = ${id} and kind <> 'notice' and state in ('queued', 'joined')
      and (door <> ${to.door} or place <> ${to.key})
    returning id`.execute(tx);
  await release(
    tx,
    kind,
    moved.rows.map((row) => row.id),
  );
}
