/** Odd moments at the desk: after a reminder has come, once it has stopped, and when only a part can be done. */
import { beforeEach, describe, expect, test } from "vitest";
import { notice } from "#src/reminders/desk/notice.ts";
import type { Reminder } from "#src/reminders/reminder.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { channel, labelsIn, morning, openRooms, type Room, tokenIn, wordsOf } from "./desk-room.ts";

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;
const openRoom = await openRooms();
let room: Room;
beforeEach(async () => {
  room = await openRoom();
});

const now = async (id: string): Promise<Reminder> => {
  const found = await room.store.find(id);
  if (found === null) throw new Error("it is gone");
  return found;
};

describe("one that came once and is over", () => {
  let id: string;
  beforeEach(async () => {
    await room.say("remind me of supervision tomorrow at 9:00");
    id = (await room.newest()).id;
    room.at(Date.parse("2026-10-07T07:00:30Z"));
    await room.arrive();
    expect(await now(id)).toMatchObject({ state: "ended", next: null });
  });

  test("comes again when the form gives it another day", async () => {
    const form = await room.press(`r/change/${id}`);
    const reply = await room.fill(form, { date: "2026-10-09", time: "09:00" });
    expect(reply.say).toMatch(/^Changed number 1\.[\s\S]*Next: Friday 9 October, 9:00\./);
    expect(await now(id)).toMatchObject({ state: "active", next: { local: "2026-10-09T09:00" } });
  });

  test.each([
    [",2026-10-09,", "2026-10-09T09:00"],
    ["FR,,", "2026-10-09T09:00"],
    [",,11:30", "2026-10-07T11:30"],
  ])("comes again when it is moved to %s", async (to, local) => {
    const reply = await room.press(`r/move/${id}/${to}`);
    expect(reply.say).toMatch(/^Moved number 1:[\s\S]*Next: /);
    expect(await now(id)).toMatchObject({ state: "active", next: { local } });
  });

  test("is not brought back to a time that is over", async () => {
    expect((await room.press(`r/move/${id}/,,08:00`)).say).toMatch(/so I have not changed anything/);
    expect(await now(id)).toMatchObject({ state: "ended", version: 1 });
  });

  test("says so where there is no room for it", async () => {
    const full = await openRoom([], { ...room.store, change: async () => null });
    full.at(morning + dayMs);
    expect((await full.press(`r/move/${id}/,2026-10-09,`)).say).toMatch(/50 reminders/);
  });
});

describe("undoing", () => {
  test("is not for another, who does not even learn that there was something", async () => {
    await room.say("every tuesday at 10:00", { here: channel });
    const deleted = await room.say("delete 1", { here: channel });
    const undo = tokenIn(deleted, "Undo");
    expect((await room.press(undo, { who: "eve", here: channel })).say).toMatch(/not there any more/);
    expect((await room.press(undo, { here: channel })).say).toMatch(/^Number 1 is there again\./);
    expect(await room.kept()).toMatchObject([{ state: "active", next: { local: "2026-10-06T10:00" } }]);
  });

  test("is for a day", async () => {
    const undo = tokenIn(await room.say("every tuesday at 10:00"), "Undo");
    room.at(morning + dayMs + hourMs);
    expect((await room.press(undo)).say).toMatch(/^There is nothing to take back any more\./);
    expect(await room.kept()).toHaveLength(1);
  });
});

describe("all at once", () => {
  beforeEach(async () => {
    await room.say("every day at 10:00", { zone: { name: "Pacific/Auckland", from: "profile" } });
    await room.say("every friday at 11:00", { zone: { name: "America/Los_Angeles", from: "profile" } });
  });

  test("says which are not paused, and why, where the day has begun in some places", async () => {
    room.at(Date.parse("2026-10-07T18:00:00Z"));
    const reply = await room.press("r/list", { zone: null });
    expect(reply).toMatchObject({ kind: "list" });
    const said = await room.say("pause all until 8 October", {
      zone: { name: "America/Los_Angeles", from: "profile" },
    });
    expect(said.say).toMatch(/^Paused: number 2\. Not paused: number 1, as that day has begun there already\./);
    expect((await room.kept()).map(({ state }) => state)).toEqual(["active", "paused"]);
  });

  test("says that none is, where none is", async () => {
    const none = await openRoom([], {
      ...room.store,
      change: async (changed) => room.store.find(changed.id).then(() => null),
    });
    const said = await none.say("pause all");
    expect(said.say).toMatch(/^Not paused: numbers 1 and 2, as /);
    expect(said.say).not.toMatch(/All of them/);
  });

  test("does not say that none is left, where one would not go", async () => {
    const [first] = await room.kept();
    const stubborn = await openRoom([], {
      ...room.store,
      change: async (changed, nowMs, how) => (changed.id === first?.id ? null : room.store.change(changed, nowMs, how)),
    });
    const said = await stubborn.press(tokenIn(await stubborn.say("/supervision delete all"), "Yes, delete all"));
    expect(said.say).toBe("Deleted one reminder. One changed in the same moment. Please say it once more.");
    expect(await room.kept()).toHaveLength(1);
  });
});

describe("what was stopped in a conversation", () => {
  let id: string;
  let occurrence: string;
  beforeEach(async () => {
    await room.say("every tuesday at 10:00 here", { here: channel });
    id = (await room.newest()).id;
    room.at(morning + hourMs);
    occurrence = await room.arrive();
  });

  test("by somebody else is told to its owner, who can start it again", async () => {
    await room.press(`r/stop/${id}`, { who: "eve", here: channel });
    const sent = await room.store.find(id);
    expect(sent).toMatchObject({ state: "parked", why: "stopped" });
    await expect(room.arrive()).resolves.toEqual(expect.any(String));
    const claimed = {
      occurrence: {
        id: "n",
        reminder: id,
        kind: "notice" as const,
        due: { local: "2026-10-06T10:15", atMs: 0 },
        missed: 0,
      },
      ...{ reminder: await now(id), fence: 1, untilMs: 0, triedMs: null, tries: 0, saved: [], also: [] },
    };
    const told = notice(claimed, morning + hourMs, await openKnowledge());
    expect(told.say).toMatch(
      /has stopped: somebody in the conversation it goes to has stopped it\. You can start it again/,
    );
    expect(labelsIn(told)).toEqual(["Resume", "Change", "Delete"]);
    expect((await room.press(tokenIn(told, "Resume"))).say).toMatch(/comes again/);
  });

  test("by its owner is told to nobody", async () => {
    await room.press(`r/stop/${id}`, { here: channel });
    await expect(room.arrive()).rejects.toThrow("nothing is due");
  });

  test("is not put off, and can be started again", async () => {
    await room.press(`r/stop/${id}`, { here: channel });
    for (const reply of [
      await room.press(`r/snooze/${occurrence}/60`, { here: channel }),
      await room.say("snooze 15 min"),
    ]) {
      expect(reply.say).toMatch(/has stopped/);
      expect(labelsIn(reply)).toEqual(["Resume", "My reminders"]);
    }
    room.at(morning + 3 * hourMs);
    await expect(room.arrive()).rejects.toThrow("nothing is due");
  });
});

test("one that was deleted is not put off", async () => {
  await room.say("every tuesday at 10:00");
  room.at(morning + hourMs);
  const occurrence = await room.arrive();
  await room.say("delete 1");
  expect((await room.press(`r/snooze/${occurrence}/60`)).say).toMatch(/was deleted/);
});

describe("only the next one", () => {
  test("does not move once it has come", async () => {
    await room.say("every tuesday at 10:00");
    const asked = await room.say("move 1 to 8 october");
    room.at(morning + hourMs);
    await room.arrive();
    const reply = await room.press(tokenIn(asked, "Only the next one"));
    expect(reply.say).toMatch(/has come already/);
    expect(await room.kept()).toMatchObject([{ number: 1, version: 1, schedule: { skips: [] } }]);
  });

  test("after the series was moved can be chosen for a day, and then adds nothing", async () => {
    await room.say("every friday at 10:00");
    const moved = await room.say("move 1 to thursday 11:00");
    const only = tokenIn(moved, "Only the next one");
    room.at(morning + dayMs + hourMs);
    expect((await room.press(only)).say).toMatch(/nothing to take back any more/);
    expect(await room.kept()).toMatchObject([{ number: 1, version: 2, next: { local: "2026-10-08T11:00" } }]);
  });
});

test("what is said goes by the clock of the database, however wrong that of this computer is", async () => {
  const late = await openRoom([], { ...room.store, clock: async () => morning });
  late.at(morning + 30 * dayMs);
  await late.say("every tuesday at 10:00");
  await late.say("remind me of peer group tomorrow at 9:00");
  expect((await late.kept()).map(({ next }) => next?.local)).toEqual(["2026-10-06T10:00", "2026-10-07T09:00"]);
});

describe("a day on which the clocks jump", () => {
  test.each(["remind me on 28 March 2027 at 2:30am", "every sunday at 2:30am starting 28 March 2027"])(
    "is told where %s falls into it",
    async (text) => {
      expect(wordsOf(await room.say(text))).toMatch(/28 March/);
      expect(wordsOf(await room.press(`r/open/${(await room.newest()).id}`))).toMatch(/clocks jump: it comes at 3:30/);
    },
  );
});
