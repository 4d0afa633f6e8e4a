/** The desk: each wish in words is done and read back, on the real store. */
import { beforeEach, describe, expect, test } from "vitest";
import { channel, labelsIn, morning, openRooms, type Room, tokenIn, wordsOf } from "./desk-room.ts";

const hourMs = 60 * 60 * 1_000;
const openRoom = await openRooms();
let room: Room;
beforeEach(async () => {
  room = await openRoom();
});

describe("where others read along", () => {
  const here = channel;
  test("what somebody has set elsewhere is told to them alone, and what they set there is read back to all", async () => {
    await room.say("remind me every Tuesday at 10:00 with Maria");
    await room.say("remind me every Friday at 9:00 with Jo");
    for (const words of [
      "/supervision list",
      "pause 1",
      "skip next",
      "delete all",
      "when was my last supervision",
      "/supervision zone",
    ])
      expect([words, (await room.say(words, { here })).isPrivate]).toEqual([words, true]);
    for (const words of ["remind us here every Monday at 10:00", "/supervision help", "/supervision form"])
      expect([words, (await room.say(words, { here })).isPrivate ?? false]).toEqual([words, false]);
  });

  test("in private nothing is marked", async () => {
    await room.say("remind me every Tuesday at 10:00");
    expect((await room.say("/supervision list")).isPrivate).toBeUndefined();
  });
});

describe("setting", () => {
  test("is read back: the rule, the zone, the next three dates, and that the clocks change between them", async () => {
    const reply = await room.say("/supervision every 2 weeks on Tuesday at 10:00");
    expect(reply.say).toBe(
      [
        "Set, as number 1.",
        "Every 14 days from Tuesday 6 October 2026, at 10:00, Europe/Berlin time.",
        "It comes to you alone.",
        "Next: Tuesday 6 October, 10:00; Tuesday 20 October, 10:00; Tuesday 3 November, 10:00.",
        "The clocks change on 25 October; it stays at 10:00.",
      ].join("\n"),
    );
    expect(reply.asides).toEqual([]);
    expect(labelsIn(reply)).toEqual(["Undo", "Change"]);
    expect(await room.newest()).toMatchObject({ number: 1, next: { local: "2026-10-06T10:00" } });
  });

  test("says whom it is with, and until when", async () => {
    const reply = await room.say("remind me fortnightly fri 3pm until 30 June with my supervisor");
    expect(reply.say).toMatch(
      /Supervision with your supervisor\.\nEvery 14 days from Friday 9 October 2026, at 15:00, until 30 June 2027/,
    );
  });

  test("is undone by one press", async () => {
    const reply = await room.say("remind me tomorrow 9am");
    expect((await room.press(tokenIn(reply, "Undo"))).say).toMatch(/^Taken back\./);
    expect(await room.kept()).toEqual([]);
  });

  test("happens once, however often the same turn comes", async () => {
    await Promise.all([1, 2, 3].map(() => room.say("remind me tomorrow 9am", { id: "one" })));
    const other = await openRoom([], room.store);
    await other.say("remind me tomorrow 9am", { id: "one" });
    expect(await room.kept()).toHaveLength(1);
  });

  test("is private to each person", async () => {
    await room.say("remind me tomorrow 9am", { id: "one" });
    await room.say("remind me tomorrow 9am", { id: "one", who: "bob" });
    expect(await room.kept()).toHaveLength(1);
    expect(await room.kept("bob")).toMatchObject([{ number: 1, person: "bob" }]);
  });

  test("says so where there is no room for more", async () => {
    const full = await openRoom([], { ...room.store, add: async () => ({ kind: "full" }) });
    expect((await full.say("remind me tomorrow 9am")).say).toMatch(/50 reminders/);
  });

  test("in words that can be read in two ways asks, with a button for each", async () => {
    const asked = await room.say("/supervision every second tuesday at 10:00");
    expect(asked).toMatchObject({ why: "reminder:ask" });
    expect(await room.kept()).toEqual([]);
    const [first = ""] = labelsIn(asked);
    expect((await room.press(tokenIn(asked, first))).say).toMatch(/^Set, as number 1\./);
  });

  test("without a time asks, and the form has what was understood", async () => {
    const asked = await room.say("/supervision every 2 weeks on tuesday");
    expect(asked).toMatchObject({ why: "reminder:ask" });
    const form = await room.press(tokenIn(asked, "Use the form"));
    expect(form.kind === "form" && form.fields.find(({ id }) => id === "often")?.value).toBe("2w");
    expect((await room.fill(form, { time: "10:00" })).say).toMatch(/^Set, as number 1\./);
  });

  test.each([
    ["/supervision today 8am", /over already/],
    ["/supervision every 5 minutes", /once a day at the most/],
    ["/supervision on 30 February at 9am", /no such day/],
    ["/supervision tomorrow at 9am for client Ahmed", /names a client/],
  ])("%s is refused, with what can be said instead", async (text, why) => {
    const reply = await room.say(text);
    expect(reply.say).toMatch(why);
    expect(reply.say).toMatch(/You can say: /);
    expect(labelsIn(reply)).toEqual(["Use the form"]);
    expect(await room.kept()).toEqual([]);
  });

  test("with nothing said opens the form", async () => {
    expect(await room.say("/supervision")).toMatchObject({ kind: "form" });
  });
});

describe("the list", () => {
  test("that is empty says how to set one", async () => {
    const reply = await room.say("/supervision list");
    expect(reply.say).toMatch(/^You have no reminders yet\.[\s\S]*every 2 weeks on Tuesday at 10:00/);
    expect(labelsIn(reply)).toEqual(["Use the form"]);
  });

  test("has a row for each, and each opens", async () => {
    await room.say("/supervision every monday at 9:00");
    await room.say("/supervision first Monday of each month 14:30 with my supervisor");
    await room.say("/supervision pause 1 until 3 January");
    const list = await room.say("what reminders do I have");
    expect(list).toMatchObject({
      kind: "list",
      say: "You have 2 reminders.",
      rows: [
        {
          title: "Supervision (number 1)",
          gist: "Every Monday at 9:00, Europe/Berlin time. Paused until Sunday 3 January 2027.",
        },
        { title: "Supervision with your supervisor (number 2)" },
      ],
    });
    const one = await room.press(tokenIn(list, "Open 2"));
    expect(labelsIn(one)).toEqual(["Pause", "Skip next", "Change", "Delete"]);
    expect(labelsIn(await room.press(tokenIn(list, "Open 1")))).toEqual(["Resume", "Change", "Delete"]);
  });

  test("is there for a page of its own", async () => {
    await room.say("/supervision every monday at 9:00");
    const mine = await room.desk.mine({ id: "ada", zone: null }, { direct: channel, here: null });
    expect(mine).toMatchObject({ kind: "list", say: "You have one reminder." });
    expect(await room.desk.mine({ id: "bob", zone: null }, { direct: channel, here: null })).toMatchObject({
      kind: "note",
    });
  });
});

describe("managing by words", () => {
  beforeEach(async () => {
    await room.say("/supervision every tuesday at 10:00");
    await room.say("/supervision every thursday at 11:00 for the peer group");
  });

  test("pauses, resumes and skips by number", async () => {
    expect((await room.say("pause 2 until 3 January")).say).toMatch(
      /^Paused number 2\. It comes again from Sunday 3 January 2027/,
    );
    expect((await room.say("resume 2")).say).toMatch(/^Number 2 comes again\./);
    expect((await room.say("/supervision skip 2")).say).toMatch(/^Left out: number 2 on Thursday 8 October\./);
  });

  test("skips one, though the turn comes twice", async () => {
    await room.say("/supervision skip 1", { id: "skip" });
    await room.say("/supervision skip 1", { id: "skip" });
    expect((await room.kept())[0]?.schedule.skips).toHaveLength(1);
  });

  test("asks which, where several can be meant, and each row does it", async () => {
    const asked = await room.say("/supervision skip next");
    expect(asked).toMatchObject({ kind: "list", why: "reminder:which" });
    await room.press(tokenIn(asked, "Skip 2"));
    expect((await room.kept()).map(({ schedule }) => schedule.skips.length)).toEqual([0, 1]);
  });

  test("takes the one that it can be about", async () => {
    await room.say("pause 2 until 3 January");
    expect((await room.say("/supervision skip next")).say).toMatch(/^Left out: number 1 /);
    expect((await room.say("/supervision resume")).say).toMatch(/^Number 2 comes again\./);
    expect((await room.say("/supervision resume")).say).toBe("None of your reminders is paused.");
  });

  test("finds one by its day and time, or by its words", async () => {
    expect((await room.say("cancel my tuesday 10am one")).say).toMatch(/^Deleted number 1\./);
    expect((await room.say("move 2 to Friday 12:00")).say).toMatch(/from now on:\nPeer group\.\nEvery Friday at 12:00/);
  });

  test("says so where there is none of that number", async () => {
    const reply = await room.say("delete 7");
    expect(reply.say).toMatch(/no reminder with number 7/);
    expect(labelsIn(reply)).toEqual(["Delete 1", "Delete 2"]);
    expect(await room.kept()).toHaveLength(2);
  });

  test("deletes all only after it has asked", async () => {
    const asked = await room.say("/supervision delete all");
    expect(await room.kept()).toHaveLength(2);
    expect((await room.press(tokenIn(asked, "Keep them"))).say).toMatch(/stay as they are/);
    expect(await room.kept()).toHaveLength(2);
    const gone = tokenIn(asked, "Yes, delete all");
    expect((await room.press(gone)).say).toBe("Deleted 2 reminders. You have none now.");
    expect((await room.press(gone)).say).toBe("You have none now.");
    expect(await room.kept()).toEqual([]);
  });

  test("pauses all at once", async () => {
    expect((await room.say("/supervision pause all")).say).toMatch(/^All of them are paused\./);
    expect((await room.kept()).map(({ state }) => state)).toEqual(["paused", "paused"]);
  });

  test("refuses a pause that ends today", async () => {
    expect((await room.say("pause 1 until 6 October 2026")).say).toMatch(/over|still to come/);
  });
});

describe("time zones", () => {
  test("say where they come from where nobody knows", async () => {
    const reply = await room.say("/supervision tomorrow 9am", { zone: null });
    expect(reply.say).toContain("Europe/London time");
    expect(reply.asides.join(" ")).toMatch(/go by Europe\/London, the default here/);
  });

  test("that a person chooses move all of theirs, and the time of day stays", async () => {
    await room.say("/supervision every tuesday at 10:00");
    const reply = await room.say("my time zone is America/New_York");
    expect(wordsOf(reply)).toMatch(
      /Your reminders go by America\/New_York now\.[\s\S]*Every Tuesday at 10:00, America\/New_York time\./,
    );
    expect((await room.newest()).next).toEqual({ local: "2026-10-06T10:00", atMs: morning + 6.75 * hourMs });
    expect((await room.say("/supervision tomorrow 9am")).say).toContain("America/New_York time");
    await room.press(tokenIn(reply, "Use Europe/Berlin"));
    expect((await room.newest()).schedule.zone).toBe("Europe/Berlin");
  });

  test("of a profile that changed are offered, and nothing moves by itself", async () => {
    await room.say("/supervision every tuesday at 10:00");
    const list = await room.say("/supervision list", { zone: { name: "Asia/Tokyo", from: "profile" } });
    expect(list.asides.join(" ")).toMatch(/Asia\/Tokyo/);
    expect(labelsIn(list)).toContain("Use Asia/Tokyo");
    expect((await room.newest()).schedule.zone).toBe("Europe/Berlin");
  });
});
