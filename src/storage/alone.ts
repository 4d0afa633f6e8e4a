/** Work that one of all replicas does at a time, by name. Nothing else waits for it, and no table is locked. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import { createQueue } from "../queue.ts";
import type { Database, Tables } from "./tables.ts";
import { storageError } from "./trouble.ts";

/** Runs the work while nobody else does work of this name. Rejects when its turn has not come after about 30 seconds. */
export type Alone = <T>(name: string, work: () => Promise<T>) => Promise<T>;

// Each holds one connection of the ten while its work waits for the network.
const mostAtOnce = 4;
const tryAgainMs = 100;
const mostTries = 300;

/** In this process by a queue; among the replicas on PostgreSQL by an advisory lock, which ends with whoever holds it. */
export function openAlone({ kind, db }: Database): Alone {
  const names = createQueue({ most: 1_000, mostPerKey: 1_000 });
  const lanes = createQueue({ most: 1_000, mostPerKey: 1_000 });
  let turn = 0;
  const lane = (): string => {
    turn = (turn + 1) % mostAtOnce;
    return String(turn);
  };
  const full = () => Promise.reject(storageError(null, "busy"));
  return (name, work) =>
    names.add(name, () =>
      kind === "sqlite" ? work() : (lanes.add(lane(), () => lockedOut(db, name, work)) ?? full()),
    ) ?? full();
}

// Tried again and again, rather than waited for in the database: a wait would hold a connection and meet its time limit.
async function lockedOut<T>(db: Kysely<Tables>, name: string, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const [outcome] = await tryLocked(db, name, work);
    if (outcome !== undefined) return outcome.value;
    await sleep(tryAgainMs);
  }
  throw storageError(null, "busy");
}

/** What came of the work; empty where another has the lock. */
async function tryLocked<T>(
  db: Kysely<Tables>,
  name: string,
  work: () => Promise<T>,
): Promise<readonly { readonly value: T }[]> {
  const outcome: { readonly value: T }[] = [];
  try {
    await db.transaction().execute(async (transaction) => {
      const taken = sql<{ ours: boolean }>`select pg_try_advisory_xact_lock(${lockKey(name)}::bigint) as ours`;
      const { rows } = await taken.execute(transaction);
      if (rows[0]?.ours) outcome.push({ value: await work() });
    });
  } catch (error) {
    // When the work is done, losing the connection that held the lock undoes nothing of it.
    if (outcome.length === 0) throw error;
  }
  return outcome;
}

const lockKey = (name: string): string => createHash("sha256").update(name).digest().readBigInt64BE().toString();
