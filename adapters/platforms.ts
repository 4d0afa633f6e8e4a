/** The chat platforms that are configured, and the storage that they share. Loaded only when there is one. */
import { randomUUID } from "node:crypto";
import type { Config } from "#src/config.ts";
import type { Route } from "#src/http.ts";
import type { Source } from "#src/knowledge/entry.ts";
import { reference } from "#src/knowledge/reference.ts";
import { createLog, named } from "#src/log.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openFeedback } from "#src/storage/feedback.ts";
import { openInstalls } from "#src/storage/installs.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { Assistant } from "./bot.ts";

export type Platforms = {
  readonly routes: readonly Route[];
  /** Takes nothing more from any platform, and ends what has begun. The storage is closed last. */
  readonly close: () => Promise<void>;
};

// What is remembered for a day is looked through once an hour.
const sweepEveryMs = 60 * 60 * 1_000;

/** Opens storage and every platform that is set. `tell` takes a line for whoever runs Bearings. */
export async function openPlatforms(
  config: Config,
  assistant: Assistant,
  tell: (line: string) => void,
): Promise<Platforms> {
  const log = createLog((line) => process.stderr.write(`${line}\n`), Date.now);
  const database = await openDatabase(config.storage);
  const seen = openSeen(database, { owner: randomUUID() });
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
          core: { ...assistant, apaOf: rememberApa() },
          storage: {
            seen,
            votes: openFeedback(database),
            installs: (key) => openInstalls(database, key),
          },
          zone: config.zone,
          log,
          tell,
        });
  return {
    routes: slack?.routes ?? [],
    async close() {
      clearInterval(sweeping);
      await slack?.close();
      await database.close();
    },
  };
}

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
