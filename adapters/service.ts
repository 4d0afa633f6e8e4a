/** All that `serve` runs beside the page: what is kept, reminders, and the chat platforms that are set. */
import type { Config } from "#src/config.ts";
import { createDoorMeters, type DoorMeters } from "#src/doors/meters.ts";
import type { Route } from "#src/http.ts";
import type { Log } from "#src/log.ts";
import { type OpenOnce, openOnce } from "#src/open-once.ts";
import { exposition } from "#src/prometheus.ts";
import { createSettle } from "#src/reminders/desk/settle.ts";
import { createHealth } from "#src/reminders/dispatch/health.ts";
import { createMeters, type Meters } from "#src/reminders/dispatch/meters.ts";
import type { Respond } from "#src/reply.ts";
import type { Assistant } from "./bot.ts";
import { untilItIsThere } from "./comes-back.ts";
import { isKept } from "./is-kept.ts";
import type { Kept } from "./kept.ts";
import { openCrisisTest } from "./operations/crisis.ts";
import { loopFamilies, watchLoop } from "./operations/loop.ts";
import { knowledgeCheck, knowledgeFamilies, operationRoutes, storageCheck } from "./operations/routes.ts";
import type { Platforms, Shared } from "./platforms.ts";
import { withPurging } from "./purging.ts";
import type { WebReminders } from "./web/reminders.ts";

export type Service = {
  readonly routes: readonly Route[];
  /** The assistant's, which counts what it replies. */
  readonly respond: Respond;
  readonly web: WebReminders;
  /** Says that it is not ready, takes nothing more, ends what has begun, and closes what is kept last. */
  readonly close: () => Promise<void>;
};

export type ServiceOptions = Pick<Shared, "tell" | "cloud" | "log">;

/**
 * Opens it. What is kept is opened at once where a platform is on or something was kept before, and else with the first wish
 * for a reminder. Where it is away, all but reminders works, and it is taken up when it is there.
 */
export async function openService(
  config: Config,
  assistant: Assistant,
  { tell, cloud, log }: ServiceOptions,
): Promise<Service> {
  const { knowledge } = assistant;
  const kept = openOnce(async () => {
    const { openKept } = await import("./kept.ts");
    return withPurging(await openKept({ storage: config.storage, knowledge, zone: config.zone, log }), log);
  });
  const settle = createSettle({ desk: async () => (await kept.get()).desk, log });
  const meters = { reminders: createMeters(), doors: createDoorMeters() };
  const respond = counted(assistant.respond, meters.doors);
  const isChat = config.slack !== null || config.teams !== null;
  const comesBack =
    isChat || isKept(config.storage) ? untilItIsThere({ ready: (await kept.get()).database.ready, tell, log }) : null;
  const platforms = isChat
    ? await (await import("./platforms.ts")).openPlatforms(config, {
        assistant: { ...assistant, respond },
        kept: await kept.get(),
        settle,
        meters: meters.doors,
        log,
        tell,
        cloud,
      })
    : noPlatforms;
  const dispatches = startDispatches(platforms, kept, meters.reminders);
  const operations = openOperations({ assistant, kept, meters, platforms, log });
  return {
    routes: [...platforms.routes, ...operations.routes],
    respond,
    web: {
      settle,
      pull: async () => (await kept.get()).pull,
      forget: async (person) => (await kept.get()).store.forget(person),
    },
    async close() {
      operations.stop();
      comesBack?.stop();
      await Promise.all([platforms.close(), ...dispatches.map(async (one) => (await one)?.close())]);
      await kept.close();
    },
  };
}

const noPlatforms: Platforms = {
  routes: [],
  doors: {},
  close: async () => {},
};

/**
 * Each door by itself: one that cannot be reached holds up no reminder of the others. And not before it says who we are, since
 * each try would fail, and the next one wait for longer each time.
 */
const startDispatches = ({ doors }: Platforms, kept: OpenOnce<Kept>, meters: Meters) =>
  Object.entries(doors).map(([name, { deliver, ready }]) =>
    ready.then(async (isReady) => (isReady ? (await kept.get()).dispatch({ [name]: deliver }, meters.observe) : null)),
  );

const counted =
  (respond: Respond, meters: DoorMeters): Respond =>
  (turn) => {
    const response = respond(turn);
    meters.replied(turn.place.door, response);
    return response;
  };

type Parts = {
  readonly assistant: Assistant;
  readonly kept: OpenOnce<Kept>;
  readonly meters: { readonly reminders: Meters; readonly doors: DoorMeters };
  readonly platforms: Platforms;
  readonly log: Log;
};

/** Readiness and metrics. What is not open yet is not in use, and that is well. */
function openOperations({ assistant, kept, meters, platforms, log }: Parts) {
  const { respond, knowledge, isBehind } = assistant;
  const doors = Object.keys(platforms.doors);
  const each = <T>(read: (door: Platforms["doors"][string]) => T): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(platforms.doors).map(([name, door]) => [name, read(door)]));
  const health = createHealth({ ledger: () => kept.now()?.ledger ?? null, meters: meters.reminders, doors });
  const crisis = openCrisisTest({ respond, draw: each(({ draw }) => draw), log });
  const loop = watchLoop();
  let isStopping = false;
  const families = () => [
    ...knowledgeFamilies(knowledge().version, isBehind()),
    ...meters.doors.families(each(({ waiting }) => waiting())),
    ...loopFamilies(loop.delay()),
  ];
  return {
    routes: operationRoutes({
      checks: {
        // Absent while it serves.
        serving: async () => (isStopping ? { ok: false, why: "stopping" } : null),
        crisis: crisis.check,
        knowledge: knowledgeCheck(knowledge, isBehind),
        loop: async () => ({ ok: true, ...loop.delay() }),
        storage: storageCheck(() => kept.now()?.database ?? null),
        reminders: health.check,
        ...each(({ check }) => check),
      },
      metrics: [health.metrics, async () => exposition(families())],
    }),
    stop() {
      isStopping = true;
      crisis.stop();
      loop.stop();
    },
  };
}
