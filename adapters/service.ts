/** All that `serve` runs beside the page: what is kept, reminders, and the chat platforms that are set. */
import type { Config } from "#src/config.ts";
import type { Route } from "#src/http.ts";
import { createLog } from "#src/log.ts";
import { type OpenOnce, openOnce } from "#src/once.ts";
import { createSettle } from "#src/reminders/desk/settle.ts";
import { createHealth } from "#src/reminders/dispatch/health.ts";
import { createMeters, type Meters } from "#src/reminders/dispatch/meters.ts";
import type { Assistant } from "./bot.ts";
import { isKept } from "./is-kept.ts";
import type { Kept } from "./kept.ts";
import { knowledgeCheck, operationRoutes, storageCheck } from "./operations/routes.ts";
import type { Platforms, Shared } from "./platforms.ts";
import { withPurging } from "./purging.ts";
import type { WebReminders } from "./web/reminders.ts";

export type Service = {
  readonly routes: readonly Route[];
  readonly web: WebReminders;
  /** Takes nothing more, ends what has begun, and closes what is kept last. */
  readonly close: () => Promise<void>;
};

export type ServiceOptions = Pick<Shared, "tell" | "cloud">;

/**
 * Opens it. What is kept is opened at once where a platform is on or something was kept before, and else with the first wish
 * for a reminder.
 */
export async function openService(
  config: Config,
  assistant: Assistant,
  { tell, cloud }: ServiceOptions,
): Promise<Service> {
  const log = createLog((line) => process.stderr.write(`${line}\n`), Date.now);
  const { knowledge } = assistant;
  const kept = openOnce(async () => {
    const { openKept } = await import("./kept.ts");
    return withPurging(await openKept({ storage: config.storage, knowledge, zone: config.zone, log }), log);
  });
  const settle = createSettle({ desk: async () => (await kept.get()).desk, log });
  const meters = createMeters();
  const isChat = config.slack !== null || config.teams !== null;
  if (isChat || isKept(config.storage)) await kept.get();
  const platforms = isChat
    ? await (await import("./platforms.ts")).openPlatforms(config, {
        assistant,
        kept: await kept.get(),
        settle,
        log,
        tell,
        cloud,
      })
    : noPlatforms;
  // Each by itself: one that cannot be reached holds up no reminder of the others. And not before it says who we are, since
  // each try would fail, and the next one wait for longer each time.
  const dispatches = Object.entries(platforms.doors).map(([name, { deliver, ready }]) =>
    ready.then(async (isReady) => (isReady ? (await kept.get()).dispatch({ [name]: deliver }, meters.observe) : null)),
  );
  return {
    routes: [...platforms.routes, ...operations({ assistant, kept, meters, platforms })],
    web: {
      settle,
      pull: async () => (await kept.get()).pull,
      forget: async (person) => (await kept.get()).store.forget(person),
    },
    async close() {
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

type Operations = {
  readonly assistant: Assistant;
  readonly kept: OpenOnce<Kept>;
  readonly meters: Meters;
  readonly platforms: Platforms;
};

/** Readiness and metrics. What is not open yet is not in use, and that is well. */
function operations({ assistant, kept, meters, platforms }: Operations): readonly Route[] {
  const doors = Object.keys(platforms.doors);
  const health = createHealth({ ledger: () => kept.now()?.ledger ?? null, meters, doors });
  return operationRoutes({
    checks: {
      knowledge: knowledgeCheck(assistant.knowledge),
      storage: storageCheck(() => kept.now()?.database ?? null),
      reminders: health.check,
      ...Object.fromEntries(Object.entries(platforms.doors).map(([name, { check }]) => [name, check])),
    },
    metrics: [health.metrics],
  });
}
