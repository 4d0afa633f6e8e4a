/** The real ledger on SQLite in memory, of which any statement may fail: what a simulation is judged by in the end. */
import { DatabaseSync } from "node:sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect } from "kysely";
import { openLedger } from "#src/storage/ledger.ts";
import { migrate } from "#src/storage/migrate.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { shim } from "#src/storage/sqlite.ts";
import type { Tables } from "#src/storage/tables.ts";
import type { OpenStore } from "./simulate.ts";

/** Opens one, which is emptied for each simulation. */
export async function openSqliteStores(): Promise<OpenStore> {
  const sqlite = new DatabaseSync(":memory:");
  let fails = (): boolean => false;
  const database = failing(shim(sqlite), () => fails());
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  await migrate(db, "sqlite");
  const kept = { kind: "sqlite", db, close: async () => {}, ready: async () => true } as const;
  const tables = sqlite
    .prepare("select name from sqlite_master where type = 'table' and name <> 'bearings_migrations'")
    .all();
  return (clock, failsNow) => {
    fails = failsNow;
    for (const { name } of tables) sqlite.exec(`delete from "${name}"`);
    return { ledger: openLedger(kept, { clock }), reminders: openReminderStore(kept, { clock }) };
  };
}

/** A disk that fails now and then, at any statement but the one that takes all back. */
function failing(database: SqliteDatabase, fails: () => boolean): SqliteDatabase {
  const failed = (): Error => Object.assign(new Error("the disk failed"), { code: "SQLITE_IOERR" });
  return {
    close: () => {},
    prepare(text) {
      if (text !== "rollback" && fails()) throw failed();
      return database.prepare(text);
    },
  };
}
