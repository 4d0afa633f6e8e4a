/** What `npm start` may read and write, as flags and in a real process. */
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { permissionFlags } from "#adapters/confine.ts";
import { collect, run, start, until } from "./helpers/command.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "bearings-confine-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inside = (...names: readonly string[]): string => join(folder, ...names);

const crisis = (name: string): string => `contacts:
  - { country: null, use: any, name: ${name}, call: "020 7946 0000", hours: every day, source: "https://example.org/", verified: 2026-11-20 }
`;
mkdirSync(inside("ours"));
writeFileSync(inside("ours", "crisis.yaml"), crisis("Duty desk"));
symlinkSync(inside("ours"), inside("linked"));
mkdirSync(inside("data"));

describe("permissionFlags", () => {
  const granted = (what: "read" | "write", args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    permissionFlags(inside("app"), args, env).flatMap((flag) => flag.split(`--allow-fs-${what}=`)[1] ?? []);

  test("turn permissions on, and allow neither programs, workers, addons nor everything", () => {
    const flags = permissionFlags(inside("app"), [], {});
    expect(flags[0]).toBe("--permission");
    expect(flags.slice(1).filter((flag) => !/^--allow-fs-(?:read|write)=.{2,}$/.test(flag))).toEqual([]);
  });

  test("DATA_DIR alone may be written, and nothing where a database server keeps it", () => {
    expect(granted("write", [], { DATA_DIR: inside("data") })).toEqual([inside("data")]);
    expect(granted("write", [], { DATABASE_URL: "postgres://db/bearings" })).toEqual([]);
    writeFileSync(inside("url"), "postgres://db/bearings\n");
    expect(granted("write", [], { DATABASE_URL_FILE: inside("url") })).toEqual([]);
  });

  test("a folder that is not there yet may be made, with those above it that are not there either", () => {
    const above = inside("data", "new");
    expect(granted("write", [], { DATA_DIR: join(above, "one", "two") })).toEqual([above, join(above, "*")]);
  });

  test("knowledge may be read, by its own name and by where a link leads", () => {
    const read = granted("read", ["--watch", "--knowledge", inside("linked"), `--knowledge=${inside("data")}`], {
      KNOWLEDGE_DIRS: [inside("one"), inside("two")].join(delimiter),
    });
    expect(read).toEqual(expect.arrayContaining(["linked", "ours", "data", "one", "two"].map((name) => inside(name))));
  });

  test("files that settings name may be read, and not the folder around them", () => {
    const env = {
      SLACK_BOT_TOKEN_FILE: inside("token"),
      TEAMS_APP_CERTIFICATE: inside("app.pem"),
      DATABASE_URL: `postgres://db/bearings?sslmode=verify-full&sslrootcert=${inside("root.crt")}`,
      PGPASSFILE: inside("pgpass"),
    };
    const read = granted("read", [], env);
    expect(read).toEqual(
      expect.arrayContaining(["token", "app.pem", "root.crt", "pgpass"].map((name) => inside(name))),
    );
    expect(read).not.toContain(folder);
  });

  test.each([[["--knowledge"]], [["--nonsense", "words"]]])("%j is left for serve to tell", (args) => {
    expect(granted("read", args).length).toBeGreaterThan(0);
  });
});

/** Runs in every process that Node starts, says what it may do, and is seen where permissions are on. */
const probe = `
import { readFileSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";
const attempt = (work) => { try { work(); return "done"; } catch ({ code }) { return code; } };
if (process.permission) console.log("probe " + JSON.stringify([
  attempt(() => writeFileSync(${JSON.stringify(inside("stray"))}, "")),
  attempt(() => readFileSync(${JSON.stringify(inside("private"))})),
  attempt(() => spawnSync("true")),
  attempt(() => new Worker("", { eval: true })),
  attempt(() => writeFileSync(${JSON.stringify(inside("kept", "allowed"))}, "")),
]));`;

// Windows has no execve: there `npm start` serves without permissions.
const confined = process.platform === "win32" ? test.skip : test;

describe("npm start", () => {
  confined("opens every door, reads its knowledge anew, and is kept from all that is not its own", async () => {
    writeFileSync(inside("private"), "not for it");
    mkdirSync(inside("kept"));
    const child = start(["--watch", "--knowledge", inside("linked")], {
      program: "start.ts",
      env: {
        PORT: "0",
        DATA_DIR: inside("kept"),
        SLACK_BOT_TOKEN: "xoxb-x",
        SLACK_APP_TOKEN: "xapp-x",
        SLACK_API_URL: "http://127.0.0.1:9/",
        TEAMS_PLAYGROUND: "1",
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(probe)}`,
      },
    });
    const out = collect(child.stdout);
    const [, url = ""] = await until(out, /(http:\/\/127\.0\.0\.1:\d+\/)[\s\S]*Ctrl-C/);
    const denied = "ERR_ACCESS_DENIED";
    expect(/^probe (.*)$/m.exec(out())?.[1]).toBe(JSON.stringify([denied, denied, denied, denied, "done"]));
    await until(out, /^Teams: on/m);
    const at = (path: string) => fetch(new URL(path, url));
    expect(((await (await at("/readyz")).json()) as { parts: unknown }).parts).toMatchObject({
      storage: { ok: true, kind: "sqlite" },
      teams: { ok: true },
    });
    // The reference is made by libraries that are loaded only now.
    expect(await (await at("/api/source/P01")).text()).toContain("Newydd");
    writeFileSync(inside("ours", "crisis.yaml"), crisis("Night desk"));
    await until(out, /^Knowledge: read again/m);
    const migrating = await run(["migrate"], { env: { DATA_DIR: inside("kept") } });
    expect(migrating).toMatchObject({ code: 75, err: expect.stringContaining("in use") });
    // Nothing stands between us and it: the signal goes to the process that was started.
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect([inside("stray"), inside("kept", "bearings.sqlite")].map(existsSync)).toEqual([false, true]);
  });

  test("a wrong setting or option ends it as it ends serve", async () => {
    const setting = await run([], { program: "start.ts", env: { PORT: "x" } });
    expect(setting).toMatchObject({ code: 78, out: "" });
    const option = await run(["--knowledge"], { program: "start.ts" });
    expect(option).toMatchObject({ code: 2, out: "" });
    expect(option.err).toContain("Use: serve");
  });
});
