/** PostgreSQL that is away, comes back, hangs, or is not what it should be. */
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase } from "#src/storage/database.ts";
import { openInstalls } from "#src/storage/installs.ts";
import { createPool } from "#src/storage/pool.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { Database } from "#src/storage/tables.ts";
import { cableTo, openEngines } from "../helpers/databases.ts";

const { postgres, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const open: Database[] = [];
const opened = async (url: string): Promise<Database> => {
  const database = await openDatabase({ kind: "postgres", url });
  open.push(database);
  return database;
};
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

// Nothing here asserts how long something takes; a test that hangs fails by this.
const soon = 20_000;
const seenOf = (database: Database) => openSeen(database, { owner: "one" });

describe.runIf(postgres)("a PostgreSQL", () => {
  const server = () => postgres ?? expect.fail("These tests run where PostgreSQL is.");

  test(
    "F31: that is down at the start is opened all the same, and used from when it is there",
    async () => {
      const url = await server().create();
      await server().stop();
      try {
        const database = await opened(url);
        expect(await database.ready()).toBe(false);
        const claims = await Promise.allSettled(["a", "b", "c"].map((id) => seenOf(database).claim(id, 0)));
        expect(claims.map((claim) => claim.status === "rejected" && claim.reason.code)).toEqual(
          claims.map(() => "ECONNREFUSED"),
        );
        await server().start();
        const [one, two] = await Promise.all([seenOf(database).claim("a", 0), seenOf(database).claim("b", 0)]);
        expect([one, two]).toEqual(["yours", "yours"]);
        expect(await database.ready()).toBe(true);
      } finally {
        await server().stop();
        await server().start();
      }
    },
    soon,
  );

  test(
    "F32: that dies and comes back rejects meanwhile, takes nobody with it, and works again",
    async () => {
      const database = await opened(await server().create());
      const seen = seenOf(database);
      // Several connections lie idle, and one is in the middle of a transaction, when it dies.
      await Promise.all(Array.from({ length: 8 }, (_, at) => seen.claim(`m${at}`, 0)));
      const { promise: isDown, resolve: down } = Promise.withResolvers<void>();
      const { promise: hasBegun, resolve: begun } = Promise.withResolvers<void>();
      const torn = database.db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom("seen").execute();
        begun();
        await isDown;
        await transaction.deleteFrom("seen").execute();
      });
      const tornOutcome = Promise.allSettled([torn]);
      await hasBegun;
      await server().stop();
      down();
      expect((await tornOutcome)[0]?.status).toBe("rejected");
      const claims = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => seen.claim(`n${at}`, 0)));
      expect(claims.filter(({ status }) => status === "rejected")).toHaveLength(20);
      expect(await database.ready()).toBe(false);
      await server().start();
      expect(await seen.claim("m0", 1)).toBe("working");
      expect(await seen.claim("n0", 1)).toBe("yours");
    },
    soon,
  );

  test(
    "F33: behind a connection that goes silent is given up, and another connection is made",
    async () => {
      const cable = await cableTo(await server().create());
      const database = await opened(cable.url);
      await seenOf(database).claim("a", 0);
      cable.cut();
      await expect(seenOf(database).claim("b", 0)).rejects.toMatchObject({ code: "silent" });
      cable.mend();
      expect(await seenOf(database).claim("c", 0)).toBe("yours");
      await database.close();
      await cable.close();
    },
    soon,
  );

  test(
    "F34: whose statement is slow is told to stop, and does not keep the others waiting for ever",
    async () => {
      const database = await opened(await server().create());
      const slow = Array.from({ length: 10 }, () => sql`select pg_sleep(30)`.execute(database.db));
      const outcomes = Promise.allSettled(slow);
      await expect(seenOf(database).claim("a", 0)).rejects.toMatchObject({ code: "unreachable" });
      expect((await outcomes).map((outcome) => outcome.status === "rejected" && outcome.reason.code)).toEqual(
        slow.map(() => "57014"),
      );
      expect(await seenOf(database).claim("a", 0)).toBe("yours");
    },
    soon,
  );

  test(
    "F35: that ends a session in mid-renewal keeps the new token all the same",
    async () => {
      const url = await server().create();
      const [database, other] = [await opened(url), await opened(url)];
      const installs = openInstalls(database, Buffer.alloc(32, 1));
      await installs.put("slack", "T1", "spent", 1);
      const renewed = await installs.renew("slack", "T1", async () => {
        const all = sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
        await all.execute(other.db);
        return "fresh";
      });
      expect([renewed, await installs.get("slack", "T1")]).toEqual(["fresh", "fresh"]);
    },
    soon,
  );

  test("whose address has a wrong password or database is refused with what to correct", async () => {
    const wrong = new URL(await server().create());
    wrong.password = "CANARY";
    const refused = openDatabase({ kind: "postgres", url: wrong.href });
    await expect(refused).rejects.toMatchObject({ code: "storage", fix: expect.stringContaining("the password") });
    await expect(refused).rejects.not.toThrow(/CANARY/);
    const nowhere = (await server().create()).replace(/\w+$/, "nowhere");
    await expect(openDatabase({ kind: "postgres", url: nowhere })).rejects.toMatchObject({
      message: "The database named in DATABASE_URL is not there (3D000).",
    });
  });

  test("that speaks no TLS is refused, with what to do, where the address wants it", async () => {
    const url = `${await server().create()}?sslmode=verify-full`;
    await expect(openDatabase({ kind: "postgres", url })).rejects.toMatchObject({
      code: "storage",
      fix: expect.stringContaining("sslmode=disable"),
    });
  });

  test("gives numbers as numbers, here and nowhere else", async () => {
    const { types } = await import("pg");
    const { db } = await opened(await server().create());
    const { rows } = await sql`select 1790000000000::bigint as at, count(*) as many from seen`.execute(db);
    expect(rows).toEqual([{ at: 1_790_000_000_000, many: 0 }]);
    expect(types.getTypeParser(20, "text")("1")).toBe("1");
  });
});

describe("the way to a PostgreSQL", () => {
  test.each([
    ["postgres://u@db.example.org/bearings", true],
    ["postgresql://u@192.0.2.7:6432/bearings", true],
    ["postgres://u@localhost/bearings", undefined],
    ["postgres://u@127.0.0.1/bearings", undefined],
    ["postgres://u@[::1]/bearings", undefined],
    ["postgres:///bearings", undefined],
    ["postgres://u@%2Fvar%2Frun%2Fpostgresql/bearings", undefined],
    ["postgres:///bearings?host=/var/run/postgresql", undefined],
    ["postgres://u@localhost/bearings?host=db.example.org", true],
    ["postgres://u@db.example.org/bearings?sslmode=disable", undefined],
  ])("%s is encrypted: %s", async (url, ssl) => {
    const pool = createPool(url);
    expect(pool.options.ssl).toBe(ssl);
    await pool.end();
  });
});
