import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { collect, run, start, until } from "../helpers/command.ts";

const dir = mkdtempSync(join(tmpdir(), "bearings-lint-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
writeFileSync(join(dir, "vocabulary.yaml"), "- concept: one\n  says: [only one]\n- concept: [half\n");

test("our own knowledge has no errors", async () => {
  const { code, out, err } = await run(["lint"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^0 errors, \d+ warnings?\n$/m);
});

test.each([[["lint", dir]], [["lint", "--knowledge", dir]]])("%j finds what is wrong, with its place", async (args) => {
  const { code, out } = await run(args);
  expect(code).toBe(1);
  expect(out).toMatch(/vocabulary\.yaml:\d+:\d+ {2}error {2}/);
  expect(out).toMatch(/[1-9]\d* errors?, \d+ warnings?\n$/);
});

test("--json prints the findings as one array", async () => {
  const { code, out } = await run(["lint", "--json", dir]);
  expect(code).toBe(1);
  const [first] = JSON.parse(out);
  expect(Object.keys(first).sort()).toEqual(["at", "code", "fix", "message", "severity"]);
  expect(Object.keys(first.at).sort()).toEqual(["column", "file", "line"]);
});

test("--watch checks again after a change, and ends at a signal", async () => {
  const own = mkdtempSync(join(tmpdir(), "bearings-watch-"));
  writeFileSync(join(own, "vocabulary.yaml"), "- concept: kites\n  says: [flying kites, kite surfing]\n");
  const child = start(["lint", "--watch", own]);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  await until(err, /Watching/);
  expect(out()).toMatch(/^0 errors/m);
  writeFileSync(join(own, "vocabulary.yaml"), "- concept: [half\n");
  await until(out, /^[1-9]\d* errors?, /m);
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([0, null]);
  rmSync(own, { recursive: true });
});
