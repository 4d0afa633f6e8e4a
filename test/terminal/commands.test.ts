import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { collect, run, start, until } from "../helpers/command.ts";

describe("the command line", () => {
  test.each([["help"], ["--help"], ["-h"]])("%s lists the commands", async (arg) => {
    const { code, out } = await run([arg]);
    expect(code).toBe(0);
    for (const name of ["serve", "ask", "chat", "lint", "eval"]) expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
  });

  test.each([["ask"], ["chat"], ["lint"], ["serve"]])("%s --help says how to use it", async (name) => {
    const { code, out } = await run([name, "--help"]);
    expect({ code, begins: out.slice(0, 5 + name.length) }).toEqual({ code: 0, begins: `Use: ${name}` });
  });

  test.each(["nope", "__proto__", "toString", "what helps with burnout"])(
    "refuses the command %j without repeating it",
    async (name) => {
      const { code, out, err } = await run([name]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain("There is no such command.");
      expect(err).not.toContain(name);
    },
  );

  test("writing to a closed pipe is no error", async () => {
    const child = start(["help"]);
    const err = collect(child.stderr);
    child.stdout?.destroy();
    const [code] = await once(child, "close");
    expect({ code, err: err() }).toEqual({ code: 0, err: "" });
  });
});

describe("serve", () => {
  test.each([["SIGINT"], ["SIGTERM"]] as const)("says what is on, answers, and closes at %s", async (signal) => {
    const child = start([], { env: { PORT: "0" } });
    const [out, err] = [collect(child.stdout), collect(child.stderr)];
    const [, url = ""] = await until(out, /(http:\/\/127\.0\.0\.1:\d+\/)[\s\S]*Ctrl-C/);
    expect(out()).toMatch(/^Slack: off\. docs\/slack\.md says how to turn it on\.$/m);
    expect(out()).toMatch(/^Teams: off\. docs\/teams\.md says how to turn it on\.$/m);
    expect(out()).not.toContain("no sign-in");
    expect(out()).toMatch(/^Warning: The crisis reply names no contact of your own organisation/m);
    expect((await fetch(url)).status).toBe(200);
    child.kill(signal);
    expect(await once(child, "close")).toEqual([0, null]);
    expect(err()).toBe("");
  });

  test("reads all settings before it listens: exit code 78", async () => {
    const { code, out, err } = await run(["serve"], { env: { PORT: "x", HOST: "a b", SLACK_BOT_TOKN: "xoxb-secret" } });
    expect({ code, out }).toEqual({ code: 78, out: "" });
    for (const name of ["PORT", "HOST", "SLACK_BOT_TOKN"]) expect(err).toContain(name);
    expect(err).not.toContain("xoxb-secret");
  });

  test("says what to do when the port is taken: exit code 69", async () => {
    const other = createServer();
    await once(other.listen(0, "127.0.0.1"), "listening");
    const address = other.address();
    const port = typeof address === "object" && address ? String(address.port) : "";
    const { code, err } = await run(["serve"], { env: { PORT: port } });
    other.close();
    expect(code).toBe(69);
    expect(err).toContain("already in use");
  });

  test("warns when others can reach it", async () => {
    const child = start(["serve"], { env: { PORT: "0", HOST: "0.0.0.0" } });
    const out = collect(child.stdout);
    await until(out, /^Warning: .*no sign-in/m);
    child.kill("SIGTERM");
    await once(child, "close");
  });

  test("keeps serving when nobody reads its output any more", async () => {
    const child = start(["serve"], { env: { PORT: "0" } });
    const out = collect(child.stdout);
    const [, url = ""] = await until(out, /(http:\/\/127\.0\.0\.1:\d+\/)/);
    child.stdout?.destroy();
    expect((await fetch(url)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
  });
});
