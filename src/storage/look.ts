/** Looks into what is kept and changes nothing: no file is made, no step is run, and a running Bearings is let be. */
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { Kysely, PostgresDialect, SqliteDialect, sql } from "kysely";
import type { BearingsError } from "../errors.ts";
import type { Where } from "./database.ts";
import { type Applied, nextStep } from "./migrate.ts";
import { cannotOpen, shim } from "./sqlite.ts";
import type { Database, Tables } from "./tables.ts";
import { storageError } from "./trouble.ts";

/** What was found. */
export type Looked<T> =
  /** Nothing is kept yet: the next start makes it. */
  | { readonly kind: "nothing" }
  /** The SQLite file is held by a process, most likely a running Bearings. */
  | { readonly kind: "in-use" }
  /** It lacks this step, which the next start brings. */
  | { readonly kind: "behind"; readonly step: string }
  /** PostgreSQL does not answer, which may pass. `code` says how. */
  | { readonly kind: "away"; readonly code: string }
  /** It cannot be used before somebody puts it right. */
  | { readonly kind: "unusable"; readonly error: BearingsError }
  | { readonly kind: "read"; readonly value: T };

/** Reads from a database whose tables are of this version; `read` must not write. Never rejects for what `Looked` can say. */
export const look = <T>(where: Where, read: (database: Database) => Promise<T>): Promise<Looked<T>> =>
  where.kind === "sqlite" ? lookIntoFile(where.dir, read) : lookIntoServer(where.url, read);

async function lookIntoFile<T>(dir: string, read: (database: Database) => Promise<T>): Promise<Looked<T>> {
  const file = join(dir, "bearings.sqlite");
  const index = `${file}-shm`;
  let sqlite: DatabaseSync | null = null;
  try {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return { kind: "nothing" };
    if (isHeld(file)) return { kind: "in-use" };
    const hadIndex = existsSync(index);
    try {
      sqlite = openToRead(file);
      const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: shim(sqlite) }) });
      return await lookWith("sqlite", db, read);
    } finally {
      sqlite?.close();
      // Bearings keeps this index in memory, so nobody else has any use for it.
      if (!hadIndex) rmSync(index, { force: true });
    }
  } catch (cause) {
    return { kind: "unusable", error: cannotOpen(dir, file, cause) };
  }
}

/** Whether a process has the file to itself. */
export function isHeld(file: string): boolean {
  const sqlite = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  try {
    // Who may only read never gets this lock. What matters is how it is refused: `BUSY` where another has it. Asking for it
    // also keeps SQLite from making the files that go with a shared one.
    sqlite.exec("pragma locking_mode = exclusive; select 1 from sqlite_schema limit 1");
    return false;
  } catch (cause) {
    const { code } = storageError(cause);
    if (code === "SQLITE_BUSY") return true;
    if (code === "SQLITE_IOERR") return false;
    throw cause;
  } finally {
    sqlite.close();
  }
}

function openToRead(file: string): DatabaseSync {
  const address = pathToFileURL(file);
  // What a killed process has left in the log counts, and reading it takes an index. Without a log there is nothing to
  // share, and SQLite need not make one.
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (log === undefined || log.size === 0) address.searchParams.set("immutable", "1");
  const sqlite = new DatabaseSync(address, { readOnly: true, timeout: 0 });
  const found = sqlite.prepare("pragma quick_check(1)").get();
  if (found !== undefined && Object.values(found).includes("ok")) return sqlite;
  sqlite.close();
  throw Object.assign(new Error("quick_check"), { errcode: 11 });
}

async function lookIntoServer<T>(url: string, read: (database: Database) => Promise<T>): Promise<Looked<T>> {
  // Loaded when it is used, as in database.ts.
  const [{ createPool, guard }, { cannotUse, checkVersion }] = await Promise.all([
    import("./pool.ts"),
    import("./postgres.ts"),
  ]);
  const pool = createPool(url);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guard(pool, async () => {}) }) });
  try {
    await checkVersion(db);
    const reading = db.transaction().setAccessMode("read only");
    return await reading.execute((transaction) => lookWith("postgres", transaction, read));
  } catch (cause) {
    const error = cannotUse(cause);
    return error === null ? { kind: "away", code: storageError(cause).code } : { kind: "unusable", error };
  } finally {
    await pool.end();
  }
}

async function lookWith<T>(
  kind: Database["kind"],
  db: Kysely<Tables>,
  read: (database: Database) => Promise<T>,
): Promise<Looked<T>> {
  const table =
    kind === "postgres"
      ? sql<{ there: number }>`select 1 as there where to_regclass('bearings_migrations') is not null`
      : sql<{ there: number }>`select 1 as there from sqlite_schema where name = 'bearings_migrations'`;
  if ((await table.execute(db)).rows.length === 0) return { kind: "nothing" };
  const applied = sql<Applied>`select id, checksum from bearings_migrations order by id`;
  const next = nextStep((await applied.execute(db)).rows);
  if (next !== null) return { kind: "behind", step: next.id };
  return { kind: "read", value: await read({ kind, db, close: async () => {}, ready: async () => true }) };
}
