/** Buttons at the desk: each does what it says, pressed twice it does so once, and other people's reminders stay theirs. */
import { beforeEach, describe, expect, test } from "vitest";
import { type Act, tokenFor } from "#src/reminders/desk/tokens.ts";
import type { Draft, Reminder, Schedule } from "#src/reminders/reminder.ts";
import type { Reply } from "#src/reply.ts";
import { userText } from "#src/turn.ts";
import { channel, labelsIn, openRooms, type Room, tokenIn, wordsOf } from "./desk-room.ts";

const openRoom = await openRooms();
let room: Room;
beforeEach(async () => {
  room = await openRoom();
});

const fortnightly: Schedule = {
  start: "2026-10-13T10:00",
  rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
  zone: "Europe/Berlin",
  ends: { kind: "never" },
  skips: [],
  skipsHolidays: false,
};
const set = async (more: Partial<Draft> = {}, key = "k"): Promise<Reminder> => {
  const draft: Draft = { schedule: fortnightly, label: null, partner: null, isHere: false, ...more };
  await room.press(tokenFor({ kind: "set", begun: { key, draft } }), { here: channel });
  return room.newest();
};
const now = async (id: string): Promise<Reminder> => {
  const found = await room.store.find(id);
  if (found === null) throw new Error("it is gone");
  return found;
};
const press = (act: Act, how = {}) => room.press(tokenFor(act), how);
const again = async (act: Act): Promise<readonly [Reply, Reply]> => [await press(act), await press(act)];

describe("pressed twice", () => {
  test("a reading sets one reminder", async () => {
    await set();
    await set();
    expect(await room.kept()).toHaveLength(1);
  });

  test("one that was taken back meanwhile is not set again", async () => {
    const { id } = await set();
    await press({ kind: "undo", id, version: 1 });
    const reply = await press({ kind: "set", begun: { key: "k", draft: { schedule: fortnightly } } });
    expect(reply.say).toMatch(/not there any more/);
    expect(await room.kept()).toEqual([]);
  });

  test("pausing pauses", async () => {
    const { id } = await set();
    const [first, second] = await again({ kind: "pause", id, until: "2026-11-02" });
    expect(second.say).toBe(first.say);
    expect(first.say).toMatch(
      /^Paused number 1\. It comes again from Monday 2 November on\.[\s\S]*Next: Tuesday 10 November/,
    );
    expect(await now(id)).toMatchObject({ state: "paused", next: { local: "2026-11-10T10:00" } });
  });

  test("pausing until a day that has begun is refused", async () => {
    const { id } = await set();
    expect(await press({ kind: "pause", id, until: "2026-10-06" })).toMatchObject({ why: "reminder:refuse:past" });
    expect(await now(id)).toMatchObject({ state: "active", version: 1 });
  });

  test("pausing without an end leaves nothing to come", async () => {
    const { id } = await set();
    await again({ kind: "pause", id, until: null });
    expect(await now(id)).toMatchObject({ state: "paused", next: null });
    const [, second] = await again({ kind: "resume", id });
    expect(second.say).toMatch(/^Number 1 comes again\.[\s\S]*Next: Tuesday 13 October, 10:00/);
    expect(await now(id)).toMatchObject({ state: "active", next: { local: "2026-10-13T10:00" } });
  });

  test("skipping leaves out one", async () => {
    const { id } = await set();
    const [, second] = await again({ kind: "skip", id, local: "2026-10-13T10:00" });
    expect(second.say).toMatch(/^Left out: number 1 on Tuesday 13 October\.[\s\S]*Next: Tuesday 27 October/);
    expect((await now(id)).schedule.skips).toEqual(["2026-10-13T10:00"]);
  });

  test("deleting says the second time that it is gone", async () => {
    const { id } = await set();
    const [first, second] = await again({ kind: "delete", id });
    expect(first.say).toMatch(/^Deleted number 1\./);
    expect(second.say).toMatch(/not there any more/);
    const back = await room.press(tokenIn(first, "Undo"));
    expect(back.say).toMatch(/^Number 1 is there again\.[\s\S]*Next: Tuesday 13 October/);
    expect(await room.kept()).toHaveLength(1);
  });

  test("undoing takes back one change", async () => {
    const { id } = await set();
    const paused = await press({ kind: "pause", id, until: null });
    const undone = await room.press(tokenIn(paused, "Undo"));
    expect(undone.say).toMatch(/^Taken back\./);
    const twice = await room.press(tokenIn(paused, "Undo"));
    expect(twice.say).toMatch(/nothing to take back/);
    expect(await now(id)).toMatchObject({ state: "active", next: { local: "2026-10-13T10:00" } });
  });
});

describe("moving", () => {
  test("a series moves from now on, and one press makes it the next one alone", async () => {
    const { id } = await set();
    const moved = await press({ kind: "move", id, to: { weekday: "TH", date: null, time: "11:00" } });
    expect(moved.say).toMatch(/from now on:\nEvery 14 days from Thursday 15 October 2026, at 11:00/);
    const only = tokenIn(moved, "Only the next one");
    for (const reply of [await room.press(only), await room.press(only)])
      expect(reply.say).toMatch(
        /Only the one on Tuesday 13 October, 10:00 moves: it comes on Thursday 15 October, 11:00/,
      );
    expect(await room.kept()).toMatchObject([
      { number: 1, schedule: { ...fortnightly, skips: ["2026-10-13T10:00"] }, next: { local: "2026-10-27T10:00" } },
      { number: 2, schedule: { rule: null }, next: { local: "2026-10-15T11:00" } },
    ]);
  });

  test("to a date asks whether one or all are meant", async () => {
    const { id } = await set();
    const asked = await press({ kind: "move", id, to: { weekday: null, date: "2026-10-15", time: null } });
    expect(labelsIn(asked)).toEqual(["Only the next one", "All from then on"]);
    expect((await now(id)).version).toBe(1);
    const all = tokenIn(asked, "All from then on");
    for (const reply of [await room.press(all), await room.press(all)])
      expect(reply.say).toMatch(/^Moved number 1[\s\S]*Every 14 days from Thursday 15 October 2026, at 10:00/);
    expect((await room.press(tokenIn(asked, "Only the next one"))).say).toMatch(/changed meanwhile/);
    expect(await room.kept()).toHaveLength(1);
  });

  test("to a time that is over is refused", async () => {
    const { id } = await set();
    const reply = await press({ kind: "move", id, to: { weekday: null, date: "2026-10-06", time: "09:00" } });
    expect(reply).toMatchObject({ why: "reminder:refuse:past" });
    expect((await now(id)).version).toBe(1);
  });

  test("what has no one weekday opens the form", async () => {
    const { id } = await set({ schedule: { ...fortnightly, rule: "FREQ=DAILY" } });
    const reply = await press({ kind: "move", id, to: { weekday: "FR", date: null, time: null } });
    expect(reply).toMatchObject({ kind: "form" });
    expect(reply.say).toMatch(/clearer in a form/);
  });
});

describe("somebody else's reminder", () => {
  const acts = (id: string): readonly Act[] => [
    { kind: "open", id },
    { kind: "change", id },
    { kind: "pause", id, until: null },
    { kind: "resume", id },
    { kind: "skip", id, local: "2026-10-13T10:00" },
    { kind: "delete", id },
    { kind: "undo", id, version: 1 },
    { kind: "move", id, to: { weekday: "FR", date: null, time: null } },
    { kind: "stop", id },
  ];

  test("in private can be neither seen nor touched", async () => {
    const { id } = await set({ label: userText("quiet hour") });
    for (const act of acts(id)) {
      const reply = await press(act, { who: "bob" });
      expect(reply, act.kind).toMatchObject({ why: "reminder:not-yours" });
      expect(wordsOf(reply)).not.toMatch(/quiet hour/i);
    }
    expect(await now(id)).toMatchObject({ version: 1, state: "active" });
  });

  test("in a conversation can be stopped by anyone, and its owner can start it again", async () => {
    const { id } = await set({ isHere: true });
    for (const act of acts(id).slice(0, -1))
      expect(await press(act, { who: "bob" })).toMatchObject({ why: "reminder:not-yours" });
    expect((await press({ kind: "stop", id }, { who: "bob" })).say).toMatch(/^Stopped\./);
    expect((await press({ kind: "stop", id }, { who: "eve" })).say).toMatch(/^Stopped\./);
    expect(await now(id)).toMatchObject({ state: "parked", why: "stopped", next: null });
    const list = await press({ kind: "list" });
    expect(wordsOf(list)).toMatch(/Stopped: somebody in the conversation/);
    expect((await press({ kind: "resume", id })).say).toMatch(/comes again/);
    expect(await now(id)).toMatchObject({ state: "active", why: null });
  });

  test("that was deleted cannot be brought back by another", async () => {
    const { id } = await set();
    const deleted = await press({ kind: "delete", id });
    expect((await room.press(tokenIn(deleted, "Undo"), { who: "bob" })).say).toMatch(/not there any more/);
    expect(await room.kept()).toEqual([]);
  });
});

describe("what changes in the same moment", () => {
  test("is told with how it stands", async () => {
    const { id } = await set();
    // Between looking and keeping, somebody else is quicker.
    const { change } = room.store;
    const quicker = await openRoom([], {
      ...room.store,
      change: async (changed, nowMs, how) => {
        const { schedule } = await now(id);
        await change({ ...changed, schedule, state: "paused", next: null }, nowMs, how);
        return change(changed, nowMs, how);
      },
    });
    const reply = await quicker.press(tokenFor({ kind: "skip", id, local: "2026-10-13T10:00" }));
    expect(reply.say).toMatch(/^It was changed meanwhile[\s\S]*Paused until you resume it/);
    expect((await now(id)).schedule.skips).toEqual([]);
  });
});

test("a token that somebody made up cannot keep the name of a client", async () => {
  for (const named of [{ label: userText("client Ahmed") }, { partner: userText("my client Ahmed") }]) {
    const draft = { schedule: fortnightly, ...named };
    expect((await press({ kind: "set", begun: { key: "k", draft } })).say).toMatch(/names a client/);
  }
  expect(await room.kept()).toEqual([]);
});

describe("an old button", () => {
  test.each(["r/old", "r/set/e30", "r/filled/unknown/1", "r/open/unknown", "r/done/unknown", "r/undo/unknown/1"])(
    "%s leads to a kind note, and never to an error",
    async (token) => {
      const reply = await room.press(token);
      expect(wordsOf(reply)).toMatch(/no longer leads anywhere|not there any more|too long ago/);
      expect(labelsIn(reply).length).toBeGreaterThan(0);
    },
  );
});
