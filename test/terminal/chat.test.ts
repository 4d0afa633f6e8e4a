import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { draw } from "#adapters/terminal/draw.ts";
import { talk } from "#src/copy.ts";
import { collect, run, start, until } from "../helpers/command.ts";
import { replies } from "../helpers/replies.ts";

const main = new URL("../../adapters/main.ts", import.meta.url).pathname;
// The `script` of util-linux gives a command a terminal.
const hasScript = spawnSync("script", ["--version"]).stdout?.toString().includes("util-linux") ?? false;

/** Runs `chat` in a terminal, types a line once it is asked for one, then leaves. */
async function inTerminal(env: Readonly<Record<string, string>>): Promise<string> {
  // Node also looks for CI: most services that set it show no colours.
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...rest } = process.env;
  const command = `stty cols 60; ${process.execPath} ${main} chat`;
  const child = spawn("script", ["-qec", command, "/dev/null"], { env: { ...rest, TERM: "xterm-256color", ...env } });
  const out = collect(child.stdout);
  await until(out, /> /);
  child.stdin.write("What are the three themes?\n");
  await until(out, /Sources/);
  await until(out, /> [^>]*$/);
  child.stdin.write("\x03");
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  return out();
}

const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

test.skipIf(!hasScript)("has colours in a terminal, keeps to its width, and Ctrl-C says goodbye", async () => {
  const out = await inTerminal({});
  expect(out).toMatch(colour);
  expect(out).toContain("Goodbye.");
  const rows = out
    .replaceAll(colour, "")
    .split(/\r*\n/)
    .filter((row) => !row.includes("http") && !row.includes("> "));
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(60);
});

test.skipIf(!hasScript)("has no colours in a terminal with NO_COLOR", async () => {
  expect(await inTerminal({ NO_COLOR: "1" })).not.toMatch(colour);
});

test.each(["/quit", "quit", "EXIT", " q "])(
  "greets, presses a button by its number, and leaves at %j",
  async (word) => {
    const { code, out, err } = await run(["chat"], { input: `1\n${word}\nthanks\n` });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^1\. \S/m);
    expect(out).not.toMatch(colour);
    expect(out).toMatch(/Sources[\s\S]*Goodbye\. .*\n$/);
    expect(out).not.toContain(talk.thanks);
  },
);

test("a sentence that begins with quit is a message", async () => {
  const { out } = await run(["chat"], { input: "quit smoking\nthanks\n" });
  expect(out).toContain(talk.thanks);
});

test("a number still presses the last buttons after a reply that has none", async () => {
  const { out } = await run(["chat"], { input: "thanks\n1\n" });
  expect(out).toMatch(/Sources/);
});

test("no button from before a crisis reply can be pressed after it", async () => {
  const { out } = await run(["chat"], { input: "i want to kill myself\n1\n" });
  expect(out).toMatch(/call 999/);
  expect(out).not.toMatch(/Sources/);
});

test("leaves at the end of the input", async () => {
  const { code, out } = await run(["chat"], { input: "what is the title" });
  expect(code).toBe(0);
  expect(out).toMatch(/Goodbye\./);
});

test("says which numbers there are when one is typed that is not", async () => {
  const { out } = await run(["chat"], { input: "99\n" });
  expect(out).toMatch(/Please type a number from 1 to \d+/);
});

test("takes 999 as a message and not as a button", async () => {
  const { out } = await run(["chat"], { input: "999\n" });
  expect(out).not.toMatch(/Please type a number/);
});

test("stops at a signal", async () => {
  const child = start(["chat"]);
  await until(collect(child.stdout), /To leave/);
  child.kill("SIGTERM");
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGTERM");
});

test("draws lists and buttons with one run of numbers", () => {
  const list = replies.list;
  expect(list && draw(list, undefined)).toMatch(/1\. First[\s\S]*2\. Second[\s\S]*3\. Back/);
});

test("wraps what follows a number below where it began", () => {
  const answer = replies.answer;
  const rows = answer ? draw(answer, 30).replaceAll(colour, "").split("\n") : [];
  const at = rows.findIndex((row) => row.startsWith("[1] Author"));
  expect(rows[at + 1]).toMatch(/^ {4}\S/);
  expect(rows.filter((row) => row.length > 30 && !row.includes("http"))).toEqual([]);
});
