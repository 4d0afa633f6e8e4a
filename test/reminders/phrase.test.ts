import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { momentOf, nextAfter, upcoming } from "#src/reminders/calendar/calendar.ts";
import { commandExamples, examples } from "#src/reminders/phrase/examples.ts";
import { readWish } from "#src/reminders/phrase/phrase.ts";
import type { Draft } from "#src/reminders/reminder.ts";
import type { Wish } from "#src/reminders/wish.ts";
import { reveal } from "#src/turn.ts";
import { summary } from "./phrase-summary.ts";

type Moment = { readonly now: string; readonly zone: string };
type Line = Moment | readonly [say: string, is: string];

const bank: readonly Line[] = readFileSync(new URL("phrases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const tuesday: Moment = { now: "2026-10-06T07:15:00Z", zone: "Europe/Berlin" };
const read = (say: string, { now, zone }: Moment = tuesday): Wish => readWish(say, { nowMs: Date.parse(now), zone });
const isOf = (say: string, at: Moment = tuesday): string => summary(read(say, at));
const noHolidays: ReadonlySet<string> = new Set();

/** Each phrase with the moment it is said at. */
const said = (() => {
  let at = tuesday;
  return bank.flatMap((line) => {
    if ("now" in line) at = line;
    return "now" in line ? [] : [{ at, say: line[0], is: line[1] }];
  });
})();

describe("the bank of phrases", () => {
  test("has more than three hundred, and each means what it says there", () => {
    expect(said.length).toBeGreaterThan(300);
    const read = said.map(({ at, say, is }) => ({ say, is, now: isOf(say, at) }));
    expect(read.filter(({ is, now }) => is !== now)).toEqual([]);
  });

  test("is asked or refused with an example that works at that moment", () => {
    const examples = said.flatMap(({ at, say }) => {
      const wish = read(say, at);
      return wish.kind === "ask" || wish.kind === "refuse" ? [{ at, say, example: wish.example }] : [];
    });
    const dead = examples.filter(({ at, example }) => /^(?:ask|refuse|form)/.test(isOf(example, at)));
    expect(dead).toEqual([]);
    expect(examples.length).toBeGreaterThan(100);
  });
});

test.each(examples)("the example “%s” sets a reminder", (example) => {
  expect(read(example).kind).toBe("create");
  expect(isOf(`/supervision ${example}`)).toBe(isOf(example));
  expect(isOf(`please remind me ${example}`)).toBe(isOf(example));
});

test.each(commandExamples)("the example “%s” is a command", (example) => {
  expect(isOf(example)).toMatch(/^(?:list|pause|resume|skip|snooze|move|delete|done)/);
});

describe("readings", () => {
  const readings = (say: string, at: Moment = tuesday): readonly string[] => {
    const wish = read(say, at);
    return wish.kind === "ask"
      ? wish.readings.map(({ draft }) => `${draft.schedule.rule} ${draft.schedule.start}`)
      : [];
  };

  test("of “every second Tuesday” are the fortnight and the place in the month", () => {
    expect(readings("every second tuesday at 10")).toEqual([
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU 2026-10-06T10:00",
      "FREQ=MONTHLY;BYDAY=2TU 2026-10-13T10:00",
    ]);
  });

  test("of 12/01 are both days, the earlier part first", () => {
    expect(readings("12/01 at 9am")).toEqual(["null 2027-01-12T09:00", "null 2026-12-01T09:00"]);
  });

  test("of a bare hour are both halves of the day", () => {
    expect(readings("every monday at 5")).toEqual([
      "FREQ=WEEKLY;BYDAY=MO 2026-10-12T05:00",
      "FREQ=WEEKLY;BYDAY=MO 2026-10-12T17:00",
    ]);
  });

  test("are not made of a time that nobody said, which only fills the form in", () => {
    const wish = read("every monday");
    expect(wish).toMatchObject({ kind: "ask", about: "time", readings: [] });
    expect(wish.kind === "ask" && wish.draft.schedule?.rule).toBe("FREQ=WEEKLY;BYDAY=MO");
  });

  test("of what is said to come again, and not how often, are every week and once", () => {
    expect(readings("set a recurring reminder for friday at 10")).toEqual([
      "FREQ=WEEKLY;BYDAY=FR 2026-10-09T10:00",
      "null 2026-10-09T10:00",
    ]);
  });

  test("of a date on another day of the week are the date and that day", () => {
    expect(readings("friday 15 october at 10")).toEqual(["null 2026-10-15T10:00", "null 2026-10-09T10:00"]);
  });

  test("suggest a bare hour by day", () => {
    expect(read("every monday at 3")).toMatchObject({ example: "every Monday at 15:00" });
  });

  test("of the next Friday said before it are this week's and next week's", () => {
    expect(readings("next friday at 14:00")).toEqual(["null 2026-10-09T14:00", "null 2026-10-16T14:00"]);
  });
});

describe("changes of the clocks", () => {
  test("leave “in 2 hours” two hours long", () => {
    const spring = { now: "2027-03-27T23:30:00Z", zone: "Europe/Berlin" };
    expect(isOf("in 2 hours", spring)).toBe("create once 2027-03-28T03:30");
  });

  test("make an hour that comes twice a question where only its second time would do", () => {
    const autumn = { now: "2026-10-24T23:45:00Z", zone: "Europe/Berlin" };
    expect(isOf("in 30 minutes", autumn)).toBe("create once 2026-10-25T02:15");
    expect(isOf("in 90 minutes", autumn)).toBe("ask time");
  });

  test("keep a time that is left out as it was said", () => {
    expect(isOf("on 28 March at 02:30", { now: "2027-03-01T09:00:00Z", zone: "Europe/Berlin" })).toBe(
      "create once 2027-03-28T02:30",
    );
  });

  test("do not let a time that has been come again an hour later", () => {
    // 02:30 was shown once already, and is shown again.
    expect(isOf("today at 02:45", { now: "2026-10-25T01:30:00Z", zone: "Europe/Berlin" })).toBe("refuse past");
  });
});

describe("whatever is typed", () => {
  const words =
    "every each other second first last mon tuesday fri week weeks month day 2 3 10 5pm 14:30 31 at on the of and to for with until from starting in next this june 24th 12/01 2027 times remind me skip move pause snooze all not except noon half past biweekly monthly tomorrow supervision Maria then repeating 9-10am half 2x m/w/f xmas regular".split(
      " ",
    );
  const moments = fc.record({
    nowMs: fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2035-01-01") }),
    zone: fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu"),
  });
  const texts = fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((some) => some.join(" ")) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 120 }) },
  );

  test("nothing throws, the same means the same, and what is set can be kept", () => {
    fc.assert(
      fc.property(texts, moments, (text, at) => {
        const wish = readWish(text, at);
        expect(JSON.stringify(readWish(text, at))).toBe(JSON.stringify(wish));
        if (wish.kind === "create") keeps(wish.draft, at.nowMs);
        if (wish.kind === "ask") for (const { draft } of wish.readings) keeps(draft, at.nowMs);
      }),
      { numRuns: 2_500 },
    );
  });

  function keeps({ schedule, label, partner }: Draft, nowMs: number): void {
    const first = nextAfter(schedule, nowMs, noHolidays);
    // The first one is its start, so that intervals and counts are counted from there.
    expect(first?.local).toBe(schedule.start);
    expect(momentOf(schedule.start, schedule.zone)).toBeGreaterThan(nowMs);
    expect(upcoming(schedule, nowMs, 3, noHolidays).length).toBeGreaterThan(0);
    expect(label === null ? 0 : reveal(label).length).toBeLessThanOrEqual(60);
    expect(partner === null ? 0 : reveal(partner).length).toBeLessThanOrEqual(40);
  }

  test("more than 500 characters are refused, and read no further", () => {
    expect(isOf(`every monday at 10 ${"x".repeat(500)}`)).toBe("refuse note");
  });
});
