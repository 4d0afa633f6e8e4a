/** Copies of the SQLite file: whole, private, never over another file, and put back only where they can be trusted. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { backUp, restore } from "#src/storage/backup.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import type { Database } from "#src/storage/tables.ts";
import { userText } from "#src/turn.ts";
import { collect, until } from "../helpers/command.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { alice, dm, ten, wanted } from "./reminding.ts";

const open: Database[] = [];
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
const nowMs = Date.UTC(2026, 10, 25, 12);
const asideIn = (dir: string) => join(dir, "bearings.sqlite.before-20261125T120000Z");

/** Opens a folder for as long as the work takes. */
async function within<T>(dir: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ kind: "sqlite", dir });
  open.push(database);
  const done = await work(database);
  await database.close();
  return done;
}

/** A folder in which so many reminders of Alice's are kept. */
async function filled(count: number): Promise<string> {
  const dir = folder();
  await within(dir, async (database) => {
    const store = openReminderStore(database);
    for (let at = 0; at < count; at += 1)
      await store.add(wanted(`r${at}`, { label: userText(`label ${at}`), place: dm(String(at)) }), ten);
  });
  return dir;
}

const kept = (dir: string): Promise<number> =>
  within(dir, async (database) => (await openReminderStore(database).list(alice)).length);

/** A process that has the folder to itself. */
async function holding(dir: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("./hold.ts", import.meta.url)), dir], {
    timeout: 30_000,
  });
  await until(collect(child.stdout), /ready/);
  return async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
}

describe("a copy", () => {
  test("holds every row, also those that a killed process left in the log, and is for its owner alone", async () => {
    const dir = await filled(5);
    const kill = await holding(dir);
    await kill();
    const to = join(folder(), "copy");
    // Five reminders and the steps of the tables.
    const { rows } = backUp(dir, to);
    expect(rows).toBeGreaterThan(5);
    if (process.platform !== "win32") expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(to, ".."))).toEqual(["copy"]);
    const elsewhere = join(folder(), "data");
    expect(restore(elsewhere, to, { isCheck: false, nowMs })).toEqual({ rows, isOlder: false, aside: null });
    expect([await kept(elsewhere), await kept(dir)]).toEqual([5, 5]);
    if (process.platform !== "win32") expect(statSync(elsewhere).mode & 0o777).toBe(0o700);
  });

  test("is not written over another file, of a file that is in use, or of nothing; and then none is left", async () => {
    const dir = await filled(1);
    const away = folder();
    const to = join(away, "copy");
    writeFileSync(to, "another");
    expect(() => backUp(dir, to)).toThrow(expect.objectContaining({ code: "usage" }));
    expect(readFileSync(to, "utf8")).toBe("another");
    const kill = await holding(dir);
    expect(() => backUp(dir, join(away, "second"))).toThrow(/is in use, most likely by a running Bearings/);
    await kill();
    expect(() => backUp(folder(), join(away, "second"))).toThrow(/Nothing is kept/);
    expect(() => backUp(dir, join(away, "nowhere", "second"))).toThrow(/cannot be written \(ENOENT\)/);
    expect(readdirSync(away)).toEqual(["copy"]);
  });
});

describe("putting it back", () => {
  test("keeps what was there aside, whole, and nothing of its log comes into the new one", async () => {
    const [dir, other] = [await filled(2), await filled(7)];
    const to = join(folder(), "copy");
    backUp(other, to);
    const kill = await holding(dir);
    await kill();
    const { aside, isOlder } = restore(dir, to, { isCheck: false, nowMs });
    expect([aside, isOlder]).toEqual([asideIn(dir), false]);
    expect(readdirSync(dir).sort()).toEqual(["bearings.sqlite", "bearings.sqlite.before-20261125T120000Z"]);
    expect(await kept(dir)).toBe(7);
    const away = join(folder(), "data");
    expect(restore(away, asideIn(dir), { isCheck: false, nowMs }).aside).toBeNull();
    expect(await kept(away)).toBe(2);
    // The same again at the same moment would put aside what is aside.
    expect(() => restore(dir, to, { isCheck: false, nowMs })).toThrow(/is there already/);
  });

  test("changes nothing with a check, nor while the file is in use", async () => {
    const [dir, other] = [await filled(2), await filled(3)];
    const to = join(folder(), "copy");
    const { rows } = backUp(other, to);
    const before = readFileSync(fileIn(dir));
    expect(restore(dir, to, { isCheck: true, nowMs })).toEqual({ rows, isOlder: false, aside: asideIn(dir) });
    expect([readdirSync(dir), readFileSync(fileIn(dir)).equals(before)]).toEqual([["bearings.sqlite"], true]);
    const kill = await holding(dir);
    for (const isCheck of [true, false])
      expect(() => restore(dir, to, { isCheck, nowMs })).toThrow(/is in use, most likely by a running Bearings/);
    await kill();
    expect(await kept(dir)).toBe(2);
  });

  test("F39: takes the place of a file that is damaged, which is kept aside as it is", async () => {
    const [dir, other] = [await filled(2), await filled(3)];
    const to = join(folder(), "copy");
    backUp(other, to);
    writeFileSync(
      fileIn(dir),
      "no database at all, and longer than the header of one, so that nobody takes it for new".repeat(9),
    );
    writeFileSync(`${fileIn(dir)}-wal`, "nor is this a log");
    restore(dir, to, { isCheck: false, nowMs });
    expect(readFileSync(asideIn(dir), "utf8")).toMatch(/^no database/);
    expect([existsSync(`${asideIn(dir)}-wal`), await kept(dir)]).toEqual([true, 3]);
  });

  test("refuses a copy that is damaged, another's, newer, not whole by itself, or not there, and touches nothing", async () => {
    const [dir, other] = [await filled(2), await filled(200)];
    const away = folder();
    const copy = (name: string, spoil: (file: string) => void): string => {
      const to = join(away, name);
      backUp(other, to);
      chmodSync(to, 0o600);
      spoil(to);
      return to;
    };
    const change = (text: string) => (file: string) => {
      const sqlite = new DatabaseSync(file);
      sqlite.exec(text);
      sqlite.close();
    };
    const flipped = copy("flipped", (file) => {
      const bytes = readFileSync(file);
      for (let at = 8_192; at < bytes.length; at += 3) bytes[at] = 0xa5;
      writeFileSync(file, bytes);
    });
    const refused: readonly (readonly [string, RegExp])[] = [
      [flipped, /damaged, or is not a database/],
      [copy("text", (file) => writeFileSync(file, "some other file")), /damaged, or is not a database/],
      [copy("others", change("drop table bearings_migrations")), /damaged, or is not a database/],
      [copy("newer", change("insert into bearings_migrations values ('9999-later', 'x')")), /newer than this version/],
      [copy("logged", (file) => writeFileSync(`${file}-wal`, "a part of it")), /not whole by itself/],
      [join(away, "nowhere"), /There is no file/],
    ];
    const before = readFileSync(fileIn(dir));
    for (const [from, why] of refused)
      for (const isCheck of [true, false]) expect(() => restore(dir, from, { isCheck, nowMs }), from).toThrow(why);
    expect([readdirSync(dir), readFileSync(fileIn(dir)).equals(before)]).toEqual([["bearings.sqlite"], true]);
  });

  test("says that an older one is older, and the next start brings it up to date", async () => {
    const dir = await filled(1);
    const to = join(folder(), "copy");
    backUp(dir, to);
    const sqlite = new DatabaseSync(to);
    sqlite.exec("drop table conversations; drop table answers");
    sqlite.exec("delete from bearings_migrations where id = '0007-conversations'");
    sqlite.close();
    const away = join(folder(), "data");
    expect(restore(away, to, { isCheck: false, nowMs })).toMatchObject({ isOlder: true });
    expect(await kept(away)).toBe(1);
  });
});
