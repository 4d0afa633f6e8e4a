/** Setting, changing and taking back, on both engines. */
import { expect, test } from "vitest";
import { storageError } from "#src/storage/trouble.ts";
import { reveal, userText } from "#src/turn.ts";
import type { Engine } from "../helpers/databases.ts";
import { again, alice, bob, channel, daily, day, dm, hour, once, remindingOn, ten, wanted } from "./reminding.ts";

/** Registers the tests. */
export function testChange(engine: Engine): void {
  const { fresh, several } = remindingOn(engine);
  const nothing = () => null;

  test("what is set is kept as it was said, and the same again adds nothing", async () => {
    const { store } = await fresh();
    const schedule = {
      ...daily,
      ends: { kind: "until", date: "2027-06-30" },
      skips: ["2026-10-08T10:00"],
      skipsHolidays: true,
    } as const;
    const words = { label: userText("Grüße; '\"--\n%_ 会"), partner: userText("Maria") };
    const added = await store.add(wanted("a", { schedule, place: channel, ...words }), ten);
    if (added.kind !== "added") return expect.fail("There is room for it.");
    const { reminder } = added;
    expect(reminder).toMatchObject({
      ...{ id: "a", number: 1, person: alice, place: channel, direct: dm("alice"), schedule, state: "active" },
      ...{ pausedUntil: null, why: null, next: { local: daily.start, atMs: ten } },
      ...{ version: 1, sent: 0, unanswered: 0, isAsked: false },
    });
    expect([reminder.label, reminder.partner].map((text) => text && reveal(text))).toEqual([
      reveal(words.label),
      "Maria",
    ]);
    const [kept] = await store.list(alice);
    expect(kept?.label && reveal(kept.label)).toBe(reveal(words.label));
    expect({ ...kept, label: null, partner: null }).toEqual({ ...reminder, label: null, partner: null });
    expect(await store.add(wanted("a"), ten)).toMatchObject({ reminder: { number: 1, place: channel } });
    expect([await store.list(alice), await store.list(bob)].map(({ length }) => length)).toEqual([1, 0]);
    const count = { ...once, rule: "FREQ=DAILY", ends: { kind: "count", count: 6 } } as const;
    expect(await store.add(wanted("b", { schedule: count }), ten)).toMatchObject({ reminder: { schedule: count } });
  });

  test("no two of a person's that are set at once share a number, and the 51st is one too many", async () => {
    const workers = await several(3);
    const adding = Array.from({ length: 60 }, (_, at) =>
      workers[at % workers.length]?.store.add(wanted(`r${at}`), ten),
    );
    adding.push(workers[0].store.add(wanted("bob's", { person: bob }), ten));
    const added = await Promise.all(adding);
    const numbers = added.flatMap((one) => (one?.kind === "added" ? [one.reminder.number] : []));
    expect(numbers.pop()).toBe(1);
    expect(numbers.sort((x, y) => x - y)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    expect(added.filter((one) => one?.kind === "full")).toHaveLength(10);
  });

  test("a number that is free again goes to the next one", async () => {
    const { add, store, deliver } = await fresh();
    const [, second] = await add(wanted("a"), wanted("b"), wanted("c", { schedule: once }));
    if (second) await store.change({ ...second, state: "deleted", next: null }, ten, { cancels: true });
    await deliver(ten);
    expect((await add(wanted("d"), wanted("e"))).map(({ number }) => number)).toEqual([2, 3]);
    expect((await store.list(alice)).map(({ id, state }) => `${id} ${state}`)).toEqual([
      "a active",
      "d active",
      "c ended",
      "e active",
    ]);
    expect(await store.find("b")).toBeNull();
  });

  test("of two changes of one version at once, one is kept and the other hears of it", async () => {
    const [one, two] = await several(2);
    const [kept] = await one.add(wanted("a"));
    if (kept === undefined || two === undefined) return expect.fail("There are two.");
    const changes = await Promise.all(
      [one, two, one].map(({ store }, at) =>
        store.change({ ...kept, partner: userText(`partner ${at}`) }, ten, { cancels: false }),
      ),
    );
    expect(changes.filter((changed) => changed !== null)).toMatchObject([{ version: 2 }]);
    expect(await one.store.find("a")).toMatchObject({ version: 2 });
    expect(await one.store.change({ ...kept, id: "nowhere" }, ten, { cancels: false })).toBeNull();
  });

  test("a change leaves alone what is counted of it meanwhile", async () => {
    const { add, store, deliver } = await fresh();
    const [kept] = await add(wanted("a"));
    await deliver(ten);
    const next = { local: "2026-10-07T11:00", atMs: ten + day + hour };
    const moved = { ...daily, start: "2026-10-06T11:00" };
    expect(kept && (await store.change({ ...kept, schedule: moved, next }, ten, { cancels: false }))).toMatchObject({
      ...{ version: 2, sent: 1, unanswered: 1, schedule: moved, next, number: 1 },
    });
  });

  test("undo takes back the last change and no other, once", async () => {
    const { add, store } = await fresh();
    const [kept] = await add(wanted("a", { partner: userText("Maria") }));
    const changed = kept && (await store.change({ ...kept, place: channel, partner: null }, ten, { cancels: false }));
    const paused = changed && (await store.change({ ...changed, state: "paused", next: null }, ten, { cancels: true }));
    expect(await store.undo("a", alice, 2, ten, again(ten))).toBeNull();
    const undone = await store.undo("a", alice, paused?.version ?? 0, ten, again(ten));
    const next = { local: "2026-10-06T10:00", atMs: ten };
    expect(undone).toMatchObject({ state: "active", place: channel, partner: null, next, version: 4 });
    expect(await store.undo("a", alice, 4, ten, again(ten))).toBeNull();
    expect(await store.undo("nowhere", alice, 1, ten, again(ten))).toBeNull();
    expect(await store.find("a")).toEqual(undone);
  });

  test("undo deletes a new one with what is queued of it, and brings back a deleted one with another number where its own is taken", async () => {
    const { add, store, tick, claim } = await fresh();
    await add(wanted("a"));
    await tick(ten);
    expect(await store.undo("a", alice, 1, ten, nothing)).toMatchObject({ state: "deleted", next: null });
    expect([await claim(ten), await store.find("a"), await store.undo("a", alice, 2, ten, nothing)]).toEqual([
      [],
      null,
      null,
    ]);
    const [b] = await add(wanted("b"));
    const gone = b && (await store.change({ ...b, state: "deleted", next: null }, ten, { cancels: true }));
    expect([gone?.state, await store.list(alice)]).toEqual(["deleted", []]);
    await add(wanted("c"));
    expect(await store.undo("b", alice, 2, ten, again(ten))).toMatchObject({ state: "active", number: 2, version: 3 });
    // One of which nothing is to come any more has ended.
    const [d] = await add(wanted("d", { schedule: once }));
    const moved = { ...once, start: "2026-10-09T10:00" };
    if (d) await store.change({ ...d, schedule: moved, next: null }, ten, { cancels: true });
    expect(await store.undo("d", alice, 2, ten + day, nothing)).toMatchObject({ state: "ended", next: null });
  });

  test("undo of going on drops what is queued since", async () => {
    const { add, store, tick, claim } = await fresh();
    const [kept] = await add(wanted("a"));
    const paused =
      kept && (await store.change({ ...kept, state: "paused", next: null }, ten - hour, { cancels: true }));
    if (paused) await store.change({ ...paused, state: "active", next: kept.next }, ten - hour, { cancels: false });
    expect(await tick(ten)).toBe(1);
    expect(await store.undo("a", alice, 3, ten, nothing)).toMatchObject({ state: "paused", next: null });
    expect(await claim(ten)).toEqual([]);
  });

  test("undo brings back none beyond the 50", async () => {
    const { add, store } = await fresh();
    const [first] = await add(...Array.from({ length: 50 }, (_, at) => wanted(`r${at}`)));
    if (first) await store.change({ ...first, state: "deleted", next: null }, ten, { cancels: true });
    await add(wanted("another"));
    expect(await store.undo("r0", alice, 2, ten, again(ten))).toBeNull();
  });

  test("a zone that is chosen moves all that have not ended, and the wall clock stays", async () => {
    const { add, store } = await fresh();
    const [a, b] = await add(wanted("a"), wanted("b"), wanted("c", { person: bob }));
    if (b) await store.change({ ...b, state: "paused", next: null }, ten, { cancels: true });
    expect(await store.zoneOf(alice)).toBeNull();
    const next = { local: "2026-10-06T10:00", atMs: ten - 2 * hour };
    const moved = await store.setZone(alice, "Europe/Berlin", ten);
    expect(moved.map(({ id, schedule, next: to, state }) => [id, schedule.zone, to, state])).toEqual([
      ["a", "Europe/Berlin", next, "active"],
      ["b", "Europe/Berlin", null, "paused"],
    ]);
    expect(moved[0]?.schedule.start).toBe(a?.schedule.start);
    expect([await store.zoneOf(alice), await store.zoneOf(bob)]).toEqual(["Europe/Berlin", null]);
    expect((await store.find("c"))?.schedule.zone).toBe("UTC");
    await store.setZone(alice, "Asia/Tokyo", ten);
    expect(await store.zoneOf(alice)).toBe("Asia/Tokyo");
  });

  test("nothing that was typed comes out with an error", async () => {
    const { store, database } = await fresh();
    await database.close();
    const label = userText("CANARY");
    const failed = await store.add(wanted("a", { label }), ten).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(JSON.stringify(storageError(failed)) + String(failed)).not.toContain("CANARY");
  });
}
