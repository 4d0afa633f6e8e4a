/** F38: a kill at any statement of the steps leaves whole steps, and the next start goes on from there. */
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from "kysely";
import { expect, test } from "vitest";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { migrate } from "#src/storage/migrate.ts";
import { migrations } from "#src/storage/migrations.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { shim } from "#src/storage/sqlite.ts";
import type { Database, Tables } from "#src/storage/tables.ts";
import { emptyFolder, openEngines } from "../helpers/databases.ts";
import { ten, wanted } from "./reminding.ts";

const { engines, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const statements = migrations.flatMap((step) => step.statements);
const tablesIn = async ({ db, kind }: Database): Promise<readonly string[]> => {
  const all =
    kind === "sqlite"
      ? sql<{ name: string }>`select name from sqlite_schema where name not like 'sqlite%' order by name`
      : sql<{ name: string }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace
          and relname not like '%\_pkey' order by relname`;
  return (await all.execute(db)).rows.map(({ name }) => name);
};

/** Opens it as the next start would: everything is there, and can be used. */
async function startAgain(where: Where, expected: readonly string[]): Promise<void> {
  const database = await openDatabase(where);
  expect(await tablesIn(database)).toEqual(expected);
  expect(await openReminderStore(database).add(wanted("a"), ten)).toMatchObject({ kind: "added" });
  await database.close();
}

async function whole(where: Where): Promise<readonly string[]> {
  const database = await openDatabase(where);
  const tables = await tablesIn(database);
  await database.close();
  return tables;
}

test("on SQLite, at every statement", async () => {
  const [folder, killed] = [emptyFolder(), emptyFolder()];
  const expected = await whole({ kind: "sqlite", dir: emptyFolder() });
  const sqlite = new DatabaseSync(join(folder, "bearings.sqlite"));
  sqlite.exec("pragma locking_mode = exclusive; pragma journal_mode = wal");
  let kills = 0;
  // What a killed process leaves is what it has written: the files as they are between two statements.
  const leave = (): void => {
    kills += 1;
    mkdirSync(join(killed, String(kills)));
    for (const name of readdirSync(folder)) cpSync(join(folder, name), join(killed, String(kills), name));
  };
  const database = leaving(shim(sqlite), leave);
  await migrate(new Kysely<Tables>({ dialect: new SqliteDialect({ database }) }), "sqlite");
  sqlite.close();
  expect(kills).toBeGreaterThan(statements.length);
  for (let kill = 1; kill <= kills; kill += 1)
    await startAgain({ kind: "sqlite", dir: join(killed, String(kill)) }, expected);
}, 60_000);

function leaving(database: SqliteDatabase, leave: () => void): SqliteDatabase {
  const after = (statement: SqliteStatement): SqliteStatement => ({
    ...statement,
    all(values) {
      const rows = statement.all(values);
      leave();
      return rows;
    },
    run(values) {
      const done = statement.run(values);
      leave();
      return done;
    },
  });
  return { close: () => {}, prepare: (text) => after(database.prepare(text)) };
}

const postgres = engines.find(({ name }) => name === "PostgreSQL");
if (postgres !== undefined)
  test("on PostgreSQL, at every statement", async () => {
    const where = await postgres.empty();
    const expected = await whole(where);
    const admin = await openDatabase(where);
    for (const [at, step] of migrations.entries())
      for (let count = 0; count <= step.statements.length; count += 1) {
        await sql`drop schema public cascade`.execute(admin.db);
        await sql`create schema public`.execute(admin.db);
        const kill = [...step.statements.slice(0, count), "select pg_terminate_backend(pg_backend_pid())"];
        const steps = [...migrations.slice(0, at), { id: step.id, statements: kill }];
        await expect(migrate(admin.db, "postgres", steps)).rejects.toThrow();
        await startAgain(where, expected);
      }
    await admin.close();
  }, 60_000);
