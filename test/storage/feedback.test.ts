/** Votes on replies: the last one counts, and a person's go when they wish. */
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase } from "#src/storage/database.ts";
import { openFeedback } from "#src/storage/feedback.ts";
import type { Database } from "#src/storage/tables.ts";
import { openEngines } from "../helpers/databases.ts";

const { engines, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const open: Database[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

describe.each(engines)("on $name", ({ empty }) => {
  async function fresh() {
    const database = await openDatabase(await empty());
    open.push(database);
    const rows = () => database.db.selectFrom("feedback").selectAll().orderBy("person").orderBy("place").execute();
    return { feedback: openFeedback(database), rows };
  }
  const down = { person: "U1", place: "p1", entries: ["a", "b"], vote: "down", reason: null, atMs: 1 } as const;
  const kept = { person: "U1", place: "p1", entries: '["a","b"]', vote: "down", reason: null, at_ms: 1 };

  test("the last vote of a person on a reply is the one that is kept", async () => {
    const { feedback, rows } = await fresh();
    await feedback.put(down);
    await feedback.put({ ...down, vote: "up", atMs: 1_790_000_000_000 });
    await feedback.put({ ...down, person: "U2" });
    expect(await rows()).toEqual([
      { ...kept, vote: "up", at_ms: 1_790_000_000_000 },
      { ...kept, person: "U2" },
    ]);
  });

  test("a reason is added to a vote against, and to no other", async () => {
    const { feedback, rows } = await fresh();
    await feedback.reason("U1", "p1", "not-about-it");
    expect(await rows()).toEqual([]);
    await feedback.put(down);
    await feedback.put({ ...down, person: "U2", vote: "up" });
    await feedback.reason("U1", "p1", "not-about-it");
    await feedback.reason("U2", "p1", "not-about-it");
    expect(await rows()).toEqual([
      { ...kept, reason: "not-about-it" },
      { ...kept, person: "U2", vote: "up" },
    ]);
    await feedback.put({ ...down, vote: "up" });
    expect((await rows())[0]?.reason).toBeNull();
  });

  test("forgetting a person erases their votes, says how many, and leaves those of others", async () => {
    const { feedback, rows } = await fresh();
    for (const place of ["p1", "p2"]) await feedback.put({ ...down, place });
    await feedback.put({ ...down, person: "U2" });
    expect(await feedback.forget("U1")).toBe(2);
    expect(await feedback.forget("U1")).toBe(0);
    expect(await rows()).toEqual([{ ...kept, person: "U2" }]);
  });
});
