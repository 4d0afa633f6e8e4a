/** The two apps that are compared, each in a process of its own, and a fake Slack that both talk to. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { collect, start, until } from "../helpers/command.ts";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { type Signed, signedEvent } from "../helpers/slack/signed.ts";
import { botToken, signingSecret } from "../helpers/slack/team.ts";

/** An app under load. `rssMb` is its resident memory, in megabytes. */
export type AppUnderLoad = { readonly name: string; readonly url: string; readonly rssMb: () => number };

export type Apps = Awaited<ReturnType<typeof openApps>>;

/** Opens both. `ours` is `npm start` with its settings, nothing else. */
export async function openApps() {
  const fake = await openFakeSlack();
  const data = mkdtempSync(join(tmpdir(), "bearings-bench-"));
  const ours = start([], {
    env: {
      PORT: "0",
      DATA_DIR: data,
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: fake.apiUrl,
    },
    lifeMs: 600_000,
  });
  const said = collect(ours.stdout);
  await until(said, /^Slack: on/m);
  const [, url = ""] = await until(said, /(http:\S+)/);
  const bare = spawn(process.execPath, [fileURLToPath(new URL("slack-bare.ts", import.meta.url))], {
    env: { ...process.env, SLACK_API_URL: fake.apiUrl },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [, bareUrl = ""] = await until(collect(bare.stdout), /(http:\S+)/);
  return {
    fake,
    ours: { name: "Bearings", url: `${url}slack/events`, rssMb: () => rssOf(ours) },
    bare: { name: "bare Bolt", url: `${bareUrl}slack/events`, rssMb: () => rssOf(bare) },
    async close() {
      for (const child of [ours, bare]) {
        child.kill("SIGTERM");
        if (child.exitCode === null) await once(child, "exit");
      }
      await fake.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

const rssOf = ({ pid }: ChildProcess): number =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1_024;

let count = 0;

/** A question in a direct message of somebody's own, never sent before. */
export function newQuestion(text: string): { readonly channel: string; readonly signed: Signed } {
  count += 1;
  const channel = `D${String(count).padStart(9, "0")}`;
  const ts = `1700000000.${String(count).padStart(6, "0")}`;
  return { channel, signed: signedEvent(eventEnvelope(directMessage({ text, channel, ts, user: `U${count}` }))) };
}
