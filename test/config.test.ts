import { delimiter } from "node:path";
import { describe, expect, test } from "vitest";
import { knowledgeDirsFrom, readConfig } from "#src/config.ts";
import { isLoopback } from "#src/loopback.ts";
import { problemsOf as told } from "./helpers/settings.ts";

const problemsOf = (env: Readonly<Record<string, string>>): readonly string[] =>
  told(env)
    .split("\n")
    .filter((line) => line !== "");

describe("readConfig", () => {
  test("needs nothing to be set", () => {
    expect(readConfig({})).toMatchObject({ host: "127.0.0.1", port: 3978, knowledgeDirs: [], warnings: [] });
  });

  test.each([
    ["PORT", "0"],
    ["PORT", "65535"],
    ["PORT", " 8080 "],
    ["PORT", ""],
    ["HOST", ""],
    ["HOST", "localhost"],
    ["HOST", "::1"],
    ["HOST", "127.0.0.2"],
    ["HOST", "0.0.0.0"],
    ["HOST", "bearings.example.org"],
    ["SLACK_WEBHOOK_URL", "belongs to another program"],
    ["HOTS", "too short to tell"],
    ["KNOWLEDGE_DIRS", ""],
  ])("accepts %s=%j", (name, value) => expect(problemsOf({ [name]: value })).toEqual([]));

  test.each([
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["PORT", "3978.5"],
    ["PORT", "0x10"],
    ["PORT", "1e3"],
    ["PORT", "٣٩٧٨"],
    ["PORT", "tcp://10.0.0.1:80"],
    ["HOST", "http://localhost"],
    ["HOST", "localhost:3978"],
    ["HOST", "[::1]"],
    ["HOST", "127.0.0"],
    ["HOST", "a b"],
    ["HOST", "-a"],
    ["SLACK_BOT_TOKN", "x"],
    ["SLACK_SINGING_SECRET", "x"],
    ["TEAMS_APP_IDD", "x"],
    ["KNOWLEDGE_DIR", "x"],
  ])("refuses %s=%j, by its name", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });

  test("tells all problems at once and never a value", () => {
    const env = {
      PORT: "secret-port",
      HOST: "secret host",
      SLACK_BOT_TOKN: "xoxb-secret",
      TEAMS_TENANT_DI: "secret-id",
    };
    const problems = problemsOf(env);
    expect(problems).toHaveLength(4);
    expect(problems.join("\n")).not.toContain("secret");
  });

  test("says which doors are off, and where to read how to turn them on", () => {
    expect(readConfig({}).doors).toEqual([
      "Slack: off. docs/slack.md says how to turn it on.",
      "Teams: off. docs/teams.md says how to turn it on.",
    ]);
  });

  test.each(["0.0.0.0", "::", "192.168.1.10", "bearings.example.org", "127.example.org"])(
    "warns that %s lets others in",
    (host) => expect(readConfig({ HOST: host }).warnings).toHaveLength(1),
  );

  test.each(["127.0.0.1", "127.1.2.3", "::1", "localhost", "LOCALHOST"])("does not warn of %s", (host) =>
    expect(readConfig({ HOST: host }).warnings).toEqual([]),
  );
});

test.each([
  ["LocalHost", true],
  ["127.255.0.9", true],
  ["::1", true],
  ["127.0.0.999", false],
  ["127.0.0.1.example.org", false],
  ["0.0.0.0", false],
])("isLoopback(%j) is %s", (host, expected) => expect(isLoopback(host)).toBe(expected));

test("KNOWLEDGE_DIRS is separated as PATH is, and empty parts are dropped", () => {
  expect(knowledgeDirsFrom({ KNOWLEDGE_DIRS: ["/a", "", "b c", " "].join(delimiter) })).toEqual(["/a", "b c"]);
});
