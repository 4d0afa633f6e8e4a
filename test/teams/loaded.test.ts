import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { collect, start, until } from "../helpers/command.ts";
import { emptyFolder } from "../helpers/databases.ts";

const preload = new URL("../helpers/loaded-packages.ts", import.meta.url).href;
const ofTeams = /^(?:botbuilder|botframework-|@azure\/|adaptivecards)/;
const ofSlack = /^@slack\//;

/** Starts the whole program with these settings, and stops it once it takes messages. Gives the packages that it loaded. */
async function loadedBy(settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const to = join(emptyFolder(), "loaded.json");
  const child = start([], { env: { PORT: "0", NODE_OPTIONS: `--import ${preload}`, LOADED_TO: to, ...settings } });
  await until(collect(child.stdout), /Ctrl-C/);
  child.kill("SIGTERM");
  await once(child, "close");
  return JSON.parse(readFileSync(to, "utf8"));
}

const slack = {
  SLACK_BOT_TOKEN: "xoxb-1-loaded",
  SLACK_SIGNING_SECRET: "0123456789abcdef0123456789abcdef",
  // Nobody listens there.
  SLACK_API_URL: "http://127.0.0.1:9/api/",
};
const teams = { TEAMS_PLAYGROUND: "1" };

describe("what `npm start` loads", () => {
  test("nothing of Slack's or Teams' SDK where neither is set", async () => {
    const loaded = await loadedBy({});
    expect(loaded).toContain("minisearch");
    expect(loaded.filter((name) => ofTeams.test(name) || ofSlack.test(name))).toEqual([]);
  });

  test("nothing of botbuilder where only Slack is set", async () => {
    const loaded = await loadedBy(slack);
    expect(loaded).toContain("@slack/bolt");
    expect(loaded.filter((name) => ofTeams.test(name))).toEqual([]);
  });

  test("nothing of Bolt where only Teams is set", async () => {
    const loaded = await loadedBy(teams);
    expect(loaded).toContain("botframework-connector");
    expect(loaded.filter((name) => ofSlack.test(name))).toEqual([]);
  });
});
