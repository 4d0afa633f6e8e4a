/** Dispatch, one thing at a time: what is sent when, and what is noted of each try. */
import { expect, test } from "vitest";
import { channel, direct, firstMs, openStand } from "../helpers/reminders/stand.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

test("a reminder is sent at its time, and not before", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  // So that it is not due just when the loop looks anyway.
  stand.jump(-130);
  stand.open();
  await stand.pass(5_129);
  expect(stand.tried).toEqual([]);
  await stand.pass(501);
  expect(stand.tried).toEqual([{ place: "d1", id: "o1", triedMs: null, atMs: firstMs }]);
  expect(stand.observed).toEqual([{ kind: "sent", lateMs: 0 }]);
  await stand.pass(minuteMs);
  expect(stand.tried).toHaveLength(1);
});

test("what becomes due through a wake is sent at once", async () => {
  const stand = openStand();
  const dispatch = stand.open();
  await stand.pass(6_001);
  await stand.add("r1", direct("d1"));
  stand.jump(7 * 24 * 60 * minuteMs);
  dispatch.wake();
  await stand.time.settle();
  expect(stand.tried).toHaveLength(1);
});

test("a step resolves when all that it took is noted", async () => {
  const stand = openStand();
  const dispatch = stand.open();
  await stand.pass(6_001);
  await stand.add("r1", direct("d1"));
  stand.jump(7 * 24 * 60 * minuteMs);
  await dispatch.step();
  expect(stand.observed).toEqual([{ kind: "sent", lateMs: expect.any(Number) }]);
});

test("what takes long holds up neither the others nor the notes on them", async () => {
  const stand = openStand();
  for (let n = 1; n <= 60; n += 1) await stand.add(`r${n}`, direct(`d${n}`));
  for (let n = 0; n < 31; n += 1) stand.answers.push({ afterMs: 9_000, delivery: { kind: "sent" } });
  stand.open();
  await stand.pass(6_000);
  expect(stand.tried).toHaveLength(60);
  expect(stand.observed).toHaveLength(29);
  await stand.pass(9_000);
  expect(stand.observed).toHaveLength(60);
});

test("as many as are due at once are sent, in batches that are noted together", async () => {
  const stand = openStand();
  for (let n = 1; n <= 500; n += 1) await stand.add(`r${n}`, direct(`d${n}`));
  const { ledger } = stand.store;
  let notes = 0;
  stand.open({
    record(results) {
      notes += 1;
      return ledger.record(results);
    },
  });
  await stand.pass(6_000);
  expect(stand.observed.filter(({ kind }) => kind === "sent")).toHaveLength(500);
  expect(notes).toBeLessThan(30);
});

test("what is for doors that come for it themselves is queued as well, however much there is", async () => {
  const stand = openStand();
  for (let n = 1; n <= 450; n += 1) await stand.add(`r${n}`, { door: "web", key: `w${n}`, isPrivate: true });
  stand.open();
  await stand.pass(5_001);
  const found = await Promise.all(Array.from({ length: 450 }, (_, n) => stand.store.reminders.find(`r${n + 1}`)));
  expect(found.filter((one) => one?.next?.atMs === firstMs)).toEqual([]);
  expect(stand.tried).toEqual([]);
});

test.each([
  [1_000, 1_000],
  [0, 1_000],
  [-1_000, 1_000],
  [1_500, 1_500],
  [Number.NaN, 1_000],
  [30_000, 30_000],
  [86_400_000, 15 * minuteMs],
  [Number.POSITIVE_INFINITY, 15 * minuteMs],
])("F16: a door that asks for %d ms is left alone for %d ms, and only there", async (afterMs, waitMs) => {
  const stand = openStand();
  await stand.add("r1", channel("c1"));
  stand.answers.push({ kind: "retry", afterMs });
  await stand.add("r2", direct("d2"));
  stand.open();
  await stand.pass(5_000 + waitMs - 1);
  expect(stand.tried.map(({ place }) => place)).toEqual(["c1", "d2"]);
  await stand.pass(501);
  expect(stand.tried.map(({ triedMs }) => triedMs)).toEqual([null, null, null]);
  expect(stand.observed.map(({ kind }) => kind)).toEqual(["retry", "sent", "sent"]);
});

test("F17: what is refused for now is tried again and again, and less and less often", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  for (let n = 0; n < 20; n += 1) stand.answers.push({ kind: "retry", afterMs: 0 });
  stand.open();
  await stand.pass(4 * 60 * minuteMs);
  const gaps = stand.tried.slice(1).map(({ atMs }, n) => atMs - (stand.tried[n]?.atMs ?? 0));
  expect(gaps.slice(0, 4).every((gap, n) => gap >= 1_000 * 2 ** n && gap <= 1_000 * 2 ** n + 1_000)).toBe(true);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(15 * minuteMs + secondMs);
  expect(stand.observed.at(-1)).toMatchObject({ kind: "sent" });
});

test("F18: after an answer that was lost, the next try is 15 seconds later and knows of the first", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  const unknown = { kind: "unknown", canLook: true } as const;
  stand.answers.push(unknown, unknown, { kind: "retry", afterMs: 1_000 }, { kind: "sent" });
  stand.open();
  await stand.pass(5 * minuteMs);
  const [first, second] = stand.tried;
  expect(first?.triedMs).toBeNull();
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(15_000);
  // A definite no of a later try does not say that the first never landed.
  expect(stand.tried.slice(1).map(({ triedMs }) => triedMs)).toEqual([firstMs, firstMs, firstMs]);
  expect(stand.observed.map(({ kind }) => kind)).toEqual(["retry", "retry", "retry", "sent"]);
});

test.each([
  ["a channel", channel("c1")],
  ["a direct message whose history is refused", direct("d1")],
])("F18: where nobody can look, there is one repeat after ten minutes and no more: %s", async (_what, place) => {
  const stand = openStand();
  await stand.add("r1", place);
  const unknown = { kind: "unknown", canLook: false } as const;
  stand.answers.push(unknown, unknown);
  stand.open();
  await stand.pass(60 * minuteMs);
  expect(stand.tried.map(({ triedMs }) => triedMs)).toEqual([null, firstMs]);
  const [first, second] = stand.tried;
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(10 * minuteMs);
  expect(stand.observed.map(({ kind }) => kind)).toEqual(["retry", "unknown"]);
  expect(stand.log).toEqual([{ level: "warn", event: "reminders.unknown" }]);
});

test("F19: a door that never answers is given up, and then it is looked for", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  stand.answers.push("hangs");
  stand.open();
  await stand.pass(2 * minuteMs);
  expect(stand.tried.map(({ triedMs }) => triedMs)).toEqual([null, firstMs]);
  expect(stand.observed.map(({ kind }) => kind)).toEqual(["retry", "sent"]);
});

test("F20: a door that throws may have sent it; the log has its name alone", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  stand.answers.push(new TypeError("what somebody typed"));
  stand.open();
  await stand.pass(minuteMs);
  expect(stand.tried.map(({ triedMs }) => triedMs)).toEqual([null, firstMs]);
  expect(stand.log).toEqual([{ level: "error", event: "reminders.deliver", name: "TypeError", code: undefined }]);
});

test("F21: what can never get there is tried once; its owner is told of it in private", async () => {
  const stand = openStand();
  await stand.add("r1", channel("c1"));
  stand.answers.push({ kind: "gone", why: "is_archived" });
  stand.open();
  await stand.pass(60 * minuteMs);
  expect(stand.tried.map(({ place }) => place)).toEqual(["c1", "r1-own"]);
  expect(stand.drawn.at(-1)?.occurrence.kind).toBe("notice");
  expect(await stand.store.reminders.find("r1")).toMatchObject({ state: "parked", why: "is_archived", next: null });
  expect(stand.log).toEqual([{ level: "warn", event: "reminders.parked", code: "is_archived" }]);
});

test("one that cannot be drawn is parked, and the others come", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  await stand.add("r2", direct("d2"));
  const note = { kind: "note", why: "reminder:due", say: "It is due.", asides: [], buttons: [] } as const;
  stand.open({}, ({ occurrence, reminder }) => {
    if (reminder.id === "r1" && occurrence.kind === "due") throw new RangeError("what somebody typed");
    return note;
  });
  await stand.pass(minuteMs);
  expect(stand.tried.map(({ place }) => place).sort()).toEqual(["d2", "r1-own"]);
  expect(await stand.store.reminders.find("r1")).toMatchObject({ state: "parked", why: "defect" });
  expect(stand.log[0]).toEqual({ level: "error", event: "reminders.draw", name: "RangeError", code: undefined });
});
