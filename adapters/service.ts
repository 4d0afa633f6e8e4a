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
import type { Platforms } from "./platforms.ts";
import { withPurging } from "./purging.ts";
import type { WebReminders } from "./web/reminders.ts";

export type Service = {
  readonly routes: readonly Route[];
  readonly web: WebReminders;
  /** Takes nothing more, ends what has begun, and closes what is kept last. */
  readonly close: () => Promise<void>;
};

/**
 * Opens it. What is kept is opened at once where a platform is on or something was kept before, and else with the first wish
 * for a reminder. `tell` takes a line for whoever runs Bearings.
 */
export async function openService(
  config: Config,
  assistant: Assistant,
  tell: (line: string) => void,
): Promise<Service> {
  const log = createLog((line) => process.stderr.write(`${line}\n`), Date.now);
  const { knowledge } = assistant;
  const kept = openOnce(async () => {
    const { openKept } = await import("./kept.ts");
    return withPurging(await openKept({ storage: config.storage, knowledge, zone: config.zone, log }), log);
  });
  const settle = createSettle({ desk: async () => (await kept.get()).desk, log });
  const meters = createMeters();
  if (config.slack !== null || isKept(config.storage)) await kept.get();
  const platforms =
    config.slack === null
      ? noPlatforms
      : await (await import("./platforms.ts")).openPlatforms(config, {
          assistant,
          kept: await kept.get(),
          settle,
          log,
          tell,
        });
  // Before a platform says who we are, each try would fail, and the next one wait for longer each time.
  const dispatch = platforms.ready.then(async (isReady) =>
    isReady ? (await kept.get()).dispatch(platforms.deliver, meters.observe) : null,
  );
  return {
    routes: [...platforms.routes, ...operations({ assistant, kept, meters, platforms })],
    web: {
      settle,
      pull: async () => (await kept.get()).pull,
      forget: async (person) => (await kept.get()).store.forget(person),
    },
    async close() {
      await Promise.all([platforms.close(), dispatch.then((one) => one?.close())]);
      await kept.close();
    },
  };
}

const noPlatforms: Platforms = {
  routes: [],
  deliver: {},
  ready: Promise.resolve(false),
  checks: {},
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
  const doors = Object.keys(platforms.deliver);
  const health = createHealth({ ledger: () => kept.now()?.ledger ?? null, meters, doors });
  return operationRoutes({
    checks: {
      knowledge: knowledgeCheck(assistant.knowledge),
      storage: storageCheck(() => kept.now()?.database ?? null),
      reminders: health.check,
      ...platforms.checks,
    },
    metrics: [health.metrics],
  });
}
