/** Not faster than is allowed, by a clock that the test turns. */
import { describe, expect, test } from "vitest";
import { createPace } from "#src/pace.ts";

/** A pace whose waits are written down and take no time. */
function paced(gapMs = 1_000) {
  let nowMs = 0;
  const waits: number[] = [];
  const pace = createPace({
    gapMs,
    nowMs: () => nowMs,
    sleep: async (ms) => {
      waits.push(ms);
    },
  });
  return { pace, waits, turn: (ms: number) => (nowMs += ms) };
}

describe("a pace", () => {
  test("keeps a gap between two of one key, and none between keys", async () => {
    const { pace, waits } = paced();
    for (const key of ["a", "a", "b", "a"]) await pace.next(key);
    expect(waits).toEqual([1_000, 2_000]);
  });

  test("waits for no longer than is left of the gap", async () => {
    const { pace, waits, turn } = paced();
    await pace.next("a");
    turn(700);
    await pace.next("a");
    turn(5_000);
    await pace.next("a");
    expect(waits).toEqual([300]);
  });

  test("holds one key back for as long as it is told to, and no other", async () => {
    const { pace, waits } = paced();
    pace.hold("a", 30_000);
    await pace.next("b");
    await pace.next("a");
    expect(waits).toEqual([30_000]);
  });

  test("says how long the next one would wait", async () => {
    const { pace, turn } = paced();
    expect(pace.waitMs("a")).toBe(0);
    await pace.next("a");
    turn(400);
    expect(pace.waitMs("a")).toBe(600);
    pace.hold("a", 30_000);
    expect(pace.waitMs("a")).toBe(30_000);
  });

  test("never shortens a wait that is already longer", async () => {
    const { pace, waits } = paced();
    pace.hold("a", 30_000);
    pace.hold("a", 1_000);
    await pace.next("a");
    expect(waits).toEqual([30_000]);
  });

  test("forgets keys whose time has come", async () => {
    const { pace, waits, turn } = paced();
    for (let key = 0; key < 3_000; key += 1) {
      await pace.next(`key ${key}`);
      turn(10);
    }
    await pace.next("key 0");
    expect(waits).toEqual([]);
  });
});
