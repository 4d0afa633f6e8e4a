/** The ledger on both engines: what is due is queued once, taken by one worker, and noted by whoever has it. */
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import type { Where } from "#src/storage/database.ts";
import { openEngines } from "../helpers/databases.ts";
import {
  advance,
  alice,
  bob,
  channel,
  day,
  dm,
  hour,
  minute,
  type Opened,
  of,
  once,
  openReminding,
  sent,
  ten,
  wanted,
  wantedAt,
} from "./reminding.ts";

const { engines, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const open: Opened[] = [];
const opened = async (where: Where): Promise<Opened> => {
  const one = await openReminding(where);
  open.push(one);
  return one;
};
afterEach(async () => {
  for (const { database } of open.splice(0)) await database.close();
});

describe.each(engines)("on $name", ({ name, empty }) => {
  const fresh = async () => opened(await empty());
  /** Replicas on PostgreSQL; several workers of the one process on SQLite. */
  async function several(many: number): Promise<readonly Opened[]> {
    const where = await empty();
    const first = await opened(where);
    const others = Array.from({ length: many - 1 }, () => (name === "SQLite" ? first : opened(where)));
    return [first, ...(await Promise.all(others))];
  }

  describe("tick", () => {
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
      await first?.add(...many);
      const moved = await Promise.all(
        [...workers, ...workers, ...workers].map(({ ledger }) => ledger.tick(ten, 15, advance)),
      );
      const rest = (await first?.tick(ten)) ?? 0;
      expect(moved.reduce((sum, count) => sum + count, rest)).toBe(120);
      expect(new Set(of((await first?.claim(ten, { most: 200 })) ?? [])).size).toBe(120);
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
      if (kept)
        await store.change({ ...kept, state: "paused", pausedUntil: "2026-10-09", next }, ten, { cancels: true });
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
  });

  describe("claim", () => {
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
      expect(await record(second, { kind: "dropped", atMs: ten })).toEqual([id]);
      expect(await record(third, sent(ten))).toEqual([]);
      expect(await claim(ten + day)).toEqual([]);
    });

    test("gives each to one worker, and one of a place at a time, however many claim at once", async () => {
      const workers = await several(4);
      const [first] = workers;
      const all = Array.from({ length: 120 }, (_, at) =>
        wanted(`r${at}`, { person: `slack:T1:U${at % 4}`, place: dm(String(at % 30)) }),
      );
      await first?.add(...all);
      await first?.ledger.tick(ten, 200, advance);
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
});
