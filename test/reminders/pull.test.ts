/** What is due for those who ask for it, on the real ledger. */
import { beforeAll, expect, test } from "vitest";
import type { LogEvent } from "#src/log.ts";
import { nextAfter } from "#src/reminders/calendar/calendar.ts";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import { openPull, type Pull } from "#src/reminders/dispatch/pull.ts";
import type { Schedule } from "#src/reminders/reminder.ts";
import type { Claimed, Reminders } from "#src/reminders/store.ts";
import type { Reply } from "#src/reply.ts";
import type { Place } from "#src/turn.ts";
import type { Store } from "../helpers/reminders/memory-ledger.ts";
import type { OpenStore } from "../helpers/reminders/simulate.ts";
import { openSqliteStores } from "../helpers/reminders/sqlite-store.ts";
import { firstMs, weekly } from "../helpers/reminders/stand.ts";

const page = (key: string): Place => ({ door: "web", key, isPrivate: true });
const note: Reply = { kind: "note", why: "reminder:due", say: "It is due.", asides: [], buttons: [] };
const daily: Schedule = { ...weekly, rule: "FREQ=DAILY" };

let openStore: OpenStore;
beforeAll(async () => {
  openStore = await openSqliteStores();
});

type Desk = {
  readonly pull: Pull;
  readonly reminders: Store["reminders"] & Pick<Reminders, "find">;
  readonly drawn: Claimed[];
  readonly log: LogEvent[];
  /** How often something was to be noted. */
  readonly asked: () => number;
  readonly pass: (ms: number) => void;
  readonly add: (id: string, key: string, schedule?: Schedule) => Promise<void>;
};

/** At ten o'clock. */
async function open(draw: (claimed: Claimed) => Reply = () => note): Promise<Desk> {
  let nowMs = firstMs;
  const { ledger, reminders } = await openStore(
    () => nowMs,
    () => false,
  );
  const drawn: Claimed[] = [];
  const log: LogEvent[] = [];
  let asked = 0;
  const pull = openPull({
    ledger: {
      ...ledger,
      record(results) {
        asked += 1;
        return ledger.record(results);
      },
    },
    advance: advanceWith(() => new Set()),
    log: (event) => void log.push(event),
    draw(claimed) {
      drawn.push(claimed);
      return draw(claimed);
    },
  });
  return {
    pull,
    reminders,
    drawn,
    log,
    asked: () => asked,
    pass(ms) {
      nowMs += ms;
    },
    async add(id, key, schedule = daily) {
      const next = nextAfter(schedule, nowMs - 1, new Set());
      const kept = { id, person: key, place: page(key), direct: page(key), label: null, partner: null, schedule, next };
      await reminders.add(kept, nowMs);
    },
  };
}

test("what is due comes once it is asked for, to the place it is for, and not again once it has arrived", async () => {
  const { pull, add, reminders } = await open();
  await add("r1", "a");
  expect(await pull.due(page("b"))).toBeNull();
  const due = await pull.due(page("a"));
  expect(due).toMatchObject({ reply: note });
  await pull.arrived(page("a"), due?.id ?? "", due?.fence ?? 0);
  expect(await pull.due(page("a"))).toBeNull();
  expect(await reminders.find("r1")).toMatchObject({ sent: 1, unanswered: 1 });
});

test("F43: what was never said to have arrived comes again under the same id after half a minute, and not before", async () => {
  const { pull, add, pass } = await open();
  await add("r1", "a");
  const first = await pull.due(page("a"));
  pass(29_000);
  expect(await pull.due(page("a"))).toBeNull();
  pass(1_000);
  const second = await pull.due(page("a"));
  expect(second?.id).toBe(first?.id);
  expect(second?.fence).not.toBe(first?.fence);
  // Whoever shows the first one now is too late to say so.
  await pull.arrived(page("a"), first?.id ?? "", first?.fence ?? 0);
  pass(30_000);
  expect(await pull.due(page("a"))).not.toBeNull();
});

test("a fence that was made up notes nothing", async () => {
  const { pull, add, pass, reminders, asked } = await open();
  await add("r1", "a");
  const due = await pull.due(page("a"));
  for (const fence of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    await pull.arrived(page("a"), due?.id ?? "", fence);
  // What is no fence at all does not even reach the database.
  expect(asked()).toBe(0);
  for (const fence of [0, (due?.fence ?? 0) + 2]) await pull.arrived(page("a"), due?.id ?? "", fence);
  await pull.arrived(page("a"), "no such id", due?.fence ?? 0);
  expect(await reminders.find("r1")).toMatchObject({ sent: 0 });
  pass(30_000);
  expect((await pull.due(page("a")))?.id).toBe(due?.id);
});

test("that something has arrived can be said for its own place alone", async () => {
  const { pull, add, pass, reminders } = await open();
  await add("r1", "a");
  const due = await pull.due(page("a"));
  const elsewhere: readonly Place[] = [page("b"), { ...page("a"), door: "terminal" }];
  for (const place of elsewhere) await pull.arrived(place, due?.id ?? "", due?.fence ?? 0);
  expect(await reminders.find("r1")).toMatchObject({ sent: 0 });
  pass(30_000);
  const again = await pull.due(page("a"));
  expect(again?.id).toBe(due?.id);
  await pull.arrived(page("a"), again?.id ?? "", again?.fence ?? 0);
  expect(await reminders.find("r1")).toMatchObject({ sent: 1 });
});

test("whoever comes back after a week gets one message for all that was missed", async () => {
  const { pull, add, pass, drawn } = await open();
  await add("r1", "a");
  await add("r2", "a", { ...daily, start: "2031-03-03T10:05" });
  pass((7 * 24 + 13) * 3_600_000);
  const due = await pull.due(page("a"));
  expect(drawn[0]).toMatchObject({ reminder: { id: "r1" }, occurrence: { missed: 7 }, also: [{ id: "r2" }] });
  await pull.arrived(page("a"), due?.id ?? "", due?.fence ?? 0);
  expect(await pull.due(page("a"))).toBeNull();
});

test("one after another: the next comes when the first has arrived", async () => {
  const { pull, add } = await open();
  await add("r1", "a");
  await add("r2", "a");
  const first = await pull.due(page("a"));
  expect(await pull.due(page("a"))).toBeNull();
  await pull.arrived(page("a"), first?.id ?? "", first?.fence ?? 0);
  const second = await pull.due(page("a"));
  expect(second).not.toBeNull();
  expect(second?.id).not.toBe(first?.id);
});

test("whether the owner was asked is noted, by whichever replica hears that it arrived", async () => {
  const { pull, add, pass, reminders } = await open();
  await add("r1", "a");
  for (let day = 0; day < 4; day += 1) {
    const due = await pull.due(page("a"));
    await pull.arrived(page("a"), due?.id ?? "", due?.fence ?? 0);
    expect(await reminders.find("r1")).toMatchObject({ isAsked: day >= 2 });
    pass(24 * 3_600_000);
  }
});

test("one that cannot be drawn is parked; the log has its name alone", async () => {
  const { pull, add, log, reminders } = await open(({ occurrence }) => {
    if (occurrence.kind === "due") throw new RangeError("what somebody typed");
    return note;
  });
  await add("r1", "a");
  expect(await pull.due(page("a"))).toBeNull();
  expect(await reminders.find("r1")).toMatchObject({ state: "parked", why: "defect" });
  expect(log).toEqual([{ level: "error", event: "reminders.draw", name: "RangeError", code: undefined }]);
});
