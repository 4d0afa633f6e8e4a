/** The settings of Slack and of storage: what turns it on, and what is said when something is missing. */
import { describe, expect, test } from "vitest";
import { readConfig } from "#src/config.ts";
import { problemsOf } from "./helpers/settings.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const socket = { SLACK_BOT_TOKEN: "xoxb-secret-1", SLACK_APP_TOKEN: "xapp-secret-2" };
const http = { SLACK_BOT_TOKEN: "xoxb-secret-1", SLACK_SIGNING_SECRET: "secret-3" };
const many = {
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "secret-4",
  SECRET_KEY: key,
  SLACK_SIGNING_SECRET: "secret-3",
};

describe("Slack", () => {
  test("is off while nothing of it is set", () => expect(readConfig({}).slack).toBeNull());

  test("comes by socket with an app-level token", () => {
    expect(readConfig(socket).slack).toEqual({
      workspaces: { kind: "one", botToken: "xoxb-secret-1" },
      intake: { kind: "socket", appToken: "xapp-secret-2" },
      apiUrl: "https://slack.com/api/",
    });
    expect(readConfig(socket).doors.join()).not.toContain("Slack");
  });

  test("comes over HTTP with a signing secret", () => {
    expect(readConfig(http).slack?.intake).toEqual({ kind: "http", signingSecret: "secret-3" });
  });

  test("serves several workspaces with a client id, its secret and a key to seal with", () => {
    expect(readConfig(many).slack?.workspaces).toEqual({
      kind: "many",
      clientId: "1.2",
      clientSecret: "secret-4",
      secretKey: Buffer.alloc(32, 7),
    });
  });

  test("says that a signing secret is not used beside an app-level token", () => {
    expect(readConfig({ ...socket, SLACK_SIGNING_SECRET: "s" }).warnings.join()).toContain("SLACK_SIGNING_SECRET");
  });

  test.each([
    ["https://slack.example.org/api", "https://slack.example.org/api/"],
    ["http://127.0.0.1:3000/api/", "http://127.0.0.1:3000/api/"],
    ["http://[::1]:3000/api/", "http://[::1]:3000/api/"],
  ])("calls another server at %s", (given, expected) => {
    expect(readConfig({ ...socket, SLACK_API_URL: given }).slack?.apiUrl).toBe(expected);
  });

  // F54: each setting missing, blank, of the wrong kind, or against another.
  test.each<[string, Record<string, string>, string]>([
    ["the bot token alone", { SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN"],
    ["the app token alone", { SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN is missing"],
    ["the signing secret alone", { SLACK_SIGNING_SECRET: "s" }, "SLACK_BOT_TOKEN is missing"],
    ["a blank bot token", { ...socket, SLACK_BOT_TOKEN: "  " }, "SLACK_BOT_TOKEN is missing"],
    ["a user's token", { ...socket, SLACK_BOT_TOKEN: "xoxp-1" }, "SLACK_BOT_TOKEN does not begin with xoxb-"],
    ["the two tokens swapped", { SLACK_BOT_TOKEN: "xapp-1", SLACK_APP_TOKEN: "xoxb-1" }, "SLACK_BOT_TOKEN does not"],
    [
      "an app token that is none",
      { ...socket, SLACK_APP_TOKEN: "xoxb-1" },
      "SLACK_APP_TOKEN does not begin with xapp-",
    ],
    ["one workspace and several", { ...many, SLACK_BOT_TOKEN: "xoxb-1" }, "set one or the other"],
    ["a client id without its secret", { ...many, SLACK_CLIENT_SECRET: "" }, "SLACK_CLIENT_SECRET is missing"],
    ["a client secret without its id", { ...many, SLACK_CLIENT_ID: "" }, "SLACK_CLIENT_ID is missing"],
    ["several without a key", { ...many, SECRET_KEY: "" }, "SECRET_KEY is missing"],
    ["a key that is too short", { ...many, SECRET_KEY: "c2hvcnQ=" }, "SECRET_KEY is not 32 bytes"],
    ["an address that is none", { ...socket, SLACK_API_URL: "slack.com" }, "SLACK_API_URL"],
    ["plain http to another machine", { ...socket, SLACK_API_URL: "http://slack.com/api/" }, "SLACK_API_URL"],
    ["an address with a name in it", { ...socket, SLACK_API_URL: "https://a:b@slack.com/api/" }, "SLACK_API_URL"],
  ])("F54: refuses %s, by the variable's name and never by its value", (_what, env, expected) => {
    const problems = problemsOf(env);
    expect(problems).toContain(expected);
    expect(problems).not.toMatch(/secret-\d|xox[bp]-\d|xapp-\d|c2hvcnQ/);
  });

  test("F54: tells all that is wrong at once", () => {
    const env = { SLACK_BOT_TOKEN: "x", SLACK_APP_TOKEN: "y", SLACK_API_URL: "z", DATABASE_URL: "w", TIME_ZONE: "v" };
    expect(problemsOf({ ...env, SECRET_KEY: "u", PORT: "t" }).split("\n")).toHaveLength(6);
  });
});

describe("storage", () => {
  test("is a file in ./data unless something else is set", () => {
    expect(readConfig({}).storage).toEqual({ kind: "sqlite", dir: "./data" });
    expect(readConfig({ DATA_DIR: "/srv/data" }).storage).toEqual({ kind: "sqlite", dir: "/srv/data" });
  });

  test.each(["postgres://u@h/d", "postgresql://u:p@h:5432/d"])("is PostgreSQL at %s", (url) => {
    expect(readConfig({ DATABASE_URL: url, DATA_DIR: "/srv/data" }).storage).toEqual({ kind: "postgres", url });
  });

  test.each(["mysql://h/d", "h/d", "data.sqlite"])("refuses %s", (url) => {
    expect(problemsOf({ DATABASE_URL: url })).toContain("DATABASE_URL");
  });
});

describe("the time zone", () => {
  test("is this computer's unless it is set", () => {
    expect(readConfig({}).zone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(readConfig({ TIME_ZONE: "America/Toronto" }).zone).toBe("America/Toronto");
  });

  test("is refused when it is none", () => expect(problemsOf({ TIME_ZONE: "Mars/Base" })).toContain("TIME_ZONE"));
});
