import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { botScopes, commands, eventNames, shortcuts } from "#adapters/slack/needs.ts";
import { readConfig } from "#src/config.ts";
import { slackVariables, storageVariables } from "#src/platform-config.ts";

const guide = readFileSync(fileURLToPath(new URL("../../docs/slack.md", import.meta.url)), "utf8");

/** The first cells of the table under this heading cell, without their marks. */
const firstColumn = (heading: string): readonly string[] => {
  const [, rows = ""] = new RegExp(`^\\| ${heading} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, "m").exec(guide) ?? [];
  return rows
    .split("\n")
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
};

describe("docs/slack.md", () => {
  test("gives a reason for each scope, in the order of the manifest, and for no other", () => {
    expect(firstColumn("scope")).toEqual(botScopes());
  });

  test("tells what each event is for, and of no other", () => {
    expect(firstColumn("event").toSorted()).toEqual(eventNames());
  });

  test("lists every setting of Slack and of what is kept", () => {
    expect(firstColumn("variable").toSorted()).toEqual([...slackVariables, ...storageVariables].toSorted());
  });

  test("names every command and shortcut", () => {
    const names = [...commands.map(({ command }) => command), ...shortcuts.map(({ name }) => name)];
    expect(names.filter((name) => !guide.includes(name))).toEqual([]);
  });

  test.each([
    { SLACK_BOT_TOKEN: "nope", SLACK_APP_TOKEN: "xapp-1" },
    { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "nope" },
    { SLACK_APP_TOKEN: "xapp-1" },
    { SLACK_BOT_TOKEN: "xoxb-1" },
    { SLACK_BOT_TOKEN: "xoxb-1", SLACK_CLIENT_ID: "1", SLACK_APP_TOKEN: "xapp-1" },
    { SLACK_CLIENT_ID: "1", SLACK_CLIENT_SECRET: "1", SLACK_SIGNING_SECRET: "1" },
    { SLACK_CLIENT_ID: "1", SLACK_CLIENT_SECRET: "1", SLACK_SIGNING_SECRET: "1", SECRET_KEY: "short" },
    { SLACK_BOT_TOKN: "xoxb-1" },
  ])("quotes what is said about %o as it is said", (env) => {
    let said = "";
    try {
      readConfig(env);
    } catch (error) {
      said = error instanceof Error ? error.message : "";
    }
    expect(said).not.toBe("");
    const quotes = [...guide.matchAll(/`([^`\n]+)`/g)]
      .map(([, quote = ""]) => quote)
      .filter((quote) => / /.test(quote));
    expect(quotes.some((quote) => said.startsWith(quote))).toBe(true);
  });
});
