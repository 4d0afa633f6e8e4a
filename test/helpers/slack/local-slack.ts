/** A real local Slack, the program of npm's local-slack, on a free port: started, driven as its people would, and stopped. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LocalUi, openLocalUi } from "./local-ui.ts";
import {
  alice,
  appId,
  appToken,
  bob,
  botToken,
  channels,
  type Json,
  listOf,
  objectOf,
  type Person,
  signingSecret,
  us,
} from "./team.ts";
import { until } from "./until.ts";

const binary = new URL("../../peers/node_modules/local-slack-linux-x64/bin/local-slack", import.meta.url);

/** The program's path, or null where it is not to be had. */
export const findLocalSlack = (): string | null => (existsSync(binary) ? fileURLToPath(binary) : null);

/** For the name of a test that stands for those left out. */
export const noLocalSlack =
  "left out: local-slack is there for Linux on x64 alone, as an optional package of test/peers, and it is not installed";

export type LocalSlackOptions = {
  /** `http` posts to `requestUrl`, which has to be known beforehand. */
  readonly mode: "socket" | "http";
  readonly requestUrl?: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** People beside Alice and Bob, all of them in #general. */
  readonly people?: readonly Person[];
};

/** A press on a message. `type` is that of the element. */
export type Press = {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly actionId: string;
  readonly value?: string;
  readonly type?: string;
  readonly blockId?: string;
};

/** What its people do and what it knows. Each comes back once the bot has acknowledged, or at once where no bot is there. */
export type LocalControl = {
  /** Gives the message's time. `channel` may be a person's id: then it is that person's direct message with the bot. */
  readonly message: (channel: string, user: string, text: string, threadTs?: string) => Promise<string>;
  readonly command: (channel: string, user: string, command: string, text: string) => Promise<void>;
  readonly press: (press: Press) => Promise<void>;
  readonly openHome: (user: string) => Promise<void>;
  readonly editMessage: (channel: string, user: string, ts: string, text: string) => Promise<void>;
  readonly deleteMessage: (channel: string, user: string, ts: string) => Promise<void>;
  readonly reaction: (channel: string, user: string, ts: string, name: string) => Promise<void>;
  /** All of a channel, oldest first: roots, replies (`thread_ts`) and ephemerals (`subtype`, `ephemeral_to`) alike. */
  readonly messages: (channel: string) => Promise<readonly Json[]>;
  /** The last thousand lines of traffic. */
  readonly log: () => Promise<readonly Json[]>;
  readonly state: () => Promise<Json>;
  /** Forgets messages, views and direct messages, but no trigger and no address to respond at. */
  readonly reset: () => Promise<void>;
  /** The direct message of someone with the bot, opened where it is not there yet. */
  readonly dm: (user: string) => Promise<string>;
};

export type LocalSlack = {
  readonly url: string;
  readonly apiUrl: string;
  readonly control: LocalControl;
  readonly ui: LocalUi;
  readonly stop: () => Promise<void>;
};

/** Starts it and waits until it answers. It listens on all interfaces of this machine, whatever it is told. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const path = findLocalSlack();
  if (path === null) throw new Error(noLocalSlack);
  const port = options.port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), "bearings-local-slack-"));
  const config = join(folder, "config.json");
  await writeFile(config, JSON.stringify(configOf(options)));
  const child = spawn(path, ["--config", config, "--port", String(port), "--base-host", "127.0.0.1"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const complaints: string[] = [];
  child.stderr.on("data", (chunk) => complaints.push(String(chunk)));
  const url = `http://127.0.0.1:${port}`;
  const control = controlOf(url);
  try {
    await until(`local-slack on port ${port}`, () => {
      if (child.exitCode !== null) throw new Error(`local-slack ended: ${complaints.join("")}`);
      return control.state().catch(() => null);
    });
  } catch (error) {
    await end(child, folder);
    throw error;
  }
  const ui = await openLocalUi(url);
  return {
    url,
    apiUrl: `${url}/api/`,
    control,
    ui,
    async stop() {
      ui.disconnect();
      await end(child, folder);
    },
  };
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
}

/** A port that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

const configOf = ({ mode, requestUrl, people = [] }: LocalSlackOptions): Json => ({
  workspace: { name: us.teamName, domain: "acme", teamId: us.team },
  app: {
    appId,
    botUserId: us.botUser,
    botName: "bearings",
    botToken,
    appToken,
    signingSecret,
    ...(mode === "socket" ? { mode } : { mode: "events", requestUrl }),
  },
  users: [alice, bob, ...people].map(({ id, name, realName, zone }) => ({ id, name, real_name: realName, tz: zone })),
  channels: [
    { id: channels.general, name: "general", members: [alice.id, bob.id, ...people.map(({ id }) => id), us.botUser] },
    { id: channels.random, name: "random", members: [alice.id, bob.id] },
  ],
});

function controlOf(url: string): LocalControl {
  const get = async (path: string): Promise<Json> => objectOf(await (await fetch(`${url}/_control/${path}`)).json());
  async function send(path: string, body: Json): Promise<Json> {
    const response = await fetch(`${url}/_control/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = objectOf(await response.json());
    if (answer.ok !== true) throw new Error(`local-slack refused ${path}: ${String(answer.error)}`);
    return answer;
  }
  const act = async (path: string, body: Json): Promise<void> => void (await send(path, body));
  return {
    async message(channel, user, text, threadTs) {
      const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
      return String(objectOf((await send("message", { channel, user, text, ...thread })).message).ts);
    },
    command: (channel, user, command, text) => act("command", { channel, user, command, text }),
    press: ({ channel, ts, user, actionId, value, type = "button", blockId = "b1" }) =>
      act("interact", {
        channel,
        messageTs: ts,
        user,
        action: { type, action_id: actionId, block_id: blockId, value },
      }),
    openHome: (user) => act("open-home", { user }),
    editMessage: (channel, user, ts, text) => act("edit-message", { channel, user, ts, text }),
    deleteMessage: (channel, user, ts) => act("delete-message", { channel, user, ts }),
    reaction: (channel, user, ts, name) => act("reaction", { channel, user, ts, name }),
    messages: async (channel) => listOf((await get(`messages/${channel}`)).messages),
    log: async () => listOf((await get("log")).log),
    state: () => get("state"),
    reset: () => act("reset", {}),
    async dm(user) {
      const opened = await fetch(`${url}/api/conversations.open?users=${user}`, {
        method: "POST",
        headers: { authorization: `Bearer ${botToken}` },
      });
      return String(objectOf(objectOf(await opened.json()).channel).id);
    },
  };
}
