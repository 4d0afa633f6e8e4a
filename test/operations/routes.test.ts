/** What monitoring sees, over HTTP, on real databases: also when one is stopped. */
import { afterEach, describe, expect, test } from "vitest";
import {
  knowledgeCheck,
  operationRoutes,
  type PlatformState,
  platformCheck,
  storageCheck,
} from "#adapters/operations/routes.ts";
import type { OpenServer } from "#src/http.ts";
import { loadKnowledge } from "#src/knowledge/load.ts";
import { createHealth } from "#src/reminders/dispatch/health.ts";
import { createMeters } from "#src/reminders/dispatch/meters.ts";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { openEngines } from "../helpers/databases.ts";
import { parseExposition } from "../helpers/exposition.ts";
import { goodFolder } from "../helpers/knowledge.ts";
import { dueSince, tickAll } from "../helpers/overdue.ts";
import { openHere, send } from "../helpers/server.ts";

const { engines, postgres, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const knowledge = (await loadKnowledge([goodFolder])).knowledge ?? never();

function never(): never {
  throw new Error("The fixture is not good.");
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server with the parts that a Bearings with Slack has, over a database. */
async function open(where: Where, slack: PlatformState = "on") {
  const database = await openDatabase(where);
  const ledger = openLedger(database);
  const meters = createMeters();
  const reminders = createHealth({ ledger: () => ledger, meters, doors: ["slack"] });
  const server = await openHere({
    routes: operationRoutes({
      checks: {
        knowledge: knowledgeCheck(() => knowledge),
        storage: storageCheck(() => database),
        reminders: reminders.check,
        slack: platformCheck(() => slack),
      },
      metrics: [reminders.metrics],
    }),
  });
  closing.push(
    () => server.close(),
    () => database.close(),
  );
  return { server, database, ledger, meters, store: openReminderStore(database) };
}

const ready = async (server: OpenServer) => {
  const { status, json } = await send(server, "/readyz");
  return { status, ...(json as { readonly ok: boolean; readonly parts: Readonly<Record<string, object>> }) };
};
const metrics = async (server: OpenServer) => parseExposition((await send(server, "/metrics")).text).values;

describe.each(engines)("on $name", ({ name, empty }) => {
  test("everything is ready when nothing is the matter, and each part says how it stands", async () => {
    const { server } = await open(await empty());
    const clockAheadMs = expect.any(Number);
    const nothing = { due: 0, oldestDueMs: 0, sending: 0, unknown: 0, parked: 0, active: 0 };
    expect(await ready(server)).toEqual({
      status: 200,
      ok: true,
      parts: {
        knowledge: { ok: true, version: knowledge.version },
        storage: { ok: true, kind: name === "SQLite" ? "sqlite" : "postgres" },
        reminders: { ok: true, ...nothing, clockAheadMs },
        slack: { ok: true, state: "on" },
      },
    });
  });

  test("what has been due for ten minutes makes reminders not ready, queued or not, until it is sent", async () => {
    const { server, ledger, store } = await open(await empty());
    await dueSince(store, 10 * 60_000);
    const overdue = { ok: false, why: "overdue", due: 1, oldestDueMs: expect.any(Number) };
    expect(await ready(server)).toMatchObject({ status: 503, ok: false, parts: { reminders: overdue } });
    await tickAll(ledger);
    expect(await ready(server)).toMatchObject({ status: 503, ok: false, parts: { reminders: overdue } });
    const nowMs = await ledger.clock();
    const to = { doors: ["slack"] };
    const claimed = await ledger.claim({ nowMs, leaseMs: 30_000, lateMs: 43_200_000, most: 9, to });
    const outcome = { kind: "sent", atMs: nowMs, isAsked: false } as const;
    await ledger.record(claimed.map(({ occurrence, fence }) => ({ id: occurrence.id, fence, outcome })));
    expect(await ready(server)).toMatchObject({
      status: 200,
      ok: true,
      parts: { reminders: { due: 0, oldestDueMs: 0 } },
    });
  });

  test("what waits for a page to be opened is not overdue", async () => {
    const { server, ledger, store } = await open(await empty());
    await dueSince(store, 10 * 60_000, "web");
    expect(await ready(server)).toMatchObject({ status: 200, parts: { reminders: { due: 0, active: 1 } } });
    await tickAll(ledger);
    expect(await ready(server)).toMatchObject({ status: 200, parts: { reminders: { due: 0 } } });
  });

  test("the figures are of the ledger and of what this process did, and none holds an id", async () => {
    const { server, meters, store } = await open(await empty());
    await dueSince(store, 90_000);
    meters.observe({ kind: "sent", lateMs: 700 });
    const { headers, text } = await send(server, "/metrics");
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    const values = await metrics(server);
    expect(values.get('bearings_reminders{state="due"}')).toBe(1);
    expect(values.get('bearings_reminders{state="active"}')).toBe(1);
    expect(values.get("bearings_reminders_oldest_due_seconds")).toBeGreaterThanOrEqual(90);
    expect(values.get("bearings_reminders_sent_total")).toBe(1);
    const { text: said } = await send(server, "/readyz");
    expect(text + said).not.toMatch(/T0OPS|U0OPS|canary/);
  });

  test("F31: without its database it lives, and says what is away; the knowledge is still ready", async () => {
    const { server, database } = await open(await empty());
    await database.close();
    const { status, ok, parts } = await ready(server);
    expect({ status, ok }).toEqual({ status: 503, ok: false });
    expect(parts).toMatchObject({
      knowledge: { ok: true },
      slack: { ok: true },
      storage: { ok: false, why: "unreachable" },
    });
    expect(parts.reminders).toEqual({ ok: false, why: expect.stringMatching(/^\w+$/) });
    expect(await send(server, "/livez")).toMatchObject({ status: 200, json: { ok: true } });
    expect((await metrics(server)).get("bearings_reminders_sent_total")).toBe(0);
  });
});

test.skipIf(postgres === null)(
  "F32: a database that stops is told of, and is ready again when it is back",
  async () => {
    const { server } = await open({ kind: "postgres", url: (await postgres?.create()) ?? "" });
    expect(await ready(server)).toMatchObject({ status: 200 });
    await postgres?.stop();
    expect(await ready(server)).toMatchObject({
      status: 503,
      parts: { storage: { ok: false }, reminders: { ok: false } },
    });
    await postgres?.start();
    await expect.poll(async () => (await ready(server)).status, { timeout: 20_000 }).toBe(200);
  },
);

describe("the routes", () => {
  const openSmall = async (slack: PlatformState) => {
    const checks = { slack: platformCheck(() => slack) };
    const server = await openHere({ routes: operationRoutes({ checks, metrics: [] }) });
    closing.push(() => server.close());
    return server;
  };

  test.each(["connecting", "lost", "refused"] as const)("a platform that is %s is not ready", async (state) => {
    const parts = { slack: { ok: false, why: state, state } };
    expect(await ready(await openSmall(state))).toEqual({ status: 503, ok: false, parts });
  });

  test.each(["/livez", "/readyz", "/metrics"])("%s is read alone, and by this machine's own names", async (path) => {
    const server = await openSmall("on");
    expect(await send(server, path)).toMatchObject({ status: 200 });
    expect(await send(server, path, { method: "HEAD" })).toMatchObject({ status: 200, text: "" });
    expect(await send(server, path, { method: "POST" })).toMatchObject({ status: 405 });
    expect(await send(server, path, { headers: { host: "rebound.example" } })).toMatchObject({ status: 421 });
  });
});
