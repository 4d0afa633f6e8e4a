/** What databases do now and then, on both engines: nothing is half done, and what passes is tried again. */
import { type Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { openLedger } from "#src/storage/ledger.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import type { Database, Tables } from "#src/storage/tables.ts";
import { userText } from "#src/turn.ts";
import type { Engine } from "../helpers/databases.ts";
import { advance, again, alice, dm, hour, minute, type Opened, remindingOn, sent, ten, wanted } from "./reminding.ts";

/** Registers the tests. */
export function testTrouble(engine: Engine): void {
  const { fresh, several } = remindingOn(engine);

  test("F35: a change that was kept, and whose answer was lost, is not made twice", async () => {
    const { database, claim } = await fresh();
    const { lossy, loseNext } = losing(database);
    const store = openReminderStore(lossy, { clock: () => ten });
    const ledger = openLedger(lossy, { clock: () => ten });
    loseNext();
    const added = await store.add(wanted("a"), ten);
    if (added.kind !== "added") return expect.fail("There is room for it.");
    loseNext();
    const partner = userText("Maria");
    const changed = await store.change({ ...added.reminder, partner }, ten, { cancels: false });
    expect(changed).toMatchObject({ version: 2, number: 1 });
    // Somebody else's change of the same version is still refused.
    loseNext();
    expect(await store.change({ ...added.reminder, partner: null }, ten, { cancels: false })).toBeNull();
    loseNext();
    expect(await store.undo("a", alice, 2, ten, again(ten - hour))).toMatchObject({ version: 3, partner: null });
    loseNext();
    await ledger.tick(ten, 10, advance);
    const [claimed, ...more] = await claim(ten);
    expect([claimed?.reminder.id, more]).toEqual(["a", []]);
    loseNext();
    const result = { id: claimed?.occurrence.id ?? "", fence: claimed?.fence ?? 0, outcome: sent(ten) };
    expect(await ledger.record([result])).toEqual([]);
    expect(await store.list(alice)).toMatchObject([{ sent: 1, version: 3 }]);
  });

  test("F35: a note of a try that was kept, and whose answer was lost, counts once, whatever came of it", async () => {
    const { add, tick, claim, database } = await fresh();
    const { lossy, loseNext } = losing(database);
    const ledger = openLedger(lossy);
    await add(wanted("a"));
    await tick(ten);
    for (let tries = 0; tries < 3; tries += 1) {
      const [claimed] = await claim(ten + tries * minute);
      expect(claimed).toMatchObject({ tries, triedMs: null });
      loseNext();
      const outcome = { kind: "retry", atMs: ten + (tries + 1) * minute, mayBeThere: false } as const;
      const result = { id: claimed?.occurrence.id ?? "", fence: claimed?.fence ?? 0, outcome };
      expect(await ledger.record([result])).toEqual([]);
    }
  });

  if (engine.name === "SQLite") testFull(fresh);
  else testServer(several);
}

function testFull(fresh: () => Promise<Opened>): void {
  test("F36: a disk that is full is told by its code, leaves nothing half done, and works again when there is room", async () => {
    const { add, store, tick, claim, database } = await fresh();
    await add(wanted("a"));
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.db);
    await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 1)}`.execute(database.db);
    const label = userText("x".repeat(20_000));
    await expect(store.add(wanted("b", { label }), ten)).rejects.toMatchObject({ code: "SQLITE_FULL" });
    expect((await store.list(alice)).map(({ id }) => id)).toEqual(["a"]);
    await sql`pragma max_page_count = 1000000`.execute(database.db);
    expect(await store.add(wanted("b", { label }), ten)).toMatchObject({ kind: "added" });
    expect([await tick(ten), (await claim(ten)).length]).toEqual([2, 1]);
  });
}

function testServer(several: (many: number) => Promise<readonly [Opened, ...Opened[]]>): void {
  test.each(["40001", "40P01", "57P01"])(
    "F35: a transaction that ends with %s is tried again, three times at most",
    async (code) => {
      const [{ add, store, database }] = await several(1);
      const { db } = database;
      await add(wanted("a"));
      await sql`create sequence tries`.execute(db);
      await sql
        .raw(`create function fails() returns trigger language plpgsql as $$ begin
      if nextval('tries') <= 3 then raise exception using errcode = '${code}'; end if; return new; end $$`)
        .execute(db);
      await sql`create trigger failing before insert on reminders for each row execute function fails()`.execute(db);
      try {
        expect(await store.add(wanted("b"), ten)).toMatchObject({ kind: "added", reminder: { number: 2 } });
        await sql`alter sequence tries minvalue -9 restart with 0`.execute(db);
        await expect(store.add(wanted("c"), ten)).rejects.toMatchObject({ code });
      } finally {
        await sql`drop trigger failing on reminders`.execute(db);
        await sql`drop function fails`.execute(db);
        await sql`drop sequence tries`.execute(db);
      }
      expect(await store.list(alice)).toHaveLength(2);
    },
  );

  test("F35: a session that the server ends in the middle of a change is followed by another", async () => {
    const [one, two] = await several(2);
    const [kept] = await one.add(wanted("a"));
    if (kept === undefined || two === undefined) return expect.fail("There are two.");
    const { promise: isOver, resolve: over } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
    const holding = two.database.db.transaction().execute(async (tx) => {
      await tx.selectFrom("reminders").selectAll().forUpdate().execute();
      held();
      await isOver;
    });
    await isHeld;
    const changing = one.store.change({ ...kept, partner: userText("Maria") }, ten, { cancels: true });
    const kill = sql<{ ended: boolean }>`select pg_terminate_backend(pid) as ended from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await kill.execute(two.database.db)).rows.length).toBe(1);
    over();
    await holding;
    expect(await changing).toMatchObject({ version: 2 });
    expect(await one.store.find("a")).toMatchObject({ version: 2 });
  });

  test("F34: one that is being changed at this moment holds up none of the others", async () => {
    const [one, two] = await several(2);
    await one.add(wanted("a"), wanted("b", { place: dm("b") }));
    await two?.database.db.transaction().execute(async (tx) => {
      await tx.selectFrom("reminders").selectAll().where("id", "=", "a").forUpdate().execute();
      expect(await one.tick(ten)).toBe(1);
      await tx.selectFrom("occurrences").selectAll().forUpdate().execute();
      expect(await one.claim(ten)).toEqual([]);
    });
    expect([await one.tick(ten), (await one.claim(ten)).length]).toEqual([1, 2]);
  });

  test("a pause that comes while it is being taken cancels it", async () => {
    const [one, two] = await several(2);
    const [a] = await one.add(wanted("a"));
    await one.tick(ten);
    if (a === undefined || two === undefined) return expect.fail("There are two.");
    const { promise: isOver, resolve: over } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
    const taking = two.database.db.transaction().execute(async (tx) => {
      await tx.updateTable("occurrences").set({ state: "sending", fence: 1, began_ms: ten }).execute();
      held();
      await isOver;
    });
    await isHeld;
    const pausing = one.store.change({ ...a, state: "paused", next: null }, ten + 1, { cancels: true });
    const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waits.execute(two.database.db)).rows.length).toBe(1);
    over();
    await taking;
    expect(await pausing).toMatchObject({ state: "paused" });
    const rows = one.database.db.selectFrom("occurrences").select(["state", "cancelled"]);
    expect(await rows.execute()).toEqual([{ state: "sending", cancelled: 1 }]);
  });
}

/** A database of which the answer to a transaction can be lost, when it is kept. */
function losing(database: Database) {
  let lost = 0;
  const transaction = () => ({
    async execute<T>(work: Parameters<ReturnType<Kysely<Tables>["transaction"]>["execute"]>[0]) {
      const result = await database.db.transaction().execute(work);
      lost -= 1;
      if (lost === 0) throw Object.assign(new Error("lost"), { code: "lost" });
      return result as T;
    },
  });
  const db = new Proxy(database.db, {
    get(target, name) {
      if (name === "transaction") return transaction;
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
  return {
    lossy: { ...database, db },
    loseNext: () => {
      lost = 1;
    },
  };
}
