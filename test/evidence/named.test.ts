/** What the documents for approval claim is tested: each test that they name exists, and each claim names one or says that none does. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isTest, namedTests } from "../helpers/named-tests.ts";

const read = (name: string): string => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), "utf8");

/** The parts of a document under headings of the third level that begin like this, each with its heading. */
const parts = (text: string, heading: RegExp): readonly string[] =>
  text.split(/^(?=#{2,3} )/m).filter((part) => heading.test(part));

test.each(["operate", "privacy", "safety", "security"])("every test that docs/%s.md names is there", (name) => {
  const named = namedTests(read(name));
  expect(named.filter((one) => !isTest(one))).toEqual([]);
  expect(named.length).toBeGreaterThan(15);
});

test("a test that is not there is told from one that is", () => {
  const here = "test/evidence/named.test.ts";
  expect(isTest({ file: here, title: "a test that is not there is told from one that is" })).toBe(true);
  expect(isTest({ file: here, title: "every test that docs/%s.md names is there" })).toBe(true);
  expect(isTest({ file: here, title: "a test that is not there" })).toBe(false);
  expect(isTest({ file: "test/none.test.ts", title: "a test that is not there is told from one that is" })).toBe(false);
});

describe("each claim names its tests, or says that there is none", () => {
  const isProven = (part: string): boolean => namedTests(part).length > 0 || /\bno test yet\b/i.test(part);
  const titleOf = (part: string): string => part.split("\n", 1)[0] ?? "";

  test("threats, T-01 to T-30", () => {
    const threats = parts(read("security"), /^### T-\d\d /);
    const ids = threats.map((part) => part.slice(4, 8));
    expect(ids).toEqual(Array.from({ length: 30 }, (_, at) => `T-${String(at + 1).padStart(2, "0")}`));
    expect(threats.filter((part) => !isProven(part)).map(titleOf)).toEqual([]);
  });

  test("hazards, each with its two risks as the matrix gives them", () => {
    const text = read("safety");
    const hazards = parts(text, /^### H\d\d /);
    expect(hazards.length).toBeGreaterThan(9);
    expect(hazards.filter((part) => !isProven(part)).map(titleOf)).toEqual([]);
    const matrix = matrixIn(text);
    const wrong = hazards.filter((part) => {
      const risks = [...part.matchAll(/^\| (?:initial|residual) \| ([a-z ]+) \| ([a-z ]+) \| (\d) \|$/gm)];
      return (
        risks.length !== 2 || risks.some(([, severity, likelihood, risk]) => matrix(severity, likelihood) !== risk)
      );
    });
    expect(wrong.map(titleOf)).toEqual([]);
  });

  test("what is kept, by table", () => {
    const tables = parts(read("privacy"), /^### `/);
    expect(tables.length).toBeGreaterThan(9);
    expect(tables.filter((part) => !isProven(part)).map(titleOf)).toEqual([]);
  });
});

/** The risk that the document's matrix gives. */
function matrixIn(text: string): (severity?: string, likelihood?: string) => string | undefined {
  const rows = [...text.matchAll(/^\| ((?:very )?(?:low|medium|high)) \|((?: \d \|){5})$/gm)];
  const names = /^\| likelihood \\ severity \| (.*) \|$/m.exec(text)?.[1]?.split(" | ") ?? [];
  const risks = new Map(
    rows.flatMap(([, likelihood, cells = ""]) =>
      [...cells.matchAll(/\d/g)].map(([risk], at) => [`${names[at]}, ${likelihood}`, risk] as const),
    ),
  );
  return (severity, likelihood) => risks.get(`${severity}, ${likelihood}`);
}
