/** The documents are true: their links lead somewhere, their commands exist, and their examples do what they say. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { formatFinding } from "#src/knowledge/finding.ts";
import { lintKnowledge } from "#src/knowledge/lint.ts";
import { run } from "./helpers/command.ts";
import { shippedFolder } from "./helpers/shipped.ts";
import { sourceFiles } from "./helpers/sources.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), "utf8");

const names = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
  ...readdirSync(join(root, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];
const documents = names.map((name) => ({ name, text: read(name) }));

/** A document without its code blocks, comments and what is not there yet. */
const prose = (text: string): string =>
  text
    .replace(/^```.*?^```/gms, "")
    .replace(/<!--.*?-->/gs, "")
    .replace(/^## What later parts add\n.*?(?=^## )/ms, "");

/** The anchors that a platform makes of a document's headings. */
const anchorsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe.each(documents)("$name", ({ name, text }) => {
  test("every link to another file or heading leads somewhere", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const broken = links.filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? name : join(dirname(name), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsIn(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test("every script that it names is there", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
    const named = [...text.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(start|test)\b)/g)];
    const unknown = named.map(([, script, short]) => script ?? short ?? "").filter((script) => !(script in scripts));
    expect(unknown).toEqual([]);
  });

  test("every file that it names is there", () => {
    const named = [...prose(text).matchAll(/`((?:src|adapters|test|knowledge|docs|\.ci)\/[\w./-]+)`/g)];
    const missing = named.map(([, path = ""]) => path).filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  test("it keeps to the words of the house", () => {
    expect(prose(text).replace(/!\[/g, "[")).not.toMatch(/!|\p{Emoji_Presentation}|\b(?:TODO|FIXME)\b/u);
  });

  // Examples in TypeScript would have to be type-checked. There are none: what compiles is in src.
  test("it has no code that could stop compiling", () => {
    expect(text).not.toMatch(/^```(?:ts|typescript|js|javascript)\b/m);
  });
});

test("the settings in the README are those that are read", () => {
  const [, table = ""] = /^## Settings\n(.*?)^## /ms.exec(read("README.md")) ?? [];
  const rows = table.split("\n").flatMap((line) => /^\| (`[A-Z].*?) \|/.exec(line)?.[1] ?? []);
  const told = rows.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
  const sources = ["config", "platform-config", "teams-config"].map((name) => read(`src/${name}.ts`)).join("\n");
  const known = [...sources.matchAll(/"([A-Z][A-Z_]{3,})"/g)].map(([, name]) => name);
  expect(told.toSorted()).toEqual([...new Set(known)].toSorted());
});

test("every rule that curators read about is one of lint's", () => {
  const code = sourceFiles(["src/knowledge"])
    .map(({ text }) => text)
    .join("\n");
  const [, table = ""] = /^\| rule \|.*?\n(.*?)\n\n/ms.exec(read("docs/write-an-entry.md")) ?? [];
  const rules = table.split("\n").flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([a-z-]+)`/g)]);
  const unknown = rules.map(([, rule = ""]) => rule).filter((rule) => !code.includes(`"${rule}"`));
  expect(rules.length).toBeGreaterThan(20);
  expect(unknown).toEqual([]);
});

const scratch = mkdtempSync(join(tmpdir(), "bearings-docs-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Writes the files of the example folder in a document, as a reader would. */
function exampleIn(name: string): string {
  const dir = mkdtempSync(join(scratch, "example-"));
  for (const [, path = "", text = ""] of read(name).matchAll(
    /^`our-service\/([^`]+)`[^\n]*\n\n```yaml\n(.*?)^```/gms,
  )) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

// The day on which the examples were last checked: later, their contact would count as old.
const today = "2026-11-22";

test.each(["README.md", "docs/write-an-entry.md"])("the folder in %s passes lint", async (name) => {
  const dir = exampleIn(name);
  const findings = await lintKnowledge([shippedFolder, dir], today);
  expect(findings.filter(({ at }) => at.file.startsWith(dir)).map(formatFinding)).toEqual([]);
  expect(readdirSync(dir).length).toBeGreaterThan(3);
});

// UPDATE_GOLDEN=1 writes the README's replies anew.
test("the replies in the README are what its commands print", async () => {
  const dir = exampleIn("README.md");
  const blocks = [...read("README.md").matchAll(/^```text\n\$ npm run --silent (ask [^\n]*)\n(.*?)^```$/gms)];
  expect(blocks.length).toBeGreaterThan(3);
  let updated = read("README.md");
  for (const [block, command = "", printed = ""] of blocks) {
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    const args = words.filter((word) => word !== "--").map((word) => (word === "our-service" ? dir : word));
    const { code, out, err } = await run(args);
    expect({ code, err }, command).toEqual({ code: 0, err: "" });
    updated = updated.replace(block, () => `\`\`\`text\n$ npm run --silent ${command}\n${out}\`\`\``);
    if (process.env.UPDATE_GOLDEN !== "1") expect(printed, command).toBe(out);
  }
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(join(root, "README.md"), updated);
});
