/** `migrate`: the tables, before any replica starts. */
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import { describe, expect, test } from "vitest";
import type { Where } from "#src/storage/database.ts";
import { migrate } from "#src/storage/migrate.ts";
import { type Migration, migrations } from "#src/storage/migrations.ts";
import { createPool } from "#src/storage/pool.ts";
import { shim } from "#src/storage/sqlite.ts";
import type { Tables } from "#src/storage/tables.ts";
import { collect, run, start, until } from "../helpers/command.ts";
import { emptyFolder, openEngines } from "../helpers/databases.ts";

const { engines, postgres, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const settings = (where: Where): Readonly<Record<string, string>> =>
  where.kind === "sqlite" ? { DATA_DIR: where.dir } : { DATABASE_URL: where.url };

describe.each(engines)("on $name", ({ empty }) => {
  test("makes the tables, and says so when there is nothing to do", async () => {
    const env = settings(await empty());
    expect(await run(["migrate"], { env })).toEqual({ code: 0, out: "The tables have been made.\n", err: "" });
    const again = await run(["migrate"], { env });
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("Nothing was changed.") });
  });

  test("F41: says from which step on, and refuses what is newer: exit code 75", async () => {
    const where = await empty();
    const env = settings(where);
    await migrateTo(where, migrations.slice(0, -1));
    const older = await run(["migrate"], { env });
    expect(older).toMatchObject({ code: 0, out: expect.stringContaining(`from the step ${migrations.at(-1)?.id} on`) });
    await migrateTo(where, [...migrations, { id: "9999-later", statements: ["create table later (id text)"] }]);
    const newer = await run(["migrate"], { env });
    expect(newer).toMatchObject({ code: 75, out: "", err: expect.stringContaining("newer") });
  });
});

// With a file, test/confine.test.ts does.
if (postgres !== null)
  test("npm start reaches PostgreSQL with its permissions, and takes what migrate has made", async () => {
    const env = { DATABASE_URL: await postgres.create(), PORT: "0" };
    expect(await run(["migrate"], { env })).toMatchObject({ code: 0 });
    const child = start([], { program: "start.ts", env });
    const out = collect(child.stdout);
    const [, url = ""] = await until(out, /(http:\/\/127\.0\.0\.1:\d+\/)[\s\S]*Ctrl-C/);
    const { parts } = (await (await fetch(new URL("/readyz", url))).json()) as { readonly parts: unknown };
    expect(parts).toMatchObject({ storage: { ok: true, kind: "postgres" } });
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

test("a database that does not answer: exit code 75, and nothing of its address", async () => {
  const env = { DATABASE_URL: "postgres://who:secret-word@127.0.0.1:1/bearings" };
  const { code, out, err } = await run(["migrate"], { env });
  expect({ code, out }).toEqual({ code: 75, out: "" });
  expect(err).toContain("ECONNREFUSED");
  expect(err).not.toMatch(/secret-word|127\.0\.0\.1/);
});

test.each([[["now"]], [["--now"]]])("%j is refused: exit code 2", async (args) => {
  expect(await run(["migrate", ...args], { env: { DATA_DIR: join(emptyFolder(), "data") } })).toMatchObject({
    code: 2,
  });
});

/** Makes the tables of another version. */
async function migrateTo(where: Where, steps: readonly Migration[]): Promise<void> {
  if (where.kind === "postgres") {
    const pool = createPool(where.url);
    await migrate(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), "postgres", steps);
    await pool.end();
    return;
  }
  mkdirSync(where.dir, { recursive: true });
  const sqlite = new DatabaseSync(join(where.dir, "bearings.sqlite"));
  await migrate(new Kysely<Tables>({ dialect: new SqliteDialect({ database: shim(sqlite) }) }), "sqlite", steps);
  sqlite.close();
}
