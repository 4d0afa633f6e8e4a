/** Secrets that stand in files. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "#src/config.ts";
import { secrets, withSecretFiles } from "#src/secret-files.ts";
import { problemsOf } from "./helpers/settings.ts";

const folder = mkdtempSync(join(tmpdir(), "bearings-secrets-"));
const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test.each(secrets)("%s_FILE stands for it, without the line break at its end", (name) => {
  const env = { [`${name}_FILE`]: fileOf(name, `the secret of ${name}\n`) };
  const problems: string[] = [];
  expect(withSecretFiles(env, problems)[name]).toBe(`the secret of ${name}`);
  expect(problems).toEqual([]);
});

test("a whole configuration by files", () => {
  const config = readConfig({
    SLACK_BOT_TOKEN_FILE: fileOf("bot", "xoxb-1\n"),
    SLACK_APP_TOKEN_FILE: fileOf("app", "xapp-1\n"),
    DATABASE_URL_FILE: fileOf("url", "postgres://someone@127.0.0.1/bearings"),
  });
  expect(config.slack?.workspaces).toEqual({ kind: "one", botToken: "xoxb-1" });
  expect(config.storage).toEqual({ kind: "postgres", url: "postgres://someone@127.0.0.1/bearings" });
});

describe("F54: what cannot be used is told, by name and never by value", () => {
  const bot = { SLACK_APP_TOKEN: "xapp-1" };

  test.each([
    ["a file that is not there", join(folder, "secret-none")],
    ["a folder", folder],
    ["an empty file", fileOf("empty", "\n")],
    ["a huge file", fileOf("huge", "x".repeat(200_000))],
  ])("%s", (_name, file) => {
    const says = problemsOf({ ...bot, SLACK_BOT_TOKEN_FILE: file });
    expect(says).toContain("SLACK_BOT_TOKEN_FILE is not a file");
    expect(says).not.toContain(folder);
  });

  test("both the secret and its file", () => {
    const file = fileOf("both", "xoxb-secret");
    const says = problemsOf({ ...bot, SLACK_BOT_TOKEN: "xoxb-secret", SLACK_BOT_TOKEN_FILE: file });
    expect(says).toContain("SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set");
    expect(says).not.toContain("xoxb-secret");
  });

  test("a misspelt name", () => expect(problemsOf({ SECRET_KEY_FILES: "x" })).toContain("SECRET_KEY_FILE is"));
});
