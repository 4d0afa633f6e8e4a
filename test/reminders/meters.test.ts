import { describe, expect, test } from "vitest";
import { createHealth } from "#src/reminders/dispatch/health.ts";
import { createMeters } from "#src/reminders/dispatch/meters.ts";
import type { Ledger } from "#src/reminders/store.ts";
import { parseExposition } from "../helpers/exposition.ts";

const state = { due: 4, oldestDueMs: 90_500, sending: 2, unknown: 1, parked: 3, active: 100 };
const hourMs = 60 * 60 * 1_000;

describe("the meters", () => {
  test("begin at nothing, with every figure there", () => {
    const { values, kinds } = parseExposition(createMeters().render(state));
    const counters = [...kinds].filter(([, kind]) => kind === "counter").map(([name]) => name);
    expect(counters).toEqual(
      ["sent", "late", "unknown", "parked", "retried"].map((of) => `bearings_reminders_${of}_total`),
    );
    for (const name of counters) expect(values.get(name)).toBe(0);
    expect(values.get("bearings_reminder_lateness_seconds_count")).toBe(0);
  });

  test("count each outcome, and how late what was sent was", () => {
    const { observe, render } = createMeters();
    // One on time, one before its time by a clock that was set back, one of a second ago, one after a long outage.
    for (const lateMs of [80, -500, 1_000, 13 * hourMs]) observe({ kind: "sent", lateMs });
    observe({ kind: "retry" });
    observe({ kind: "retry" });
    observe({ kind: "unknown" });
    observe({ kind: "parked" });
    const { values } = parseExposition(render(null));
    const total = (of: string) => values.get(`bearings_reminders_${of}_total`);
    expect(["sent", "late", "unknown", "parked", "retried"].map(total)).toEqual([4, 1, 1, 1, 2]);
    const below = (le: string) => values.get(`bearings_reminder_lateness_seconds_bucket{le="${le}"}`);
    expect(["0.1", "0.5", "1", "43200", "86400", "+Inf"].map(below)).toEqual([2, 2, 3, 3, 4, 4]);
    expect(values.get("bearings_reminder_lateness_seconds_sum")).toBeCloseTo(0.08 + 1 + 13 * 3_600);
  });

  test("show how the ledger stands, and leave that out where nobody knows", () => {
    const { render } = createMeters();
    const { values } = parseExposition(render(state));
    const of = (name: string) => values.get(`bearings_reminders{state="${name}"}`);
    expect(["due", "sending", "unknown", "parked", "active"].map(of)).toEqual([4, 2, 1, 3, 100]);
    expect(values.get("bearings_reminders_oldest_due_seconds")).toBe(90.5);
    expect([...parseExposition(render(null)).values.keys()].filter((name) => /\{state|oldest/.test(name))).toEqual([]);
  });
});

describe("the health of reminders", () => {
  const clock = async () => Date.now();
  const of = (ledger: Pick<Ledger, "clock" | "state">, meters = createMeters()) =>
    createHealth({ ledger: () => ledger, meters, doors: ["slack"] });
  const health = (oldestDueMs: number) => of({ clock, state: async () => ({ ...state, oldestDueMs }) });

  test("is good until something has been due for more than five minutes", async () => {
    expect(await health(5 * 60_000).check()).toMatchObject({ ok: true, oldestDueMs: 300_000, parked: 3 });
    expect(await health(5 * 60_000 + 1).check()).toMatchObject({ ok: false, why: "overdue" });
  });

  test("is neither good nor bad while nothing is kept", async () => {
    const { check, metrics } = createHealth({ ledger: () => null, meters: createMeters(), doors: [] });
    expect(await check()).toBeNull();
    expect(parseExposition(await metrics()).values.get("bearings_reminders_sent_total")).toBe(0);
  });

  test("F51: says by how much the database's clock differs from ours, and goes by the database's", async () => {
    const asked: unknown[] = [];
    const behind = Date.now() - 10 * 60_000;
    const stateAt = async (nowMs: number, doors: readonly string[]) => {
      asked.push([nowMs, ...doors]);
      return state;
    };
    const standing = await of({ clock: async () => behind, state: stateAt }).check();
    expect(Math.round(Number(standing?.clockAheadMs) / 60_000)).toBe(-10);
    expect(asked).toEqual([[behind, "slack"]]);
  });

  test("one look serves readiness and metrics that ask at once", async () => {
    let looks = 0;
    const { check, metrics } = of({ clock, state: async () => ({ ...state, due: ++looks }) });
    await Promise.all([check(), metrics(), check()]);
    expect(looks).toBe(1);
    await check();
    expect(looks).toBe(2);
  });

  test("F31: with the database away, what this process counted is still shown", async () => {
    const away = async () => Promise.reject(Object.assign(new Error("away"), { code: "ECONNREFUSED" }));
    const meters = createMeters();
    meters.observe({ kind: "sent", lateMs: 1 });
    const { check, metrics } = of({ clock: away, state: away }, meters);
    await expect(check()).rejects.toMatchObject({ code: "ECONNREFUSED" });
    const { values } = parseExposition(await metrics());
    expect(values.get("bearings_reminders_sent_total")).toBe(1);
    expect(values.has('bearings_reminders{state="due"}')).toBe(false);
  });
});
