/**
 * Microsoft's Agents Playground, brought and started for one run. Its licence lets people try it out and nothing more, so it is
 * no dependency of anything: it is fetched into a folder that git leaves out.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const name = "@microsoft/m365agentsplayground";
const version = "0.2.28";
const folder = fileURLToPath(new URL("playground", import.meta.url));
const cli = join(folder, "node_modules", name, "cli.js");

export const licence = `The Playground (${name} ${version}) is Microsoft's, under its own terms: to evaluate it, not to pass it on. See ${join("test/e2e/playground/node_modules", name, "LICENSE")}.`;

/** Fetches it once. */
export function installPlayground(): void {
  if (existsSync(cli)) return;
  mkdirSync(folder, { recursive: true });
  // A package of its own, so that npm does not add it to ours.
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const args = [...first, "install", "--no-audit", "--no-fund", "--ignore-scripts", `${name}@${version}`];
  const theirs = /^npm_(config_(local|global)_prefix|package_)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !theirs.test(key)));
  if (spawnSync(command, args, { cwd: folder, env, stdio: "inherit" }).status !== 0)
    throw new Error(`npm could not install ${name}. It needs the network.`);
}

const person = (n: number, given: string, surname: string) => ({
  id: `user-id-${n}`,
  name: `${given} ${surname}`,
  userPrincipleName: `${given.toLowerCase()}@example.com`,
  aadObjectId: `00000000-0000-0000-0000-00000000002${n}`,
  givenName: given,
  surname,
  email: `${given.toLowerCase()}@example.com`,
});

export const ids = { personal: "personal-chat-id", group: "group-chat-id", channel: "channel-support-id" } as const;

/** JSON, which is YAML too. It wants five people at least. */
const config = {
  version: "0.1.1",
  tenantId: "00000000-0000-0000-0000-0000000000001",
  bot: { id: "00000000-0000-0000-0000-00000000000011", name: "Bearings" },
  currentUser: person(0, "Alice", "Anderson"),
  users: [
    person(1, "Bob", "Brown"),
    person(2, "Carol", "Clark"),
    person(3, "Dan", "Diaz"),
    person(4, "Eve", "Evans"),
    person(5, "Finn", "Fox"),
  ],
  personalChat: { id: ids.personal },
  groupChat: { id: ids.group, name: "Peer support" },
  team: {
    id: "team-id",
    name: "Acme",
    aadGroupId: "00000000-0000-0000-0000-000000000031",
    channels: [{ id: ids.channel, name: "Support" }],
  },
};

export type Playground = {
  /** Of its page. */
  readonly url: string;
  /** Sends something that the page has no button for, as the person there; gives what the bot answers. */
  readonly post: (path: string, body: unknown) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Starts it for a bot at this address. `logs` is a folder for what it writes. */
export async function openPlayground(endpoint: string, logs: string): Promise<Playground> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const configFile = join(logs, ".m365agentsplayground.yml");
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  const child = spawn(process.execPath, argumentsFor(endpoint, port, url), {
    cwd: logs,
    env: {
      ...process.env,
      // Where people are comes from these.
      TZ: "Europe/London",
      LANG: "en_GB.UTF-8",
      TEAMSAPPTESTER_BROWSER: "none",
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: configFile,
      M365_AGENTS_PLAYGROUND_LOGFILE: join(logs, "playground.log"),
      M365_AGENTS_PLAYGROUND_RECORDING_FILE: join(logs, "recording.json"),
    },
    stdio: "ignore",
  });
  await ping(child, url, join(logs, "playground.log"));
  return {
    url,
    async post(path, body) {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return `${response.status} ${await response.text()}`;
    },
    async close() {
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

const argumentsFor = (endpoint: string, port: number, url: string): readonly string[] => [
  cli,
  "start",
  ...["-e", endpoint, "-c", "msteams", "-p", String(port), "--service-url", `${url}/_connector`],
  "--disable-telemetry",
  "--enable-events-recording",
];

async function ping(child: ChildProcess, url: string, logFile: string): Promise<void> {
  for (const endMs = Date.now() + 60_000; Date.now() < endMs; ) {
    const answer = await fetch(`${url}/_debug/ping`).catch(() => null);
    if (answer?.ok === true) return;
    if (child.exitCode !== null) break;
    await sleep(200);
  }
  const log = existsSync(logFile) ? readFileSync(logFile, "utf8") : "";
  throw new Error(`The Playground did not start.\n${log.slice(-2_000)}`);
}
