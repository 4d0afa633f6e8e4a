/** Brings a database to the tables of this version, once over all replicas, and refuses one that is not of this line. */
import { createHash } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import { BearingsError } from "../errors.ts";
import { type Migration, migrations } from "./migrations.ts";
import type { Database, Tables } from "./tables.ts";

/** A step that a database has had. */
export type Applied = { readonly id: string; readonly checksum: string };

// Any number will do, as long as every version of Bearings takes the same.
const lockKey = "4839201746";

/**
 * Runs the steps that are still missing, each in a transaction of its own, so that a stop in between leaves whole steps.
 * Throws a `storage` error where the database is newer than this version, or its past is another.
 */
export async function migrate(
  db: Kysely<Tables>,
  kind: Database["kind"],
  steps: readonly Migration[] = migrations,
): Promise<void> {
  while (await db.transaction().execute((transaction) => runNext(transaction, kind, steps)));
}

/** Runs one missing step. False where none is missing. */
async function runNext(
  transaction: Transaction<Tables>,
  kind: Database["kind"],
  steps: readonly Migration[],
): Promise<boolean> {
  // The lock ends with the transaction. SQLite needs none: its one process has the file to itself.
  if (kind === "postgres") await sql`select pg_advisory_xact_lock(${lockKey}::bigint)`.execute(transaction);
  const create = sql`create table if not exists bearings_migrations (id text primary key, checksum text not null)`;
  await create.execute(transaction);
  const applied = sql<Applied>`select id, checksum from bearings_migrations order by id`;
  const next = nextStep((await applied.execute(transaction)).rows, steps);
  if (next === null) return false;
  for (const statement of next.statements) await sql.raw(statement).execute(transaction);
  await sql`insert into bearings_migrations (id, checksum) values (${next.id}, ${checksum(next)})`.execute(transaction);
  return true;
}

/** The first step that is missing, or null. Throws as `migrate` does. */
export function nextStep(applied: readonly Applied[], steps: readonly Migration[] = migrations): Migration | null {
  const known = new Set(steps.map(({ id }) => id));
  const unknown = applied.find(({ id }) => !known.has(id));
  if (unknown !== undefined)
    throw new BearingsError(
      "storage",
      `The database is newer than this version of Bearings: it has had the step ${unknown.id}, which is not known here.`,
      "Start the version that wrote it or a later one, or go back to a backup from before. Nothing was changed.",
    );
  const strange = applied.find(({ id, checksum: theirs }, at) => {
    const step = steps[at];
    return step === undefined || step.id !== id || checksum(step) !== theirs;
  });
  if (strange !== undefined)
    throw new BearingsError(
      "storage",
      `The tables of the database were not made by this line of Bearings: the step ${strange.id} was another one.`,
      "Start the version that made them, or give Bearings a database of its own. Nothing was changed.",
    );
  return steps[applied.length] ?? null;
}

// Layout is no part of a step, so that reformatting this file changes no checksum.
const checksum = ({ statements }: Migration): string =>
  createHash("sha256")
    .update(statements.map((statement) => statement.replace(/\s+/g, " ")).join(";"))
    .digest("base64url");
