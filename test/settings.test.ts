/** F54: each setting missing, blank, of the wrong type, contradictory and unknown. docs/operate.md says what happens. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCalibration } from "#src/answering/calibration.ts";
import { readConfig } from "#src/config.ts";
import { parseSafetyModel } from "#src/conversation/safety-model.ts";
import { secretFiles } from "#src/secret-files.ts";
import { problemsOf, settings } from "./helpers/settings.ts";
import { sourceFiles } from "./helpers/sources.ts";

const all = [...settings, ...secretFiles];
const key = Buffer.alloc(32, 7).toString("base64");
const id = "00000000-0000-0000-0000-000000000000";

type Env = Readonly<Record<string, string>>;
const slack: Env = { SLACK_BOT_TOKEN: "xoxb-right", SLACK_APP_TOKEN: "xapp-right" };
const several: Env = {
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "right",
  SLACK_SIGNING_SECRET: "right",
  SECRET_KEY: key,
};
const teams: Env = { TEAMS_APP_ID: id, TEAMS_TENANT_ID: id, TEAMS_APP_PASSWORD: "right" };

test("F54: with nothing set, nothing is wrong", () => expect(problemsOf({})).toBe(""));

describe("F54: blank is not set", () => {
  test.each(all)("%s", (name) => {
    for (const blank of ["", " ", "\n"]) expect(readConfig({ [name]: blank })).toEqual(readConfig({}));
  });
});

describe("F54: missing beside the others of its platform, it is named", () => {
  const needed: readonly (readonly [string, Env])[] = [
    ...["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"].map((name) => [name, slack] as const),
    ...Object.keys(several).map((name) => [name, several] as const),
    ...Object.keys(teams).map((name) => [name, teams] as const),
  ];

  test.each(needed)("%s", (name, env) => {
    expect(problemsOf(env)).toBe("");
    expect(problemsOf({ ...env, [name]: " " })).toContain(name);
  });
});

// DATA_DIR, KNOWLEDGE_DIRS and some of the secrets may be any text: whether they are right shows when they are used.
describe("F54: of the wrong type, it is named and its value is not", () => {
  test.each<readonly [string, string, Env]>([
    ["HOST", "http://canary", {}],
    ["PORT", "canary", {}],
    ["SLACK_BOT_TOKEN", "canary", slack],
    ["SLACK_APP_TOKEN", "canary", slack],
    ["SLACK_API_URL", "http://canary.example/", slack],
    ["SECRET_KEY", "canary", several],
    ["DATABASE_URL", "mysql://canary", {}],
    ["TIME_ZONE", "Canary/Nowhere", {}],
    ["TEAMS_APP_ID", "canary", teams],
    ["TEAMS_TENANT_ID", "canary", teams],
    ["TEAMS_APP_CERTIFICATE", "/canary", { TEAMS_APP_ID: id, TEAMS_TENANT_ID: id }],
    ["TEAMS_PLAYGROUND", "canary", {}],
    ...secretFiles.map((name) => [name, "/canary", {}] as const),
  ])("%s", (name, value, env) => {
    const message = problemsOf({ ...env, [name]: value });
    expect(message).toContain(name);
    expect(message).not.toMatch(/canary/i);
  });
});

describe("F54: contradictory, both are named", () => {
  test.each<readonly [string, string, Env]>([
    ["SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", { ...slack, SLACK_CLIENT_ID: "1.2" }],
    ["TEAMS_APP_PASSWORD", "TEAMS_APP_CERTIFICATE", { ...teams, TEAMS_APP_CERTIFICATE: "/nowhere" }],
    ["TEAMS_PLAYGROUND", "TEAMS_APP_ID", { TEAMS_PLAYGROUND: "1", TEAMS_APP_ID: id }],
    ["TEAMS_PLAYGROUND", "HOST", { TEAMS_PLAYGROUND: "1", HOST: "0.0.0.0" }],
    ...secretFiles.map((file) => {
      const name = file.replace(/_FILE$/, "");
      return [name, file, { [name]: "x", [file]: "/nowhere" }] as const;
    }),
  ])("%s and %s", (one, other, env) => {
    const message = problemsOf(env);
    expect([one, other].filter((name) => !message.includes(name))).toEqual([]);
  });

  test("DATABASE_URL goes before DATA_DIR", () => {
    const { storage } = readConfig({ DATABASE_URL: "postgres://u@h/d", DATA_DIR: "/data" });
    expect(storage).toEqual({ kind: "postgres", url: "postgres://u@h/d" });
  });

  test("SLACK_APP_TOKEN goes before SLACK_SIGNING_SECRET, with a warning", () => {
    const { slack: door, warnings } = readConfig({ ...slack, SLACK_SIGNING_SECRET: "x" });
    expect(door?.intake.kind).toBe("socket");
    expect(warnings.join("\n")).toContain("SLACK_SIGNING_SECRET");
  });
});

describe("F54: unknown but nearly one of ours, ours is named", () => {
  test.each(all.filter((name) => /^(?:KNOWLEDGE|SLACK|TEAMS|DATABASE|DATA|SECRET|TIME)_/.test(name)))("%s", (name) => {
    const wrong = `${name.slice(0, -1)}Q`;
    expect(problemsOf({ [wrong]: "canary" })).toContain(wrong);
    expect(problemsOf({ [wrong]: "canary" })).not.toContain("canary");
  });
});

test("F55: a secret in a file is taken by the next start, and not by a running one", () => {
  const folder = mkdtempSync(join(tmpdir(), "bearings-settings-"));
  const file = join(folder, "token");
  const env = { ...slack, SLACK_BOT_TOKEN: "", SLACK_BOT_TOKEN_FILE: file };
  writeFileSync(file, "xoxb-old\n");
  const running = readConfig(env);
  writeFileSync(file, "xoxb-new\n");
  expect(running.slack?.workspaces).toEqual({ kind: "one", botToken: "xoxb-old" });
  expect(readConfig(env).slack?.workspaces).toEqual({ kind: "one", botToken: "xoxb-new" });
  rmSync(folder, { recursive: true });
});

describe("fitted numbers that are cut short are refused as stale", () => {
  test.each([
    ["calibration.json", parseCalibration],
    ["crisis-model.json", parseSafetyModel],
  ] as const)("%s", (name, parse) => {
    const text = readFileSync(new URL(`../knowledge/${name}`, import.meta.url), "utf8");
    expect(() => parse(text)).not.toThrow();
    for (const part of ["", "null", text.slice(0, text.length / 2), text.slice(0, -3)])
      expect(() => parse(part)).toThrow(expect.objectContaining({ code: "stale" }));
  });
});

describe("docs/operate.md", () => {
  const text = readFileSync(new URL("../docs/operate.md", import.meta.url), "utf8");
  const section = (heading: string): string =>
    new RegExp(`^## ${heading}\n(.*?)(?=^## |$(?![\\s\\S]))`, "ms").exec(text)?.[1] ?? "";

  test("has a row for each setting", () => {
    const rows = [...section("When a setting is wrong").matchAll(/^\| (`[A-Z].*?) \|/gm)].map(([, cell = ""]) => cell);
    const named = rows.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
    expect(settings.filter((name) => !named.includes(name))).toEqual([]);
    expect(named.filter((name) => !all.some((known) => known === name))).toEqual([]);
  });

  test("has a row for each event of the log, and for no other", () => {
    const rows = [...section("Events of the log").matchAll(/^\| (`[a-z].*?) \|/gm)].map(([, cell = ""]) => cell);
    const named = rows.flatMap((cell) => [...cell.matchAll(/`([a-z.-]+)`/g)].map(([, name = ""]) => name));
    expect(named.toSorted()).toEqual([...events()].toSorted());
  });

  test("has a row for each exit code", () => {
    const main = readFileSync(new URL("../adapters/main.ts", import.meta.url), "utf8");
    const [, table = ""] = /exitCodes.*?= \{(.*?)\}/s.exec(main) ?? [];
    const codes = [...table.matchAll(/: (\d+)/g), ...main.matchAll(/const defect = (\d+)/g)].map(([, code]) => code);
    const rows = [...section("Exit codes").matchAll(/^\| (\d+) \|/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(5);
    expect([...new Set(codes)].filter((code) => !rows.includes(code))).toEqual([]);
  });

  test("has each thing that it says to run or copy", () => {
    expect(["Dockerfile", "compose.yaml", "deploy/bearings.service"].filter((file) => !text.includes(file))).toEqual(
      [],
    );
    expect(
      ["Dockerfile", "compose.yaml", "deploy/bearings.service"].filter(
        (file) => !existsSync(new URL(`../${file}`, import.meta.url)),
      ),
    ).toEqual([]);
  });
});

/** Every event that may be logged. One whose last part is filled in when it is written stands here without that part. */
function events(): ReadonlySet<string> {
  const event = /["`]((?:[a-z]+)(?:\.[a-z-]+)+)(?:["`]|\.\$\{)/g;
  const lines = sourceFiles(["src", "adapters"])
    .filter(({ path }) => !path.startsWith("src/storage/"))
    .flatMap((file) => file.lines.filter((line) => !/^\s*(?:\/\*\*|\*|\/\/)/.test(line)));
  return new Set(lines.flatMap((line) => [...line.matchAll(event)].map(([, name = ""]) => name)).filter(isEvent));
}

const isEvent = (name: string): boolean =>
  /^(?:console|crisis|node|knowledge|process|reminders|seen|slack|storage|teams|web)\./.test(name) &&
  !/\.(?:yaml|json|com)$/.test(name);
