import { describe, expect, test } from "vitest";
import { run } from "../helpers/command.ts";

const at = ["--now", "2026-10-06T09:15:00+02:00", "--zone", "Europe/Berlin"];
const parsed = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("when --json", () => {
  test("says one phrase a line: rule, time, the next three with their offset", async () => {
    const input = "every 2 weeks on Tuesday at 10:00\nfirst monday of each month 14:30 to plan with my supervisor\n";
    const { code, out, err } = await run(["when", "--json", ...at], { input });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [first, second] = parsed(out);
    expect(first).toEqual({
      phrase: "every 2 weeks on Tuesday at 10:00",
      outcome: "create",
      rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
      once: null,
      time: "10:00",
      zone: "Europe/Berlin",
      next: ["2026-10-06T10:00:00+02:00", "2026-10-20T10:00:00+02:00", "2026-11-03T10:00:00+01:00"],
      about: null,
      target: null,
      text: expect.stringMatching(/Every 14 days from Tuesday 6 October 2026, at 10:00/),
    });
    expect(Object.keys(first)).toEqual(Object.keys(second));
    expect(second).toMatchObject({ rule: "FREQ=MONTHLY;BYDAY=1MO", time: "14:30", about: "plan" });
    expect(second.text).toMatch(/Plan with my supervisor/);
  });

  test("says once, commands, questions and refusals, in the order that they came in", async () => {
    const input = [
      "tomorrow 9am",
      "pause 2 until 3 January",
      "skip next",
      "delete all",
      "cancel my tuesday 10am one",
      "when was my last supervision?",
      "my time zone is Europe/Paris",
      "every second tuesday at 10",
      "every 5 minutes",
      "",
    ].join("\n");
    const { out } = await run(["when", "--json", ...at], { input: `${input}\n` });
    const lines = parsed(out);
    expect(lines.map(({ outcome, target }) => `${outcome} ${target}`)).toEqual([
      "create null",
      "pause 2",
      "skip next",
      "delete all",
      "delete tuesday 10:00",
      "list null",
      "help null",
      "ask null",
      "refuse null",
      "help null",
    ]);
    expect(lines[0]).toMatchObject({ rule: null, once: "2026-10-07T09:00", next: ["2026-10-07T09:00:00+02:00"] });
    expect(lines[1].text).toMatch(/Sunday 3 January 2027/);
    expect(lines[7].text).toMatch(/counted in weeks, or once a month/);
    expect(lines[8].text).toMatch(/You can say: every day at 10:00/);
  });

  test("says when a time that the clocks leave out comes instead", async () => {
    const { out } = await run(["when", "--json", "--zone", "Europe/Berlin", "--now", "2027-03-26T12:00:00Z"], {
      input: "every day at 02:30\n",
    });
    expect(parsed(out)[0]).toMatchObject({
      time: "02:30",
      next: ["2027-03-27T02:30:00+01:00", "2027-03-28T03:30:00+02:00", "2027-03-29T02:30:00+02:00"],
    });
  });
});

describe("when", () => {
  test("says in words what a command would do", async () => {
    const input =
      "snooze 2h\nsnooze 90 min\ndelete karen\nmove 2 to friday 9:30am\nforget me\ndone 2\nkaren 1:1 fri 9.30\n";
    const { out } = await run(["when", ...at], { input });
    const said = [
      "Puts off the last one by 2 hours.",
      "Puts off the last one by 1 hour 30 minutes.",
      "Deletes the one like “karen”.",
      "Moves number 2 to Friday, 9:30.",
      "Deletes all of your reminders, once you say so again.",
      "That goes for the reminder that came last, so it needs no number.",
      "For a colleague, write: supervision with Sam.",
    ];
    for (const one of said) expect(out).toContain(one);
  });

  test("explains one phrase: the rule in words, the zone, the next dates, the change of the clocks", async () => {
    const { code, out } = await run(["when", ...at, "every 2 weeks on Tuesday at 10:00 with Maria"]);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "Supervision with Maria.",
        "Every 14 days from Tuesday 6 October 2026, at 10:00, Europe/Berlin time.",
        "Next: Tuesday 6 October, 10:00; Tuesday 20 October, 10:00; Tuesday 3 November, 10:00.",
        "The clocks change on 25 October; it stays at 10:00.",
        "",
      ].join("\n"),
    );
  });

  test("takes a moment without an offset as the zone's own clock shows it", async () => {
    const { out } = await run(["when", "--json", "--zone", "Asia/Tokyo", "--now", "2026-10-06T23:30", "in 2 hours"]);
    expect(parsed(out)[0]).toMatchObject({ once: "2026-10-07T01:30" });
  });

  test.each([
    [["--zone", "EST"], "--zone is not a time zone."],
    [["--zone", "+02:00"], "--zone is not a time zone."],
    [["--now", "soon"], "--now is not a moment in ISO 8601."],
    [["--now", "2026-02-30T10:00"], "--now is not a moment in ISO 8601."],
  ])("refuses %j with what to do", async (args, sentence) => {
    const { code, out, err } = await run(["when", ...args, "every monday at 10"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(new RegExp(`^${sentence.replaceAll(".", "\\.")}\nGive `));
    expect(err).not.toMatch(/monday/);
  });
});
