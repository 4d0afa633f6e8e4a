/** The chat platforms that are configured, over what is kept. Loaded only when there is one. */
import { randomUUID } from "node:crypto";
import type { Config } from "#src/config.ts";
import type { Route } from "#src/http.ts";
import type { Source } from "#src/knowledge/entry.ts";
import { reference } from "#src/knowledge/reference.ts";
import { type Log, named } from "#src/log.ts";
import type { Check } from "#src/readiness.ts";
import type { Settle } from "#src/reminders/desk/settle.ts";
import type { Whose } from "#src/reminders/store.ts";
import type { Deliver } from "#src/reply.ts";
import { openFeedback } from "#src/storage/feedback.ts";
import { openInstalls } from "#src/storage/installs.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { Assistant } from "./bot.ts";
import type { Kept } from "./kept.ts";
import { platformCheck } from "./operations/routes.ts";

export type Platforms = {
  readonly routes: readonly Route[];
  /** How messages of our own accord go out, by the name of the door. */
  readonly deliver: Readonly<Record<string, Deliver>>;
  /** Resolves to true when they can go out, to false when the platforms are closed before. */
  readonly ready: Promise<boolean>;
  /** Whether each is on, by the name of the door. */
  readonly checks: Readonly<Record<string, Check>>;
  /** Takes nothing more from any platform, and ends what has begun. */
  readonly close: () => Promise<void>;
};

/** What the platforms share. `tell` takes a line for whoever runs Bearings. */
export type Shared = {
  readonly assistant: Assistant;
  readonly kept: Kept;
  readonly settle: Settle;
  readonly log: Log;
  readonly tell: (line: string) => void;
};

// What has had its time is looked for once an hour.
const sweepEveryMs = 60 * 60 * 1_000;

/** Opens every platform that is set. */
export async function openPlatforms(config: Config, shared: Shared): Promise<Platforms> {
  const { assistant, kept, settle, log, tell } = shared;
  const seen = openSeen(kept.database, { owner: randomUUID() });
  const sweeping = setInterval(() => {
    seen.sweep(Date.now()).catch((error: unknown) => log({ level: "warn", event: "seen.not-swept", ...named(error) }));
  }, sweepEveryMs);
  sweeping.unref();
  const { openSlack } = await import("./slack/connect.ts");
  const slack =
    config.slack === null
      ? null
      : openSlack({
          config: config.slack,
          core: { ...assistant, apaOf: rememberApa(), settle, reminders: remindersOf(kept) },
          storage: {
            seen,
            votes: openFeedback(kept.database),
            installs: (key) => openInstalls(kept.database, key),
          },
          zone: config.zone,
          log,
          tell,
        });
  return {
    routes: slack?.routes ?? [],
    deliver: slack === null ? {} : { slack: slack.deliver },
    ready: slack?.ready ?? Promise.resolve(false),
    checks: slack === null ? {} : { slack: platformCheck(slack.state) },
    async close() {
      clearInterval(sweeping);
      await slack?.close();
    },
  };
}

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
