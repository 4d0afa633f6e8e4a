import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { collect, until } from "../helpers/command.ts";

const program = new URL("../helpers/chat-with-reminders.ts", import.meta.url).pathname;

const { FORCE_COLOR: _, ...theirs } = process.env;
const plainly = { ...theirs, NO_COLOR: "1" };

type Talk = {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly type: (text: string) => void;
};

/** Starts a conversation with fake reminders; see the program for what `fake` may say. */
function talk(fake: string, env: Readonly<Record<string, string>> = {}): Talk {
  const child = spawn(process.execPath, [program], { env: { ...plainly, ...env, FAKE: fake }, timeout: 60_000 });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  return { child, out, err, type: (text) => void child.stdin.write(text) };
}

/** Types all of it, and gives what was said to the end. */
async function through(fake: string, input: string, env: Readonly<Record<string, string>> = {}) {
  const { child, out, err } = talk(fake, env);
  child.stdin?.end(input);
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  return { out: out(), err: err() };
}

describe("a wish", () => {
  test("opens what is kept, once, and goes to the person at this computer", async () => {
    const { out, err } = await through("none", "answer\nremind me\n1\n", { TZ: "Europe/Berlin" });
    expect(out).toContain("Set in Europe/Berlin.");
    expect(out).toContain("Pressed r/undo/a/1.");
    const place = '{"direct":{"door":"terminal","key":"","isPrivate":true},"here":null}';
    // The answer came before anything was open, and opened nothing.
    expect(err.split("\n")).toEqual([
      "opened",
      `settled terminal text ${place}`,
      `settled terminal pressed ${place}`,
      "closed",
      "",
    ]);
  });

  test("takes a zone without a place for none", async () => {
    expect((await through("none", "remind me\n", { TZ: "Etc/GMT-2" })).out).toContain("Set in undefined.");
  });

  test("is told of in the last line, which else says that nothing was kept", async () => {
    expect((await through("none", "remind me\n")).out).toMatch(
      /Goodbye\. Your reminders are kept, and nothing else of this conversation\.\n$/,
    );
    expect((await through("", "answer\n")).out).toMatch(/Goodbye\. Nothing of this conversation was kept\.\n$/);
  });

  test("that cannot be done because another Bearings has the file says so, and the talk goes on", async () => {
    const { out, err } = await through("none,busy", "remind me\nnote\nremind me\n");
    // It may have been stopped meanwhile.
    expect(err).toBe("opened\nopened\n");
    const why = "Reminders are out of reach here for now. Another process is using the file. Stop that one";
    expect(out.split(why)).toHaveLength(3);
    expect(out).toContain("The page that npm start opens has reminders too.");
    expect(out).toContain("Ask about the review.");
    expect(out).toMatch(/Nothing of this conversation was kept\.\n$/);
  });

  test("of danger opens nothing", async () => {
    const { out, err } = await through("none", "crisis\n");
    expect(out).toContain("call 999");
    expect(err).toBe("");
    expect((await through("none", "remind me\ncrisis\n")).err.split("settled")).toHaveLength(2);
  });
});

describe("a form", () => {
  test("is asked field by field: Enter keeps, a dash empties, and what cannot be read is asked again", async () => {
    const { out } = await through("none", "remind form\n3\n1\nsoon\n2026-12-15\n9.30\n\n-\n");
    expect(out).toContain("1. Once\n2. Every 14 days\n");
    expect(out.split("Type a number. Or type “stop”")).toHaveLength(2);
    expect(out.split("Type a day, such as 2026-10-06. Or type “stop”")).toHaveLength(2);
    expect(out).toContain("Filled in: every=once; day=2026-12-15; time=09:30; ends=; about=.");
  });

  test("keeps what stands in it", async () => {
    const { out } = await through("none", "remind form\n\n\n\n\n\n");
    expect(out).toContain("Filled in: every=fortnight; day=2026-10-06; time=10:00; ends=; about=supervision.");
  });

  test("can be left with stop, and by quitting", async () => {
    const left = await through("none", "remind form\n1\nSTOP\nnote\n");
    expect(left.out).toMatch(/nothing was set[\s\S]*Ask about the review/);
    expect(left.out).not.toContain("Filled in");
    expect((await through("none", "remind form\nquit\nnote\n")).out).not.toContain("Ask about the review");
  });

  test("is left at once where a line speaks of danger", async () => {
    const { out, err } = await through("none", "remind form\n1\ncrisis\n2026-12-15\n");
    expect(out).toContain("call 999");
    expect(out.indexOf("call 999")).toBeGreaterThan(out.indexOf("First day"));
    expect(out).not.toContain("Time (3 of 5)");
    expect(err).not.toContain("filled");
  });
});

describe("what is due", () => {
  test("is printed while the conversation waits, and counts as arrived then", async () => {
    const { child, out, err, type } = talk("due");
    await until(out, /Supervision is due\.\n\n3\. Done\n4\. Snooze 1 h/);
    await until(err, /arrived o1/);
    type("4\n");
    await until(out, /Pressed r\/snooze\/o1\/60\./);
    child.stdin?.end();
    await once(child, "close");
    expect(out().split("Supervision is due.")).toHaveLength(2);
  });

  test("is not looked for before anything was kept", async () => {
    const { child, out, err, type } = talk("none,due");
    type("note\n");
    await until(out, /Ask about the review/);
    type("remind me\n");
    await until(out, /Supervision is due\./);
    expect(err().indexOf("opened")).toBe(0);
    expect(out().indexOf("Set in")).toBeLessThan(out().indexOf("Supervision is due."));
    child.stdin?.end();
    await once(child, "close");
  });

  test("a file that another Bearings has is told of, and the talk goes on", async () => {
    const { child, out, type } = talk("busy");
    await until(out, /Reminders are out of reach here for now\./);
    type("note\n");
    await until(out, /Ask about the review/);
    child.stdin?.end();
    await once(child, "close");
  });

  // The `script` of util-linux gives a command a terminal.
  const hasScript = spawnSync("script", ["--version"]).stdout?.toString().includes("util-linux") ?? false;
  test.skipIf(!hasScript)("does not spoil the line that is being typed", async () => {
    const command = `stty cols 60; ${process.execPath} ${program} 2>/dev/null`;
    const env = { ...plainly, TERM: "xterm", FAKE: "due" };
    const child = spawn("script", ["-qec", command, "/dev/null"], { env, timeout: 60_000 });
    const out = collect(child.stdout);
    await until(out, /> /);
    child.stdin.write("no");
    await until(out, /Supervision is due\.[\s\S]*> no/);
    child.stdin.write("te\r");
    await until(out, /Ask about the review/);
    child.stdin.write("\x03");
    await once(child, "close");
  });
});
