/** What `doctor` finds beside a Bearings that runs. */
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { operationRoutes } from "#adapters/operations/routes.ts";
import { storageLines } from "#adapters/terminal/doctor-storage.ts";
import { readConfig } from "#src/config.ts";
import type { Route } from "#src/http.ts";
import type { Check } from "#src/readiness.ts";
import { sendJson } from "#src/refuse.ts";
import { openDatabase } from "#src/storage/database.ts";
import { emptyFolder, removeFolders } from "../helpers/databases.ts";
import { openHere } from "../helpers/server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(removeFolders);

type Env = Readonly<Record<string, string>>;
const slack = { SLACK_BOT_TOKEN: "xoxb-invented", SLACK_APP_TOKEN: "xapp-invented" };

async function storage(env: Env) {
  const lines = await storageLines(readConfig({ ...slack, ...env }));
  return { short: lines.map(({ check, status }) => `${check} ${status}`), said: JSON.stringify(lines), lines };
}

/** Holds a data folder as `npm start` does, and answers as it does where it has checks. */
const running = (checks: Readonly<Record<string, Check>>) => serving(operationRoutes({ checks, metrics: [] }));

async function serving(routes: readonly Route[]): Promise<Env> {
  const dir = join(emptyFolder(), "data");
  const database = await openDatabase({ kind: "sqlite", dir });
  const server = await openHere({ routes });
  closing.push(
    () => server.close(),
    () => database.close(),
  );
  return { DATA_DIR: dir, PORT: String(server.port) };
}
const figures = { due: 2, oldestDueMs: 1_000, sending: 0, unknown: 0, parked: 0, active: 9, clockAheadMs: 0 };

test("the file is in use, which is fine, and that one is asked", async () => {
  const env = await running({ slack: async () => ({ ok: true }), reminders: async () => ({ ok: true, ...figures }) });
  const { short, said } = await storage(env);
  expect(short).toEqual(["database ok", "running slack ok", "reminders ok"]);
  expect(said).toContain("9 active, 2 due, 0 parked");
});

test("what is not ready there is an error, with its reason", async () => {
  const late = { ok: false, why: "overdue", ...figures, oldestDueMs: 600_000 };
  const env = await running({ slack: async () => ({ ok: false, why: "lost" }), reminders: async () => late });
  const { short, said } = await storage(env);
  expect(short).toEqual(["database ok", "running slack error", "reminders error"]);
  expect(said).toMatch(/not ready \(lost\).*the oldest for 10 minutes/s);
});

test("of a platform that is not ready it names the guide, and of nothing else", async () => {
  const out: Check = async () => ({ ok: false, why: "out" });
  const { lines } = await storage(await running({ slack: out, teams: out, storage: out, constructor: out }));
  expect(lines.slice(1).map(({ fix }) => fix)).toEqual([
    "Its log says more; docs/slack.md has what Slack needs.",
    "Its log says more; docs/teams.md has what Teams needs.",
    "Its log says more.",
    "Its log says more.",
  ]);
});

test("reminders that cannot be looked at are not called fine", async () => {
  const env = await running({ reminders: async () => Promise.reject(new Error("away")) });
  expect((await storage(env)).short).toEqual(["database ok", "running reminders error"]);
});

test("where something else answers, or nothing, that is told", async () => {
  const env = await serving([]);
  expect((await storage(env)).short).toEqual(["database ok", "running warning"]);
  expect((await storage({ ...env, PORT: "1" })).short).toEqual(["database ok", "running warning"]);
});

test.each([
  "words",
  null,
  {},
  { ok: true, parts: [] },
  { ok: true, parts: { slack: null } },
  { ok: true, parts: { slack: { ok: "yes" } } },
  { ok: true, parts: { "two words": { ok: true } } },
  { ok: false, parts: { slack: { ok: false, why: "\u001b[2Jcanary" } } },
])("an answer that is not Bearings' own is not believed or shown: %j", async (answer) => {
  const route: Route = { method: "GET", path: "/readyz", handle: async (_, to) => sendJson(to, 200, answer) };
  const { short, said } = await storage(await serving([route]));
  expect(short).toEqual(["database ok", "running warning"]);
  expect(said).not.toContain("canary");
});
