/** Which messages have been answered, over all replicas and restarts: a fingerprint of each id, for a day, and no more. */
import { createHash } from "node:crypto";
import type { Seen as Shared } from "../doors/once.ts";
import type { Database } from "./tables.ts";

/** All times are milliseconds since 1970-01-01 UTC. Each call rejects when the database is away. */
export type Seen = Shared & {
  /** Forgets what is 24 hours old, and says how many that were. */
  readonly sweep: (nowMs: number) => Promise<number>;
};

export type SeenOptions = {
  /** Name of this replica; no two alike at one time, and another after a restart. */
  readonly owner: string;
  /** How long a claim holds without an end, milliseconds. Default 20,000: longer than an answer ever takes. */
  readonly leaseMs?: number;
};

// The platforms send again for an hour at most.
const keptMs = 24 * 60 * 60 * 1_000;
// A row can go between the claim and the look at who has it, when it is released. It cannot do so for ever.
const mostTries = 3;

/** Opens the memory. */
export function openSeen({ db }: Database, { owner, leaseMs = 20_000 }: SeenOptions): Seen {
  const mine = (id: string) => ({ id: fingerprint(id), owner, state: "working" }) as const;

  async function take(id: string, nowMs: number): Promise<boolean> {
    const claimed = { state: "working", owner, until_ms: nowMs + leaseMs, at_ms: nowMs } as const;
    const row = await db
      .insertInto("seen")
      .values({ id: fingerprint(id), ...claimed })
      .onConflict((conflict) =>
        conflict
          .column("id")
          .doUpdateSet(claimed)
          .where(({ eb, and, or }) =>
            or([
              and([eb("seen.state", "=", "working"), eb("seen.until_ms", "<=", nowMs)]),
              eb("seen.at_ms", "<=", nowMs - keptMs),
            ]),
          ),
      )
      .returning("id")
      .executeTakeFirst();
    return row !== undefined;
  }

  return {
    async claim(id, nowMs) {
      for (let tries = 0; tries < mostTries; tries += 1) {
        if (await take(id, nowMs)) return "yours";
        const found = db.selectFrom("seen").select("state").where("id", "=", fingerprint(id));
        const row = await found.executeTakeFirst();
        if (row !== undefined) return row.state;
      }
      return "working";
    },
    async done(id, nowMs) {
      await db
        .updateTable("seen")
        .set({ state: "done", at_ms: nowMs })
        .where((is) => is.and(mine(id)))
        .execute();
    },
    async release(id) {
      await db
        .deleteFrom("seen")
        .where((is) => is.and(mine(id)))
        .execute();
    },
    async sweep(nowMs) {
      const { numDeletedRows } = await db
        .deleteFrom("seen")
        .where("at_ms", "<=", nowMs - keptMs)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

const fingerprint = (id: string): string => createHash("sha256").update(id).digest("base64url");
