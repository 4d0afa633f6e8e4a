/** What arrives: that it is due, one sentence of the review with its source, and what can be said to it. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Knowledge } from "#src/knowledge/entry.ts";
import { pressables } from "#src/plain.ts";
import { notice, wasAsked } from "#src/reminders/desk/notice.ts";
import { readAct } from "#src/reminders/desk/tokens.ts";
import type { Occurrence, Reminder } from "#src/reminders/reminder.ts";
import type { Claimed } from "#src/reminders/store.ts";
import type { Reply } from "#src/reply.ts";
import { userText } from "#src/turn.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { channel, direct, labelsIn, morning, wordsOf } from "./desk-room.ts";

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await openKnowledge();
});

const hourMs = 60 * 60 * 1_000;
const reminder: Reminder = {
  id: "rem",
  number: 2,
  person: "ada",
  place: direct,
  direct,
  label: null,
  partner: userText("my supervisor"),
  schedule: {
    start: "2026-10-06T09:15",
    rule: "FREQ=WEEKLY;BYDAY=TU",
    zone: "Europe/Berlin",
    ends: { kind: "never" },
    skips: [],
    skipsHolidays: false,
  },
  state: "active",
  pausedUntil: null,
  why: null,
  next: null,
  version: 1,
  sent: 0,
  unanswered: 0,
  isAsked: false,
};
const claimed = (of: Partial<Reminder> = {}, due: Partial<Occurrence> = {}, more: Partial<Claimed> = {}): Claimed => ({
  occurrence: {
    id: "occ",
    reminder: "rem",
    kind: "due",
    due: { local: "2026-10-06T09:15", atMs: morning },
    missed: 0,
    ...due,
  },
  reminder: { ...reminder, ...of },
  fence: 1,
  untilMs: 0,
  triedMs: null,
  tries: 0,
  saved: [],
  also: [],
  ...more,
});
const citedIn = (reply: Reply): string => (reply.kind === "answer" ? (reply.body[0]?.text ?? "") : "");

describe("a reminder that is due", () => {
  test("says so, for notifications and on the screen, with one sentence of the review and its source", () => {
    const reply = notice(claimed(), morning, knowledge);
    const lead = "Supervision with your supervisor is due: Tuesday 6 October, 9:15.";
    expect(reply.say).toMatch(new RegExp(`^${lead}`));
    expect(wordsOf(reply)).toContain(lead);
    expect(reply).toMatchObject({ kind: "answer", asides: [] });
    expect(reply.kind === "answer" && reply.body).toHaveLength(1);
    expect(reply.kind === "answer" && reply.citations).toHaveLength(1);
    expect(reply.say).toContain(citedIn(reply));
    expect(labelsIn(reply)).toEqual(["Done", "Snooze 1 h", "Snooze to tomorrow", "Skip", "Change"]);
  });

  test("brings another sentence each time, each one curated, of all four entries", () => {
    const replies = Array.from({ length: 12 }, (_, sent) => notice(claimed({ sent }), morning, knowledge));
    const known = new Set(knowledge.entries.flatMap(({ answer }) => answer.map(({ says }) => says)));
    expect(replies.map(citedIn).filter((text) => !known.has(text))).toEqual([]);
    replies.slice(1).forEach((reply, at) => {
      expect(citedIn(reply)).not.toBe(citedIn(replies[at] ?? reply));
    });
    expect(
      new Set(replies.flatMap((reply) => (reply.kind === "answer" ? reply.entries.map(({ id }) => id) : []))),
    ).toEqual(new Set(["supervision", "power-differentials", "specialist-knowledge", "effects-of-witnessing"]));
    // None says only what a source leaves open, or leans on a sentence that is not there.
    for (const reply of replies) expect(citedIn(reply)).not.toMatch(/^(?:It|So|They)\b|does not|gives no/);
  });

  test("is a plain note where the knowledge is another", () => {
    const reply = notice(claimed(), morning, { ...knowledge, entries: [] });
    expect(reply).toMatchObject({
      kind: "note",
      say: "Supervision with your supervisor is due: Tuesday 6 October, 9:15.",
    });
    expect(labelsIn(reply)).toContain("Done");
  });

  test("goes by its label", () => {
    const reply = notice(claimed({ label: userText("peer group"), partner: null }), morning, knowledge);
    expect(reply.say).toMatch(/^Peer group is due/);
  });

  test("says that it comes once more, where it was put off", () => {
    expect(notice(claimed({}, { kind: "snooze" }), morning, knowledge).say).toMatch(/once more as you asked/);
  });

  test("has tokens that lead somewhere", () => {
    for (const { token } of pressables(notice(claimed(), morning, knowledge))) expect(readAct(token)).not.toBeNull();
  });
});

describe("what was saved", () => {
  test("is there as buttons with titles, those that are gone left out", () => {
    const reply = notice(claimed({}, {}, { saved: ["training", "no-such-entry", "time"] }), morning, knowledge);
    expect(pressables(reply).slice(0, 2)).toEqual([
      { label: "Training on forced migration", token: "show/training" },
      { label: "Additional time", token: "show/time" },
    ]);
    expect(reply.asides.join(" ")).toMatch(/Saved for supervision/);
  });

  test("fits into one message, however much it is, and all of it can be reached", () => {
    const saved = knowledge.entries.map(({ id }) => id);
    expect(saved.length).toBeGreaterThan(25);
    const buttons = pressables(notice(claimed({}, {}, { saved }), morning, knowledge));
    expect(buttons.length).toBeLessThanOrEqual(25);
    const shown = buttons.flatMap(({ token }) => (token.startsWith("show/") ? token.slice(5).split(",") : []));
    expect(shown).toEqual(saved);
  });
});

describe("what is late", () => {
  test("up to twelve hours is not told", () => {
    expect(notice(claimed(), morning + 12 * hourMs, knowledge).asides).toEqual([]);
  });

  test("past that is told in one calm line, with all that was missed", () => {
    const also = [{ ...reminder, label: userText("peer group"), partner: null }];
    const reply = notice(claimed({}, { missed: 2 }, { also }), morning + 13 * hourMs, knowledge);
    expect(reply.say).toMatch(/^Supervision with your supervisor was due on Tuesday 6 October, 9:15\./);
    expect(reply.asides).toEqual([
      "I could not send it then. 2 before it did not come either. Due in the meantime as well: Peer group.",
    ]);
  });
});

describe("two in a row without a word", () => {
  test("bring one gentle line, once, and to the person alone", () => {
    const gentle = (one: Claimed) => /without a word/.test(notice(one, morning, knowledge).asides.join(" "));
    const cases: readonly [Claimed, boolean][] = [
      [claimed({ unanswered: 1 }), false],
      [claimed({ unanswered: 2 }), true],
      [claimed({ unanswered: 5 }), true],
      [claimed({ unanswered: 2, isAsked: true }), false],
      [claimed({ unanswered: 2, place: channel }), false],
      [claimed({ unanswered: 2 }, { kind: "snooze" }), false],
    ];
    for (const [one, isTold] of cases) {
      expect(gentle(one)).toBe(isTold);
      expect(wasAsked(one)).toBe(isTold);
    }
  });
});

describe("in a conversation", () => {
  test("anyone may stop it, and nothing is said there about who was where", () => {
    const reply = notice(claimed({ place: channel }, {}, { saved: ["training"] }), morning, knowledge);
    expect(labelsIn(reply)).toEqual(["Stop this reminder", "Snooze 1 h", "Snooze to tomorrow", "Change"]);
    expect(reply.asides).toEqual(["Anyone here may stop this reminder."]);
    expect(reply.say).toMatch(/^Supervision with the supervisor/);
  });
});

describe("a notice that it was parked", () => {
  test.each([
    ["is_archived", /channel it goes to has been archived/],
    ["not_in_channel", /Add it there/],
    ["stopped", /somebody in the conversation/],
    ["defect", /set it anew/],
    ["some_new_code", /could not be brought/],
    ["constructor", /could not be brought/],
  ])("for %s says why in words", (why, said) => {
    const reply = notice(claimed({ state: "parked", why }, { kind: "notice" }), morning, knowledge);
    expect(reply).toMatchObject({ kind: "note", why: "reminder:parked" });
    expect(reply.say).toMatch(/^Your reminder number 2, Supervision with your supervisor, has stopped: /);
    expect(reply.say).toMatch(said);
    expect(labelsIn(reply)).toEqual([...(why === "stopped" ? ["Resume"] : []), "Change", "Delete"]);
  });

  test("says so where it has been started again since", () => {
    const reply = notice(claimed({ state: "active", why: null }, { kind: "notice" }), morning, knowledge);
    expect(reply.say).toMatch(/^Your reminder number 2, [\w ]+, had stopped, and has been started again since\.$/);
    expect(labelsIn(reply)).toEqual(["Change", "Delete"]);
  });
});
