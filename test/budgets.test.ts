/** The budgets of the house style (rule 8). They are counted on the text, so each says what it can see. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importsIn, type SourceFile, sourceFiles } from "./helpers/sources.ts";

const ours = sourceFiles(["src", "adapters", "manifest"]);
const everything = [...ours, ...sourceFiles(["test"])];

const offenders = (files: readonly SourceFile[], count: (file: SourceFile) => number, most: number) =>
  files.filter((file) => count(file) > most).map((file) => `${file.path}: ${count(file)}`);

const matches = (pattern: RegExp) => (file: SourceFile) => [...code(file).matchAll(pattern)].length;

/** The text without comments. A `//` inside a string goes with them, which hides no more than the rest of its line. */
const code = ({ text }: SourceFile) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(?:^|\s)\/\/.*$/gm, "");

describe("files", () => {
  test("none is longer than 250 lines", () => {
    expect(offenders(everything, ({ lines }) => lines.length, 250)).toEqual([]);
  });

  // Types are not counted: the contracts in turn.ts, reply.ts and entry.ts are one idea each. Nor is copy.ts, which is
  // the list of all sentences.
  test("none exports more than ten values", () => {
    const counted = ours.filter(({ path }) => path !== "src/copy.ts");
    expect(offenders(counted, matches(/^export (?:async )?(?:const|function\*?|class|let)\b/gm), 10)).toEqual([]);
  });

  test("none has a default export, an export of everything, or an index", () => {
    expect(offenders(everything, matches(/^export (?:default\b|\*)/gm), 0)).toEqual([]);
    expect(everything.filter(({ path }) => /\/index\.ts$/.test(path)).map(({ path }) => path)).toEqual([]);
  });

  test("every file begins with what it is for", () => {
    const silent = ours.filter(({ text }) => !/^(?:#!.*\n)?\/\*\*/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

// Functions are counted by Biome, which parses; `npm run check` runs it, and this holds it to the number.
test("Biome holds functions to 50 lines and forbids any", () => {
  const { linter } = JSON.parse(readFileSync(new URL("../biome.json", import.meta.url), "utf8"));
  expect(linter.rules.complexity.noExcessiveLinesPerFunction).toEqual({ level: "error", options: { maxLines: 50 } });
  expect(linter.rules.suspicious.noExplicitAny).toBe("error");
});

describe("code", () => {
  test("has no enum and no namespace", () => {
    expect(offenders(everything, matches(/^\s*(?:export )?(?:const )?(?:enum|namespace) \w/gm), 0)).toEqual([]);
  });

  test("has no class but errors", () => {
    expect(offenders(ours, matches(/^(?:export )?class (?!\w+ extends Error\b)/gm), 0)).toEqual([]);
  });

  test("has no more than three type assertions per 1,000 lines", () => {
    const assertions = ours.map(matches(/\bas (?!const\b)(?:[A-Z]\w*|unknown|string|number|readonly|\{|\()/g));
    const lines = ours.reduce((sum, file) => sum + file.lines.length, 0);
    expect(assertions.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(Math.ceil((3 * lines) / 1_000));
  });

  test("has nothing left to do", () => {
    expect(offenders(ours, ({ text }) => [...text.matchAll(/\b(?:TO[D]O|FIX[M]E|XX[X])\b/g)].length, 0)).toEqual([]);
  });
});

test("no imports go in a circle, types included", () => {
  const next = new Map<string, string[]>();
  for (const { from, to, isPackage } of importsIn(ours))
    if (!isPackage) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) circles.push([...above.slice(above.indexOf(path)), path].join(" → "));
    if (done.has(path) || above.includes(path)) return;
    for (const to of next.get(path) ?? []) visit(to, [...above, path]);
    done.add(path);
  };
  for (const { path } of ours) visit(path, []);
  expect(circles).toEqual([]);
});
