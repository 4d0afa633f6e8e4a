/** `backup`, `restore`, `export` and `forget` as whoever runs Bearings meets them. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { runBackup, runExport, runForget, runRestore } from "#adapters/terminal/keep.ts";
import { BearingsError } from "#src/errors.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { userText } from "#src/turn.ts";
import { run } from "../helpers/command.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { alice, ten, wanted } from "../storage/reminding.ts";

const above = emptyFolder();
const dir = join(above, "data");
const env = { DATA_DIR: dir };
afterAll(() => rmSync(above, { recursive: true, force: true }));

afterEach(() => vi.unstubAllEnvs());

async function fill(): Promise<void> {
  const database = await openDatabase({ kind: "sqlite", dir });
  await openReminderStore(database).add(wanted("a", { label: userText("peer group") }), ten);
  await database.close();
}

test("a person's own can be had and erased, and a copy made before brings it back", async () => {
  await fill();
  const copy = join(above, "copy");
  const backup = await run(["backup", copy], { env });
  expect([backup.code, backup.err]).toEqual([0, ""]);
  expect(backup.out).toMatch(/^Wrote .*copy and looked it through: \d+ rows\./);
  expect(await run(["forget", alice], { env })).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Erased 1 row:/),
  });
  const restored = await run(["restore", copy], { env });
  expect([restored.code, restored.out]).toEqual([0, expect.stringMatching(/It is in place/)]);
  const exported = await run(["export", alice], { env });
  expect(JSON.parse(exported.out)).toMatchObject({ person: alice, reminders: [{ label: "peer group" }] });
});

test("what was set in the terminal can be had and erased as well", async () => {
  const here = { DATA_DIR: join(above, "terminal") };
  const database = await openDatabase({ kind: "sqlite", dir: here.DATA_DIR });
  await openReminderStore(database).add(wanted("t", { person: "terminal" }), ten);
  await database.close();
  const exported = await run(["export", "terminal"], { env: here });
  expect(JSON.parse(exported.out)).toMatchObject({ person: "terminal", reminders: [{ id: "t" }] });
  const erased = await run(["forget", "terminal"], { env: here });
  expect([erased.code, erased.out]).toEqual([0, expect.stringMatching(/^Erased 1 row:/)]);
});

const server = { DATABASE_URL: "postgres://u@127.0.0.1:1/b" };
const nothing = { DATA_DIR: join(above, "empty") };
const refused: readonly (readonly [
  string,
  (args: readonly string[]) => Promise<number>,
  string[],
  object,
  string,
  RegExp,
])[] = [
  ["backup", runBackup, [], {}, "usage", /takes one name/],
  ["backup", runBackup, ["a", "b"], {}, "usage", /takes one name/],
  ["backup", runBackup, ["a"], server, "usage", /pg_dump --format=custom --file=FILE "\$DATABASE_URL"/],
  ["restore", runRestore, ["a"], server, "usage", /pg_restore .*--dbname="\$DATABASE_URL" FILE/],
  ["restore", runRestore, ["nowhere", "--check"], {}, "usage", /There is no file/],
  ["export", runExport, ["CANARY"], {}, "usage", /not the id of a person/],
  ["forget", runForget, ["CANARY with words"], {}, "usage", /not the id of a person/],
  ["forget", runForget, ["--force"], {}, "usage", /an option here that this command does not have/],
  ["export", runExport, ["slack:T1:U1"], server, "storage", /does not answer/],
  ["export", runExport, ["slack:T1:U1"], nothing, "storage", /Nothing is kept here yet/],
  ["forget", runForget, ["slack:T1:U1"], nothing, "storage", /Nothing is kept here yet/],
];

test.each(refused)("%s is refused in words, with what to do: %#", async (_, command, args, more, code, words) => {
  for (const [name, value] of Object.entries({ ...env, ...more })) vi.stubEnv(name, value);
  const error: unknown = await command(args).catch((cause: unknown) => cause);
  if (!(error instanceof BearingsError)) return expect.fail("It was not refused.");
  expect(error.code).toBe(code);
  expect(`${error.message} ${error.fix}`).toMatch(words);
  expect(`${error.message} ${error.fix}`).not.toContain("CANARY");
});

test("nothing is made where nothing was kept", () => {
  expect(existsSync(nothing.DATA_DIR)).toBe(false);
});
