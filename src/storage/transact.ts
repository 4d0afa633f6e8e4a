/** Transactions and reads that are tried again where another try can help. */
import { setTimeout as sleep } from "node:timers/promises";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database, Tables } from "./tables.ts";
import { storageError } from "./trouble.ts";

export type Tx = Transaction<Tables>;

export type Transact = {
  readonly kind: Database["kind"];
  /** Runs the work in a transaction. It may run again from its beginning, and then `isRepeat`: the first may have been kept. */
  readonly write: <T>(work: (tx: Tx, isRepeat: boolean) => Promise<T>) => Promise<T>;
  /** Runs a query that changes nothing. */
  readonly read: <T>(query: (db: Database["db"]) => Promise<T>) => Promise<T>;
};

const mostRepeats = 3;
const betweenMs = 20;

// Two at once of whom one must give way, a server that goes, and a connection that was cut. One that cannot be had at all,
// or that is silent, has taken seconds already. 23505: two at once wanted the same number, or the same place.
const passing = /^(?:40001|40P01|23505|57P0[12]|08\w{3}|lost|ECONNRESET|EPIPE)$/;

/** Each call rejects when the database is away. */
export function openTransact({ kind, db }: Database): Transact {
  return {
    kind,
    write: (work) => repeated((isRepeat) => db.transaction().execute((tx) => work(tx, isRepeat))),
    read: (query) => repeated(() => query(db)),
  };
}

async function repeated<T>(work: (isRepeat: boolean) => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats += 1)
    try {
      return await work(repeats > 0);
    } catch (error) {
      if (repeats === mostRepeats || !passing.test(storageError(error).code)) throw error;
      await sleep(betweenMs * 2 ** repeats);
    }
}

/** Milliseconds since 1970-01-01 UTC: on PostgreSQL by its own clock, which all replicas share. */
export function openClock(transact: Transact, clock?: () => number | Promise<number>): () => Promise<number> {
  if (clock !== undefined) return async () => clock();
  if (transact.kind === "sqlite") return async () => Date.now();
  const ask = sql<{ ms: number }>`select cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint) as ms`;
  return async () => {
    const { rows } = await transact.read((db) => ask.execute(db));
    return rows[0]?.ms ?? Date.now();
  };
}

/** Locks rows until the transaction is over. SQLite has one writer, and needs no locks. */
export const locked = (kind: Database["kind"], how: "for update" | "for update skip locked"): RawBuilder<unknown> =>
  kind === "postgres" ? sql.raw(how) : sql``;

/** Lets one transaction at a time deal with a person's numbers. */
export async function lockPerson(tx: Tx, kind: Database["kind"], person: string): Promise<void> {
  if (kind === "postgres") await sql`select pg_advisory_xact_lock(hashtextextended(${person}, 5))`.execute(tx);
}

/**
 * Rows as a table `v` to select from: one parameter however many there are, so that the text of the query stays the same.
 * `columns` are names and types that come from us.
 */
export function rowsOf<C extends Readonly<Record<string, "text" | "bigint">>>(
  kind: Database["kind"],
  columns: C,
  rows: readonly { readonly [K in keyof C]: (C[K] extends "text" ? string : number) | null }[],
): RawBuilder<unknown> {
  const json = JSON.stringify(rows);
  const names = Object.entries(columns);
  if (kind === "postgres") {
    const typed = names.map(([name, type]) => `${name} ${type}`).join(", ");
    return sql`jsonb_to_recordset(cast(${json} as jsonb)) as v(${sql.raw(typed)})`;
  }
  const taken = names.map(([name]) => `json_extract(value, '$.${name}') as ${name}`).join(", ");
  return sql`(select ${sql.raw(taken)} from json_each(${json})) as v`;
}

/** Whether a column is one of these: one parameter however many there are. */
export const among = (kind: Database["kind"], column: string, ids: readonly string[]): RawBuilder<boolean> =>
  kind === "postgres"
    ? sql`${sql.ref(column)} = any(${ids})`
    : sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(ids)}))`;

/**
 * Whether a column is the id of a row of `rowsOf`. PostgreSQL's planner cannot count these rows, and is kept from reading the
 * whole table by a list that it can count; SQLite would read all rows for each of that list.
 */
export const isOneOf = (
  kind: Database["kind"],
  column: string,
  rows: readonly { readonly id: string }[],
): RawBuilder<boolean> =>
  kind === "postgres"
    ? sql`${sql.ref(column)} = v.id and ${sql.ref(column)} = any(${rows.map(({ id }) => id)})`
    : sql`${sql.ref(column)} = v.id`;

/** Whether an occurrence that waits goes to the place of a row of `rowsOf`; written, on either engine, for the index of places. */
export const isAtOneOf = (
  kind: Database["kind"],
  rows: readonly { readonly door: string; readonly place: string }[],
): RawBuilder<boolean> => {
  const joined = sql<boolean>`occurrences.door = v.door and occurrences.place = v.place and occurrences.ready_ms is not null`;
  if (kind === "sqlite") return joined;
  const doors = [...new Set(rows.map(({ door }) => door))];
  return sql`${joined} and occurrences.door = any(${doors}) and occurrences.place = any(${rows.map(({ place }) => place)})`;
};
