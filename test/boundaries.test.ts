/** Who may import whom (style rule 2). */
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { type Import, importsIn, loadedWith, sourceFiles } from "./helpers/sources.ts";

const imports = importsIn(sourceFiles(["src", "adapters", "manifest"]));
const shown = (wrong: readonly Import[]) => wrong.map(({ from, to }) => `${from} imports ${to}`);

// Each folder imports from those above it and from itself.
const order = [
  "src",
  "src/knowledge",
  "src/answering",
  "src/conversation",
  "src/reminders",
  "src/reminders/calendar",
  "src/reminders/phrase",
  "src/reminders/desk",
  "src/reminders/dispatch",
  "src/doors",
  "src/storage",
];
// The places that join a door to the core, and nothing else does.
const joints = [
  "adapters/bot.ts",
  "adapters/main.ts",
  "adapters/outside.ts",
  "adapters/personal.ts",
  "adapters/platforms.ts",
  "adapters/service.ts",
  "adapters/terminal/serve.ts",
  "adapters/terminal/eval.ts",
];

test("the imports are seen at all", () => {
  expect(imports.length).toBeGreaterThan(50);
  expect(imports.some(({ isDynamic }) => isDynamic)).toBe(true);
  expect(imports.some(({ to, isPackage }) => to === "minisearch" && isPackage)).toBe(true);
});

describe("src", () => {
  test("every folder is in the order", () => {
    const folders = new Set(imports.map(({ from }) => dirname(from)).filter((folder) => folder.startsWith("src")));
    expect([...folders].filter((folder) => !order.includes(folder))).toEqual([]);
  });

  test("every import points to the same folder or to one above", () => {
    const inside = imports.filter(({ from, isPackage }) => from.startsWith("src/") && !isPackage);
    const wrong = inside.filter(({ from, to }) => order.indexOf(dirname(to)) > order.indexOf(dirname(from)));
    expect(shown(wrong)).toEqual([]);
  });

  test("nothing imports an adapter", () => {
    expect(shown(imports.filter(({ from, to }) => from.startsWith("src/") && /^adapters\//.test(to)))).toEqual([]);
  });

  test.each([
    ["minisearch", /^src\/answering\/search\.ts$/],
    ["yaml", /^(?:src\/knowledge\/yaml|manifest\/build\.ts$)/],
    [
      "zod",
      /^(?:adapters\/(?:slack|teams)\/|src\/(?:knowledge\/|answering\/calibration\.ts$|conversation\/safety-model\.ts$))/,
    ],
    ["kysely", /^src\/storage\//],
    ["pg", /^src\/storage\//],
    ["node:sqlite", /^src\/storage\//],
    ["@slack/bolt", /^adapters\/slack\//],
    ["@slack/web-api", /^adapters\/slack\/api\.ts$/],
    ["@slack/socket-mode", /^adapters\/slack\/socket\.ts$/],
    ["@slack/oauth", /^adapters\/slack\/install\.ts$/],
    ["botbuilder", /^adapters\/teams\/connect\.ts$/],
    ["botframework-connector", /^adapters\/teams\/connect\.ts$/],
  ])("only the place meant for it knows %s", (name, place) => {
    const wrong = imports.filter(({ from, to, isPackage }) => isPackage && to === name && !place.test(from));
    expect(shown(wrong)).toEqual([]);
  });
});

describe("adapters", () => {
  test("none imports another", () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!from.startsWith("adapters/") || !to.startsWith("adapters/") || joints.includes(from)) return false;
      return dirname(from) !== dirname(to);
    });
    expect(shown(wrong)).toEqual([]);
  });

  test("the core is imported as #src", () => {
    const text = sourceFiles(["adapters"]).filter((file) => /from "(?:\.\.\/)+src\//.test(file.text));
    expect(text.map(({ path }) => path)).toEqual([]);
  });
});

describe("what the quick commands load", () => {
  const heavy = /^(?:node:sqlite|pg|kysely|@slack\/|botbuilder|@citation-js\/|node:http)|^src\/(?:storage|reminders)\//;

  test.each(["ask", "chat", "lint", "eval"])("%s opens no storage, no platform and no server", (command) => {
    const loaded = [`adapters/terminal/${command}.ts`, "adapters/bot.ts"].flatMap((entry) => [
      ...loadedWith(entry, imports),
    ]);
    expect(loaded.filter((file) => heavy.test(file))).toEqual([]);
  });

  test("each command is loaded only when it is called for", () => {
    expect([...loadedWith("adapters/main.ts", imports)].sort()).toEqual([
      "adapters/main.ts",
      "node:module",
      "src/errors.ts",
    ]);
  });
});
