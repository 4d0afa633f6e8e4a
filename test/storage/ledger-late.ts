/** After an outage one message speaks for all that are late at a place, on both engines. */
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
export function testLate(engine: Engine): void {
  const { fresh } = remindingOn(engine);

  test("those of a place that are late are joined to the first, for good, and share what comes of it", async () => {
    const { add, store, tick, claim, record } = await fresh();
    await add(
      ...[0, 1, 2].map((minutes) => wantedAt(`r${minutes}`, ten + minutes * minute)),
      wanted("elsewhere", { place: channel, schedule: once }),
      wantedAt("fresh", ten + 23 * hour),
    );
    await tick(ten + day);
    const claimed = await claim(ten + day);
    expect(claimed.map(({ reminder, also }) => [reminder.id, also.map(({ id }) => id)]).sort()).toEqual([
      ["elsewhere", []],
      ["r0", ["r1", "r2"]],
    ]);
    const [first] = claimed.filter(({ reminder }) => reminder.id === "r0");
    await record(first, { kind: "retry", atMs: ten + day + hour, mayBeThere: true });
    const [second] = await claim(ten + day + hour, { to: { place: dm("alice") } });
    expect([second?.reminder.id, second?.also.map(({ id }) => id)]).toEqual(["r0", ["r1", "r2"]]);
    await record(second, sent(ten + day + hour));
    for (const id of ["r0", "r1", "r2"]) expect(await store.find(id)).toMatchObject({ sent: 1, unanswered: 1 });
    await store.answer(second?.occurrence.id ?? "", alice, "done", ten + day + hour);
    for (const id of ["r0", "r1", "r2"]) expect(await store.find(id)).toMatchObject({ unanswered: 0 });
    expect(await claim(ten + day + hour, { to: { place: dm("alice") } }).then(of)).toEqual(["fresh"]);
  });

  test("the one that speaks for others is cancelled: they speak for themselves", async () => {
    const { add, store, tick, claim, record, deliver } = await fresh();
    const [a] = await add(
      wanted("a", { schedule: once }),
      ...["b", "c"].map((id) => wanted(id, { person: bob, schedule: once })),
    );
    await tick(ten + day);
    const [first] = await claim(ten + day);
    expect(first?.also).toHaveLength(2);
    await record(first, { kind: "retry", atMs: ten + day, mayBeThere: false });
    const main = await store.find(first?.reminder.id ?? "");
    expect(a).toBeDefined();
    if (main) await store.change({ ...main, state: "deleted", next: null }, ten + day, { cancels: true });
    const [second, ...more] = await deliver(ten + day);
    expect(more).toEqual([]);
    expect(new Set([second?.reminder.id, ...(second?.also.map(({ id }) => id) ?? []), main?.id])).toEqual(
      new Set(["a", "b", "c"]),
    );
  });

  test("several times of one reminder are one, with those that were passed over counted", async () => {
    const { add, tick, claim, record } = await fresh();
    await add(wanted("a"));
    for (const days of [0, 1, 2]) await tick(ten + days * day);
    const [claimed, ...more] = await claim(ten + 3 * day - minute);
    expect([claimed?.occurrence.missed, claimed?.also, more]).toEqual([2, [], []]);
    await record(claimed, sent(ten + 3 * day));
    expect(await claim(ten + 3 * day - minute)).toEqual([]);
  });
}
