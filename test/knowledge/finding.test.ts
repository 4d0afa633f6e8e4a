import { expect, test } from "vitest";
import { error, formatFinding, named, tidied, warning } from "#src/knowledge/finding.ts";
import { meant, suggestFrom } from "#src/knowledge/nearest.ts";

const at = (file: string, line: number, column = 1) => ({ file, line, column });
const told = (code: string, file: string, line: number) => error({ code, at: at(file, line), message: "m", fix: "f" });

test("a finding is one line that an editor can follow", () => {
  const finding = warning({ code: "spelling", at: at("a.yaml", 3, 5), message: "it is odd", fix: "Write it." });
  expect(formatFinding(finding)).toBe("a.yaml:3:5  warning  spelling  it is odd  Fix: Write it.");
});

test("findings are told in the order of files and lines, once each, a hundred a file", () => {
  const all = [told("b", "z.yaml", 2), told("a", "a.yaml", 9), told("a", "a.yaml", 9), told("a", "a.yaml", 2)];
  expect(tidied(all).map(({ at: { file, line } }) => [file, line])).toEqual([
    ["a.yaml", 2],
    ["a.yaml", 9],
    ["z.yaml", 2],
  ]);
  const many = Array.from({ length: 300 }, (_, line) => told("a", "a.yaml", line + 1));
  expect(tidied([...many, told("b", "z.yaml", 1)])).toHaveLength(101);
});

test("a name is shown short and without control characters", () => {
  expect(named("P01")).toBe("'P01'");
  expect(named("b".repeat(100))).toHaveLength(51);
  expect(named(`a\u001b[31m\n${"b".repeat(100)}`)).toMatch(/^'a \[31m b+…'$/);
});

test("the nearest known id is suggested, and none when all are far", () => {
  const suggest = suggestFrom(["supervision", "training", "P16"]);
  expect(suggest("supervison")).toBe("supervision");
  expect(suggest("p16")).toBe("P16");
  expect(suggest("interpreters")).toBeNull();
  expect(meant(null, "add it.")).toBe("add it.");
});

test("suggestions end before they take long", () => {
  const suggest = suggestFrom(["abc"]);
  for (let index = 0; index < 200; index += 1) suggest("abd");
  expect(suggest("abd")).toBeNull();
});
