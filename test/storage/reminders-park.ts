/** Parking and going on, on both engines. */
import { expect, test } from "vitest";
import type { Engine } from "../helpers/databases.ts";
import { again, alice, bob, channel, day, dm, once, remindingOn, ten, wanted } from "./reminding.ts";

/** Registers the tests. */
export function testPark(engine: Engine): void {
  const { fresh } = remindingOn(engine);
  const next = { local: "2026-10-07T10:00", atMs: ten + day };

  test("all of a person's, or of a workspace, are parked with what is queued of them, whatever is in its id", async () => {
    const { add, store, tick, claim } = await fresh();
    const people = ["slack:T_1:U1", "slack:TX1:U1", "slack:T%:U1", "slack:t_1:U1", "slack:T_1:U2", "slack:T_12:U1"];
    await add(
      ...people.map((person, at) => wanted(`r${at}`, { person, place: dm(String(at)), direct: dm(String(at)) })),
    );
    await tick(ten);
    expect(await store.park({ workspace: "slack:T_1:" }, "uninstalled", ten)).toBe(2);
    expect(await store.park({ workspace: "slack:T%:" }, "uninstalled", ten)).toBe(1);
    expect(await store.park({ person: "slack:TX1:U1" }, "left", ten)).toBe(1);
    expect(await store.park({ person: "slack:TX1:U1" }, "left", ten)).toBe(0);
    expect((await claim(ten)).map(({ reminder }) => reminder.person).sort()).toEqual(["slack:T_12:U1", "slack:t_1:U1"]);
    expect((await store.list("slack:T_1:U1"))[0]).toMatchObject({ state: "parked", why: "uninstalled", next: null });
    expect(await store.unpark({ workspace: "slack:T_1:" }, "left", ten, () => next)).toBe(0);
    expect(await store.unpark({ workspace: "slack:T_1:" }, "uninstalled", ten, () => next)).toBe(2);
    expect((await store.list("slack:T_1:U1"))[0]).toMatchObject({ state: "active", why: null, next });
    expect((await store.list("slack:T%:U1"))[0]).toMatchObject({ state: "parked" });
  });

  test("what a worker has is not tried again", async () => {
    const { add, store, tick, claim, record } = await fresh();
    await add(wanted("a"));
    await tick(ten);
    const [claimed] = await claim(ten);
    await store.park({ person: alice }, "uninstalled", ten);
    expect(await record(claimed, { kind: "retry", atMs: ten, mayBeThere: false })).toEqual([]);
    expect(await claim(ten + day)).toEqual([]);
  });

  test("more than are moved at once", async () => {
    const { store, database } = await fresh();
    const { kind, db } = database;
    await store.add(wanted("r", { person: "slack:T9:U" }), ten);
    const row = await db.selectFrom("reminders").selectAll().executeTakeFirstOrThrow();
    const many = Array.from({ length: 450 }, (_, at) => ({ ...row, id: `r${at}`, person: `slack:T9:U${at}` }));
    for (let at = 0; at < many.length; at += 150)
      await db
        .insertInto("reminders")
        .values(many.slice(at, at + 150))
        .execute();
    expect([kind, await store.park({ workspace: "slack:T9:" }, "uninstalled", ten)]).toEqual([kind, 451]);
    expect(await store.unpark({ workspace: "slack:T9:" }, "uninstalled", ten, () => next)).toBe(451);
  });

  test("what was paused stays so until its day; what has nothing to come has ended; what cannot be read stays", async () => {
    const { add, store, database } = await fresh();
    const reminders = await add(
      wanted("until"),
      wanted("for good"),
      wanted("over"),
      wanted("ended", { schedule: once }),
      wanted("broken"),
      wanted("of bob", { person: bob, place: channel }),
    );
    const later = { local: "2026-10-09T10:00", atMs: ten + 3 * day };
    const pauses = { until: later, "for good": null, over: next };
    for (const one of reminders)
      for (const [id, to] of Object.entries(pauses))
        if (one.id === id)
          await store.change({ ...one, state: "paused", pausedUntil: to?.local.slice(0, 10) ?? null, next: to }, ten, {
            cancels: true,
          });
    expect(await store.park({ person: alice }, "uninstalled", ten)).toBe(5);
    // When these were to come is not known any more.
    await database.db.updateTable("reminders").set({ resumes: null }).where("id", "in", ["ended", "broken"]).execute();
    const going = (id: string) => {
      if (id === "broken") throw new RangeError("No such rule.");
      return id === "ended" ? null : again(ten + 2 * day);
    };
    expect(
      await store.unpark(
        { person: alice },
        "uninstalled",
        ten + 2 * day,
        (reminder) => going(reminder.id)?.(reminder) ?? null,
      ),
    ).toBe(5);
    const found = await Promise.all(["until", "for good", "over", "ended", "broken"].map((id) => store.find(id)));
    expect(found.map((one) => [one?.state, one?.why, one?.pausedUntil, one?.next?.atMs ?? null])).toEqual([
      ["paused", null, "2026-10-09", ten + 3 * day],
      ["paused", null, null, null],
      ["active", null, null, ten + day],
      ["ended", null, null, null],
      ["parked", "defect", null, null],
    ]);
  });
}
