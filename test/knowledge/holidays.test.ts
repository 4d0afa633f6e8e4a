import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadKnowledge } from "#src/knowledge/load.ts";
import { findingsIn, fixtureDay, goodFolder, type Texts, teamFolder, textsOf } from "../helpers/knowledge.ts";

const scratch = mkdtempSync(join(tmpdir(), "bearings-holidays-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const file = "holidays.yaml";
const good = textsOf(goodFolder);
const listing = (text: string): Texts => new Map([...good, [file, text]]);
const of = (text: string, today = fixtureDay) =>
  findingsIn(listing(text), today).map(({ code, severity, at, fix }) => ({ code, severity, line: at.line, fix }));

/** A copy of the team's folder that lists these days. */
function team(text: string): string {
  const dir = mkdtempSync(join(scratch, "team-"));
  cpSync(teamFolder, dir, { recursive: true });
  writeFileSync(join(dir, file), text);
  return dir;
}

const holidaysIn = async (...dirs: readonly string[]) =>
  (await loadKnowledge([goodFolder, ...dirs])).knowledge?.holidays;

describe("the days that a team lists", () => {
  test("are read with quotes and without, and told oldest first", async () => {
    const dir = team('- date: "2026-12-26"\n  name: "Boxing Day"\n- date: 2026-12-25\n  name: Christmas Day\n');
    expect(await holidaysIn(dir)).toEqual([
      { date: "2026-12-25", name: "Christmas Day" },
      { date: "2026-12-26", name: "Boxing Day" },
    ]);
  });

  test("are none where no folder lists any", async () => {
    expect(await holidaysIn(teamFolder)).toEqual([]);
  });

  test("of several folders are put together, and a day that both list is there once, by its later name", async () => {
    const region = team("- { date: 2027-01-01, name: New Year }\n- { date: 2027-02-15, name: Family Day }\n");
    const service = mkdtempSync(join(scratch, "service-"));
    writeFileSync(join(service, file), "- { date: 2027-01-01, name: New Year's Day }\n");
    expect(await holidaysIn(region, service)).toEqual([
      { date: "2027-01-01", name: "New Year's Day" },
      { date: "2027-02-15", name: "Family Day" },
    ]);
  });

  test("are part of the set's version", async () => {
    const versionOf = async (dir: string) => (await loadKnowledge([goodFolder, dir])).knowledge?.version;
    const day = (date: string) => team(`- { date: ${date}, name: Our day }\n`);
    expect(await versionOf(day("2027-05-01"))).not.toBe(await versionOf(day("2027-05-02")));
    expect(await versionOf(day("2027-05-01"))).toBe(await versionOf(day("2027-05-01")));
  });

  test("stop the loading when one of them is wrong, rather than be half used", async () => {
    const { knowledge, findings } = await loadKnowledge([goodFolder, team("- { date: 2027-02-30, name: No day }\n")]);
    expect(knowledge).toBeNull();
    expect(findings.map(({ code }) => code)).toEqual(["schema"]);
  });
});

describe("a list without a slip", () => {
  test.each([
    ["one day", "- date: 2026-12-25\n  name: Christmas Day\n"],
    ["29 February of a leap year", "- { date: 2028-02-29, name: Leap day }\n"],
    ["no day at all", "[]\n"],
    [
      "one day over and one to come",
      "- { date: 2026-01-01, name: New Year }\n- { date: 2027-01-01, name: New Year }\n",
    ],
    ["today", `- { date: ${fixtureDay}, name: Today }\n`],
  ])("%s gives no finding", (_, text) => {
    expect(of(text)).toEqual([]);
  });
});

describe("a slip is told with its line and what to type", () => {
  const first = "- date: 2026-12-25\n  name: Christmas Day\n";

  test.each([
    ["a day that is not there", "- date: 2027-02-29\n  name: X\n", 3, "Write a day that exists, as YYYY-MM-DD."],
    ["a date in words", "- date: 25 December 2026\n  name: X\n", 3, "Write the date as YYYY-MM-DD."],
    ["a date without hyphens", "- date: 20261225\n  name: X\n", 3, "Write the date as YYYY-MM-DD."],
    ["a date with a time", "- date: 2026-12-25T00:00\n  name: X\n", 3, "Write the date as YYYY-MM-DD."],
    ["a missing name", "- date: 2026-12-28\n", 3, "Add 'name'."],
    ["a bare date", "- 2026-12-28\n", 3, /^Write '- date: 2026-12-25', and below it/],
    ["another field", "- date: 2026-12-28\n  name: X\n  who: us\n", 5, "Use one of: date, name."],
  ])("%s", (_, text, line, fix) => {
    const wanted = typeof fix === "string" ? fix : expect.stringMatching(fix);
    expect(of(first + text)).toEqual([{ code: "schema", severity: "error", line, fix: wanted }]);
  });

  test("the same day twice in one file", () => {
    const fix = "Correct one of the two dates, or delete one of them.";
    expect(of(`${first}${first}`)).toEqual([{ code: "same-day", severity: "error", line: 3, fix }]);
  });

  test("a map in place of the list", () => {
    expect(of("2026-12-25: Christmas Day\n")).toMatchObject([{ code: "schema", line: 1 }]);
  });

  test("a mark in a name that the rest of what people read does without", () => {
    expect(of("- { date: 2026-12-25, name: Christmas! }\n")).toMatchObject([{ code: "exclamation", line: 1 }]);
  });

  test("a list whose days are all over is a warning, and stops nothing", async () => {
    const fix = "Add the days to come, such as those of next year.";
    const wanted = [{ code: "past-holidays", severity: "warning", line: 1, fix }];
    expect(of(first, "2026-12-25")).toEqual([]);
    expect(of(first, "2026-12-26")).toEqual(wanted);
    expect(await holidaysIn(team("- { date: 2020-01-01, name: New Year }\n"))).toHaveLength(1);
  });
});
