/** What comes of a try, on both engines: what it means for the reminder, for others of the place, and for the owner. */
import { expect, test } from "vitest";
import type { Engine } from "../helpers/databases.ts";
import {
  alice,
  bob,
  channel,
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
export function testRecord(engine: Engine): void {
  const { fresh } = remindingOn(engine);

  test("sent: it is counted, and in private it waits for a word; noted twice, it counts once", async () => {
    const { add, store, tick, claim, record, deliver } = await fresh();
    await add(wanted("a"), wanted("b", { place: channel }));
    await tick(ten);
    const claimed = await claim(ten);
    for (const one of [...claimed, ...claimed]) expect(await record(one, sent(ten))).toEqual([]);
    expect(await store.find("a")).toMatchObject({ sent: 1, unanswered: 1, isAsked: false, version: 1 });
    expect(await store.find("b")).toMatchObject({ sent: 1, unanswered: 0 });
    await deliver(ten + day);
    await tick(ten + 2 * day);
    const [third] = (await claim(ten + 2 * day)).filter(({ reminder }) => reminder.id === "a");
    expect(third?.reminder).toMatchObject({ sent: 2, unanswered: 2 });
    await record(third, { kind: "sent", atMs: ten + 2 * day, isAsked: true });
    expect(await store.find("a")).toMatchObject({ sent: 3, unanswered: 3, isAsked: true });
    await store.answer(third?.occurrence.id ?? "", alice, "skipped", ten + 2 * day);
    expect(await store.find("a")).toMatchObject({ unanswered: 0, isAsked: false });
  });

  test("sent: what was answered before it was noted is not unanswered", async () => {
    const { add, store, tick, claim, record } = await fresh();
    await add(wanted("a"));
    await tick(ten);
    const [claimed] = await claim(ten);
    const id = claimed?.occurrence.id ?? "";
    expect(await store.sentAs(id)).toMatchObject({ occurrence: { id }, sentMs: ten });
    await store.answer(id, alice, "done", ten);
    await record(claimed, sent(ten));
    expect(await store.find("a")).toMatchObject({ sent: 1, unanswered: 0 });
  });

  test("sent: what its owner had saved goes along in private, once, and what is saved meanwhile stays", async () => {
    const { add, store, tick, claim, record, deliver } = await fresh();
    await add(wanted("a"), wanted("b", { place: channel }));
    await store.save(alice, ["training", "time"], ten);
    await store.save(bob, ["his"], ten);
    await tick(ten);
    const claimed = await claim(ten);
    const [a] = claimed.filter(({ reminder }) => reminder.id === "a");
    expect(claimed.map(({ reminder, saved }) => [reminder.id, saved]).sort()).toEqual([
      ["a", ["training", "time"]],
      ["b", []],
    ]);
    await store.save(alice, ["meanwhile"], ten);
    // It may be there: the next try brings the same.
    await record(a, { kind: "retry", atMs: ten, mayBeThere: true });
    const [again] = await claim(ten, { to: { place: dm("alice") } });
    expect(again?.saved).toEqual(["training", "time"]);
    await record(again, sent(ten));
    expect([await store.saved(alice), await store.saved(bob)]).toEqual([["meanwhile"], ["his"]]);
    expect((await deliver(ten + day)).find(({ reminder }) => reminder.id === "a")?.saved).toEqual(["meanwhile"]);
    expect(await store.saved(alice)).toEqual([]);
  });

  test("F16: retry: it and all others of its place wait until then, and no other place does", async () => {
    const { add, tick, claim, record, ledger } = await fresh();
    await add(wanted("a"), wanted("b"), wanted("c", { place: dm("c") }));
    await tick(ten);
    const [a, c] = await claim(ten);
    await record(c?.reminder.id === "c" ? a : c, { kind: "retry", atMs: ten + hour, mayBeThere: false });
    expect(await claim(ten + hour - 1).then(of)).toEqual(["c"]);
    expect(await claim(ten + hour).then((all) => all.filter(({ reminder }) => reminder.id !== "c"))).toMatchObject([
      { triedMs: null, tries: 1, fence: 2 },
    ]);
    expect(await ledger.nextMs()).not.toBeNull();
  });

  test("F19: retry: an earlier try that may have landed is not forgotten", async () => {
    const { add, tick, claim, record } = await fresh();
    await add(wanted("a"));
    await tick(ten);
    await record((await claim(ten))[0], { kind: "retry", atMs: ten + minute, mayBeThere: true });
    const [second] = await claim(ten + minute);
    expect(second?.triedMs).toBe(ten);
    await record(second, { kind: "retry", atMs: ten + 2 * minute, mayBeThere: true });
    expect((await claim(ten + 2 * minute))[0]).toMatchObject({ triedMs: ten, tries: 2 });
  });

  test("F18: retry: one that may have landed waits alone, and does not hold up the others of its place", async () => {
    const { add, tick, claim, record } = await fresh();
    await add(wanted("a"), wanted("b"));
    await tick(ten);
    const [first] = await claim(ten);
    await record(first, { kind: "retry", atMs: ten + hour, mayBeThere: true });
    expect(await claim(ten + 1).then(of)).toEqual([first?.reminder.id === "a" ? "b" : "a"]);
  });

  test("F18: parked: the owner of what goes to a place that is gone is told in private, once", async () => {
    const { add, store, tick, claim, record } = await fresh();
    await add(
      wanted("a", { place: channel, schedule: once }),
      wantedAt("b", ten + hour, { place: channel, person: bob, direct: dm("bob") }),
    );
    await tick(ten);
    const [claimed] = await claim(ten);
    await record(claimed, { kind: "parked", why: "is_archived", atMs: ten });
    expect(await store.find("a")).toMatchObject({ state: "parked", why: "is_archived", next: null, version: 2 });
    expect(await store.find("b")).toMatchObject({ state: "active" });
    const [notice, ...more] = await claim(ten);
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      occurrence: { kind: "notice", reminder: "a" },
      reminder: { state: "parked" },
      saved: [],
    });
    await record(notice, sent(ten));
    expect(await store.find("a")).toMatchObject({ sent: 0, unanswered: 0 });
    expect(await claim(ten + minute)).toEqual([]);
  });

  test("F18: parked: where it was meant for the owner in private, all of theirs that go there are parked", async () => {
    const { add, store, tick, claim, record } = await fresh();
    await add(
      wanted("a"),
      wanted("b"),
      wantedAt("c", ten + hour),
      wantedAt("channel", ten + hour, { place: channel }),
      wantedAt("bob's", ten + hour, { person: bob, place: dm("bob"), direct: dm("bob") }),
    );
    await tick(ten);
    const [claimed] = await claim(ten);
    await record(claimed, { kind: "parked", why: "account_inactive", atMs: ten });
    const states = await Promise.all(["a", "b", "c", "channel", "bob's"].map((id) => store.find(id)));
    expect(states.map((one) => one?.state)).toEqual(["parked", "parked", "parked", "active", "active"]);
    expect(await claim(ten + minute)).toEqual([]);
    // It is back: they go on.
    expect(await store.unpark({ person: alice }, "account_inactive", ten, () => null)).toBe(3);
    const next = { local: "2026-10-07T10:00", atMs: ten + day };
    expect(await store.find("a")).toMatchObject({ state: "active", why: null, next });
  });

  test("parked as a defect: that one alone, and its owner is told, though it is in private", async () => {
    const { add, store, tick, claim, record } = await fresh();
    await add(wanted("a"), wantedAt("b", ten + hour));
    await tick(ten);
    const [claimed] = await claim(ten);
    await record(claimed, { kind: "parked", why: "defect", atMs: ten });
    const [notice] = await claim(ten);
    expect([notice?.occurrence.kind, notice?.reminder.why]).toEqual(["notice", "defect"]);
    // Not even that can be drawn: nobody goes round in circles.
    await record(notice, { kind: "parked", why: "defect", atMs: ten });
    expect(await claim(ten + minute)).toEqual([]);
    expect((await store.find("b"))?.state).toBe("active");
  });

  test("unknown: it is over, and not counted as sent", async () => {
    const { add, store, tick, claim, record } = await fresh();
    await add(wanted("a"), wanted("b", { place: dm("b") }));
    await tick(ten);
    const [a, b] = await claim(ten);
    await record(a, { kind: "unknown", atMs: ten });
    await record(b, { kind: "unknown", atMs: ten });
    expect(await claim(ten + day)).toEqual([]);
    for (const id of ["a", "b"]) expect(await store.find(id)).toMatchObject({ sent: 0, unanswered: 0 });
    // Whoever answers it has seen it.
    expect(await store.sentAs(a?.occurrence.id ?? "")).toMatchObject({ sentMs: ten });
  });

  test("a note of many is one transaction, and says which of them were lost", async () => {
    const { add, tick, claim, ledger, store } = await fresh();
    await add(...["a", "b", "c"].map((id) => wanted(id, { place: dm(id) })));
    await tick(ten);
    const claimed = await claim(ten);
    const results = claimed.map(({ occurrence, fence, reminder }) => ({
      id: occurrence.id,
      fence: reminder.id === "b" ? fence - 1 : fence,
      outcome: sent(ten),
    }));
    const lost = await ledger.record([...results, { id: "nowhere", fence: 1, outcome: sent(ten) }]);
    const [b] = claimed.filter(({ reminder }) => reminder.id === "b");
    expect([...lost].sort()).toEqual([b?.occurrence.id ?? "", "nowhere"].sort());
    expect((await store.list(alice)).map(({ sent: count }) => count)).toEqual([1, 0, 1]);
    expect(await ledger.record([])).toEqual([]);
  });
}
