/** What is due, queued or on its way when something changes is neither lost nor doubled, on both engines. */
import { expect, test } from "vitest";
import type { Reminder } from "#src/reminders/reminder.ts";
import type { Engine } from "../helpers/databases.ts";
import {
  again,
  alice,
  bob,
  channel,
  daily,
  day,
  dm,
  hour,
  minute,
  of,
  once,
  remindingOn,
  sent,
  ten,
  wanted,
  wantedAt,
} from "./reminding.ts";

/** Registers the tests. */
export function testDue(engine: Engine): void {
  const { fresh } = remindingOn(engine);
  const tomorrow = { local: "2026-10-07T10:00", atMs: ten + day };
  const none = () => null;
  const paused = (one: Reminder): Reminder => ({ ...one, state: "paused", next: null });
  const without = (one: Reminder, local: string): Reminder => {
    return { ...one, schedule: { ...one.schedule, skips: [local] }, next: tomorrow };
  };

  test("a change right after its time leaves it due, to where it goes by now; one that leaves it out does not", async () => {
    const { add, store, deliver } = await fresh();
    const [a, b, c] = await add(wanted("a"), wanted("b"), wanted("c"));
    if (!a || !b || !c) return expect.fail("There are three.");
    await store.change({ ...a, place: channel, next: tomorrow }, ten + 1_000, { cancels: false });
    await store.change(without(b, daily.start), ten + 1_000, { cancels: false });
    await store.change({ ...c, next: tomorrow }, ten + 1_000, { cancels: true });
    const came = await deliver(ten + 2_000);
    expect(came.map(({ occurrence, reminder }) => [occurrence.reminder, occurrence.due, reminder.place])).toEqual([
      ["a", { local: daily.start, atMs: ten }, channel],
    ]);
    expect(of(await deliver(ten + day)).toSorted()).toEqual(["a", "b", "c"]);
  });

  test("a change that leaves the next time as it is counts what was missed as before", async () => {
    const { add, store, deliver } = await fresh();
    const [a] = await add(wanted("a"));
    if (a) await store.change({ ...a, place: dm("b") }, ten + 2 * day, { cancels: false });
    expect((await deliver(ten + 2 * day)).map(({ occurrence }) => [occurrence.due.atMs, occurrence.missed])).toEqual([
      [ten + 2 * day, 2],
    ]);
  });

  test("taking a change back right after its time leaves it due", async () => {
    const { add, store, deliver } = await fresh();
    const leftOut = { ...daily, skips: [daily.start] };
    const [a, b, c] = await add(wanted("a"), wanted("b"), wanted("c", { schedule: leftOut, next: tomorrow }));
    if (!a || !b || !c) return expect.fail("There are three.");
    await store.change({ ...c, schedule: daily, next: a.next }, ten - hour, { cancels: false });
    expect(await store.undo("c", alice, 2, ten + 1_000, again(ten + 1_000))).toMatchObject({ next: tomorrow });
    await store.change({ ...a, partner: null }, ten - hour, { cancels: false });
    const at = (local: string) => ({ ...b.schedule, start: local });
    const earlier = { local: "2026-10-06T09:30", atMs: ten - hour / 2 };
    await store.change({ ...b, schedule: at(earlier.local), next: earlier }, ten - hour, { cancels: false });
    expect(await store.undo("a", alice, 2, ten + 1_000, again(ten + 1_000))).toMatchObject({ version: 3 });
    expect(await store.undo("b", alice, 2, ten - hour / 2, again(ten - hour / 2))).toMatchObject({ version: 3 });
    expect((await deliver(ten + 2_000)).map(({ occurrence: one }) => [one.reminder, one.due.local]).sort()).toEqual([
      ["a", daily.start],
      ["b", earlier.local],
      ["b", daily.start],
    ]);
  });

  test.each(["paused", "deleted"] as const)("what is %s and taken back comes as if nothing had been", async (state) => {
    const { add, store, tick, claim, deliver, record } = await fresh();
    const kept = await add(
      wanted("queued"),
      wanted("taken", { place: dm("taken") }),
      wanted("held", { place: dm("held") }),
      wantedAt("later", ten + minute),
    );
    await tick(ten);
    const [taken] = await claim(ten, { to: { place: dm("taken") } });
    const [held] = await claim(ten, { to: { place: dm("held") }, leaseMs: hour });
    for (const { id } of kept) {
      const one = await store.find(id);
      if (one) await store.change({ ...one, state, next: null }, ten + 1_000, { cancels: true });
    }
    // Of what was under way, one is dropped by then, and the other is under way still.
    await record(taken, { kind: "retry", atMs: ten + 2_000, mayBeThere: false });
    expect(await deliver(ten + minute)).toEqual([]);
    for (const { id } of kept)
      expect(await store.undo(id, alice, 2, ten + 2 * minute, none)).toMatchObject({ state: "active" });
    await record(held, { kind: "retry", atMs: ten + 2 * minute, mayBeThere: false });
    expect(of(await deliver(ten + 2 * minute)).toSorted()).toEqual(["held", "later", "queued", "taken"]);
    expect(await store.find("queued")).toMatchObject({ state: "active", next: tomorrow });
    expect(await deliver(ten + hour)).toEqual([]);
  });

  test("what has come meanwhile does not come again when a change before it is taken back", async () => {
    const { add, store, deliver } = await fresh();
    await add(wanted("a"), wantedAt("once", ten, { schedule: once }));
    const utc = (await store.list(alice)).map(({ next }) => next?.atMs);
    await store.setZone(alice, "Europe/Berlin", ten - 2 * hour + minute);
    expect(of(await deliver(ten - 2 * hour + minute)).toSorted()).toEqual(["a", "once"]);
    for (const id of ["a", "once"]) await store.undo(id, alice, 2, ten - hour, again(ten - hour));
    expect(await deliver(ten + hour)).toEqual([]);
    expect((await store.list(alice)).map(({ state, next }) => [state, next?.atMs])).toEqual([
      ["active", (utc[0] ?? 0) + day],
      ["ended", undefined],
    ]);
  });

  test("a zone that is chosen and taken back right after its time sends it once", async () => {
    const { add, store, deliver } = await fresh();
    await add(wanted("a"));
    await store.setZone(alice, "Europe/Lisbon", ten + minute);
    await store.undo("a", alice, 2, ten + minute, again(ten + minute));
    expect(of(await deliver(ten + hour))).toEqual(["a"]);
    expect((await store.find("a"))?.next).toEqual(tomorrow);
  });

  test("undo is its owner's alone, for a day", async () => {
    const { add, store } = await fresh();
    const [a] = await add(wanted("a"));
    if (a) await store.change(paused(a), ten, { cancels: true });
    expect(await store.undo("a", bob, 2, ten, none)).toBeNull();
    expect(await store.undo("a", alice, 2, ten + day + 1, none)).toBeNull();
    expect(await store.find("a")).toMatchObject({ state: "paused", version: 2 });
    expect(await store.undo("a", alice, 2, ten + day, none)).toMatchObject({ state: "active" });
  });

  test("another zone moves what comes next and no more: what was sent is not sent again, what is past is due at once", async () => {
    const { add, store, deliver } = await fresh();
    const there = { schedule: { ...daily, zone: "Europe/Paris" }, next: { local: daily.start, atMs: ten - 2 * hour } };
    const lisbon = { ...daily, zone: "Europe/Lisbon" };
    await add(wanted("a", there), wanted("gone", { ...there, schedule: { ...there.schedule, rule: null } }));
    expect(of(await deliver(ten - 2 * hour)).toSorted()).toEqual(["a", "gone"]);
    await store.setZone(alice, "Europe/Lisbon", ten - hour - 45 * minute);
    expect(await store.find("a")).toMatchObject({ schedule: lisbon, next: { ...tomorrow, atMs: ten - hour + day } });
    expect(await deliver(ten + 12 * hour)).toEqual([]);
    await add(wantedAt("b", ten - hour + day, { schedule: { ...lisbon, start: tomorrow.local, rule: null } }));
    const nowMs = ten + day - 2 * hour + 30 * minute;
    await store.setZone(alice, "Europe/Paris", nowMs);
    expect(of(await deliver(nowMs)).toSorted()).toEqual(["a", "b"]);
    expect((await store.find("a"))?.next).toEqual({ local: "2026-10-08T10:00", atMs: ten + 2 * day - 2 * hour });
  });

  test("what was parked is due still when it goes on, and what was missed is counted", async () => {
    const { add, store, tick, claim, record, deliver } = await fresh();
    await add(
      wanted("daily"),
      wantedAt("once", ten + minute, { place: dm("b") }),
      wanted("refused", { place: channel }),
    );
    await tick(ten);
    const [refused] = await claim(ten, { to: { place: channel } });
    await record(refused, { kind: "parked", why: "token_revoked", atMs: ten + 5 });
    expect(await store.park({ workspace: "slack:T1:" }, "uninstalled", ten + 10)).toBe(2);
    expect((await deliver(ten + minute)).map(({ occurrence }) => occurrence.kind)).toEqual(["notice"]);
    const nowMs = ten + 2 * day + minute;
    expect(await store.unpark({ workspace: "slack:T1:" }, ["uninstalled", "token_revoked"], nowMs, none)).toBe(3);
    const came = (await deliver(nowMs)).map(({ occurrence: one }) => `${one.reminder} ${one.kind} ${one.missed}`);
    expect(came.sort()).toEqual([
      ...["daily due 0", "daily due 1", "once due 0"],
      ...["refused due 0", "refused due 1"],
    ]);
    expect(await store.list(alice)).toMatchObject([{ state: "active" }, { state: "ended" }, { state: "active" }]);
  });

  test("another zone leaves what is parked to go on as what it was", async () => {
    const { add, store } = await fresh();
    const [a] = await add(wanted("a"), wanted("b"));
    if (a) await store.change(paused(a), ten - hour, { cancels: true });
    await store.park({ person: alice }, "missing_scope", ten - hour);
    await store.setZone(alice, "Europe/Paris", ten - hour);
    await store.unpark({ person: alice }, "missing_scope", ten - hour, none);
    expect(await store.list(alice)).toMatchObject([
      { id: "a", state: "paused", next: null },
      { id: "b", state: "active", next: { local: daily.start, atMs: ten - 2 * hour } },
    ]);
  });

  test("what is left out is not sent, though it is queued; nothing else of it is dropped, and undo brings it back", async () => {
    const { add, store, tick, claim, deliver } = await fresh();
    await add(wanted("a"), wanted("b", { place: dm("b") }));
    await tick(ten);
    const [a, b] = await store.list(alice);
    if (!a || !b) return expect.fail("There are two.");
    await store.change(without(a, daily.start), ten + 1_000, { cancels: false });
    await store.change(without(b, "2026-10-20T10:00"), ten + 1_000, { cancels: false });
    expect(of(await claim(ten + minute))).toEqual(["b"]);
    await store.undo("a", alice, 2, ten + minute, again(ten + minute));
    expect(of(await deliver(ten + minute))).toEqual(["a"]);
  });

  test("who puts off or answers what is read by all leaves what it spoke for of others open", async () => {
    const { add, store, tick, claim, record, database } = await fresh();
    await add(wanted("a", { place: channel }), wanted("b", { person: bob, place: channel, direct: dm("bob") }));
    await tick(ten);
    const [main] = await claim(ten + 13 * hour);
    await record(main, sent(ten + 13 * hour));
    const due = { local: "2026-10-07T02:00", atMs: ten + 16 * hour };
    await store.snooze(main?.occurrence.id ?? "", due, ten + 13 * hour);
    const rows = await database.db.selectFrom("occurrences").select(["reminder", "said"]).where("kind", "=", "due");
    expect((await rows.execute()).filter(({ said }) => said !== null)).toEqual([
      { reminder: main?.reminder.id, said: "snoozed" },
    ]);
  });

  test("what was cancelled is not spoken for by another", async () => {
    const { add, store, tick, claim, record } = await fresh();
    const [a] = await add(wanted("a"));
    await tick(ten);
    const [taken] = await claim(ten);
    if (a) await store.change(paused({ ...a }), ten, { cancels: true });
    await record(taken, { kind: "retry", atMs: ten + 14 * hour, mayBeThere: false });
    await add(wantedAt("older", ten - minute));
    await tick(ten + 14 * hour);
    const [older] = await claim(ten + 14 * hour);
    expect([older?.reminder.id, older?.also]).toEqual(["older", []]);
  });

  test("a change that tells queues a notice for its owner, in private, with it or not at all", async () => {
    const { add, store, tick, claim } = await fresh();
    const [a] = await add(wanted("a", { place: channel }));
    await tick(ten);
    const stopped = a && ({ ...a, state: "parked", why: "stopped", next: null } as const);
    const how = { cancels: true, tells: true } as const;
    if (stopped) await store.change(stopped, ten, how);
    expect(stopped && (await store.change(stopped, ten, how))).toBeNull();
    const claimed = await claim(ten);
    expect(claimed.map(({ occurrence, reminder }) => [occurrence.kind, reminder.why])).toEqual([["notice", "stopped"]]);
    expect(await claim(ten, { to: { place: channel } })).toEqual([]);
  });
}
