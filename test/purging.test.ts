import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withPurging } from "#adapters/purging.ts";
import type { LogEvent } from "#src/log.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const hourMs = 60 * 60 * 1_000;

/** `purge` says what comes of each, in their order; after these, all goes well. */
function open(...comes: readonly (() => Promise<number>)[]) {
  const [calls, log]: [string[], LogEvent[]] = [[], []];
  let nowMs = 0;
  const store = {
    clock: async () => {
      nowMs += 1;
      return nowMs;
    },
    async purge(atMs: number) {
      calls.push(`purge ${atMs}`);
      return (await comes[atMs - 1]?.()) ?? 0;
    },
  };
  const close = async () => void calls.push("close");
  return { calls, log, kept: withPurging({ store, close }, (event) => void log.push(event)) };
}

test("what has had its time is erased soon after it is opened, and then once an hour", async () => {
  const { calls, kept, log } = open();
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toEqual(["purge 1"]);
  await vi.advanceTimersByTimeAsync(2 * hourMs);
  expect(calls).toEqual(["purge 1", "purge 2", "purge 3"]);
  await kept.close();
  await vi.advanceTimersByTimeAsync(2 * hourMs);
  expect({ calls, log }).toEqual({ calls: ["purge 1", "purge 2", "purge 3", "close"], log: [] });
});

test("a failure is told by its code, and the next hour tries again", async () => {
  const away = Object.assign(new Error("what somebody typed"), { code: "ECONNREFUSED" });
  const { calls, log } = open(() => Promise.reject(away));
  await vi.advanceTimersByTimeAsync(hourMs);
  expect(calls).toEqual(["purge 1", "purge 2"]);
  expect(log).toEqual([{ level: "warn", event: "reminders.not-purged", name: "Error", code: "ECONNREFUSED" }]);
});

test("the database is not closed beneath one that is under way, and one that never ends holds nothing up for long", async () => {
  let end = (_count: number): void => {};
  const first = open(() => new Promise<number>((resolve) => (end = resolve)));
  await vi.advanceTimersByTimeAsync(0);
  const closing = first.kept.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(first.calls).toEqual(["purge 1"]);
  end(1);
  await closing;
  expect(first.calls).toEqual(["purge 1", "close"]);

  const second = open(() => new Promise(() => {}));
  // Nor do they pile up.
  await vi.advanceTimersByTimeAsync(3 * hourMs);
  const closingToo = second.kept.close();
  await vi.advanceTimersByTimeAsync(5_000);
  await closingToo;
  expect(second.calls).toEqual(["purge 1", "close"]);
});
