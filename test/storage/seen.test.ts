/** One answer to one message, over replicas and restarts. */
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { Database } from "#src/storage/tables.ts";
import { openEngines } from "../helpers/databases.ts";

const { engines, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const dayMs = 24 * 60 * 60 * 1_000;
const open: Database[] = [];
const opened = async (where: Where): Promise<Database> => {
  const database = await openDatabase(where);
  open.push(database);
  return database;
};
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

describe.each(engines)("on $name", ({ name, empty }) => {
  /** Two replicas: on PostgreSQL each has its own connections, on SQLite they share the one process. */
  async function replicas() {
    const where = await empty();
    const first = await opened(where);
    const second = name === "SQLite" ? first : await opened(where);
    const options = { leaseMs: 1_000 };
    return {
      database: first,
      one: openSeen(first, { owner: "one", ...options }),
      two: openSeen(second, { owner: "two", ...options }),
    };
  }

  test("of fifty claims at once by two replicas, exactly one wins", async () => {
    const { one, two } = await replicas();
    const claims = await Promise.all(Array.from({ length: 50 }, (_, at) => (at % 2 ? one : two).claim("m1", 0)));
    expect(claims.filter((claim) => claim === "yours")).toHaveLength(1);
    expect(claims.filter((claim) => claim === "working")).toHaveLength(49);
  });

  test("while the lease runs others wait, and so does the same replica", async () => {
    const { one, two } = await replicas();
    expect(await one.claim("m1", 0)).toBe("yours");
    expect(await two.claim("m1", 999)).toBe("working");
    expect(await one.claim("m1", 999)).toBe("working");
    expect(await two.claim("m2", 999)).toBe("yours");
  });

  test("another takes over when the lease has run out, and then the first has no say", async () => {
    const { one, two } = await replicas();
    await one.claim("m1", 0);
    expect(await two.claim("m1", 1_000)).toBe("yours");
    await one.done("m1", 1_100);
    await one.release("m1");
    expect(await one.claim("m1", 1_200)).toBe("working");
    await two.done("m1", 1_300);
    expect(await one.claim("m1", 1_400)).toBe("done");
  });

  test("done is done for 24 hours, whatever the lease was", async () => {
    const { one, two } = await replicas();
    await one.claim("m1", 0);
    await one.done("m1", 10);
    expect(await two.claim("m1", 5_000)).toBe("done");
    await two.release("m1");
    await one.release("m1");
    expect(await two.claim("m1", 10 + dayMs - 1)).toBe("done");
    expect(await two.claim("m1", 10 + dayMs)).toBe("yours");
  });

  test("what is released can be had at once", async () => {
    const { one, two } = await replicas();
    await one.claim("m1", 0);
    await one.release("m1");
    expect(await two.claim("m1", 1)).toBe("yours");
  });

  test("sweeping forgets what is a day old, says how many, and leaves the rest", async () => {
    const { database, one, two } = await replicas();
    await one.claim("old", 0);
    await one.claim("old and done", 0);
    await one.done("old and done", 1);
    await one.claim("new", 2);
    expect(await two.sweep(dayMs + 1)).toBe(2);
    expect(await two.sweep(dayMs + 1)).toBe(0);
    expect(await database.db.selectFrom("seen").selectAll().execute()).toHaveLength(1);
  });

  test("a fingerprint is kept and not the id", async () => {
    const { database, one } = await replicas();
    await one.claim("T0CANARY:C0CANARY:1", 0);
    const rows = await database.db.selectFrom("seen").selectAll().execute();
    expect(rows).toEqual([
      { id: expect.stringMatching(/^[\w-]{43}$/), state: "working", owner: "one", until_ms: 1_000, at_ms: 0 },
    ]);
  });

  test("what was claimed and done before a restart is known after it", async () => {
    const where = await empty();
    const before = await openDatabase(where);
    const first = openSeen(before, { owner: "first" });
    await first.claim("m1", 0);
    await first.claim("m2", 0);
    await first.done("m2", 1);
    await before.close();
    const second = openSeen(await opened(where), { owner: "second" });
    expect(await second.claim("m1", 100)).toBe("working");
    expect(await second.claim("m1", 20_000)).toBe("yours");
    expect(await second.claim("m2", 20_000)).toBe("done");
  });

  test("sweeping finds its rows by an index", async () => {
    const { database } = await replicas();
    const plan =
      name === "SQLite"
        ? await sql`explain query plan delete from seen where at_ms <= 1`.execute(database.db)
        : await sql`select indexdef from pg_indexes where tablename = 'seen'`.execute(database.db);
    expect(JSON.stringify(plan.rows)).toMatch(/seen_at_ms/);
  });
});
