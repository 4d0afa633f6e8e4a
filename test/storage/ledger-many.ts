/** How a ledger of very many stands, on both engines. */
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Engine } from "../helpers/databases.ts";
import { minute, remindingOn, ten, wanted } from "./reminding.ts";

/** Registers the tests. */
export function testMany(engine: Engine): void {
  const { fresh } = remindingOn(engine);

  test("10,000 and more are counted every five minutes, fewer each time", async () => {
    const { add, ledger, database } = await fresh();
    await add(wanted("r"));
    const { db } = database;
    const row = await db.selectFrom("reminders").selectAll().executeTakeFirstOrThrow();
    const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
    const renamed = (by: number) =>
      sql.join(
        Object.keys(row).map((name) =>
          name === "id" || name === "person" ? sql`${sql.ref(name)} || ${sql.lit(`-${by}`)}` : sql.ref(name),
        ),
      );
    const twice = (by: number) =>
      sql`insert into reminders (${columns}) select ${renamed(by)} from reminders`.execute(db);
    const activeAt = async (nowMs: number) => (await ledger.state(nowMs, ["slack"])).active;
    const lessBy = (count: number) =>
      sql`delete from reminders where id in (select id from reminders limit ${sql.lit(count)})`.execute(db);
    for (let by = 0; by < 13; by += 1) await twice(by);
    expect(await activeAt(ten)).toBe(8_192);
    await twice(13);
    expect(await activeAt(ten)).toBe(16_384);
    await lessBy(6_000);
    expect(await activeAt(ten + 4 * minute)).toBe(16_384);
    expect(await activeAt(ten + 5 * minute)).toBe(10_384);
    await lessBy(1_000);
    expect(await activeAt(ten + 5 * minute)).toBe(9_384);
  });
}
