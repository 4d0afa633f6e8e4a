/** The chat platforms that are configured, over what is kept. Loaded only when there is one. */
import { randomUUID } from "node:crypto";
import type { Find } from "#src/answering/find.ts";
import type { Config } from "#src/config.ts";
import type { Core, Votes } from "#src/doors/core.ts";
import type { DoorMeters } from "#src/doors/meters.ts";
import type { Seen } from "#src/doors/once.ts";
import type { Route } from "#src/http.ts";
import type { Source } from "#src/knowledge/entry.ts";
import { reference } from "#src/knowledge/reference.ts";
import { type Log, named } from "#src/log.ts";
import type { SlackConfig } from "#src/platform-config.ts";
import type { Check } from "#src/readiness.ts";
import type { Settle } from "#src/reminders/desk/settle.ts";
import type { Whose } from "#src/reminders/store.ts";
import type { Deliver } from "#src/reply.ts";
import { openAnswers } from "#src/storage/answers.ts";
import { openFeedback } from "#src/storage/feedback.ts";
import { openInstalls } from "#src/storage/installs.ts";
import { openReferences } from "#src/storage/references.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { TeamsConfig } from "#src/teams-config.ts";
import type { Assistant } from "./bot.ts";
import type { Kept } from "./kept.ts";
import type { DrawReply } from "./operations/crisis.ts";
import { type PlatformState, platformCheck } from "./operations/routes.ts";
import type { Cloud } from "./teams/cloud.ts";

export type Platforms = {
  readonly routes: readonly Route[];
  /** By the name of the door. */
  readonly doors: Readonly<Record<string, Opened>>;
  /** Takes nothing more from any platform, and ends what has begun. */
  readonly close: () => Promise<void>;
};

/** One platform that is on. */
export type Opened = {
  /** How messages of our own accord go out. */
  readonly deliver: Deliver;
  /** Resolves to true when they can, to false when the platform is closed before. */
  readonly ready: Promise<boolean>;
  /** Whether it takes and sends messages at this moment. */
  readonly check: Check;
  /** A reply as one person sees it there. */
  readonly draw: DrawReply;
  /** How many messages are being answered or wait for it. */
  readonly waiting: () => number;
};

/**
 * What the platforms share. `tell` takes a line for whoever runs Bearings; `cloud` stands in for Microsoft's servers in tests.
 */
export type Shared = {
  readonly assistant: Assistant;
  readonly kept: Kept;
  readonly settle: Settle;
  readonly meters: Pick<DoorMeters, "of">;
  readonly log: Log;
  readonly tell: (line: string) => void;
  readonly cloud?: Cloud | undefined;
};

/** Longest that what has begun is waited for at the end, milliseconds: what comes after it has to be over within 20 seconds too. */
const drainMs = 15_000;

// What has had its time is looked for once an hour.
const sweepEveryMs = 60 * 60 * 1_000;

/** Opens every platform that is set. */
export async function openPlatforms(config: Config, shared: Shared): Promise<Platforms> {
  const { assistant, kept, settle, meters, log, tell, cloud } = shared;
  const seen = openSeen(kept.database, { owner: randomUUID() });
  const sweeping = setInterval(() => {
    seen.sweep(Date.now()).catch((error: unknown) => log({ level: "warn", event: "seen.not-swept", ...named(error) }));
  }, sweepEveryMs);
  sweeping.unref();
  const core: Core = { ...assistant, apaOf: rememberApa(), settle, reminders: remindersOf(kept) };
  const votes = openFeedback(kept.database);
  const common = { zone: config.zone, log, tell, meters };
  const [slack, teams] = await Promise.all([
    config.slack === null ? null : openSlackDoor(config.slack, { core, seen, votes, kept, ...common }),
    config.teams === null
      ? null
      : openTeamsDoor(config.teams, { core, seen, votes, kept, find: assistant.find, cloud, ...common }),
  ]);
  const opened = [slack, teams].filter((door) => door !== null);
  return {
    routes: opened.flatMap(({ routes }) => routes),
    doors: {
      ...(slack === null ? {} : { slack: slack.opened }),
      ...(teams === null ? {} : { teams: teams.opened }),
    },
    async close() {
      clearInterval(sweeping);
      await Promise.all(opened.map((door) => door.close()));
    },
  };
}

type ForDoor = {
  readonly core: Core;
  readonly seen: Seen;
  readonly votes: Votes;
  readonly kept: Kept;
  readonly zone: string;
  readonly log: Log;
  readonly tell: (line: string) => void;
  readonly meters: Pick<DoorMeters, "of">;
};

// Each SDK takes a while to load, and some memory: only the one that is wanted is.
async function openSlackDoor(config: SlackConfig, { core, seen, votes, kept, meters, ...common }: ForDoor) {
  const [{ openSlack }, { draw }] = await Promise.all([import("./slack/connect.ts"), import("./slack/render.ts")]);
  const storage = { seen, votes, installs: (key: Buffer) => openInstalls(kept.database, key) };
  const door = openSlack({ config, core, storage, observe: meters.of("slack"), drainMs, ...common });
  return openedOf(door, (reply) => JSON.stringify(draw(reply, { audience: "one" }).blocks));
}

async function openTeamsDoor(
  config: TeamsConfig,
  {
    core,
    seen,
    votes,
    kept,
    find,
    cloud,
    meters,
    ...common
  }: ForDoor & { readonly find: Find; readonly cloud: Cloud | undefined },
) {
  const [{ openTeams }, { drawn }] = await Promise.all([import("./teams/open.ts"), import("./teams/drawn.ts")]);
  const references = openReferences(kept.database);
  const answers = openAnswers(kept.database, { key: answersKey(config) });
  const storage = { seen, votes, references, answers };
  const observe = meters.of("teams");
  const own = { config, core: { ...core, find }, storage, observe, drainMs };
  const door = openTeams({ ...own, ...common, ...(cloud && { cloud }) });
  return openedOf(door, (reply) => JSON.stringify(drawn(reply, { isPersonal: true, isTitled: false }, core)));
}

/** What is not in the database. A new secret forgets which entries answers showed, and their votes are not kept. */
const answersKey = (config: TeamsConfig): string => {
  if (config.kind === "playground") return "";
  return config.credential.kind === "secret" ? config.credential.secret : config.credential.pem;
};

type DoorOf = Pick<Opened, "deliver" | "ready" | "waiting"> &
  Pick<Platforms, "routes" | "close"> & { readonly state: () => PlatformState };

const openedOf = ({ deliver, ready, waiting, state, routes, close }: DoorOf, draw: DrawReply) => ({
  routes,
  close,
  opened: { deliver, ready, waiting, draw, check: platformCheck(state) },
});

/** What a platform asks of reminders beside `settle`. */
const remindersOf = ({ desk, store, again }: Kept) => ({
  mine: desk.mine,
  forget: store.forget,
  park: async (whose: Whose, why: string) => store.park(whose, why, await store.clock()),
  unpark: async (whose: Whose, whys: readonly string[]) => store.unpark(whose, whys, await store.clock(), again),
});

/** Each source is formatted once; a failure is not remembered. */
function rememberApa(): (source: Source) => Promise<string> {
  const known = new WeakMap<Source, Promise<string>>();
  return (source) => {
    const made = known.get(source) ?? reference(source).then(({ apa }) => apa);
    known.set(source, made);
    made.catch(() => known.delete(source));
    return made;
  };
}
