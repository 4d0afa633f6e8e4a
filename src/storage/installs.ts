/** The workspaces that installed Bearings, each with a sealed record. */
import { setTimeout as sleep } from "node:timers/promises";
import { openAlone } from "./alone.ts";
import { seal, unseal } from "./seal.ts";
import type { Database } from "./tables.ts";

/** What a record says is its platform's own business. Each call rejects when the database is away. */
export type Installs = {
  /** Keeps a record in place of any before it. `nowMs` is milliseconds since 1970-01-01 UTC. */
  readonly put: (platform: string, workspace: string, record: string, nowMs: number) => Promise<void>;
  /** The record, or null. Throws a `sealed` error where it was sealed with another key. */
  readonly get: (platform: string, workspace: string) => Promise<string | null>;
  /**
   * Erases it, upon news of `atMs` (milliseconds since 1970-01-01 UTC) that it is over; unless it was put within the hour
   * after that. News can come late, and whoever has installed anew meanwhile stays.
   */
  readonly remove: (platform: string, workspace: string, atMs: number) => Promise<void>;
  /**
   * Lets one of all replicas at a time replace a record. `renewal` gets the freshest one and gives its successor, or null
   * when it is still good; it has 20 seconds. Gives the record that is in force afterwards; null where there is none.
   */
  readonly renew: (
    platform: string,
    workspace: string,
    renewal: (record: string) => Promise<string | null>,
  ) => Promise<string | null>;
};

type Key = { readonly platform: string; readonly workspace: string };

// Platforms give up bringing news after an hour.
const lateMs = 60 * 60 * 1_000;

const patience = { mostTries: 4, betweenMs: 500 };

/** Opens them, once in a process: renewals on SQLite wait for each other here. `key` is the 32 bytes of SECRET_KEY. */
export function openInstalls(database: Database, key: Buffer): Installs {
  const { db } = database;
  const alone = openAlone(database);

  async function sealedOf({ platform, workspace }: Key): Promise<string | null> {
    const rows = db
      .selectFrom("installs")
      .select("sealed")
      .where((is) => is.and({ platform, workspace }));
    return (await rows.executeTakeFirst())?.sealed ?? null;
  }

  const recordOf = async (whose: Key): Promise<string | null> => {
    const sealed = await sealedOf(whose);
    return sealed === null ? null : unseal(key, whose, sealed);
  };

  /** False where the record was erased or put anew meanwhile: then it stays as it is. */
  async function replace(whose: Key, before: string, after: string): Promise<boolean> {
    const update = db
      .updateTable("installs")
      .set({ sealed: after })
      .where((is) => is.and({ ...whose, sealed: before }));
    const { numUpdatedRows } = await again(() => update.executeTakeFirstOrThrow());
    return numUpdatedRows > 0n;
  }

  async function renewed(whose: Key, renewal: (record: string) => Promise<string | null>): Promise<string | null> {
    const before = await sealedOf(whose);
    if (before === null) return null;
    const record = unseal(key, whose, before);
    const next = await renewal(record);
    if (next === null) return record;
    return (await replace(whose, before, seal(key, whose, next))) ? next : recordOf(whose);
  }

  return {
    async put(platform, workspace, record, nowMs) {
      const sealed = seal(key, { platform, workspace }, record);
      await db
        .insertInto("installs")
        .values({ platform, workspace, sealed, updated_ms: nowMs })
        .onConflict((conflict) =>
          conflict.columns(["platform", "workspace"]).doUpdateSet({ sealed, updated_ms: nowMs }),
        )
        .execute();
    },
    get: (platform, workspace) => recordOf({ platform, workspace }),
    async remove(platform, workspace, atMs) {
      await db
        .deleteFrom("installs")
        .where((is) => is.and({ platform, workspace }))
        .where(({ eb, or }) => or([eb("updated_ms", "<=", atMs), eb("updated_ms", ">", atMs + lateMs)]))
        .execute();
    },
    renew: (platform, workspace, renewal) =>
      alone(JSON.stringify([platform, workspace]), () => renewed({ platform, workspace }, renewal)),
  };
}

// A platform may take the old token back as soon as it gives a new one, so a new one is not given up for one failure.
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await work();
    } catch (error) {
      if (tries === patience.mostTries) throw error;
      await sleep(patience.betweenMs);
    }
}
