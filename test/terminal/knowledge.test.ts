/** `--knowledge` to folders that are not what they should be. */
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { run } from "../helpers/command.ts";

const scratch = mkdtempSync(join(tmpdir(), "bearings-knowledge-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const folder = (): string => mkdtempSync(join(scratch, "k-"));

function withFile(name: string, text: string): string {
  const dir = folder();
  writeFileSync(join(dir, name), text);
  return dir;
}

const aFile = join(withFile("a.yaml", ""), "a.yaml");

const wrong: Readonly<Record<string, string>> = {
  missing: join(scratch, "not-there"),
  empty: folder(),
  "a file": aFile,
  "half-written": withFile("vocabulary.yaml", "- concept: x\n  says: [a, b"),
  "of the wrong shape": withFile("boundaries.yaml", "hello: there\n"),
  "full of aliases": withFile("vocabulary.yaml", "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"),
};

/** Exit code 2, a sentence that names the folder and one that says what to do, and no stack. */
async function expectRefused(args: readonly string[], dir: string): Promise<void> {
  const { code, out, err } = await run([...args, "--knowledge", dir], { env: { PORT: "0" } });
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(dir);
  expect(err.trimEnd().split("\n").length).toBeGreaterThan(1);
  expect(err).not.toMatch(/^\s+at |Error:|undefined/m);
}

test.each(Object.entries(wrong))("ask refuses a folder that is %s", (_name, dir) =>
  expectRefused(["ask", "hello"], dir),
);

test.each([[["ask", "--json"]], [["ask", "--explain", "hello"]], [["chat"]], [["serve"]], [["eval"]]])(
  "%j refuses a folder that is missing",
  (args) => expectRefused(args, wrong.missing ?? ""),
);

test.each(["missing", "empty"])("lint of a folder that is %s: exit code 2", async (name) => {
  const { code, err } = await run(["lint", wrong[name] ?? ""]);
  expect(code).toBe(2);
  expect(err.length).toBeGreaterThan(20);
});

test("KNOWLEDGE_DIRS adds folders as --knowledge does", async () => {
  const dirs = [wrong.missing ?? "", wrong.empty ?? ""].join(delimiter);
  expect((await run(["ask", "hello"], { env: { KNOWLEDGE_DIRS: dirs } })).code).toBe(2);
});

// Root may read everything, so the case can only be made as another user.
test.skipIf(process.getuid?.() === 0)("an unreadable folder: exit code 2", async () => {
  const dir = withFile("vocabulary.yaml", "- concept: x\n  says: [aa, bb]\n");
  chmodSync(dir, 0o000);
  const { code, err } = await run(["ask", "hello", "--knowledge", dir]);
  chmodSync(dir, 0o700);
  expect({ code, said: err.length > 20 }).toEqual({ code: 2, said: true });
});

test("a copy of our own folder is refused: every id in it appears twice", async () => {
  const dir = folder();
  cpSync(new URL("../../knowledge", import.meta.url), dir, { recursive: true });
  const { code, err } = await run(["ask", "hello", "--knowledge", dir]);
  expect(code).toBe(2);
  expect(err).toMatch(/twice|duplicate|already/i);
});

test("a second folder adds its own words to ours", async () => {
  const dir = withFile("vocabulary.yaml", "- concept: hobby-of-tests\n  says:\n    - kite flying\n    - kitesurfing\n");
  const { code, out } = await run(["ask", "--json", "What are the three themes?", "--knowledge", dir]);
  expect(code).toBe(0);
  expect(JSON.parse(out).outcome).toBe("answer");
});
