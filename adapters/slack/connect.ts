/** Opens the Slack door: Bolt with our own intake, one workspace or several, by socket or over HTTP. */
import { setTimeout as sleep } from "node:timers/promises";
import { App } from "@slack/bolt";
import type { Core, Votes } from "#src/doors/core.ts";
import { type Observe, timed } from "#src/doors/meters.ts";
import { createOnce, type Seen } from "#src/doors/once.ts";
import type { Route } from "#src/http.ts";
import type { Log } from "#src/log.ts";
import { createPace } from "#src/pace.ts";
import type { SlackConfig } from "#src/platform-config.ts";
import { createQueue } from "#src/queue.ts";
import type { Deliver } from "#src/reply.ts";
import { type ApiOptions, clientOptions } from "./api.ts";
import type { Door } from "./door.ts";
import { slackRoute } from "./http.ts";
import { identify, unreachable } from "./identify.ts";
import { installRoutes } from "./install.ts";
import { listen } from "./listeners.ts";
import { deliverWith } from "./own-accord.ts";
import { createParking, type Parking } from "./parking.ts";
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
  /** Longest that what has begun is waited for at the end, milliseconds. Default 20,000. */
  readonly drainMs?: number;
  /** Told of what is counted. Default: nobody is. */
  readonly observe?: Observe;
};

export type SlackDoor = {
  readonly routes: readonly Route[];
  readonly deliver: Deliver;
  /** Resolves to true when messages of our own accord can go out, to false when it is closed before. */
  readonly ready: Promise<boolean>;
  /** Whether what people send reaches us at this moment. */
  readonly state: () => SlackState;
  /** How many messages are being answered or wait for it. */
  readonly waiting: () => number;
  /** Takes nothing more, ends what has begun as far as that is soon, and hangs up. */
  readonly close: () => Promise<void>;
};

/** `lost`: the connection broke and is being opened again; `refused`: Slack does not accept the app-level token. */
export type SlackState = "connecting" | "on" | "lost" | "refused";

// Answers are quick; what is still in line after these is a flood.
const line = { most: 500, mostPerKey: 20 } as const;

/** Opens the door and returns at once; whether Slack can be reached is told when it is known. */
export function openSlack(options: SlackOptions): SlackDoor {
  const { config, log, observe = () => {} } = options;
  const api: ApiOptions = { apiUrl: config.apiUrl, log, limited: () => observe({ kind: "limited" }) };
  const opening = createIntake({ log, sleep });
  const intake = { ...opening, receive: timed(opening.receive, observe) };
  const stopping = new AbortController();
  const many = manyOf(options, api);
  const parking = createParking({ reminders: options.core.reminders, log });
  const start = many === null ? startOne(options, api, parking, stopping.signal) : startMany(many);
  const door = doorOf(options, start.workspaces, parking);
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
  const ready = Promise.race([start.ready, given(stopping.signal)]);
  let state: SlackState = "connecting";
  const note = (now: SlackState): void => {
    state = now;
  };
  const opened = Promise.all([app.init(), ready]).then(([, name]) =>
    name === null ? null : takeUp({ name, intake, note, signal: stopping.signal }, options),
  );
  return {
    routes: [
      ...(config.intake.kind === "http"
        ? [slackRoute({ signingSecret: config.intake.signingSecret, receive: intake.receive, nowMs: Date.now })]
        : []),
      ...(many === null ? [] : installRoutes(many, parking.back)),
    ],
    deliver: deliverWith(door),
    ready: ready.then((name) => name !== null),
    state: () => state,
    waiting: door.queue.length,
    async close() {
      stopping.abort();
      // An answer may be waiting for a channel that takes none for minutes; whoever stops us does not.
      const enough = new AbortController();
      await Promise.race([intake.close(), pause(options.drainMs ?? 20_000, enough.signal)]);
      enough.abort();
      await (await opened)?.close();
    },
  };
}

function doorOf(
  { config, core, storage, zone, log, gapMs = 1_000, observe = () => {} }: SlackOptions,
  workspaces: Workspaces,
  parking: Parking,
): Door {
  return {
    ...core,
    workspaces,
    once: createOnce({ seen: storage.seen, nowMs: Date.now, log, repeated: () => observe({ kind: "repeated" }) }),
    queue: createQueue(line),
    pace: createPace({ gapMs, nowMs: () => performance.now(), sleep }),
    zoneOf: createZones({ fallback: zone, nowMs: Date.now }),
    parking,
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

function startOne({ config, log, tell }: SlackOptions, api: ApiOptions, parking: Parking, signal: AbortSignal): Start {
  const token = config.workspaces.kind === "one" ? config.workspaces.botToken : "";
  const identity = identify({
    token,
    api,
    log,
    tell,
    pause: (ms) => pause(ms, signal),
    isClosed: () => signal.aborted,
  });
  let known: Workspaces | null = null;
  const ready = identity.then((found) => {
    if (found === null) return null;
    known = oneWorkspace(found.installed);
    // The app may have been installed anew, which is why this token was given to us.
    void parking.back(found.installed.team, found.installed.token);
    return `workspace ${found.name}`;
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

type TakenUp = {
  readonly name: string;
  readonly intake: Intake;
  readonly note: (state: SlackState) => void;
  readonly signal: AbortSignal;
};

/** Begins to take deliveries: at once over HTTP, through a socket otherwise. */
function takeUp({ name, intake, note, signal }: TakenUp, options: SlackOptions): Socket | null {
  const { config, log, tell } = options;
  if (config.intake.kind === "http") {
    tell(`Slack: on, ${name}, over HTTP at /slack/events`);
    note("on");
    return null;
  }
  if (signal.aborted) return null;
  const told = tellState(name, options);
  return openSocket({
    appToken: config.intake.appToken,
    api: { apiUrl: config.apiUrl, log },
    receive: intake.receive,
    log,
    sleep: pause,
    random: Math.random,
    nowMs: () => performance.now(),
    tell: (state) => {
      note(state.kind === "connected" ? "on" : state.kind);
      told(state);
    },
  });
}

/** Logs each state of the socket, and says in words what whoever runs Bearings did not know yet. */
function tellState(name: string, { log, tell }: SlackOptions): (state: SocketState) => void {
  let said = "";
  const say = (line: string) => {
    if (line !== said) tell(line);
    said = line;
  };
  return (state) => {
    const code = state.kind === "refused" ? state.code : undefined;
    log({ level: state.kind === "connected" ? "info" : "warn", event: `slack.socket.${state.kind}`, code });
    if (state.kind === "connected") say(`Slack: on, ${name}, by Socket Mode`);
    if (state.kind === "refused") say(refusedAppToken(state.code));
    // Once it was on, a lost connection is soon back, and the log has it.
    if (state.kind === "lost" && said === "") say(unreachable);
  };
}

/** Waits; comes back at once when the signal is given. */
const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {});

/** Null when the signal is given. */
const given = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));

const refusedAppToken = (code: string): string =>
  `Slack: off. Slack refused SLACK_APP_TOKEN (${code}). Make an app-level token with the scope connections:write at https://api.slack.com/apps, your app, Basic Information, App-Level Tokens, and start again.`;
