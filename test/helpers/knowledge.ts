/** Knowledge files in memory: the good fixture, changed one line at a time. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { check } from "#src/knowledge/check.ts";
import { type RawFile, readDocuments } from "#src/knowledge/documents.ts";
import type { Finding } from "#src/knowledge/entry.ts";
import { tidied } from "#src/knowledge/finding.ts";

/** A folder of small files that break no rule. */
export const goodFolder = "test/fixtures/knowledge/good";

/** A team's own folder that adds to it. */
export const teamFolder = "test/fixtures/knowledge/team";

/** The day on which nothing in the fixtures is old yet. */
export const fixtureDay = "2026-11-22";

/** Texts by name in the folder. */
export type Texts = ReadonlyMap<string, string>;

/** All texts of a fixture folder. */
export const textsOf = (folder: string): Texts =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  );

/** The same texts with the first occurrence of `from` in a file replaced. */
export function changed(texts: Texts, name: string, from: string, to: string): Texts {
  const text = texts.get(name) ?? "";
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  return new Map([...texts, [name, text.replace(from, () => to)]]);
}

/** Texts as files of the first folder. */
export const rawFiles = (texts: Texts, folder = 0): readonly RawFile[] =>
  [...texts].map(([name, text]) => ({ folder, name, shown: name, bytes: new TextEncoder().encode(text) }));

/** All that `lint` would say of the files. */
export function findingsIn(texts: Texts, today = fixtureDay): readonly Finding[] {
  const { documents, findings } = readDocuments(rawFiles(texts));
  return tidied([...findings, ...check(documents, today)]);
}

/** Number of the last line of a text that holds the words. */
export const lineOf = (texts: Texts, name: string, words: string): number =>
  (texts.get(name) ?? "").split("\n").findLastIndex((line) => line.includes(words)) + 1;
