/** The ledger on both engines: what is due is queued once, taken by one worker, and noted by whoever has it. */
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Engine } from "../helpers/databases.ts";
import {
  advance,
  alice,
  bob,
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
export function testTick(engine: Engine): void {
  const { fresh, several } = remindingOn(engine);

  test("queues what is due, sets its next time, and leaves the others", async () => {
    const { add, store, tick, claim } = await fresh();
    await add(wanted("a"), wantedAt("b", ten + minute));
    expect(await tick(ten - 1)).toBe(0);
    expect(await tick(ten)).toBe(1);
    expect(await tick(ten)).toBe(0);
    expect((await store.find("a"))?.next).toEqual({ local: "2026-10-07T10:00", atMs: ten + day });
    const [claimed] = await claim(ten);
    expect(claimed?.occurrence).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      reminder: "a",
      kind: "due",
      due: { local: "2026-10-06T10:00", atMs: ten },
      missed: 0,
    });
    expect(claimed?.reminder).toEqual(await store.find("a"));
  });

  test("moves nothing twice and leaves nothing out, however many do it at once", async () => {
    const workers = await several(4);
    const [first] = workers;
    const many = Array.from({ length: 120 }, (_, at) =>
      wanted(`r${at}`, { person: `slack:T1:U${at % 3}`, place: dm(String(at)) }),
    );
    await first.add(...many);
    const moved = await Promise.all(
      [...workers, ...workers, ...workers].map(({ ledger }) => ledger.tick(ten, 15, advance)),
    );
    const rest = await first.tick(ten);
    expect(moved.reduce((sum, count) => sum + count, rest)).toBe(120);
    expect(new Set(of(await first.claim(ten, { most: 200 }))).size).toBe(120);
  });

  test("F32: queues and sets the next time, or neither", async () => {
    const { add, store, tick, claim, database } = await fresh();
    await add(wanted("a"));
    await sql`alter table occurrences rename to away`.execute(database.db);
    await expect(tick(ten)).rejects.toThrow();
    expect((await store.find("a"))?.next?.atMs).toBe(ten);
    await sql`alter table away rename to occurrences`.execute(database.db);
    expect(await tick(ten)).toBe(1);
    expect(of(await claim(ten))).toEqual(["a"]);
  });

  test("queues the same time once, also where the clock was set back and it comes due again", async () => {
    const { add, store, tick, deliver } = await fresh();
    const [kept] = await add(wanted("a"));
    expect(of(await deliver(ten))).toEqual(["a"]);
    if (kept) await store.change(kept, ten, { cancels: false });
    expect(await tick(ten)).toBe(1);
    expect(of(await deliver(ten))).toEqual([]);
  });

  test("ends what has no next time, which can still be sent and put off", async () => {
    const { add, store, deliver } = await fresh();
    await add(wanted("a", { schedule: once }));
    const [claimed] = await deliver(ten);
    expect(await store.find("a")).toMatchObject({ state: "ended", next: null, sent: 1 });
    const due = { local: "2026-10-06T11:00", atMs: ten + hour };
    for (let times = 0; times < 2; times += 1) await store.snooze(claimed?.occurrence.id ?? "", due, ten);
    expect(of(await deliver(ten + hour - 1))).toEqual([]);
    const [later, ...more] = await deliver(ten + hour);
    expect(later?.occurrence).toMatchObject({ reminder: "a", kind: "snooze", due });
    expect(more).toEqual([]);
  });

  test("makes a paused one active when its day has come", async () => {
    const { add, store, deliver } = await fresh();
    const [kept] = await add(wanted("a"));
    const next = { local: "2026-10-09T10:00", atMs: ten + 3 * day };
    if (kept) await store.change({ ...kept, state: "paused", pausedUntil: "2026-10-09", next }, ten, { cancels: true });
    expect(of(await deliver(ten + 2 * day))).toEqual([]);
    expect(of(await deliver(ten + 3 * day))).toEqual(["a"]);
    expect(await store.find("a")).toMatchObject({ state: "active", pausedUntil: null });
  });

  test("parks what cannot be worked out or read, tells its owner, and goes on with the others", async () => {
    const { add, store, ledger, claim, database } = await fresh();
    await add(wanted("a"), wanted("b", { place: dm("b") }), wanted("c", { place: dm("c") }));
    await database.db.updateTable("reminders").set({ skips: "no list" }).where("id", "=", "b").execute();
    const moved = await ledger.tick(ten, 10, (reminder, nowMs) => {
      if (reminder.id === "a") throw new RangeError("No such rule.");
      return advance(reminder, nowMs);
    });
    expect(moved).toBe(3);
    expect(await store.find("a")).toMatchObject({ state: "parked", why: "defect", next: null });
    expect((await claim(ten)).map(({ occurrence }) => [occurrence.reminder, occurrence.kind]).sort()).toEqual([
      ["a", "notice"],
      ["c", "due"],
    ]);
    const row = database.db.selectFrom("reminders").select(["state", "why"]).where("id", "=", "b");
    expect(await row.executeTakeFirst()).toEqual({ state: "parked", why: "defect" });
    expect([await store.find("b"), (await store.list(alice)).map(({ id }) => id)]).toEqual([null, ["a", "c"]]);
  });

  test("the clock, what comes next, and how it stands", async () => {
    const { add, tick, claim, record, ledger, store } = await fresh();
    expect([await ledger.clock(), await store.clock(), await ledger.nextMs()]).toEqual([ten, ten, null]);
    const page = { door: "web", key: "page", isPrivate: true };
    await add(
      wanted("a"),
      wanted("b", { person: bob, place: dm("b") }),
      wanted("c", { place: page }),
      wantedAt("d", ten + hour),
    );
    expect(await ledger.nextMs()).toBe(ten);
    const still = { sending: 0, unknown: 0, parked: 0, active: 4 };
    expect(await ledger.state(ten + minute, ["slack"])).toEqual({ due: 2, oldestDueMs: minute, ...still });
    await tick(ten);
    expect(await ledger.state(ten + minute, ["slack"])).toEqual({ due: 2, oldestDueMs: minute, ...still });
    expect(await ledger.state(ten + minute, ["slack", "web"])).toMatchObject({ due: 3 });
    expect(await ledger.state(ten + minute, [])).toEqual({ due: 0, oldestDueMs: 0, ...still });
    const [a, b] = await claim(ten);
    expect(await ledger.state(ten, ["slack"])).toMatchObject({ sending: 2, due: 2 });
    await record(a, { kind: "unknown", atMs: ten });
    await record(b, sent(ten));
    expect(await ledger.state(ten, ["slack"])).toEqual({ due: 0, oldestDueMs: 0, ...still, unknown: 1 });
    const [c] = await claim(ten, { to: { place: page } });
    expect(await ledger.nextMs()).toBe(ten + minute);
    await record(c, sent(ten));
    expect(await ledger.nextMs()).toBe(ten + hour);
  });
}
