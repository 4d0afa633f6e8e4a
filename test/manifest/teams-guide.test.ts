/** docs/teams.md is true of the code: its tables, its names, and what it quotes. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { botCommands, extensionCommands, permissions, scopes } from "#adapters/teams/needs.ts";
import { said } from "#adapters/teams/said.ts";
import { readConfig } from "#src/config.ts";
import { teamsVariables } from "#src/teams-config.ts";

const guide = readFileSync(new URL("../../docs/teams.md", import.meta.url), "utf8");
const start = readFileSync(new URL("../../adapters/teams/start.ts", import.meta.url), "utf8");

/** What stands in backticks in one column of the table under this heading cell. */
function column(heading: string, which = 1): readonly string[] {
  const [, rows = ""] = new RegExp(`^\\| ${heading} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, "m").exec(guide) ?? [];
  return rows
    .split("\n")
    .flatMap((row) => [...(row.split("|")[which] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

const quotes = [...guide.matchAll(/`([^`\n]+)`/g)].map(([, quote = ""]) => quote).filter((quote) => / /.test(quote));

describe("docs/teams.md", () => {
  test("gives a reason for each place and each right, and for no other", () => {
    expect(column("place")).toEqual(Object.keys(scopes));
    expect(column("right")).toEqual(Object.keys(permissions));
  });

  test("tells what each command of the message extension gets", () => {
    expect(column("command", 2)).toEqual(extensionCommands.map(({ id }) => id));
    expect(extensionCommands.filter(({ title }) => !guide.includes(`**${title}**`))).toEqual([]);
  });

  test("names every word that is a command, and the button that deletes", () => {
    expect(botCommands.filter(({ title }) => !guide.includes(`\`${title}\``))).toEqual([]);
    expect(guide).toContain(`**${said.forget}**`);
  });

  test("lists every setting of Teams", () => {
    expect(column("variable").toSorted()).toEqual([...teamsVariables].toSorted());
  });

  test("quotes the first lines of the start as they are said, and has every number that is told apart there", () => {
    for (const line of ["Teams: on, tenant", "Teams: off. Microsoft refused"]) {
      expect(guide).toContain(`\`${line}`);
      expect(start).toContain(line);
    }
    const [, apart = ""] = /wrongApp[^=]*= new Set\(\[([^\]]+)\]/.exec(start) ?? [];
    const numbers = [...apart.matchAll(/AADSTS\d+/g)].map(([number]) => number);
    expect(numbers.length).toBeGreaterThan(2);
    expect(numbers.filter((number) => !column("number").includes(number))).toEqual([]);
  });

  const id = "11111111-2222-4333-8444-555555555555";
  const ids = { TEAMS_APP_ID: id, TEAMS_TENANT_ID: id };
  test.each([
    { TEAMS_TENANT_ID: id, TEAMS_APP_PASSWORD: "x" },
    { TEAMS_APP_ID: id, TEAMS_APP_PASSWORD: "x" },
    { TEAMS_APP_ID: "Bearings", TEAMS_TENANT_ID: id, TEAMS_APP_PASSWORD: "x" },
    { TEAMS_APP_ID: id, TEAMS_TENANT_ID: "example.org", TEAMS_APP_PASSWORD: "x" },
    ids,
    { ...ids, TEAMS_APP_PASSWORD: "x", TEAMS_APP_CERTIFICATE: "x" },
    { ...ids, TEAMS_APP_CERTIFICATE: "/nowhere/bearings.pem" },
    { ...ids, TEAMS_APP_CERTIFICATE: new URL("../../package.json", import.meta.url).pathname },
    { TEAMS_PLAYGROUND: "1", TEAMS_APP_ID: id },
    { TEAMS_PLAYGROUND: "1", HOST: "0.0.0.0" },
    { TEAMS_PLAYGROUND: "yes" },
    { TEAMS_TENNANT_ID: id },
  ])("quotes what is said about %o as it is said", (env) => {
    let message = "";
    try {
      readConfig(env);
    } catch (error) {
      message = error instanceof Error ? error.message : "";
    }
    expect(message).not.toBe("");
    expect(quotes.filter((quote) => message.startsWith(quote))).not.toEqual([]);
  });
});
