import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Finding, Knowledge } from "#src/knowledge/entry.ts";
import { type Stop, watchKnowledge } from "#src/knowledge/watch.ts";
import { goodFolder } from "../helpers/knowledge.ts";

// Far beyond any delay of the watcher: a machine may be busy, and nothing here measures time.
const deadline = { timeout: 20_000, interval: 50 };

let dir = "";
let good: Knowledge[] = [];
let bad: (readonly Finding[])[] = [];
let stop: Stop = () => undefined;

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), "bearings-watch-")), "knowledge");
  cpSync(goodFolder, dir, { recursive: true });
  good = [];
  bad = [];
  stop = watchKnowledge([dir], {
    onGood: (knowledge) => good.push(knowledge),
    onBad: (findings) => bad.push(findings),
  });
});

afterEach(() => {
  stop();
  rmSync(join(dir, ".."), { recursive: true, force: true });
});

const file = (name: string): string => join(dir, name);
const write = (name: string, text: string): void => writeFileSync(file(name), text);

test("a change of a file below is loaded", async () => {
  write("entries/birds.yaml", readFileSync(file("entries/birds.yaml"), "utf8").replace("When birds sing", "Song"));
  await vi.waitUntil(() => good.at(-1)?.entries.some(({ title }) => title === "Song"), deadline);
  expect(bad).toEqual([]);
});

test("a broken set is told of and not handed on, and the next good one is", async () => {
  write("crisis.yaml", "wording: {");
  await vi.waitUntil(() => bad.length > 0, deadline);
  expect(good).toEqual([]);
  expect(bad[0]?.[0]?.at.file).toBe(file("crisis.yaml"));
  write("crisis.yaml", readFileSync(join(goodFolder, "crisis.yaml"), "utf8"));
  await vi.waitUntil(() => good.length > 0, deadline);
});

test("a file written in two halves is never half loaded", async () => {
  const text = readFileSync(join(goodFolder, "sources.yaml"), "utf8");
  write("sources.yaml", text.slice(0, text.length / 2));
  write("sources.yaml", text.replace("The Birds Project", "Birds"));
  await vi.waitUntil(() => good.length > 0, deadline);
  for (const { sources } of good) expect(sources[0]?.passages).toHaveLength(4);
});

test("a folder that goes away and comes back is watched on", async () => {
  renameSync(dir, `${dir}-away`);
  await vi.waitUntil(() => bad.length > 0, deadline);
  expect(bad.at(-1)?.[0]?.code).toBe("folder");
  renameSync(`${dir}-away`, dir);
  await vi.waitUntil(() => good.length > 0, deadline);
  write("vocabulary.yaml", "[]\n");
  await vi.waitUntil(() => good.at(-1)?.vocabulary.length === 0, deadline);
});
