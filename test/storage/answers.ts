/** What answers showed: by a fingerprint of the message's address, for 90 days. */
import { expect, test } from "vitest";
import { openAnswers } from "#src/storage/answers.ts";
import type { Engine } from "../helpers/databases.ts";
import { day, remindingOn, ten } from "./reminding.ts";

/** Registers the tests. */
export function testAnswers(engine: Engine): void {
  const { fresh, several } = remindingOn(engine);

  async function open() {
    const { database } = await fresh();
    const rows = () => database.db.selectFrom("answers").selectAll().orderBy("at_ms").execute();
    return { database, answers: openAnswers(database), rows };
  }

  test("the entries of an answer are found by the address of its message, in their order", async () => {
    const { answers } = await open();
    expect(await answers.entries("t1:a:1:1")).toEqual([]);
    await answers.put("t1:a:1:1", ["training", "access"], ten);
    await answers.put("t1:a:1:2", [], ten);
    expect(await answers.entries("t1:a:1:1")).toEqual(["training", "access"]);
    expect([await answers.entries("t1:a:1:2"), await answers.entries("t1:a:1:3")]).toEqual([[], []]);
  });

  test("the address itself is not kept", async () => {
    const { answers, rows } = await open();
    await answers.put("t1:a:CANARY:1", ["training"], ten);
    const kept = await rows();
    expect(kept).toEqual([{ id: expect.stringMatching(/^[\w-]{43}$/), entries: '["training"]', at_ms: ten }]);
    expect(JSON.stringify(kept)).not.toContain("CANARY");
  });

  test("under a key it is kept by what only that key can make of the address, and is found again with it alone", async () => {
    const { database, answers, rows } = await open();
    await openAnswers(database, { key: "one" }).put("m", ["training"], ten);
    await answers.put("m", ["access"], ten);
    expect(new Set((await rows()).map(({ id }) => id)).size).toBe(2);
    expect(await openAnswers(database, { key: "one" }).entries("m")).toEqual(["training"]);
    expect(await openAnswers(database, { key: "another" }).entries("m")).toEqual([]);
  });

  test("a message that is drawn anew shows what it shows now, from that moment", async () => {
    const { answers, rows } = await open();
    await answers.put("m", ["training"], ten);
    await answers.put("m", ["access"], ten + day);
    expect(await answers.entries("m")).toEqual(["access"]);
    expect(await answers.sweep(ten + 90 * day)).toBe(0);
    expect(await rows()).toHaveLength(1);
  });

  test("what is 90 days old is swept, and counted once whoever sweeps", async () => {
    const [one, ...others] = (await several(3)).map(({ database }) => openAnswers(database));
    if (one === undefined) return expect.fail("There are three.");
    for (let at = 0; at < 5; at += 1) await one.put(`m${at}`, ["training"], ten + at);
    expect(await one.sweep(ten + 90 * day - 1)).toBe(0);
    const swept = await Promise.all([one, ...others].map(({ sweep }) => sweep(ten + 90 * day + 2)));
    expect(swept.reduce((sum, count) => sum + count)).toBe(3);
    expect([await one.entries("m2"), await one.entries("m3")]).toEqual([[], ["training"]]);
  });

  test("replicas that put one address at once leave one row", async () => {
    const all = (await several(3)).map(({ database }) => openAnswers(database));
    await Promise.all(all.flatMap((answers, at) => [1, 2, 3].map((ms) => answers.put("m", [`e${at}`], ten + ms))));
    expect(await all[0]?.sweep(ten + 91 * day)).toBe(1);
  });

  test("a list that cannot be read is as if nothing were known", async () => {
    const { answers, database } = await open();
    await answers.put("m", ["training"], ten);
    await database.db.updateTable("answers").set({ entries: "{" }).execute();
    expect(await answers.entries("m")).toEqual([]);
  });
}
