/** What is queued is taken by one worker at a time, on both engines, and sent to where its owner wants it. */
import { expect, test } from "vitest";
import { freeOrphans } from "#src/storage/orphans.ts";
import type { Engine } from "../helpers/databases.ts";
import { advance, channel, day, dm, minute, of, remindingOn, sent, ten, wanted, wantedAt } from "./reminding.ts";

/** Registers the tests. */
export function testClaim(engine: Engine): void {
  const { fresh, several } = remindingOn(engine);

  test("gives the oldest first, one for each place, and none of a place that somebody has", async () => {
    const { add, tick, claim, record } = await fresh();
    await add(
      wantedAt("late", ten - minute),
      wantedAt("first", ten - 3 * minute),
      wantedAt("other", ten - 2 * minute, { place: dm("other") }),
    );
    await tick(ten);
    expect(await claim(ten, { most: 1 }).then(of)).toEqual(["first"]);
    expect(await claim(ten).then(of)).toEqual(["other"]);
    expect(await claim(ten)).toEqual([]);
    const [taken] = await claim(ten + 2 * minute, { most: 1 });
    expect(taken?.occurrence.reminder).toBe("first");
    await record(taken, sent(ten));
    expect(await claim(ten + 2 * minute).then(of)).toEqual(["other", "late"]);
    // Nor one that is older, and came later.
    await add(wantedAt("older", ten - 5 * minute));
    await tick(ten + 2 * minute);
    expect(await claim(ten + 2 * minute)).toEqual([]);
  });

  test("gives what goes to these doors, or to this place, and nothing else", async () => {
    const { add, tick, claim } = await fresh();
    const page = { door: "web", key: "page", isPrivate: true };
    await add(wanted("a"), wanted("b", { place: page }), wanted("c", { place: { ...page, key: "another" } }));
    await tick(ten);
    expect(await claim(ten, { to: { doors: ["teams"] } })).toEqual([]);
    expect(await claim(ten, { to: { doors: [] } })).toEqual([]);
    expect(await claim(ten, { to: { place: page } }).then(of)).toEqual(["b"]);
    expect(await claim(ten, { to: { doors: ["teams", "slack"] } }).then(of)).toEqual(["a"]);
  });

  test("F43: what a process that died was sending is free after fifteen seconds where nobody else can have it", async () => {
    const { add, tick, claim, database } = await fresh();
    await add(wanted("a"));
    await tick(ten);
    await claim(ten);
    await freeOrphans(database, ten + 1_000);
    expect(await claim(ten + 14_999)).toEqual([]);
    const isAlone = database.kind === "sqlite";
    expect(await claim(ten + 15_000)).toMatchObject(isAlone ? [{ triedMs: ten, fence: 2 }] : []);
  });

  test("F43: gives what nobody has noted to another when the lease is over, and says since when it may be there", async () => {
    const { add, tick, claim, record } = await fresh();
    await add(wanted("a"));
    await tick(ten);
    const [first] = await claim(ten);
    expect(first).toMatchObject({ fence: 1, untilMs: ten + minute, triedMs: null, tries: 0 });
    expect(await claim(ten + minute - 1)).toEqual([]);
    const [second] = await claim(ten + minute);
    expect(second).toMatchObject({ fence: 2, triedMs: ten, tries: 1, occurrence: first?.occurrence });
    const [third] = await claim(ten + 3 * minute);
    expect(third).toMatchObject({ fence: 3, triedMs: ten, tries: 2 });
    const id = first?.occurrence.id;
    expect(await record(first, sent(ten))).toEqual([id]);
    expect(await record(second, { kind: "unknown", atMs: ten })).toEqual([id]);
    expect(await record(third, sent(ten))).toEqual([]);
    expect(await claim(ten + day)).toEqual([]);
  });

  test("gives each to one worker, and one of a place at a time, however many claim at once", async () => {
    const workers = await several(4);
    const [first] = workers;
    const all = Array.from({ length: 120 }, (_, at) =>
      wanted(`r${at}`, { person: `slack:T1:U${at % 4}`, place: dm(String(at % 30)) }),
    );
    await first.add(...all);
    await first.ledger.tick(ten, 200, advance);
    const busy = new Set<string>();
    const done: string[] = [];
    const faults: string[] = [];
    await Promise.all(
      [...workers, ...workers].map(async ({ claim, record }) => {
        for (let empty = 0; empty < 5; ) {
          const claimed = await claim(ten, { most: 7 });
          empty = claimed.length === 0 ? empty + 1 : 0;
          for (const { reminder } of claimed) {
            if (busy.has(reminder.place.key)) faults.push(reminder.id);
            busy.add(reminder.place.key);
          }
          for (const one of claimed) {
            done.push(one.reminder.id);
            busy.delete(one.reminder.place.key);
            faults.push(...(await record(one, sent(ten))));
          }
        }
      }),
    );
    expect(faults).toEqual([]);
    expect(done.length).toBe(120);
    expect(new Set(done).size).toBe(120);
  });

  test("leaves out what was cancelled, before it was begun or while it was tried", async () => {
    const { add, store, tick, claim, record } = await fresh();
    const [a, b] = await add(wanted("a"), wanted("b", { place: dm("b") }));
    await tick(ten);
    const [taken] = (await claim(ten)).filter(({ reminder }) => reminder.id === "b");
    for (const one of [a, b])
      if (one) await store.change({ ...one, state: "paused", next: null }, ten, { cancels: true });
    // The one under way may have landed, but it is not tried again.
    expect(await record(taken, { kind: "retry", atMs: ten, mayBeThere: true })).toEqual([]);
    expect(await claim(ten + day)).toEqual([]);
  });

  test("sends what is queued to where the owner wants it by now", async () => {
    const { add, store, tick, claim, record } = await fresh();
    const [a, b] = await add(wanted("a"), wanted("b", { place: dm("b") }));
    await tick(ten);
    const [taken] = (await claim(ten, { to: { place: dm("b") } })).filter(({ reminder }) => reminder.id === "b");
    for (const one of [a, b]) if (one) await store.change({ ...one, place: channel }, ten, { cancels: false });
    await record(taken, { kind: "parked", why: "gone", atMs: ten });
    expect(await store.find("b")).toMatchObject({ state: "active" });
    const [first] = await claim(ten, { to: { place: channel } });
    await record(first, sent(ten));
    const [second] = await claim(ten + minute, { to: { place: channel } });
    expect([first, second].map((one) => one?.reminder.id).sort()).toEqual(["a", "b"]);
  });
}
