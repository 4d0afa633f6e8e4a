/** What is kept of a person, as a whole: to take away, to erase, and to erase when it has had its time. */
import { sql } from "kysely";
import type { Reminders } from "../reminders/store.ts";
import { sweepAnswers } from "./answers.ts";
import { readList } from "./json.ts";
import { release } from "./queued.ts";
import { among, type Transact, type Tx } from "./transact.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const atOnce = 500;

/** Opens that part of the calendar. */
export function openRetention(transact: Transact): Pick<Reminders, "export" | "forget" | "purge"> {
  return {
    export: (person) => exportOf(transact, person),
    async forget(person) {
      const count = await transact.write((tx) => erase(tx, transact, person));
      await wipe(transact);
      return count;
    },
    async purge(nowMs) {
      let count = 0;
      for (;;) {
        const erased = await transact.write((tx) => purgeSome(tx, transact, nowMs));
        count += erased;
        if (erased < atOnce) break;
      }
      count += await transact.write((tx) => sweepAnswers(tx, nowMs));
      const forgotten = await transact.write((tx) => forgetBefore(tx, nowMs));
      if (count + forgotten > 0) await wipe(transact);
      return count;
    },
  };
}

/** Erased rows are overwritten in the file (`secure_delete`), but stand in the log until it has been brought into the file. */
async function wipe({ kind, read }: Transact): Promise<void> {
  if (kind === "sqlite") await read((db) => sql`pragma wal_checkpoint(truncate)`.execute(db));
}

async function exportOf({ read }: Transact, person: string): Promise<Readonly<Record<string, unknown>>> {
  const all = (table: "reminders" | "occurrences" | "saved" | "feedback" | "conversations", by: string) =>
    read((db) =>
      sql<Readonly<Record<string, unknown>>>`select * from ${sql.table(table)}
      where person = ${person} order by ${sql.raw(by)}`.execute(db),
    );
  const about = await read((db) => db.selectFrom("people").selectAll().where("person", "=", person).executeTakeFirst());
  const [reminders, occurrences, saved, feedback, conversations] = [
    await all("reminders", "number, id"),
    await all("occurrences", "due_ms, id"),
    await all("saved", "at_ms, position, entry"),
    await all("feedback", "at_ms, place"),
    await all("conversations", "at_ms, tenant, conversation"),
  ];
  return {
    person,
    zone: about?.zone ?? null,
    lastDoneMs: about?.done_ms ?? null,
    reminders: reminders.rows.map(plainly),
    occurrences: occurrences.rows.map(plainly),
    saved: saved.rows.map(plainly),
    feedback: feedback.rows.map(plainly),
    conversations: conversations.rows.map(plainly),
  };
}

const lists: ReadonlySet<string> = new Set(["skips", "entries", "saved"]);

/** Without the person, who is named once, and with lists as lists. */
const plainly = ({ person: _, ...row }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      lists.has(name) && typeof value === "string" ? (readList(value) ?? value) : value,
    ]),
  );

async function erase(tx: Tx, { kind }: Transact, person: string): Promise<number> {
  // Those of others that one of theirs was to speak for go by themselves.
  const { rows } = await sql<{ id: string }>`select id from occurrences where person = ${person}`.execute(tx);
  let count = 0;
  for (const table of ["reminders", "occurrences", "people", "saved", "feedback", "conversations"] as const) {
    const { numDeletedRows } = await tx.deleteFrom(table).where("person", "=", person).executeTakeFirstOrThrow();
    count += Number(numDeletedRows);
  }
  await release(
    tx,
    kind,
    rows.map(({ id }) => id),
  );
  return count;
}

/** Erases some of what has had its time, and says how many rows; fewer than 500 where that is all. */
async function purgeSome(tx: Tx, { kind }: Transact, nowMs: number): Promise<number> {
  const gone = await sql<{ id: string; person: string }>`select id, person from reminders
    where (state = 'deleted' and since_ms <= ${nowMs - dayMs})
      or (state = 'parked' and since_ms <= ${nowMs - 30 * dayMs})
      or (state = 'ended' and since_ms <= ${nowMs - 90 * dayMs})
    limit ${sql.lit(atOnce)}`.execute(tx);
  const people = [...new Set(gone.rows.map(({ person }) => person))];
  const ids = gone.rows.map(({ id }) => id);
  const theirs = await sql<{ id: string }>`select id from occurrences
    where ${among(kind, "person", people)} and ${among(kind, "reminder", ids)}`.execute(tx);
  const old = await sql<{ id: string }>`select id from occurrences
    where at_ms <= ${nowMs - 90 * dayMs} limit ${sql.lit(atOnce)}`.execute(tx);
  const occurrences = [...new Set([...theirs.rows, ...old.rows].map(({ id }) => id))];
  await rememberDone(tx, kind, occurrences);
  await sql`delete from occurrences where ${among(kind, "id", occurrences)}`.execute(tx);
  await release(tx, kind, occurrences);
  await sql`delete from reminders where ${among(kind, "id", ids)}`.execute(tx);
  return ids.length + occurrences.length;
}

/** When a person last said that it was done outlives what they said it of. */
async function rememberDone(tx: Tx, kind: Transact["kind"], occurrences: readonly string[]): Promise<void> {
  const greatest = sql.raw(kind === "postgres" ? "greatest" : "max");
  await sql`insert into people (person, zone, done_ms)
    select person, null, max(said_ms) from occurrences
    where said = 'done' and ${among(kind, "id", occurrences)} group by person
    on conflict (person) do update
    set done_ms = ${greatest}(coalesce(people.done_ms, excluded.done_ms), excluded.done_ms)`.execute(tx);
}

/** What a change replaced is kept for a day, in which it can be taken back. */
async function forgetBefore(tx: Tx, nowMs: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("reminders")
    .set({ before: null })
    .where("before", "is not", null)
    .where("changed_ms", "<=", nowMs - dayMs)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
