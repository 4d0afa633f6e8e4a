/** How a server ends, what it prints meanwhile, and how it reads its knowledge again: the real process, and real signals. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { collect, start, until } from "../helpers/command.ts";
import { emptyFolder, removeFolders } from "../helpers/databases.ts";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(removeFolders);

/** A server in a process of its own. `inside` is run in it before anything else. */
async function serving(inside: string, args: readonly string[] = []) {
  const file = join(emptyFolder(), "inside.mjs");
  writeFileSync(file, inside);
  const env = { PORT: "0", NODE_OPTIONS: `--import=${pathToFileURL(file)}` };
  const child = start(["serve", ...args], { env });
  children.push(child);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const [, url = ""] = await until(out, /(http:\/\/127\.0\.0\.1:\d+\/)[\s\S]*Ctrl-C/);
  const parts = async () => {
    const said = (await (await fetch(`${url}readyz`)).json()) as { readonly parts: Readonly<Record<string, object>> };
    return said.parts;
  };
  return { child, out, err, parts, ended: once(child, "close") };
}

// A signal that nothing else uses, so that a test says when.
const whenTold = (does: string): string => `process.on("SIGUSR2", () => { ${does} });`;

const typed = `Object.assign(new TypeError("canary typed"), { code: "ERR_X" })`;

describe.skipIf(process.platform === "win32")("at a signal", () => {
  test.each([
    ["an error, again and again,", `setInterval(() => { throw ${typed}; }, 1);`],
    ["a rejection", `Promise.reject(${typed});`],
  ])("F44: %s that nothing caught ends it with one line of names and frames, and exit code 70", async (_, does) => {
    const { child, err, ended } = await serving(whenTold(does));
    child.kill("SIGUSR2");
    expect(await ended).toEqual([70, null]);
    expect(err()).toMatch(
      /^Bearings stops, because of a defect of its own: TypeError \(ERR_X\) at [^\n]*inside\.mjs:1:\d+[^\n]*\n$/,
    );
    expect(err()).not.toContain("canary");
  });

  test("F42: a second one ends it at once, whatever the first is still waiting for", async () => {
    // A server that never closes stands in for anything that takes long.
    const { child, parts, ended } = await serving(
      `import { Server } from "node:http"; Server.prototype.close = () => {};`,
    );
    child.kill("SIGTERM");
    await expect.poll(parts, { timeout: 10_000 }).toMatchObject({ serving: { ok: false, why: "stopping" } });
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
  });

  test("F56: SIGHUP reads the knowledge again; what libraries print meanwhile is counted and not shown", async () => {
    const folder = emptyFolder();
    const file = join(folder, "vocabulary.yaml");
    writeFileSync(file, "- concept: local-a\n  says: [zorb]\n");
    const prints = `if (globalThis.told) { console.error("canary"); console.log("canary"); }
      else process.emitWarning("canary", "OddWarning"); globalThis.told = true;`;
    const { child, out, err, parts, ended } = await serving(whenTold(prints), ["--knowledge", folder]);
    const before = (await parts()).knowledge;
    writeFileSync(file, "- concept: [");
    child.kill("SIGHUP");
    await until(out, /the last good set is still in use/);
    expect((await parts()).knowledge).toEqual({ ...before, isBehind: true });
    writeFileSync(file, "- concept: local-b\n  says: [zorb]\n");
    child.kill("SIGHUP");
    const [, version = ""] = await until(out, /Knowledge: read again, version (\w+)\./);
    expect((await parts()).knowledge).toEqual({ ok: true, version });
    expect(before).not.toEqual({ ok: true, version });
    child.kill("SIGUSR2");
    await until(err, /node\.warning/);
    child.kill("SIGUSR2");
    await until(err, /console\.captured/);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(out() + err()).not.toContain("canary");
    const events = err().trimEnd().split("\n");
    expect(events.map((line) => JSON.parse(line))).toEqual([
      // What Node itself prints of a warning is not counted once more.
      expect.objectContaining({ event: "node.warning", code: "OddWarning", count: 1 }),
      expect.objectContaining({ event: "console.captured", code: "error", count: 1 }),
    ]);
  });
});
