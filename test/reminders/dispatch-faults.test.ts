/** Dispatch when the database, the process or a clock fails. */
import { expect, test } from "vitest";
import { channel, direct, firstMs, openStand, weekly } from "../helpers/reminders/stand.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

const away = (): Promise<never> =>
  Promise.reject(Object.assign(new Error("what was asked of it"), { name: "DatabaseError", code: "57P01" }));

test("F32: a database that is away is told of once a minute, and what was due meanwhile is sent once", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  const { ledger } = stand.store;
  let isAway = true;
  stand.open({ clock: () => (isAway ? away() : ledger.clock()) });
  await stand.pass(5 * minuteMs);
  expect(stand.tried).toEqual([]);
  expect(stand.log.length).toBeGreaterThanOrEqual(5);
  expect(stand.log.length).toBeLessThanOrEqual(6);
  expect(stand.log[0]).toEqual({
    level: "error",
    event: "reminders.database",
    name: "DatabaseError",
    code: "57P01",
    count: 1,
  });
  isAway = false;
  await stand.pass(minuteMs);
  expect(stand.tried).toHaveLength(1);
  expect(stand.observed).toMatchObject([{ kind: "sent" }]);
});

test("F32: what came of a try is kept until the database takes it, and nothing is claimed beyond what can be kept", async () => {
  const stand = openStand();
  for (let n = 1; n <= 300; n += 1) await stand.add(`r${n}`, direct(`d${n}`));
  const { ledger } = stand.store;
  let isAway = true;
  stand.open({ record: (results) => (isAway ? away() : ledger.record(results)) });
  await stand.pass(25 * secondMs);
  expect(stand.tried).toHaveLength(192);
  isAway = false;
  await stand.pass(30 * secondMs);
  expect(stand.tried).toHaveLength(300);
  expect(stand.observed.filter(({ kind }) => kind === "sent")).toHaveLength(300);
});

test("F32: one result that cannot be noted does not keep the others from it", async () => {
  const stand = openStand();
  for (let n = 1; n <= 20; n += 1) await stand.add(`r${n}`, direct(`d${n}`));
  const { ledger } = stand.store;
  stand.open({ record: (results) => (results.some(({ id }) => id === "o7") ? away() : ledger.record(results)) });
  await stand.pass(50 * secondMs);
  expect(stand.observed.filter(({ kind }) => kind === "sent")).toHaveLength(19);
});

test("F32: late by more than twelve hours, one message speaks for all of a place", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  await stand.add("r2", direct("d1"), { ...weekly, rule: "FREQ=DAILY", start: "2031-03-03T10:01" });
  await stand.add("r3", direct("d3"));
  stand.jump(3 * 24 * hourMs);
  stand.open();
  await stand.pass(minuteMs);
  expect(stand.tried.map(({ place }) => place)).toEqual(["d1", "d3"]);
  expect(stand.drawn[0]).toMatchObject({ reminder: { id: "r1" }, also: [{ id: "r2" }] });
});

test("F43: a worker that dies after its claim is followed by one that looks first, when the lease is over", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  stand.answers.push("hangs");
  const { ledger } = stand.store;
  let isDead = false;
  stand.open({ clock: () => (isDead ? new Promise(() => {}) : ledger.clock()), record: () => new Promise(() => {}) });
  await stand.pass(5_500);
  isDead = true;
  stand.open();
  await stand.pass(50 * secondMs);
  expect(stand.tried).toHaveLength(1);
  await stand.pass(20 * secondMs);
  expect(stand.tried.map(({ triedMs }) => triedMs)).toEqual([null, firstMs]);
  expect(stand.observed).toMatchObject([{ kind: "sent" }]);
});

test("F46: a worker that was held up between claim and send does not send any more, and says so at once", async () => {
  const stand = openStand();
  await stand.add("r1", channel("c1"));
  const { ledger } = stand.store;
  let heldMs = 25 * secondMs;
  stand.open({
    async claim(how) {
      const claimed = await ledger.claim(how);
      if (claimed.length === 0) return claimed;
      await stand.time.sleep(heldMs);
      heldMs = 0;
      return claimed;
    },
  });
  await stand.pass(30 * secondMs - 1);
  expect(stand.tried).toEqual([]);
  await stand.pass(secondMs);
  // It was not tried, so the next one is the first.
  expect(stand.tried).toEqual([{ place: "c1", id: "o1", triedMs: null, atMs: firstMs + 25 * secondMs }]);
  expect(stand.observed.map(({ kind }) => kind)).toEqual(["retry", "sent"]);
});

test("F46: what is noted by a worker that has lost it counts for nothing", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  const { ledger } = stand.store;
  let isSlow = true;
  stand.open({
    async record(results) {
      if (isSlow) {
        isSlow = false;
        await stand.time.sleep(90 * secondMs);
      }
      return ledger.record(results);
    },
  });
  await stand.pass(5_500);
  stand.open({ record: ledger.record });
  await stand.pass(3 * minuteMs);
  expect(stand.tried).toHaveLength(2);
  expect(stand.observed).toHaveLength(1);
});

test("F49: a clock that is set back sends nothing twice; one that is set forward sends early, and once", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  stand.open();
  await stand.pass(6 * secondMs);
  stand.jump(-hourMs);
  await stand.pass(2 * hourMs);
  expect(stand.tried).toHaveLength(1);
  stand.jump(7 * 24 * hourMs);
  await stand.pass(minuteMs);
  stand.jump(-24 * hourMs);
  await stand.pass(minuteMs);
  expect(stand.tried).toHaveLength(2);
});

test("F51: the clock of this computer counts for nothing", async () => {
  const real = Date.now;
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  try {
    Date.now = () => firstMs + 10 * minuteMs;
    stand.open();
    await stand.pass(4_999);
    expect(stand.tried).toEqual([]);
    Date.now = () => firstMs - 10 * minuteMs;
    await stand.pass(secondMs);
    expect(stand.tried).toHaveLength(1);
  } finally {
    Date.now = real;
  }
});

test("F42: closing ends what was begun, notes it, and gives back what was not", async () => {
  const stand = openStand();
  for (let n = 1; n <= 80; n += 1) await stand.add(`r${n}`, direct(`d${n}`));
  for (let n = 0; n < 64; n += 1) stand.answers.push({ afterMs: 5_000, delivery: { kind: "sent" } });
  const dispatch = stand.open();
  await stand.pass(5_500);
  const closed = dispatch.close().then(() => stand.time.nowMs());
  await stand.pass(minuteMs);
  expect(await closed).toBeLessThan(11_000);
  expect(stand.observed.filter(({ kind }) => kind === "sent")).toHaveLength(64);
  expect(stand.tried).toHaveLength(64);
  // Whoever comes next has the rest at once.
  stand.open();
  await stand.pass(secondMs);
  expect(stand.tried).toHaveLength(80);
});

test("F42: closing does not wait longer than fifteen seconds for a database that is away", async () => {
  const stand = openStand();
  await stand.add("r1", direct("d1"));
  const dispatch = stand.open({ record: away });
  await stand.pass(5_500);
  const closed = dispatch.close().then(() => stand.time.nowMs());
  await stand.pass(2 * minuteMs);
  expect(await closed).toBe(20_500);
  expect(stand.log.every(({ event }) => event === "reminders.database")).toBe(true);
});
