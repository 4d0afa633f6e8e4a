/** Looking changes nothing: not the tables, not a byte, not even the files in the folder. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { look } from "#src/storage/look.ts";
import { migrate } from "#src/storage/migrate.ts";
import { migrations } from "#src/storage/migrations.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { Database } from "#src/storage/tables.ts";
import { collect, until } from "../helpers/command.ts";
import { openEngines } from "../helpers/databases.ts";

const { engines, postgres, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

/** How many ids are remembered. */
const count = async ({ db }: Database): Promise<number> => (await db.selectFrom("seen").selectAll().execute()).length;

/** All that is in a folder, byte for byte. */
const contents = (dir: string) =>
  readdirSync(dir).map((name) => {
    const { mode, mtimeMs } = statSync(join(dir, name));
    return { name, mode, mtimeMs, bytes: readFileSync(join(dir, name)).toString("base64") };
  });

async function keep(where: Where, ...ids: readonly string[]): Promise<void> {
  const database = await openDatabase(where);
  const seen = openSeen(database, { owner: "one" });
  for (const id of ids) await seen.claim(id, 0);
  await database.close();
}

describe.each(engines)("on $name", ({ empty }) => {
  test("what was never started holds nothing, and still does after the look", async () => {
    const where = await empty();
    expect(await look(where, count)).toEqual({ kind: "nothing" });
    expect(await look(where, count)).toEqual({ kind: "nothing" });
  });

  test("what is of this version is read", async () => {
    const where = await empty();
    await keep(where, "m1", "m2");
    expect(await look(where, count)).toEqual({ kind: "read", value: 2 });
  });

  test("what tries to write is refused, and nothing is written", async () => {
    const where = await empty();
    await keep(where, "m1");
    const erase = async ({ db }: Database) => db.deleteFrom("seen").execute();
    expect(await look(where, erase)).not.toMatchObject({ kind: "read" });
    expect(await look(where, count)).toEqual({ kind: "read", value: 1 });
  });

  test("F41: an older schema is told of and left as it is; a newer one is refused", async () => {
    const where = await empty();
    const later = { id: "9001-later", statements: ["create table later (id text)"] };
    const database = await openDatabase(where);
    await migrate(database.db, database.kind, [...migrations, later]);
    await database.close();
    expect(await look(where, count)).toMatchObject({ kind: "unusable", error: { code: "storage" } });
    await undo(where, "9001-later");
    const last = migrations.at(-1)?.id ?? "";
    await undo(where, last);
    expect(await look(where, count)).toEqual({ kind: "behind", step: last });
    expect(await look(where, count)).toEqual({ kind: "behind", step: last });
  });
});

/** Makes a database forget that it has had a step, which `openDatabase` would not let pass. */
async function undo(where: Where, step: string): Promise<void> {
  if (where.kind === "postgres") {
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: where.url });
    await client.connect();
    await client.query("delete from bearings_migrations where id = $1", [step]);
    await client.end();
    return;
  }
  const { DatabaseSync } = await import("node:sqlite");
  const sqlite = new DatabaseSync(join(where.dir, "bearings.sqlite"));
  sqlite.prepare("delete from bearings_migrations where id = ?").run(step);
  sqlite.close();
}

async function hold(dir: string) {
  const path = fileURLToPath(new URL("./hold.ts", import.meta.url));
  const child = spawn(process.execPath, [path, dir, "m"], { stdio: ["pipe", "pipe", "inherit"], timeout: 30_000 });
  await until(collect(child.stdout), /^m-5$/m);
  return child;
}

describe("the SQLite file", () => {
  const filled = async (): Promise<string> => {
    const where = await (engines[0]?.empty() ?? Promise.reject(new Error("no engine")));
    if (where.kind !== "sqlite") throw new Error("SQLite comes first");
    await keep(where, "m1");
    return where.dir;
  };

  test("and its folder stay byte for byte as they were", async () => {
    const dir = await filled();
    const before = contents(dir);
    expect(await look({ kind: "sqlite", dir }, count)).toEqual({ kind: "read", value: 1 });
    expect(contents(dir)).toEqual(before);
  });

  test("that a process holds is in use, and that process is not disturbed", async () => {
    const dir = await filled();
    const child = await hold(dir);
    expect(await look({ kind: "sqlite", dir }, count)).toEqual({ kind: "in-use" });
    expect(readdirSync(dir).sort()).toEqual(["bearings.sqlite", "bearings.sqlite-wal"]);
    child.kill("SIGKILL");
    await once(child, "close");
  });

  test("that a killed process left is read with what it had written last, and left as it is", async () => {
    const dir = await filled();
    const child = await hold(dir);
    child.kill("SIGKILL");
    await once(child, "close");
    const before = contents(dir);
    expect(before.map(({ name }) => name).sort()).toEqual(["bearings.sqlite", "bearings.sqlite-wal"]);
    const looked = await look({ kind: "sqlite", dir }, count);
    expect(looked).toMatchObject({ kind: "read" });
    expect(looked.kind === "read" && looked.value).toBeGreaterThan(5);
    expect(contents(dir)).toEqual(before);
    await keep({ kind: "sqlite", dir }, "m2");
  });

  test("F39: that is damaged, or none at all, is told of with what to do", async () => {
    const dir = await filled();
    writeFileSync(join(dir, "bearings.sqlite"), "No database but a letter. ".repeat(500));
    const damaged = { kind: "unusable", error: { code: "storage", message: expect.stringContaining("is damaged") } };
    expect(await look({ kind: "sqlite", dir }, count)).toMatchObject(damaged);
    expect(readdirSync(dir)).toEqual(["bearings.sqlite"]);
    const other = join(dir, "other");
    mkdirSync(join(other, "bearings.sqlite"), { recursive: true });
    expect(await look({ kind: "sqlite", dir: other }, count)).toMatchObject({ kind: "unusable" });
  });
});

describe.skipIf(postgres === null)("PostgreSQL", () => {
  test("F31: that does not answer is away, with a code; that is not there or lets nobody in is told of", async () => {
    const url = new URL((await postgres?.create()) ?? "");
    const at = (change: Partial<Pick<URL, "port" | "pathname" | "password">>) =>
      look({ kind: "postgres", url: Object.assign(new URL(url), change).href }, count);
    expect(await at({ port: "1" })).toEqual({ kind: "away", code: "ECONNREFUSED" });
    expect(await at({ pathname: "/nowhere" })).toMatchObject({ kind: "unusable", error: { code: "storage" } });
    expect(await at({ password: "wrong" })).toMatchObject({ kind: "unusable", error: { code: "storage" } });
  });
});

test("an error says nothing of the address", async () => {
  const looked = await look({ kind: "postgres", url: "postgres://someone:canary@127.0.0.1:1/x" }, (database) =>
    sql`select 1`.execute(database.db),
  );
  expect(JSON.stringify(looked)).not.toContain("canary");
});
