/** The tables come in whole steps, once, and a database of another past is refused. */
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { migrate } from "#src/storage/migrate.ts";
import { migrations } from "#src/storage/migrations.ts";
import type { Database } from "#src/storage/tables.ts";
import { openEngines } from "../helpers/databases.ts";

const { engines, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const open: Database[] = [];
const opened = async (where: Where): Promise<Database> => {
  const database = await openDatabase(where);
  open.push(database);
  return database;
};
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

const stepsIn = async ({ db }: Database) =>
  (await sql<{ id: string }>`select id from bearings_migrations order by id`.execute(db)).rows.map(({ id }) => id);
const ids = migrations.map(({ id }) => id);
const goodStep = { id: "9001-good", statements: ["create table later (id text)", "insert into later values ('kept')"] };
const badStep = { id: "9002-bad", statements: ["create table half (id text)", "insert into nowhere values (1)"] };

test("steps are in the order of their ids, which is the order they are read back in", () => {
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(engines)("on $name", ({ empty }) => {
  test("an empty database gets every step, and opening it again changes nothing", async () => {
    const where = await empty();
    const first = await opened(where);
    expect(await stepsIn(first)).toEqual(ids);
    await first.db
      .insertInto("installs")
      .values({ platform: "slack", workspace: "T1", sealed: "v1.", updated_ms: 1 })
      .execute();
    await first.close();
    const second = await opened(where);
    expect(await stepsIn(second)).toEqual(ids);
    expect(await second.db.selectFrom("installs").selectAll().execute()).toHaveLength(1);
  });

  test("F38: a step that fails leaves nothing of itself and all of those before it", async () => {
    const database = await opened(await empty());
    const { db, kind } = database;
    await expect(migrate(db, kind, [...migrations, goodStep, badStep])).rejects.toThrow();
    expect(await stepsIn(database)).toEqual([...ids, goodStep.id]);
    expect((await sql`select id from later`.execute(db)).rows).toEqual([{ id: "kept" }]);
    await expect(sql`select id from half`.execute(db)).rejects.toThrow();
    // Corrected, it runs from its beginning.
    await migrate(db, kind, [...migrations, goodStep, { id: badStep.id, statements: ["create table half (id text)"] }]);
    expect(await stepsIn(database)).toEqual([...ids, goodStep.id, badStep.id]);
  });

  test("F41: a database that is newer is refused, untouched, with what to do", async () => {
    const where = await empty();
    const newer = await openDatabase(where);
    await migrate(newer.db, newer.kind, [...migrations, goodStep]);
    await newer.close();
    await expect(openDatabase(where)).rejects.toMatchObject({
      name: "BearingsError",
      code: "storage",
      message: expect.stringMatching(/newer than this version of Bearings.*9001-good/),
      fix: expect.stringMatching(/later one/),
    });
  });

  test("F41: a database whose step was another one is refused", async () => {
    const where = await empty();
    const other = await openDatabase(where);
    await sql`update bearings_migrations set checksum = 'another' where id = ${ids[0]}`.execute(other.db);
    await other.close();
    await expect(openDatabase(where)).rejects.toMatchObject({
      code: "storage",
      message: expect.stringContaining(`the step ${ids[0]} was another one`),
    });
  });
});

const postgres = engines.find(({ name }) => name === "PostgreSQL");
test.runIf(postgres)("eight replicas that open one empty PostgreSQL at once make the tables once", async () => {
  const where = await postgres?.empty();
  if (where === undefined) throw new Error("This test runs where PostgreSQL is.");
  const replicas = await Promise.all(Array.from({ length: 8 }, () => opened(where)));
  expect(await Promise.all(replicas.map(({ ready }) => ready()))).toEqual(replicas.map(() => true));
  const steps = [...migrations, goodStep, { id: "9002-another", statements: ["create table another (id text)"] }];
  const later = await Promise.allSettled(replicas.map(({ db, kind }) => migrate(db, kind, steps)));
  expect(later.map(({ status }) => status)).toEqual(replicas.map(() => "fulfilled"));
  const [first] = replicas;
  expect(first && (await stepsIn(first))).toEqual(steps.map(({ id }) => id));
});
