/** What people say of a reminder that has come: done, put off, left out, and when the last one was. */
import { beforeEach, describe, expect, test } from "vitest";
import { notice } from "#src/reminders/desk/notice.ts";
import { tokenFor } from "#src/reminders/desk/tokens.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { channel, labelsIn, morning, openRooms, type Room, tokenIn } from "./desk-room.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
// The first one is due at ten in the morning, in Berlin.
const tenMs = morning + 45 * minuteMs;
const openRoom = await openRooms();
let room: Room;
let occurrence: string;

beforeEach(async () => {
  room = await openRoom();
  await room.say("/supervision every tuesday at 10:00");
  room.at(tenMs);
  occurrence = await room.arrive();
});

describe("done", () => {
  test("is private, says when the next one is, and is what the last one is known by", async () => {
    const reply = await room.press(tokenFor({ kind: "done", occurrence }));
    expect(reply.say).toBe(
      "Thank you. I have noted for you alone that it took place.\nNext: Tuesday 13 October, 10:00.",
    );
    room.at(tenMs + 30 * hourMs);
    expect((await room.say("when was my last supervision?")).say).toMatch(/was on Tuesday 6 October/);
    expect((await room.say("when was my last supervision?", { who: "bob" })).say).toMatch(/not marked one as done yet/);
  });

  test("can be said in words", async () => {
    expect((await room.say("done")).say).toMatch(/^Thank you\./);
    expect(await room.store.lastDone("ada")).toBe(tenMs);
  });

  test("can be taken back: the last word counts", async () => {
    const done = await room.press(tokenFor({ kind: "done", occurrence }));
    const not = await room.press(tokenIn(done, "It did not take place"));
    expect(not.say).toMatch(/Only you see this/);
    expect(await room.store.lastDone("ada")).toBeNull();
    await room.press(tokenIn(not, "Done"));
    expect(await room.store.lastDone("ada")).toBe(tenMs);
  });

  test("without anything that came asks for nothing and does nothing", async () => {
    const empty = await openRoom();
    expect((await empty.say("done")).say).toMatch(/No reminder has come to you/);
  });
});

describe("snooze", () => {
  test("brings it once more, an hour later, and leaves the series as it is", async () => {
    const reply = await room.press(tokenFor({ kind: "snooze", occurrence, minutes: 60 }));
    expect(reply.say).toMatch(/^It comes once more on Tuesday 6 October, 11:00 \(Europe\/Berlin\)/);
    expect((await room.newest()).version).toBe(1);
  });

  test("to tomorrow keeps the time of day", async () => {
    const reply = await room.press(tokenFor({ kind: "snooze", occurrence, minutes: "tomorrow" }));
    expect(reply.say).toMatch(/Wednesday 7 October, 10:00/);
  });

  test("in words takes what came last", async () => {
    expect((await room.say("snooze 15 min")).say).toMatch(/Tuesday 6 October, 10:15/);
  });

  test("to a time that is over is refused", async () => {
    room.at(tenMs + 3 * hourMs);
    expect((await room.say("/supervision snooze until 11:00")).say).not.toMatch(/comes once more on Tuesday 6/);
  });
});

describe("skip", () => {
  test("of what came is noted for nobody else", async () => {
    const reply = await room.press(tokenFor({ kind: "skipped", occurrence }));
    expect(reply.say).toMatch(/^All right, that one is left out\. Only you see this\./);
    expect((await room.newest()).schedule.skips).toEqual([]);
  });
});

describe("somebody else", () => {
  test.each(["done", "skipped"] as const)("gets a kind note for %s", async (kind) => {
    const reply = await room.press(tokenFor({ kind, occurrence }), { who: "bob" });
    expect(reply).toMatchObject({ why: "reminder:not-yours" });
    expect(await room.store.lastDone("ada")).toBeNull();
    expect(await room.store.lastDone("bob")).toBeNull();
  });

  test("cannot put it off", async () => {
    const reply = await room.press(tokenFor({ kind: "snooze", occurrence, minutes: 60 }), {
      who: "bob",
      here: channel,
    });
    expect(reply).toMatchObject({ why: "reminder:not-yours" });
  });
});

describe("saved for supervision", () => {
  test("are ids of entries that there are, each once, oldest first", async () => {
    await room.press(tokenFor({ kind: "save", entries: ["supervision", "training"] }));
    const reply = await room.press(tokenFor({ kind: "save", entries: ["training", "no-such-entry"] }));
    expect(reply.say).toMatch(/^Kept for your next supervision/);
    expect(await room.store.saved("ada")).toEqual(["supervision", "training"]);
    expect((await room.press(tokenFor({ kind: "save", entries: ["no-such-entry"] }))).say).toMatch(/could not keep/);
  });
});

test("every button of what arrives leads to something", async () => {
  const sent = await room.store.sentAs(occurrence);
  if (sent === null) throw new Error("nothing came");
  const rest = { fence: 1, untilMs: 0, triedMs: null, tries: 0, saved: [], also: [] };
  const reply = notice({ ...sent, ...rest }, tenMs, await openKnowledge());
  for (const label of labelsIn(reply)) {
    const { kind, say } = await room.press(tokenIn(reply, label));
    expect(kind === "form" || /Thank you|once more|left out/.test(say), label).toBe(true);
  }
});
