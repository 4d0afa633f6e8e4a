/** The one file that Bearings keeps by itself, through Node's own SQLite. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from "kysely";
import { BearingsError } from "../errors.ts";
import { migrate } from "./migrate.ts";
import type { Database, Tables } from "./tables.ts";
import { storageError } from "./trouble.ts";

// A restart may overlap with the end of the process before it; whatever holds the file longer is another Bearings.
const busyMs = 2_000;

/**
 * Opens `bearings.sqlite` in a folder, which is made where it is not there, and keeps the file to this process.
 * Throws a `storage` error where the file is in use, damaged or newer, or cannot be written. With `waitsForRoom`, a disk that
 * is full is no such error: every use rejects until there is room, and the first one after that opens it.
 */
export async function openSqlite(dir: string, waitsForRoom = false): Promise<Database> {
  const file = join(dir, "bearings.sqlite");
  let sqlite: DatabaseSync | null = null;
  const database = async (): Promise<SqliteDatabase> => {
    sqlite = await openFile(dir, file);
    return shim(sqlite);
  };
  // Kysely asks for it with each use, until it has got it once.
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  try {
    await sql`select 1`.execute(db);
  } catch (cause) {
    if (!waitsForRoom || !noRoom.has(storageError(cause).code)) throw cannotOpen(dir, file, cause);
  }
  return { kind: "sqlite", db, close: closing(db, () => sqlite), ready: () => answers(db) };
}

const noRoom: ReadonlySet<string> = new Set(["SQLITE_FULL", "ENOSPC"]);

/** Opens the file and brings its tables up to date. Throws with a code and without words, or what must be changed. */
async function openFile(dir: string, file: string): Promise<DatabaseSync> {
  let sqlite: DatabaseSync | null = null;
  try {
    makePrivate(dir, file);
    sqlite = new DatabaseSync(file, { timeout: busyMs });
    prepare(sqlite);
    await migrate(new Kysely<Tables>({ dialect: new SqliteDialect({ database: shim(sqlite) }) }), "sqlite");
    return sqlite;
  } catch (cause) {
    if (sqlite?.isOpen) sqlite.close();
    throw storageError(cause);
  }
}

/** Nobody else on this computer has to read the folder or the file. */
function makePrivate(dir: string, file: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  // SQLite gives the files beside it the same rights. Windows has no such bits.
  else if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
}

function prepare(sqlite: DatabaseSync): void {
  // Two processes on one file would each answer. The lock makes the second one stop at its start, and the system drops
  // it when the process dies, so nobody ever has to delete a stale one.
  sqlite.exec("pragma locking_mode = exclusive; begin exclusive; commit");
  const found = sqlite.prepare("pragma quick_check(1)").get();
  if (found === undefined || !Object.values(found).includes("ok")) throw damage;
  // What was acknowledged outlives a power cut only with full. What was erased is overwritten and not just unlinked.
  sqlite.exec("pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on");
}

const damage = Object.assign(new Error("quick_check"), { errcode: 11 });

/** What Kysely's dialect expects of a driver. Each text is prepared once: there are as many as there are queries here. */
export function shim(sqlite: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => {},
    prepare(text) {
      const statement = prepared.get(text) ?? attempt(() => statementOf(sqlite, text));
      prepared.set(text, statement);
      return statement;
    },
  };
}

function statementOf(sqlite: DatabaseSync, text: string): SqliteStatement {
  const statement = sqlite.prepare(text);
  const bound = (values: readonly unknown[]) => values.map(bindable);
  const write = relaxed.test(text) ? relaxing(sqlite) : attempt;
  // Where the disk is full, SQLite takes all back by itself; a second time would fail, and hide the reason.
  const isOver = () => text === "rollback" && !sqlite.isTransaction;
  return {
    reader: statement.columns().length > 0,
    all: (values) => write(() => (isOver() ? [] : statement.all(...bound(values)))),
    run: (values) => write(() => (isOver() ? nothing : statement.run(...bound(values)))),
    iterate: (values) => attempt(() => statement.iterate(...bound(values))),
  };
}

const nothing = { changes: 0, lastInsertRowid: 0 } as const;

// One write for each message, and a disk takes milliseconds to be sure of it. Lost in a power cut (a process that dies
// loses nothing), it means at worst an answer that comes twice, or one whose votes are not kept. What is swept is swept in
// a transaction too.
const relaxed = /^(?:(?:insert into|update|delete from) "seen"|insert into "answers")/;

/** Writes without waiting for the disk. Never within a transaction, where SQLite does not let it be changed. */
const relaxing =
  (sqlite: DatabaseSync) =>
  <T>(work: () => T): T =>
    attempt(() => {
      sqlite.exec("pragma synchronous = normal");
      try {
        return work();
      } finally {
        sqlite.exec("pragma synchronous = full");
      }
    });

function bindable(value: unknown): string | number | bigint | null {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint")
    return value;
  throw new TypeError("This kind of value is not kept.");
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw storageError(cause);
  }
}

async function answers(db: Kysely<Tables>): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}

const closing = (db: Kysely<Tables>, opened: () => DatabaseSync | null) => async (): Promise<void> => {
  await db.destroy();
  const sqlite = opened();
  if (sqlite?.isOpen) sqlite.close();
};

const elsewhere = "set DATA_DIR to another folder, or DATABASE_URL to a PostgreSQL database";

/** What whoever runs Bearings must change, where the file cannot be used. */
export function cannotOpen(dir: string, file: string, cause: unknown): BearingsError {
  if (cause instanceof BearingsError) return cause;
  const { code } = storageError(cause);
  const told = (message: string, fix: string) => new BearingsError("storage", message, fix);
  switch (code) {
    case "SQLITE_BUSY":
      return told(
        `Another process is using ${file}, most likely another Bearings.`,
        `Stop that one, or ${elsewhere}. Several can run at once on PostgreSQL alone.`,
      );
    case "SQLITE_CORRUPT":
    case "SQLITE_NOTADB":
      return told(
        `${file} is damaged, or is not a database.`,
        "Nothing was repaired. Put a backup in its place, or move it and the files beside it away to start with an empty one; workspaces then have to install Bearings again.",
      );
    case "SQLITE_FULL":
    case "ENOSPC":
      return told(`There is no room on the disk for ${file}.`, `Make room and start again, or ${elsewhere}.`);
    default:
      return told(
        `${file} cannot be opened and written (${code}).`,
        `Let Bearings read and write the folder ${dir} and what is in it, or ${elsewhere}.`,
      );
  }
}
