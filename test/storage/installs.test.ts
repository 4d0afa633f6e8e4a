/** Installations: sealed where they lie, erased when they go, renewed once over all replicas. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { openInstalls } from "#src/storage/installs.ts";
import type { Database } from "#src/storage/tables.ts";
import { openEngines } from "../helpers/databases.ts";

const { engines, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const key = Buffer.alloc(32, 1);
const canary = "xoxe.xoxb-CANARY-0123456789";
const open: Database[] = [];
const opened = async (where: Where): Promise<Database> => {
  const database = await openDatabase(where);
  open.push(database);
  return database;
};
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

/** A promise and what resolves it. */
const gate = () => Promise.withResolvers<void>();

describe.each(engines)("on $name", ({ name, empty }) => {
  /** Two replicas. SQLite has one process, and that opens its installations once. */
  async function replicas() {
    const where = await empty();
    const database = await opened(where);
    const one = openInstalls(database, key);
    return { database, one, two: name === "SQLite" ? one : openInstalls(await opened(where), key) };
  }

  test("a record is put, read by another replica, replaced and removed", async () => {
    const { one, two } = await replicas();
    expect(await one.get("slack", "T1")).toBeNull();
    await one.put("slack", "T1", "first", 1);
    await one.put("slack", "T2", "another", 1);
    await one.put("teams", "T1", "elsewhere", 1);
    expect(await two.get("slack", "T1")).toBe("first");
    await two.put("slack", "T1", "second", 2);
    expect(await one.get("slack", "T1")).toBe("second");
    await one.remove("slack", "T1", 3);
    expect(await two.get("slack", "T1")).toBeNull();
    expect(await two.get("slack", "T2")).toBe("another");
    expect(await two.get("teams", "T1")).toBe("elsewhere");
  });

  test("with another SECRET_KEY nothing opens, nothing is renewed, and the error says which key is needed", async () => {
    const { database, one } = await replicas();
    await one.put("slack", "T1", canary, 1);
    const other = openInstalls(database, Buffer.alloc(32, 2));
    const sealed = { code: "sealed", fix: "Start with the SECRET_KEY it was sealed with." };
    await expect(other.get("slack", "T1")).rejects.toMatchObject(sealed);
    await expect(other.renew("slack", "T1", async () => "stolen")).rejects.toMatchObject(sealed);
    expect(await one.get("slack", "T1")).toBe(canary);
  });

  test("a record that was moved to another workspace in the database does not open", async () => {
    const { database, one } = await replicas();
    await one.put("slack", "T1", canary, 1);
    await database.db.updateTable("installs").set({ workspace: "T2" }).execute();
    await expect(one.get("slack", "T2")).rejects.toMatchObject({ code: "sealed" });
  });

  test("the tables hold no token", async () => {
    const { database, one } = await replicas();
    await one.put("slack", "T1", canary, 1);
    const rows = await database.db.selectFrom("installs").selectAll().execute();
    expect(rows).toEqual([
      { platform: "slack", workspace: "T1", sealed: expect.stringMatching(/^v1\./), updated_ms: 1 },
    ]);
    expect(JSON.stringify(rows)).not.toContain("CANARY");
  });

  test("twenty replicas' worth of renewals at once call the platform once", async () => {
    const { one, two } = await replicas();
    await one.put("slack", "T1", "spent", 1);
    let calls = 0;
    const renewal = async (record: string) => {
      if (record !== "spent") return null;
      calls += 1;
      // The others must not get in while this one waits for the network.
      await new Promise((resolve) => setTimeout(resolve, 150));
      return "fresh";
    };
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 ? one : two).renew("slack", "T1", renewal)),
    );
    expect(calls).toBe(1);
    expect(new Set(results)).toEqual(new Set(["fresh"]));
    expect(await two.get("slack", "T1")).toBe("fresh");
  });

  test("while one workspace waits for its platform, everything else goes on", async () => {
    const { one, two } = await replicas();
    await one.put("slack", "T1", "spent", 1);
    await one.put("slack", "T2", "spent too", 1);
    const { promise, resolve } = gate();
    const begun = gate();
    const slow = one.renew("slack", "T1", async () => {
      begun.resolve();
      await promise;
      return "fresh";
    });
    await begun.promise;
    expect(await two.renew("slack", "T2", async () => "fresh too")).toBe("fresh too");
    expect(await one.get("slack", "T1")).toBe("spent");
    await one.put("slack", "T3", "new", 1);
    resolve();
    expect(await slow).toBe("fresh");
  });

  test("more slow renewals than there are connections leave some for the rest", async () => {
    const { one } = await replicas();
    const { promise, resolve } = gate();
    const names = Array.from({ length: 15 }, (_, at) => `T${at}`);
    for (const workspace of names) await one.put("slack", workspace, "spent", 1);
    let begun = 0;
    const slow = names.map((workspace) =>
      one.renew("slack", workspace, async () => {
        begun += 1;
        await promise;
        return "fresh";
      }),
    );
    await expect.poll(() => begun).toBeGreaterThanOrEqual(4);
    expect(await one.get("slack", "T3")).toBe("spent");
    resolve();
    expect(await Promise.all(slow)).toEqual(names.map(() => "fresh"));
  });

  test("news that is older than a record, by less than an hour, does not erase it", async () => {
    const { one } = await replicas();
    const hourMs = 3_600_000;
    await one.put("slack", "T1", "anew", 10 * hourMs);
    await one.remove("slack", "T1", 9.5 * hourMs);
    expect(await one.get("slack", "T1")).toBe("anew");
    // A time from long ago is no time of an event that has just come.
    await one.remove("slack", "T1", 0);
    expect(await one.get("slack", "T1")).toBeNull();
  });

  test("a workspace erased while it was being renewed stays erased, and one installed anew keeps its new record", async () => {
    const { one, two } = await replicas();
    await one.put("slack", "T1", "spent", 1);
    const erased = await one.renew("slack", "T1", async () => {
      await two.remove("slack", "T1", 3);
      return "fresh";
    });
    expect([erased, await one.get("slack", "T1")]).toEqual([null, null]);
    await one.put("slack", "T1", "spent", 2);
    const anew = await one.renew("slack", "T1", async () => {
      await two.put("slack", "T1", "installed anew", 3);
      return "fresh";
    });
    expect([anew, await one.get("slack", "T1")]).toEqual(["installed anew", "installed anew"]);
  });

  test("a renewal that is not needed or fails leaves the record, and the next one gets its turn", async () => {
    const { one, two } = await replicas();
    await one.put("slack", "T1", "good", 1);
    expect(await one.renew("slack", "T1", async () => null)).toBe("good");
    await expect(one.renew("slack", "T1", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await two.renew("slack", "T1", async (record) => `${record}, renewed`)).toBe("good, renewed");
    expect(await one.renew("slack", "none", async () => "invented")).toBeNull();
  });
});

test("the SQLite file and those beside it hold no token, while it is open and after it was erased", async () => {
  const sqlite = engines.find(({ name }) => name === "SQLite");
  const where = await sqlite?.empty();
  if (where?.kind !== "sqlite") throw new Error("SQLite is always there.");
  const database = await opened(where);
  const installs = openInstalls(database, key);
  await installs.put("slack", "T0MARKED", canary, 1);
  const { sealed } = await database.db.selectFrom("installs").select("sealed").executeTakeFirstOrThrow();
  const raw = () => Buffer.concat(readdirSync(where.dir).map((file) => readFileSync(join(where.dir, file))));
  expect(raw().includes("T0MARKED")).toBe(true);
  expect(raw().includes("CANARY")).toBe(false);
  await installs.remove("slack", "T0MARKED", 3);
  await database.close();
  expect(raw().includes(sealed)).toBe(false);
});
