/** The form: what stands in it, what comes of it, and what is told when something cannot be. */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { codeOf } from "#src/reminders/desk/draft-code.ts";
import { oftenOf, oftens, ruleFor } from "#src/reminders/desk/series.ts";
import { tokenFor } from "#src/reminders/desk/tokens.ts";
import type { Schedule } from "#src/reminders/reminder.ts";
import type { Reply } from "#src/reply.ts";
import { userText } from "#src/turn.ts";
import { channel, morning, openRooms, type Room, tokenIn } from "./desk-room.ts";

const openRoom = await openRooms();
let room: Room;
beforeEach(async () => {
  room = await openRoom();
});

const valuesIn = (reply: Reply): Readonly<Record<string, string>> =>
  reply.kind === "form" ? Object.fromEntries(reply.fields.map(({ id, value }) => [id, value])) : {};
const optionsOf = (reply: Reply, id: string): readonly string[] => {
  const field = reply.kind === "form" ? reply.fields.find((one) => one.id === id) : undefined;
  return field?.input.kind === "choice" ? field.input.options.map(({ value }) => value) : [];
};
const weekly = { often: "1w", date: "2026-10-13", time: "10:00", ends: "", with: "", about: "" };
const base: Schedule = {
  start: "2026-10-13T10:00",
  rule: "FREQ=WEEKLY;BYDAY=TU",
  zone: "Europe/Berlin",
  ends: { kind: "never" },
  skips: [],
  skipsHolidays: false,
};

describe("a form", () => {
  test("begins with something sensible, and pickers for day and time", async () => {
    const form = await room.press("r/form");
    expect(valuesIn(form)).toMatchObject({ often: "2w", date: "2026-10-07", time: "10:00", ends: "" });
    expect(form.kind === "form" && form.fields.map(({ input }) => input.kind)).toEqual([
      ...["choice", "date", "time", "date", "text", "text"],
    ]);
    expect(form.say).toContain("Europe/Berlin");
  });

  test("is filled in with what was understood", async () => {
    const draft = { schedule: base, label: userText("peer group"), partner: userText("Maria"), isHere: true };
    const form = await room.press(tokenFor({ kind: "form", begun: { key: "k", draft } }), { here: channel });
    expect(valuesIn(form)).toMatchObject({ ...weekly, with: "Maria", about: "peer group", where: "here" });
  });

  test("asks where only where there is a choice, and about days off only where the team lists some", async () => {
    const form = await room.press("r/form");
    expect(Object.keys(valuesIn(form))).not.toContain("where");
    expect(Object.keys(valuesIn(form))).not.toContain("holidays");
    expect(optionsOf(await room.press("r/form", { here: channel }), "where")).toEqual(["me", "here"]);
    const other = await openRoom(["2026-12-25"]);
    expect(optionsOf(await other.press("r/form"), "holidays")).toEqual(["keep", "skip"]);
  });

  test("is opened by a press on its own token, where a message could not hold it", async () => {
    const form = await room.press("r/form");
    const opened = await room.press(form.kind === "form" ? form.token : "");
    expect(opened).toEqual(form);
  });

  test("sets what it says", async () => {
    const form = await room.press("r/form", { here: channel });
    const reply = await room.fill(
      form,
      { ...weekly, with: "Maria", about: "peer group", where: "here" },
      { here: channel },
    );
    expect(reply.say).toContain("Every Tuesday at 10:00, Europe/Berlin time.");
    expect(reply.say).toContain("Peer group with Maria");
    expect(await room.newest()).toMatchObject({ schedule: base, place: channel, state: "active" });
  });

  test("sent twice sets one; with something else in it, another", async () => {
    const form = await room.press("r/form");
    await room.fill(form, weekly);
    await room.fill(form, weekly);
    expect(await room.kept()).toHaveLength(1);
    await room.fill(form, { ...weekly, time: "11:00" });
    expect(await room.kept()).toHaveLength(2);
  });

  const rules: Readonly<Record<string, [string, string | null, string]>> = {
    once: ["2026-10-13", null, "2026-10-13T10:00"],
    day: ["2026-10-13", "FREQ=DAILY", "2026-10-13T10:00"],
    weekdays: ["2026-10-17", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-10-19T10:00"],
    "1w": ["2026-10-13", "FREQ=WEEKLY;BYDAY=TU", "2026-10-13T10:00"],
    "2w": ["2026-10-13", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-10-13T10:00"],
    "3w": ["2026-10-13", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "2026-10-13T10:00"],
    "4w": ["2026-10-13", "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU", "2026-10-13T10:00"],
    nth: ["2026-10-13", "FREQ=MONTHLY;BYDAY=2TU", "2026-10-13T10:00"],
    "nth fifth": ["2026-10-30", "FREQ=MONTHLY;BYDAY=-1FR", "2026-10-30T10:00"],
    date: ["2026-10-13", "FREQ=MONTHLY;BYMONTHDAY=13", "2026-10-13T10:00"],
    "date 31": ["2026-10-31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-10-31T10:00"],
    quarter: ["2026-10-30", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-10-30T10:00"],
  };
  for (const [often, [date, rule, start]] of Object.entries(rules))
    test(`means by ${often} from ${date}: ${rule ?? "once"}`, async () => {
      await room.fill(await room.press("r/form"), { ...weekly, often: often.split(" ")[0] ?? "", date });
      expect((await room.newest()).schedule).toMatchObject({ rule, start });
    });

  test("knows each of its own rules again", () => {
    const days = fc
      .integer({ min: 0, max: 3_000 })
      .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(...oftens), days, (often, first) => {
        expect(ruleFor(oftenOf(ruleFor(often, first), first) ?? "once", first)).toBe(ruleFor(often, first));
      }),
    );
  });
});

describe("what cannot be", () => {
  test("is told all together, and what was entered is given back", async () => {
    const entered = {
      often: "never",
      date: "2026-02-30",
      time: "25:00",
      ends: "x",
      with: "client Ahmed",
      about: "Ahmed's court date",
    };
    const again = await room.fill(await room.press("r/form"), entered);
    expect(valuesIn(again)).toEqual(entered);
    expect(again.say.match(/^•/gm)).toHaveLength(6);
    expect(await room.kept()).toEqual([]);
    // It can be put right from there.
    expect((await room.fill(again, weekly)).say).toMatch(/^Set, as number 1\./);
  });

  test.each([
    ["a first time that is over", { date: "2026-10-06", time: "09:00" }, /over already/],
    ["a first day that is over", { date: "2026-10-05" }, /over already/],
    ["an end before the beginning", { ends: "2026-10-12" }, /last day comes before the first/],
    ["a name that is too long", { with: "m".repeat(41) }, /room for 40/],
    ["a label that is too long", { about: "m".repeat(61) }, /room for 60/],
  ])("is %s", async (_, fields, said) => {
    const again = await room.fill(await room.press("r/form"), { ...weekly, ...fields });
    expect(again.kind).toBe("form");
    expect(again.say).toMatch(said);
    expect(await room.kept()).toEqual([]);
  });

  test("is a place that the form does not offer", async () => {
    const again = await room.fill(await room.press("r/form"), { ...weekly, where: "here" });
    expect(again).toMatchObject({ kind: "form" });
  });
});

describe("the form of a reminder that is there", () => {
  const began = async (schedule: Partial<Schedule>): Promise<Reply> => {
    const draft = { schedule: { ...base, ...schedule }, label: null, partner: null, isHere: false };
    expect(codeOf({ key: "k", draft })).not.toBeNull();
    return room.press(tokenFor({ kind: "set", begun: { key: "k", draft } }));
  };

  test("begins with the next time, and changes what comes from there on", async () => {
    const set = await began({ start: "2026-09-01T10:00", rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" });
    const form = await room.press(tokenIn(set, "Change"));
    expect(valuesIn(form)).toMatchObject({ often: "2w", date: "2026-10-13" });
    const reply = await room.fill(form, { time: "11:30", about: "peer group" });
    expect(reply.say).toMatch(
      /^Changed number 1\.\nPeer group\.\nEvery 14 days from Tuesday 13 October 2026, at 11:30/,
    );
    expect(await room.kept()).toHaveLength(1);
  });

  test("keeps a rule that it has no words for, and what is left of a count", async () => {
    const rule = "FREQ=WEEKLY;BYDAY=MO,TH";
    await began({ start: "2026-10-01T10:00", rule, ends: { kind: "count", count: 6 } });
    const { id } = await room.newest();
    const form = await room.press(tokenFor({ kind: "change", id }));
    expect(valuesIn(form)).toMatchObject({ often: "asis", date: "2026-10-08" });
    expect(form.say).toContain("Every Monday and Thursday");
    await room.fill(form, { time: "12:00" });
    const { schedule } = await room.newest();
    expect(schedule).toMatchObject({ rule, start: "2026-10-08T12:00", ends: { kind: "count", count: 4 } });
  });

  test("can bring it back from a conversation to its owner", async () => {
    const draft = { schedule: base, label: null, partner: null, isHere: true };
    const set = await room.press(tokenFor({ kind: "set", begun: { key: "k", draft } }), { here: channel });
    const form = await room.press(tokenIn(set, "Change"));
    expect(optionsOf(form, "where")).toEqual(["me", "there"]);
    expect(valuesIn(form)).toMatchObject({ where: "there" });
    await room.fill(form, { where: "me" });
    expect((await room.newest()).place.isPrivate).toBe(true);
  });

  test("of an older version changes nothing", async () => {
    const set = await began({});
    const form = await room.press(tokenIn(set, "Change"));
    await room.press(tokenFor({ kind: "pause", id: (await room.newest()).id, until: null }));
    const reply = await room.fill(form, { time: "11:00" });
    expect(reply.say).toMatch(/changed meanwhile/);
    expect((await room.newest()).schedule.start).toBe(base.start);
  });

  test("is nobody else's", async () => {
    const set = await began({});
    const form = await room.press(tokenIn(set, "Change"));
    expect((await room.press(tokenIn(set, "Change"), { who: "bob" })).kind).toBe("note");
    expect((await room.fill(form, { time: "11:00" }, { who: "bob" })).say).toMatch(/somebody else/);
    room.at(morning + 1);
    expect((await room.newest()).version).toBe(1);
  });
});
