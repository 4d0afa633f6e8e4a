/** The real dispatch in a world where everything fails, thousands of times: see test/helpers/reminders/simulate.ts. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type OpenStore, type Simulated, simulate, told } from "../helpers/reminders/simulate.ts";
import { openSqliteStores } from "../helpers/reminders/sqlite-store.ts";

const file = new URL("failing-seeds.json", import.meta.url);
/** Seeds that failed once, by store: they are run first ever after. */
const failed = JSON.parse(readFileSync(file, "utf8")) as Record<"memory" | "sqlite", number[]>;

async function runAll(
  store: keyof typeof failed,
  seeds: readonly number[],
  open?: OpenStore,
): Promise<readonly string[]> {
  const failing: Simulated[] = [];
  for (const seed of [...failed[store], ...seeds]) {
    const simulated = await simulate(seed, open);
    if (simulated.faults.length > 0) failing.push(simulated);
    if (failing.length === 5) break;
  }
  const fresh = failing.map(({ seed }) => seed).filter((seed) => !failed[store].includes(seed));
  if (fresh.length > 0) {
    failed[store].push(...fresh);
    writeFileSync(file, `${JSON.stringify(failed)}\n`);
  }
  return failing.map(told);
}

const from = (first: number, count: number): readonly number[] => Array.from({ length: count }, (_, n) => first + n);
const timeoutMs = 180_000;

describe("nothing is lost, doubled without cause, too early, or sent after it was called off", () => {
  test("in 2,000 worlds, on a ledger in memory", { timeout: timeoutMs }, async () => {
    expect(await runAll("memory", from(1, 2_000))).toEqual([]);
  });

  test("in 100 worlds, on the real ledger on SQLite, any statement of which may fail", {
    timeout: timeoutMs,
  }, async () => {
    expect(await runAll("sqlite", from(1, 100), await openSqliteStores())).toEqual([]);
  });
});

describe("a world", () => {
  test("goes the same way for the same seed", async () => {
    const open = await openSqliteStores();
    for (const seed of [11, 12, 13]) {
      expect((await simulate(seed)).trace).toEqual((await simulate(seed)).trace);
      expect((await simulate(seed, open)).trace).toEqual((await simulate(seed, open)).trace);
    }
  });

  test("is bad enough: workers die, the database fails, clocks are set, and messages come twice", async () => {
    const worlds: Simulated[] = [];
    for (const seed of from(1, 200)) worlds.push(await simulate(seed));
    const said = worlds.flatMap(({ trace }) => trace).join("\n");
    for (const what of [/is killed/, /is closed/, /database is away/, /clock -/, /all run again/, /place is gone/])
      expect(said).toMatch(what);
    for (const kind of ["sent", "retry", "unknown", "parked"]) expect(said).toMatch(new RegExp(`noted \\S+ ${kind}`));
    expect(said).toMatch(/also r/);
    expect(worlds.reduce((sum, { landed }) => sum + landed, 0)).toBeGreaterThan(200);
    expect(worlds.reduce((sum, { doubled }) => sum + doubled, 0)).toBeGreaterThan(0);
  });
});
