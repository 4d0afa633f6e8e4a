/** Opens the Slack door: Bolt with our own intake, one workspace or several, by socket or over HTTP. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { App } from "@slack/bolt";
import type { Route } from "#src/http.ts";
import type { Log } from "#src/log.ts";
import { createPace } from "#src/pace.ts";
import type { SlackConfig } from "#src/platform-config.ts";
import { createQueue } from "#src/queue.ts";
import type { Deliver } from "#src/reply.ts";
import { type ApiOptions, clientOptions } from "./api.ts";
import { deliver } from "./deliver.ts";
import type { Core, Door, Votes } from "./door.ts";
import { slackRoute } from "./http.ts";
import { identify } from "./identify.ts";
import { installRoutes } from "./install.ts";
import { listen } from "./listeners.ts";
import { createOnce, type Seen } from "./once.ts";
import { openPlace } from "./read.ts";
import { createIntake, type Intake } from "./receive.ts";
import { responseUrls } from "./response-url.ts";
import { sdkLogger } from "./sdk-log.ts";
import { openSocket, type Socket, type SocketState } from "./socket.ts";
import { type Installs, type ManyOptions, manyWorkspaces, oneWorkspace, type Workspaces } from "./workspaces.ts";
import { createZones } from "./zones.ts";

/** What the door shares with other replicas and keeps over a restart. */
export type SlackStorage = { readonly seen: Seen; readonly votes: Votes; readonly installs: (key: Buffer) => Installs };

export type SlackOptions = {
  readonly config: SlackConfig;
  readonly core: Core;
  readonly storage: SlackStorage;
  /** IANA name of the zone for people whose profile says none. */
  readonly zone: string;
  readonly log: Log;
  /** Told in words what whoever runs Bearings should know: that it is connected, or what to do. */
  readonly tell: (line: string) => void;
  /** Least time between two messages in one channel, milliseconds. Default 1,000, which is what Slack allows. */
  readonly gapMs?: number;
};

export type SlackDoor = {
  readonly routes: readonly Route[];
  readonly deliver: Deliver;
  /** Takes nothing more, ends what has begun, and hangs up. */
  readonly close: () => Promise<void>;
};

// Answers are quick; what is still in line after these is a flood.
const line = { most: 500, mostPerKey: 20 } as const;

/** Opens the door and returns at once; whether Slack can be reached is told when it is known. */
export function openSlack(options: SlackOptions): SlackDoor {
  const { config, log } = options;
  const api: ApiOptions = { apiUrl: config.apiUrl, log };
  const intake = createIntake({ log, sleep });
  const stopping = new AbortController();
  const many = manyOf(options, api);
  const start = many === null ? startOne(options, api, stopping.signal) : startMany(many);
  const door = doorOf(options, start.workspaces);
  const app = new App({
    receiver: intake.receiver,
    // Each listener finds the workspace of its payload itself; Bolt's own client is not used.
    authorize: async () => ({}),
    ignoreSelf: false,
    convoStore: false,
    deferInitialization: true,
    logger: sdkLogger(log, "bolt"),
    clientOptions: clientOptions(api),
  });
  app.error((error) => Promise.reject(error));
  listen(app, door);
  const opened = Promise.all([app.init(), start.ready]).then(([, name]) =>
    name === null ? null : takeUp(name, intake, stopping.signal, options),
  );
  return {
    routes: [
      ...(config.intake.kind === "http"
        ? [slackRoute({ signingSecret: config.intake.signingSecret, receive: intake.receive, nowMs: Date.now })]
        : []),
      ...(many === null ? [] : installRoutes(many)),
    ],
    deliver: deliverWith(door),
    async close() {
      stopping.abort();
      await intake.close();
      await (await opened)?.close();
    },
  };
}

function doorOf({ config, core, storage, zone, log, gapMs = 1_000 }: SlackOptions, workspaces: Workspaces): Door {
  return {
    ...core,
    workspaces,
    once: createOnce({ seen: storage.seen, nowMs: Date.now, log }),
    queue: createQueue(line),
    pace: createPace({ gapMs, nowMs: () => performance.now(), sleep }),
    zoneOf: createZones({ fallback: zone, nowMs: Date.now }),
    votes: storage.votes,
    log,
    nowMs: Date.now,
    sleep,
    isResponseUrl: responseUrls(config.apiUrl),
  };
}

function manyOf({ config, storage, log }: SlackOptions, api: ApiOptions): ManyOptions | null {
  const { workspaces } = config;
  return workspaces.kind === "one"
    ? null
    : { app: workspaces, installs: storage.installs(workspaces.secretKey), api, nowMs: Date.now, log };
}

/** How the workspaces are known, and when; `ready` gives what to call them, or null when the door was closed first. */
type Start = { readonly workspaces: Workspaces; readonly ready: Promise<string | null> };

const startMany = (many: ManyOptions): Start => ({
  workspaces: manyWorkspaces(many),
  ready: Promise.resolve("every workspace that installs it at /slack/install"),
});

function startOne({ config, log, tell }: SlackOptions, api: ApiOptions, signal: AbortSignal): Start {
  const token = config.workspaces.kind === "one" ? config.workspaces.botToken : "";
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});
  const identity = identify({ token, api, log, tell, pause, isClosed: () => signal.aborted });
  let known: Workspaces | null = null;
  const ready = identity.then((found) => {
    if (found !== null) known = oneWorkspace(found.installed);
    return found === null ? null : `workspace ${found.name}`;
  });
  return {
    ready,
    workspaces: {
      find: async (workspace) => {
        if (known === null) throw new Error("Slack has not said yet who we are");
        return known.find(workspace);
      },
      erase: async () => tell("Slack: off. The app was removed from the workspace, or its token was revoked."),
    },
  };
}

/** Begins to take deliveries: at once over HTTP, through a socket otherwise. */
function takeUp(name: string, intake: Intake, signal: AbortSignal, options: SlackOptions): Socket | null {
  const { config, log, tell } = options;
  if (config.intake.kind === "http") {
    tell(`Slack: on, ${name}, over HTTP at /slack/events`);
    return null;
  }
  if (signal.aborted) return null;
  let wasOn = false;
  return openSocket({
    appToken: config.intake.appToken,
    api: { apiUrl: config.apiUrl, log },
    receive: intake.receive,
    log,
    sleep,
    random: Math.random,
    tell(state: SocketState) {
      log({
        level: state.kind === "connected" ? "info" : "warn",
        event: `slack.socket.${state.kind}`,
        ...(state.kind === "refused" ? { code: state.code } : {}),
      });
      if (state.kind === "connected" && !wasOn) tell(`Slack: on, ${name}, by Socket Mode`);
      wasOn ||= state.kind === "connected";
      if (state.kind === "refused") tell(refusedAppToken(state.code));
    },
  });
}

const refusedAppToken = (code: string): string =>
  `Slack: off. Slack refused SLACK_APP_TOKEN (${code}). Make an app-level token with the scope connections:write at https://api.slack.com/apps, your app, Basic Information, App-Level Tokens, and start again.`;

/** What the core sends of its own accord, such as a reminder. */
const deliverWith =
  (door: Door): Deliver =>
  async (place, reply) => {
    const at = openPlace(place);
    const installed = await door.workspaces.find({ team: at.team, enterprise: null });
    if (installed === null) return { kind: "gone", why: "not_installed" };
    return deliver(reply, { ...at, user: null, turnId: randomUUID() }, installed, door);
  };
