/** Opens the Teams door. What people send is taken from the first moment: someone in danger may write. */
import { setTimeout as sleep } from "node:timers/promises";
import { createBusy } from "#src/doors/busy.ts";
import type { Answers, Core, References, Votes } from "#src/doors/core.ts";
import { type Observe, timed } from "#src/doors/meters.ts";
import { createOnce, type Seen } from "#src/doors/once.ts";
import type { Route } from "#src/http.ts";
import type { Log } from "#src/log.ts";
import { createPace } from "#src/pace.ts";
import { createQueue } from "#src/queue.ts";
import type { Deliver } from "#src/reply.ts";
import type { TeamsConfig } from "#src/teams-config.ts";
import { within } from "#src/within.ts";
import type { Activity } from "./activity.ts";
import { createAnswer } from "./answer.ts";
import { createAuthenticator } from "./authenticate.ts";
import { type Cloud, publicCloud } from "./cloud.ts";
import { openConnector } from "./connect.ts";
import type { Connector } from "./connector.ts";
import type { Answered, Door } from "./door.ts";
import { teamsRoute } from "./http.ts";
import { deliverWith } from "./own-accord.ts";
import { createRemember } from "./remember.ts";
import { createFingerprint } from "./repeats.ts";
import { isLoopbackServiceUrl } from "./service-url.ts";
import { start, type TeamsState } from "./start.ts";
import { type Patience, type Tools, usualPatience } from "./tools.ts";
import { createWorking } from "./working.ts";

/** What the door shares with other replicas and keeps over a restart. */
export type TeamsStorage = {
  readonly seen: Seen;
  readonly votes: Votes;
  readonly references: References;
  readonly answers: Answers;
};

export type TeamsOptions = {
  readonly config: TeamsConfig;
  readonly core: Core & Pick<Door, "find">;
  readonly storage: TeamsStorage;
  /** IANA name of the zone for people whose own is not known. */
  readonly zone: string;
  readonly log: Log;
  /** Told in words what whoever runs Bearings should know: that it is on, or what to do. */
  readonly tell: (line: string) => void;
  /** Microsoft's servers. Default: the public ones; in the Playground, any of this computer. */
  readonly cloud?: Cloud;
  /** Least time between two answers in one conversation, milliseconds. Default 1,000: each is two messages, and Teams allows 60 in half a minute. */
  readonly gapMs?: number;
  /** Longest that what has begun is waited for at the end, milliseconds. Default 20,000. */
  readonly drainMs?: number;
  /** Default: what Teams allows. */
  readonly patience?: Patience;
  /** Told of what is counted. Default: nobody is. */
  readonly observe?: Observe;
};

export type TeamsDoor = {
  readonly routes: readonly Route[];
  readonly deliver: Deliver;
  /** Resolves to true when messages of our own accord can go out, to false when it is closed before. */
  readonly ready: Promise<boolean>;
  /** Whether we can send at this moment. */
  readonly state: () => TeamsState;
  /** How many messages are being answered or wait for it. */
  readonly waiting: () => number;
  /** Takes nothing more, and ends what has begun as far as that is soon. */
  readonly close: () => Promise<void>;
};

// Answers are quick; what is still in line after these is a flood.
const line = { most: 500, mostPerKey: 20 } as const;

const playgroundCloud: Cloud = { ...publicCloud, isServiceUrl: isLoopbackServiceUrl };

/** Opens the door and returns at once; whether Microsoft accepts us is told when it is known. Throws where botbuilder is not as it should be. */
export function openTeams(options: TeamsOptions): TeamsDoor {
  const { config, log, tell, drainMs = 20_000, observe = () => {} } = options;
  const cloud = options.cloud ?? (config.kind === "playground" ? playgroundCloud : publicCloud);
  const identity = config.kind === "playground" ? null : config;
  const connector = openConnector({ identity, cloud, log, limited: () => observe({ kind: "limited" }) });
  const tools = toolsOf(options, cloud, connector);
  const stopping = new AbortController();
  const starting = start({ config, connector, tell, log, pause, signal: stopping.signal });
  const answer = createAnswer(tools);
  const receive = async (activity: Activity): Promise<Answered> =>
    stopping.signal.aborted ? { status: 503 } : answer(activity);
  return {
    routes: [routeOf(options, cloud, timed(receive, observe))],
    deliver: deliverWith(tools),
    ready: starting.ready,
    state: starting.state,
    waiting: tools.queue.length,
    async close() {
      stopping.abort();
      // An answer may be waiting for a conversation that takes none for minutes; whoever stops us does not.
      await within(tools.working.rest(), drainMs);
    },
  };
}

function toolsOf(options: TeamsOptions, cloud: Cloud, connector: Connector): Tools {
  const { core, storage, zone, log, gapMs = 1_000, patience = usualPatience, observe = () => {} } = options;
  const { seen, votes, references, answers } = storage;
  const nowMs = Date.now;
  return {
    ...core,
    connector,
    once: createOnce({ seen, nowMs, log, repeated: () => observe({ kind: "repeated" }) }),
    queue: createQueue(line),
    pace: createPace({ gapMs, nowMs: () => performance.now(), sleep }),
    busy: createBusy({ nowMs, log, event: "teams.busy" }),
    references,
    answers,
    votes,
    zone,
    log,
    nowMs,
    sleep,
    remember: createRemember({ references, log, nowMs, isServiceUrl: cloud.isServiceUrl }),
    working: createWorking(log),
    fingerprint: createFingerprint(),
    patience,
  };
}

function routeOf(
  { config, log }: TeamsOptions,
  cloud: Cloud,
  receive: (activity: Activity) => Promise<Answered>,
): Route {
  const { isServiceUrl } = cloud;
  if (config.kind === "playground")
    return teamsRoute({ authenticate: null, tenantId: null, isServiceUrl, receive, log });
  const { appId, tenantId } = config;
  const authenticate = createAuthenticator({ appId, cloud, nowMs: Date.now, log });
  return teamsRoute({ authenticate, tenantId, isServiceUrl, receive, log });
}

/** Waits; comes back at once when the signal is given. */
const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {});
