/** What must not stand in the repository's text: words in a query that are no constant, and secrets that look like real ones. */
import { globSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { sourceFiles } from "../helpers/sources.ts";

// Each is a constant of the code, a name of a column or a number: look at whatever is new before it is added here.
const constants = new Set([
  "by",
  'kind === "postgres" ? "greatest" : "max"',
  'Object.keys(columns).join(", ")',
  "how",
  "typed",
  "taken",
  "statement",
]);

test("T-22: a query has no text in it but constants of the code", () => {
  const files = sourceFiles(["src", "adapters"]);
  const raw = files.flatMap(({ path, text }) =>
    [...text.matchAll(/\bsql\.raw\(((?:[^()]|\([^()]*\))*)\)/g)].map(([, what = ""]) => ({ path, what })),
  );
  expect(raw.length).toBeGreaterThan(5);
  expect(raw.filter(({ what }) => !constants.has(what))).toEqual([]);
  // Only the folder of storage speaks to a database at all.
  const elsewhere = files.filter(
    ({ path, text }) => !path.startsWith("src/storage/") && /from "(?:kysely|pg)"/.test(text),
  );
  expect(elsewhere.map(({ path }) => path)).toEqual([]);
});

test("T-23: nothing in the repository looks like a secret that somebody uses", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const theirs = ["**/node_modules", ".git", "data", "coverage", "release"];
  const list = globSync(["**/*", ".*", ".ci/*"], { cwd: root, exclude: theirs }).filter((path) =>
    statSync(`${root}${path}`).isFile(),
  );
  const shapes = [
    /xox[abeoprs]-\d{9,}-[\w-]{20,}|xapp-\d-[A-Z\d]{9,}-\d{9,}-[a-f\d]{32,}/,
    /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[\w+/=]{40,}/,
    /\bAKIA[A-Z\d]{16}\b|\bgh[pousr]_\w{36,}\b|\bnpm_[A-Za-z\d]{36}\b|_auth[T]oken=/,
    /\b[\w~.-]{3}\dQ~[\w~.-]{31,34}\b/,
  ];
  const found = list.filter((path) => {
    const text = readFileSync(`${root}${path}`, "latin1");
    return shapes.some((shape) => shape.test(text));
  });
  expect(list.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});
