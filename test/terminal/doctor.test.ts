/** What `doctor` finds, on real databases. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { knowledgeLines } from "#adapters/terminal/doctor-knowledge.ts";
import { folderLines, storageLines } from "#adapters/terminal/doctor-storage.ts";
import { readConfig } from "#src/config.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { run } from "../helpers/command.ts";
import { emptyFolder, openEngines } from "../helpers/databases.ts";
import { fixtureDay, goodFolder, teamFolder } from "../helpers/knowledge.ts";
import { dueSince, tickAll } from "../helpers/overdue.ts";

const { engines, postgres, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

type Env = Readonly<Record<string, string>>;
const slack = { SLACK_BOT_TOKEN: "xoxb-invented", SLACK_APP_TOKEN: "xapp-invented" };
const teams = {
  TEAMS_APP_ID: "00000000-0000-4000-8000-000000000001",
  TEAMS_TENANT_ID: "00000000-0000-4000-8000-000000000002",
  TEAMS_APP_PASSWORD: "invented",
};
/** What is said of what is kept, as `check status` and all of it. */
async function storage(env: Env, platforms: Env = slack) {
  const lines = await storageLines(readConfig({ ...platforms, ...env }));
  return { short: lines.map(({ check, status }) => `${check} ${status}`), said: JSON.stringify(lines), lines };
}

describe.each(engines)("on $name", ({ name, empty }) => {
  const place = async (): Promise<Env> => {
    const where = await empty();
    return where.kind === "sqlite" ? { DATA_DIR: where.dir } : { DATABASE_URL: where.url };
  };
  const opened = async (env: Env) => {
    const database = await openDatabase(readConfig(env).storage);
    return { database, store: openReminderStore(database), ledger: openLedger(database) };
  };

  test("before the first start nothing is kept, and that is fine", async () => {
    expect((await storage(await place())).short).toEqual(["database ok"]);
  });

  test("what is kept, and what is to come, is as it should be", async () => {
    const env = await place();
    const { database, store } = await opened(env);
    await dueSince(store, 60_000);
    await database.close();
    const clock = name === "SQLite" ? [] : ["clock ok"];
    const { short, said } = await storage(env);
    expect(short).toEqual(["database ok", ...clock, "reminders ok"]);
    expect(said).toContain("1 active, 1 due, 0 parked");
    expect(said).not.toMatch(/T0OPS|U0OPS|canary/);
  });

  test("what should have been sent long ago is told of, with what to do", async () => {
    const env = await place();
    const { database, store, ledger } = await opened(env);
    await dueSince(store, 90 * 60_000);
    await tickAll(ledger);
    await database.close();
    const last = (await storage(env)).lines.at(-1);
    // Nothing holds the file, so nothing could have sent it; on PostgreSQL something should have.
    expect(last).toMatchObject({ check: "reminders", status: name === "SQLite" ? "warning" : "error" });
    expect(last?.says).toMatch(/^1 due, the oldest for (?:89|90) minutes/);
    expect(last?.fix).toMatch(/\w/);
  });

  test("what goes to a platform that is off is not overdue, since nothing is to send it", async () => {
    const env = await place();
    const { database, store, ledger } = await opened(env);
    await dueSince(store, 90 * 60_000, "teams");
    await tickAll(ledger);
    await database.close();
    const says = async (platforms: Env) => (await storage(env, platforms)).lines.at(-1)?.says;
    expect(await says(slack)).toMatch(/^0 active, 0 due/);
    expect(await says(teams)).toMatch(/^1 due, the oldest for (?:89|90) minutes/);
    expect(await says({ ...slack, ...teams })).toMatch(/^1 due, the oldest/);
  });

  test("what nobody knows to have arrived is a warning", async () => {
    const env = await place();
    const { database, store, ledger } = await opened(env);
    await dueSince(store, 60_000);
    await tickAll(ledger);
    const nowMs = await ledger.clock();
    const to = { doors: ["slack"] };
    const claimed = await ledger.claim({ nowMs, leaseMs: 30_000, lateMs: 43_200_000, most: 9, to });
    const outcome = { kind: "unknown", atMs: nowMs } as const;
    await ledger.record(claimed.map(({ occurrence, fence }) => ({ id: occurrence.id, fence, outcome })));
    await database.close();
    expect((await storage(env)).lines.at(-1)).toMatchObject({ check: "reminders", status: "warning" });
  });
});

describe.skipIf(postgres === null)("PostgreSQL", () => {
  test("F31: that does not answer is an error with what to do, and says nothing of its address", async () => {
    const { short, said } = await storage({ DATABASE_URL: "postgres://someone:canary@127.0.0.1:1/x" });
    expect(short).toEqual(["database error"]);
    expect(said).toContain("ECONNREFUSED");
    expect(said).not.toContain("canary");
  });
});

describe("the data folder", () => {
  const linesFor = (dir: string) => folderLines(dir).map(({ check, status }) => `${check} ${status}`);

  test("need not be there yet, and is not made", () => {
    const above = emptyFolder();
    expect(linesFor(join(above, "not", "there"))).toEqual(["data folder ok"]);
    expect(readdirSync(above)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("that others can look into is a warning, as is the file", () => {
    const dir = join(emptyFolder(), "data");
    mkdirSync(dir, { mode: 0o700 });
    writeFileSync(join(dir, "bearings.sqlite"), "", { mode: 0o600 });
    expect(linesFor(dir)).toEqual(["data folder ok", "data file ok"]);
    chmodSync(dir, 0o750);
    chmodSync(join(dir, "bearings.sqlite"), 0o644);
    expect(linesFor(dir)).toEqual(["data folder warning", "data file warning"]);
    expect(folderLines(dir).map(({ fix }) => fix)).toEqual([
      `Run: chmod 700 ${dir}`,
      `Run: chmod 600 ${join(dir, "bearings.sqlite")}`,
    ]);
  });

  test("that is a file is an error", () => {
    const file = join(emptyFolder(), "data");
    writeFileSync(file, "");
    expect(linesFor(file)).toEqual(["data folder error"]);
    expect(linesFor(join(file, "below"))).toEqual(["data folder error"]);
  });
});

describe("the knowledge", () => {
  const linesFor = async (dirs: readonly string[], day = fixtureDay) =>
    (await knowledgeLines(dirs, day)).map(({ check, status, says }) => `${check} ${status}: ${says}`);
  const without = "crisis contact warning: the crisis reply names no contact of your own organisation.";

  test("is counted by its findings, and the organisation's own contact is looked for", async () => {
    expect(await linesFor([goodFolder])).toEqual([
      "knowledge ok: lint finds 0 errors and 0 warnings.",
      expect.stringMatching(/^crisis contacts ok: \d+ contacts?, the oldest checked \d+ days? ago\.$/),
      without,
    ]);
    expect(await linesFor([goodFolder, teamFolder])).toEqual([
      "knowledge ok: lint finds 0 errors and 0 warnings.",
      expect.stringMatching(/^crisis contacts ok: /),
      "crisis contact ok: the crisis reply names a contact of your own organisation.",
    ]);
    // A contact that nobody has checked for 180 days.
    expect(await linesFor([goodFolder], "2027-11-22")).toEqual([
      "knowledge error: lint finds 1 error and 0 warnings.",
      expect.stringMatching(/^crisis contacts error: .* \d{3} days ago; \d+ not within three months\.$/),
      without,
    ]);
    expect((await linesFor([goodFolder], "2027-03-22"))[1]).toMatch(/^crisis contacts warning: /);
  });

  test("that cannot be used, or is not there, is an error", async () => {
    const broken = mkdtempSync(join(tmpdir(), "bearings-doctor-"));
    writeFileSync(join(broken, "holidays.yaml"), "- date: 2027-02-30\n");
    expect((await linesFor([goodFolder, broken]))[0]).toMatch(/^knowledge error: lint finds 2 errors/);
    expect(await linesFor([join(broken, "nowhere")])).toEqual([
      expect.stringMatching(/^knowledge error: .*does not exist/),
    ]);
  });
});

describe("the command", () => {
  test("says each thing on a line, ends with 0, and leaves no trace", async () => {
    const above = emptyFolder();
    const { code, out, err } = await run(["doctor"], { env: { DATA_DIR: join(above, "data") } });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^ok {7}settings: all that are set can be used\.$/m);
    expect(out).toMatch(/^warning {2}crisis contact: .* {2}Fix: Add one: docs\/safety\.md says how\.$/m);
    expect(out).toMatch(/\n0 errors, \d+ warnings?\n$/);
    expect(readdirSync(above)).toEqual([]);
  });

  test("--json says the same to programs; wrong settings are errors, end with 1, and no value is shown", async () => {
    const { code, out, err } = await run(["doctor", "--json"], { env: { PORT: "canary", SLACK_BOT_TOKEN: "canary" } });
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const { ok, checks } = JSON.parse(out);
    expect(ok).toBe(false);
    expect(checks[0]).toEqual({
      check: "settings",
      status: "error",
      says: expect.stringMatching(/SLACK_BOT_TOKEN does not begin.* PORT is not /s),
      fix: expect.stringMatching(/\w/),
    });
    expect(checks.map(({ check }: { readonly check: string }) => check)).toContain("knowledge");
    expect(out).not.toContain("canary");
  });
});
