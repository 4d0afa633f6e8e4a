/** The SQLite file: private, one process alone, and told of rather than repaired when something is wrong with it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { openDatabase } from "#src/storage/database.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { Database } from "#src/storage/tables.ts";
import { collect, until } from "../helpers/command.ts";
import { emptyFolder } from "../helpers/databases.ts";

const open: Database[] = [];
const opened = async (dir: string): Promise<Database> => {
  const database = await openDatabase({ kind: "sqlite", dir });
  open.push(database);
  return database;
};
const folders: string[] = [];
const folder = (): string => {
  const made = emptyFolder();
  folders.push(made);
  return made;
};
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

const fileIn = (dir: string) => join(dir, "bearings.sqlite");

async function filled(): Promise<string> {
  const dir = folder();
  const database = await opened(dir);
  const seen = openSeen(database, { owner: "one" });
  for (let at = 0; at < 300; at += 1) await seen.claim(`m${at}`, at);
  await database.close();
  return dir;
}

async function hold(dir: string, ...rest: readonly string[]) {
  const child = spawn(process.execPath, [fileURLToPath(new URL("./hold.ts", import.meta.url)), dir, ...rest], {
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 30_000,
  });
  const said = collect(child.stdout);
  await until(said, /\n/);
  return { child, said: said(), all: said };
}

describe("the file", () => {
  test.skipIf(process.platform === "win32")(
    "is for its owner alone, as are its folder and what lies beside it",
    async () => {
      const dir = join(folder(), "not", "there");
      await opened(dir);
      expect(statSync(dir).mode & 0o777).toBe(0o700);
      expect(readdirSync(dir).sort()).toEqual(["bearings.sqlite", "bearings.sqlite-wal"]);
      for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    },
  );

  test("acknowledges only what a power cut leaves", async () => {
    const { db } = await opened(folder());
    expect((await sql`pragma synchronous`.execute(db)).rows).toEqual([{ synchronous: 2 }]);
    expect((await sql`pragma journal_mode`.execute(db)).rows).toEqual([{ journal_mode: "wal" }]);
  });

  test("can be closed twice, and rejects whatever comes after", async () => {
    const database = await opened(folder());
    expect(await database.ready()).toBe(true);
    await database.close();
    await database.close();
    expect(await database.ready()).toBe(false);
    await expect(openSeen(database, { owner: "one" }).claim("m1", 0)).rejects.toThrow();
  });
});

describe("F37: a second process", () => {
  test("is refused with the file's name and what to do, and the first goes on", async () => {
    const dir = folder();
    const database = await opened(dir);
    const { child, said } = await hold(dir);
    expect(said).toMatch(/^refused: storage: Another process is using /);
    expect(said).toContain(fileIn(dir));
    expect(said).toContain("DATABASE_URL");
    if (child.exitCode === null) await once(child, "close");
    expect(await openSeen(database, { owner: "one" }).claim("m1", 0)).toBe("yours");
  });

  test("gets the file when the first was killed, with nobody to remove a lock", async () => {
    const dir = folder();
    const { child, said } = await hold(dir);
    expect(said).toBe("ready: true\n");
    await expect(openDatabase({ kind: "sqlite", dir })).rejects.toMatchObject({ code: "storage" });
    child.kill("SIGKILL");
    await once(child, "close");
    expect(await (await opened(dir)).ready()).toBe(true);
  });
});

describe("F38: a process that is killed while it writes", () => {
  test("loses nothing that it was told is kept", async () => {
    const dir = folder();
    const told: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { child, all } = await hold(dir, `round${round}`);
      await until(all, new RegExp(`^round${round}-${100 + 37 * round}$`, "m"));
      child.kill("SIGKILL");
      await once(child, "close");
      told.push(...[...all().matchAll(/^(round\S+)\n/gm)].map(([, id = ""]) => id));
    }
    const seen = openSeen(await opened(dir), { owner: "one" });
    expect(told.length).toBeGreaterThan(400);
    for (const id of told) expect([id, await seen.claim(id, 2)]).toEqual([id, "done"]);
  });
});

describe("F36: no room", () => {
  test("a full disk rejects what is new, keeps what was there, and is over when there is room again", async () => {
    const database = await opened(folder());
    const seen = openSeen(database, { owner: "one" });
    await seen.claim("before", 0);
    await sql`pragma max_page_count = 1`.execute(database.db);
    const claims = Array.from({ length: 300 }, (_, at) => seen.claim(`m${at}`, 0));
    const outcomes = await Promise.allSettled(claims);
    const failed = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]?.reason).toMatchObject({ code: "SQLITE_FULL" });
    expect(await seen.claim("before", 1)).toBe("working");
    await sql`pragma max_page_count = 100000`.execute(database.db);
    expect(await seen.claim("after", 0)).toBe("yours");
  });

  test("a disk that is full at the start: refused, or opened by the first use after there is room", async () => {
    const place = { kind: "sqlite", dir: folder() } as const;
    const full = Object.assign(new Error("canary"), { errcode: 13 });
    const spy = vi.spyOn(DatabaseSync.prototype, "exec").mockImplementation(() => {
      throw full;
    });
    await expect(openDatabase(place)).rejects.toMatchObject({
      code: "storage",
      message: expect.stringContaining("no room on the disk"),
    });
    const database = await openDatabase(place, { waitsForRoom: true });
    open.push(database);
    const seen = openSeen(database, { owner: "one" });
    expect(await database.ready()).toBe(false);
    const failed: unknown = await seen.claim("one", 0).catch((error) => error);
    expect(failed).toMatchObject({ code: "SQLITE_FULL", message: expect.not.stringContaining("canary") });
    spy.mockRestore();
    expect(await database.ready()).toBe(true);
    expect(await seen.claim("one", 0)).toBe("yours");
    await expect(openDatabase(place)).rejects.toMatchObject({ message: expect.stringContaining("Another process") });
  });

  test("what is in use is refused, whether or not there is to be room", async () => {
    const dir = await filled();
    await opened(dir);
    const waiting = openDatabase({ kind: "sqlite", dir }, { waitsForRoom: true });
    await expect(waiting).rejects.toMatchObject({ message: expect.stringContaining("Another process") });
  });

  test("a folder that cannot be made is refused by its name", async () => {
    const dir = join(folder(), "a file", "data");
    writeFileSync(join(dir, ".."), "");
    await expect(openDatabase({ kind: "sqlite", dir })).rejects.toMatchObject({
      code: "storage",
      message: expect.stringMatching(/cannot be opened and written \((?:ENOTDIR|EEXIST|ENOENT)\)/),
      fix: expect.stringContaining(dir),
    });
  });

  test("a folder in place of the file is refused", async () => {
    const dir = folder();
    mkdirSync(fileIn(dir));
    await expect(openDatabase({ kind: "sqlite", dir })).rejects.toMatchObject({ code: "storage" });
  });
});

describe("F39: a damaged file", () => {
  const damaged = {
    code: "storage",
    message: expect.stringMatching(/is damaged/),
    fix: expect.stringMatching(/backup/),
  };

  test("is refused, and stays byte for byte as it was, when it is something else", async () => {
    const dir = folder();
    const bytes = Buffer.from("No database but a letter. ".repeat(500));
    writeFileSync(fileIn(dir), bytes);
    await expect(openDatabase({ kind: "sqlite", dir })).rejects.toMatchObject(damaged);
    expect(readFileSync(fileIn(dir)).equals(bytes)).toBe(true);
    expect(readdirSync(dir)).toEqual(["bearings.sqlite"]);
  });

  // The last page holds rows that nothing reads at the start; the second holds what everything is found by.
  test.each([
    ["early", 1],
    ["late", -1],
  ])("is refused, and stays as it was, when %s in it a page was overwritten", async (_, page) => {
    const dir = await filled();
    const bytes = readFileSync(fileIn(dir));
    bytes.subarray(page * 4_096).fill(0xa5, 0, 4_096);
    writeFileSync(fileIn(dir), bytes);
    await expect(openDatabase({ kind: "sqlite", dir })).rejects.toMatchObject(damaged);
    expect(readFileSync(fileIn(dir)).equals(bytes)).toBe(true);
  });

  test("is refused when its end is missing", async () => {
    const dir = await filled();
    truncateSync(fileIn(dir), 2 * 4_096);
    await expect(openDatabase({ kind: "sqlite", dir })).rejects.toMatchObject(damaged);
  });
});
