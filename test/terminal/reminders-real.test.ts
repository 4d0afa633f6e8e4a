import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { momentOf } from "#src/reminders/calendar/calendar.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { collect, run, start, until } from "../helpers/command.ts";

test("reminders of two conversations are two, and the second finds what the first has kept", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bearings-chat-"));
  const env = { DATA_DIR: join(folder, "data"), TZ: "Europe/Berlin" };
  const first = await run(["chat"], { env, input: "remind me every 2 weeks on Tuesday at 10:00\n" });
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toMatch(/Set, as number 1\.[\s\S]*Every 14 days[\s\S]*Your reminders are kept/);
  const second = await run(["chat"], { env, input: "remind me every month on the 3rd at 9am\n2\nstop\n" });
  expect(second.out).toMatch(/Set, as number 2\.[\s\S]*How often \(1 of \d\)[\s\S]*nothing was set/);
  expect(second.out).not.toContain("14 days from");
  rmSync(folder, { recursive: true, force: true });
});

test("what is due from earlier is shown when a conversation begins, and can be marked as done", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bearings-due-"));
  const dir = join(folder, "data");
  const yesterday = Date.now() - 86_400_000;
  const local = new Date(yesterday).toISOString().slice(0, 16);
  const place = { door: "terminal", key: "", isPrivate: true };
  const rest = { skips: [], skipsHolidays: false, ends: { kind: "never" } } as const;
  const schedule = { start: local, rule: "FREQ=DAILY", zone: "UTC", ...rest };
  const next = { local, atMs: momentOf(local, "UTC") };
  const mine = { id: "r1", person: "terminal", place, direct: place, label: null, partner: null, schedule, next };
  const before = await openDatabase({ kind: "sqlite", dir });
  await openReminderStore(before).add(mine, yesterday);
  await before.close();

  const child = start(["chat"], { env: { DATA_DIR: dir } });
  const out = collect(child.stdout);
  const [, number = ""] = await until(out, /Supervision (?:is|was) due[\s\S]*?(\d+)\. Done[\s\S]*Type a number/);
  child.stdin?.write(`${number}\n`);
  await until(out, /for you alone/);
  child.stdin?.end();
  await once(child, "close");
  const after = await openDatabase({ kind: "sqlite", dir });
  expect(await openReminderStore(after).lastDone("terminal")).toBeGreaterThan(yesterday);
  await after.close();
  rmSync(folder, { recursive: true, force: true });
});

test("one question sets no reminder, and says where it can be set", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bearings-ask-"));
  const env = { DATA_DIR: join(folder, "data") };
  const { code, out } = await run(["ask", "remind me every 2 weeks on Tuesday at 10:00"], { env });
  expect(code).toBe(0);
  expect(out).toContain("npm run chat");
  expect(existsSync(env.DATA_DIR)).toBe(false);
  rmSync(folder, { recursive: true, force: true });
});
