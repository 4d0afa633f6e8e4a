/** The tokens of reminders: read back as they were written, and nothing else is read at all. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeOf, longestCode, readCode } from "#src/reminders/desk/draft-code.ts";
import { type Act, readAct, tokenFor } from "#src/reminders/desk/tokens.ts";
import type { Draft } from "#src/reminders/reminder.ts";
import { reveal, userText } from "#src/turn.ts";

const draft: Draft = {
  schedule: {
    start: "2026-10-06T10:00",
    rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    zone: "Europe/Berlin",
    ends: { kind: "until", date: "2027-06-30" },
    skips: [],
    skipsHolidays: true,
  },
  label: userText("peer group"),
  partner: userText("Zoë"),
  isHere: true,
};

const acts: readonly Act[] = [
  { kind: "list" },
  { kind: "help" },
  { kind: "keep" },
  { kind: "delete-all" },
  ...(["open", "change", "delete", "resume", "stop"] as const).map((kind): Act => ({ kind, id: "Ab-_9" })),
  { kind: "pause", id: "a", until: null },
  { kind: "pause", id: "a", until: "2027-01-03" },
  { kind: "skip", id: "a", local: "2026-10-06T10:00" },
  { kind: "undo", id: "a", version: 12 },
  { kind: "move", id: "a", to: { weekday: "TH", date: null, time: "11:00" } },
  { kind: "move", id: "a", to: { weekday: null, date: "2027-01-05", time: null } },
  { kind: "move-all", id: "a", version: 2, to: "2026-10-08T11:00" },
  { kind: "only", id: "a", version: 2, from: "2026-10-06T10:00", to: "2026-10-08T11:00", takesBack: true },
  { kind: "form", begun: null },
  { kind: "filled", of: { kind: "new", begun: null } },
  { kind: "filled", of: { kind: "reminder", id: "a", version: 3 } },
  { kind: "done", occurrence: "o" },
  { kind: "skipped", occurrence: "o" },
  { kind: "snooze", occurrence: "o", minutes: 60 },
  { kind: "snooze", occurrence: "o", minutes: "tomorrow" },
  { kind: "zone", zone: "America/Argentina/Buenos_Aires" },
  { kind: "save", entries: ["supervision", "training"] },
];

describe("a token", () => {
  for (const act of acts)
    test(`of ${JSON.stringify(act)} is read back`, () => {
      const token = tokenFor(act);
      expect(token).toMatch(/^r\//);
      expect(readAct(token)).toEqual(act);
    });

  test.each(["set", "form"] as const)("of a draft (%s) holds all of it", (kind) => {
    const act = readAct(tokenFor({ kind, begun: { key: "k", draft } }));
    if (act?.kind !== kind || act.begun === null) throw new Error("it was not read");
    const { label, partner, ...rest } = act.begun.draft;
    expect(rest).toEqual({ schedule: draft.schedule, isHere: true });
    expect([label, partner].map((text) => (text == null ? null : reveal(text)))).toEqual(["peer group", "Zoë"]);
  });

  test("of anything else is not read", () => {
    const odd = [
      "",
      "r",
      "r/",
      "r/lists",
      "r/list/1",
      "r/open/",
      "r/open/a/b",
      "r/open/a b",
      "r/open/aaaaaaaaaaaaaaaaaaaaaaa",
      "r/pause/a/2026-02-30",
      "r/skip/a/2026-10-06T24:00",
      "r/undo/a/0",
      "r/undo/a/1.5",
      "r/move/a/,,",
      "r/move/a/XX,,",
      "r/snooze/o/0",
      "r/snooze/o/-5",
      "r/zone/+02:00",
      "r/zone/Mars/Olympus",
      "r/save/",
      "r/save/a,b,c,d",
      "r/save/../../etc",
      "r/constructor",
      "r/__proto__",
      "r/set",
      "r/set/e30",
      "r/filled/a",
      "show/supervision",
    ];
    expect(odd.filter((token) => readAct(token) !== null)).toEqual([]);
  });

  test("is never an error, whatever it is", () => {
    const kinds = fc.constantFrom("set", "form", "filled", "move", "only", "zone", "undo", "snooze", "save");
    const parts = fc.array(fc.string({ unit: "binary", maxLength: 40 }), { maxLength: 6 });
    fc.assert(
      fc.property(kinds, parts, (kind, rest) => {
        readAct(["r", kind, ...rest].join("/"));
      }),
    );
  });
});

describe("a code", () => {
  const written = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const schedule = ["2026-10-06T10:00", null, "Europe/Berlin", null, 0];

  test("that nobody here has written is not read", () => {
    expect(readCode(written({ k: "k", s: schedule }))).not.toBeNull();
    const odd: readonly unknown[] = [
      null,
      [],
      "k",
      {},
      { k: 1 },
      { k: "a b" },
      { k: "k", x: 1 },
      { k: "k", l: "" },
      { k: "k", l: "x".repeat(61) },
      { k: "k", p: "x".repeat(41) },
      { k: "k", h: true },
      { k: "k", s: [] },
      { k: "k", s: ["2026-02-30T10:00", ...schedule.slice(1)] },
      { k: "k", s: [schedule[0], "FREQ=MINUTELY", ...schedule.slice(2)] },
      { k: "k", s: [schedule[0], "FREQ=DAILY;FREQ=DAILY", ...schedule.slice(2)] },
      { k: "k", s: [schedule[0], null, "Mars/Olympus", null, 0] },
      { k: "k", s: [schedule[0], null, "Europe/Berlin", 0, 0] },
      { k: "k", s: [schedule[0], null, "Europe/Berlin", -1, 0] },
      { k: "k", s: [schedule[0], null, "Europe/Berlin", null, 2] },
    ];
    expect(odd.filter((value) => readCode(written(value)) !== null)).toEqual([]);
    for (const text of ["", "!", "e", Buffer.from("{").toString("base64url")]) expect(readCode(text)).toBeNull();
  });

  test("fits into a button, with the longest words there are", () => {
    const long = { ...draft, label: userText("ß".repeat(60)), partner: userText("ß".repeat(40)) };
    const code = codeOf({ key: "k".repeat(22), draft: long });
    expect(code?.length).toBeLessThan(longestCode);
    expect(readCode(code ?? "")).not.toBeNull();
  });

  test("that would not fit is not written", () => {
    expect(codeOf({ key: "k", draft: { ...draft, label: userText("x".repeat(1_200)) } })).toBeNull();
  });
});
