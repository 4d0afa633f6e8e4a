/** The two bots that are compared, each in a process of its own, and one connector that both talk to. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { collect, start, until } from "../helpers/command.ts";
import { openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { botToken, signingSecret } from "../helpers/slack/team.ts";
import { type Json, personalMessage, us } from "../helpers/teams/activities.ts";
import { openMicrosoft } from "../helpers/teams/cloud.ts";
import type { CloudHere } from "./teams-cloud.ts";
import { writeGenerated } from "./teams-knowledge.ts";

/** Settings for a process. */
export type Settings = Readonly<Record<string, string>>;

/** A bot under load. */
export type BotUnderLoad = { readonly name: string; readonly url: string };

export type Apps = Awaited<ReturnType<typeof openApps>>;

/** Opens both. `ours` is `npm start` with its settings; `large` is one more, with `entries` generated entries beside our own. */
export async function openApps(entries: number) {
  const microsoft = await openMicrosoft();
  const slack = await openFakeSlack();
  const generated = await writeGenerated(entries);
  const { isServiceUrl: _, ...cloud } = microsoft.cloud;
  const here: CloudHere = { ...cloud, serviceUrl: microsoft.serviceUrl };
  const teams = teamsSettings(here);
  const [ours, large] = [start([], oursWith(teams)), start(["serve", "--knowledge", generated.dir], oursWith(teams))];
  // None outlives the benchmark by long, however it ends.
  const bare = spawn(process.execPath, [fileURLToPath(new URL("teams-bare.ts", import.meta.url))], {
    env: { ...process.env, ...teams, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "inherit"],
    timeout: lifeMs,
  });
  const [[, bareUrl = ""], oursUrl, largeUrl] = await Promise.all([
    until(collect(bare.stdout), /(http:\S+)/),
    addressOf(ours),
    addressOf(large),
  ]);
  return {
    microsoft,
    /** What every activity is sent with. */
    token: microsoft.tokenFor(),
    ours: { name: "Bearings", url: oursUrl },
    large: { name: `Bearings with ${entries.toLocaleString("en-GB")} entries more`, url: largeUrl },
    echo: { name: "bare botbuilder, echo", url: `${bareUrl}echo` },
    constant: { name: "bare botbuilder, a constant", url: `${bareUrl}constant` },
    /** How people would ask for the generated entries. */
    asks: generated.asks,
    settings: {
      teams,
      slack: { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: slack.apiUrl },
    },
    /** Ends the bots, so that what comes after has the machine to itself. The connector and Slack stay. */
    async stop() {
      for (const child of [ours, large, bare]) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill("SIGTERM");
        await once(child, "exit");
      }
    },
    async close() {
      await microsoft.close();
      await slack.close();
      rmSync(generated.dir, { recursive: true, force: true });
    },
  };
}

const lifeMs = 600_000;

const oursWith = (teams: Settings) => ({ env: { PORT: "0", ...teams }, lifeMs });

const teamsSettings = (here: CloudHere): Settings => ({
  TEAMS_APP_ID: us.appId,
  TEAMS_TENANT_ID: us.tenant,
  TEAMS_APP_PASSWORD: "a-secret-of-the-benchmark",
  BENCH_CLOUD: JSON.stringify(here),
  NODE_OPTIONS: `--import ${new URL("teams-preload.ts", import.meta.url).href}`,
});

async function addressOf(child: ChildProcess): Promise<string> {
  const said = collect(child.stdout);
  await until(said, /^Teams: on/m);
  const [, url = ""] = await until(said, /(http:\S+)/);
  return `${url}api/messages`;
}

let count = 0;

/** A question never sent before, from the person of this number, in their own chat with the bot. */
export function newQuestion(
  text: string,
  person: number,
  serviceUrl: string,
): { readonly conversation: string; readonly activity: Json } {
  count += 1;
  const conversation = `a:bench-${person}`;
  const aad = `aaaaaaaa-0000-4000-8000-${String(person).padStart(12, "0")}`;
  const from = { id: `29:bench-${person}`, aad, name: "One" };
  // The same words of the same moment would be the same message, brought again.
  const timestamp = new Date(Date.UTC(2026, 10, 25) + count).toISOString();
  const more = { timestamp, localTimestamp: timestamp };
  return { conversation, activity: personalMessage(text, { conversation, from, serviceUrl, more }) };
}

/** Sends an activity; `ms` is how long the acknowledgement took. */
export async function deliver({ url }: BotUnderLoad, activity: Json, token: string) {
  const begunMs = performance.now();
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(activity) });
  const text = await response.text();
  return { status: response.status, text, ms: performance.now() - begunMs };
}
