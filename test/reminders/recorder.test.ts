/** Noting what came of tries, when the database does not take it. */
import { expect, test } from "vitest";
import { openRecorder } from "#src/reminders/dispatch/recorder.ts";
import type { Recorded } from "#src/reminders/store.ts";

const sent = (id: string, fence = 1): Recorded => ({ id, fence, outcome: { kind: "sent", atMs: 0, isAsked: false } });

function open(record: (results: readonly Recorded[]) => Promise<readonly string[]>, most = 20) {
  const written: string[][] = [];
  const recorder = openRecorder({
    record(results) {
      written.push(results.map(({ id, fence }) => `${id}/${fence}`));
      return record(results);
    },
    failed: async (_error, times) => times < most,
  });
  return { recorder, written };
}

test("what comes at the same moment is noted together, and what comes meanwhile in the next note", async () => {
  let go = (): void => {};
  const { recorder, written } = open(
    () =>
      new Promise((resolve) => {
        go = () => resolve([]);
      }),
  );
  const first = [recorder.note(sent("a")), recorder.note(sent("b"))];
  await Promise.resolve();
  await Promise.resolve();
  const second = [recorder.note(sent("c")), recorder.note(sent("d"))];
  go();
  expect(await Promise.all(first)).toEqual([true, true]);
  await Promise.resolve();
  go();
  expect(await Promise.all(second)).toEqual([true, true]);
  expect(written).toEqual([
    ["a/1", "b/1"],
    ["c/1", "d/1"],
  ]);
});

test("what this worker had lost does not count", async () => {
  const { recorder } = open(async () => ["b"]);
  expect(await Promise.all([recorder.note(sent("a")), recorder.note(sent("b"))])).toEqual([true, false]);
});

test("of two of one occurrence the older is told that it was lost, and only the newer is written", async () => {
  const { recorder, written } = open(async () => []);
  expect(await Promise.all([recorder.note(sent("a", 1)), recorder.note(sent("a", 2))])).toEqual([false, true]);
  expect(written).toEqual([["a/2"]]);
});

test("after failures less is written at a time, and more again when it works", async () => {
  let failures = 3;
  const { recorder, written } = open(async () => {
    failures -= 1;
    if (failures >= 0) throw new Error("the database is away");
    return [];
  });
  const ids = Array.from({ length: 16 }, (_, n) => `o${n}`);
  expect(await Promise.all(ids.map((id) => recorder.note(sent(id))))).not.toContain(false);
  expect(written.map(({ length }) => length)).toEqual([16, 8, 4, 2, 4, 8, 2]);
});

test("what is given up does not count, and nothing is left waiting", async () => {
  const { recorder } = open(async () => {
    throw new Error("the database is away");
  }, 3);
  const all = await Promise.all(["a", "b", "c"].map((id) => recorder.note(sent(id))));
  expect(all).toEqual([false, false, false]);
});
