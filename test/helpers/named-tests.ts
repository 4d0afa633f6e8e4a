/** Tests that a document names: `test/…` in code, then their titles in curly quotes, which stand for nothing else there. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type NamedTest = { readonly file: string; readonly title: string };

/** Every test that a text names, in its order. A title before any file has an empty one. */
export function namedTests(markdown: string): readonly NamedTest[] {
  let file = "";
  const named: NamedTest[] = [];
  for (const [, path, title] of markdown.matchAll(/`(test\/[^`\s]+\.ts)`|“([^”]+)”/g)) {
    file = path ?? file;
    if (title !== undefined) named.push({ file, title });
  }
  return named;
}

/** Whether a file has a test, or a group of tests, of exactly this title that runs. */
export function isTest({ file, title }: NamedTest): boolean {
  if (file === "" || !existsSync(`${root}${file}`)) return false;
  const text = readFileSync(`${root}${file}`, "utf8");
  const written = [JSON.stringify(title), `\`${title}\``].map(escaped).join("|");
  return new RegExp(`(?:\\b(?:test|describe|confined)\\(|[\\])\`]\\)?\\()\\s*(?:${written})\\s*,`).test(text);
}

/** For a pattern, taken as it is. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
