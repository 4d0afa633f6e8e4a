/** Which entries each answer showed, so that a vote on it can be kept, where the platform says only which message it is on. */
import { createHmac } from "node:crypto";
import type { Kysely } from "kysely";
import type { Answers as Shown } from "../doors/core.ts";
import { readList } from "./json.ts";
import type { Database, Tables } from "./tables.ts";

/** All times are milliseconds since 1970-01-01 UTC. Each call rejects when the database is away. */
export type Answers = Shown & {
  /** Forgets what is 90 days old, and says how many that were. */
  readonly sweep: (nowMs: number) => Promise<number>;
};

export type AnswersOptions = {
  /**
   * A secret that is not in the database. Some addresses are made of a chat and a time: without one, whoever has a copy and
   * knows of the chat can try all times. With another one, nothing is known of what was shown before. Default: none.
   */
  readonly key?: string;
};

// Who has not voted within that time does not come back to it.
const keptMs = 90 * 24 * 60 * 60 * 1_000;

/** Opens the memory. */
export function openAnswers({ db }: Database, { key = "" }: AnswersOptions = {}): Answers {
  const fingerprint = (address: string): string => createHmac("sha256", key).update(address).digest("base64url");
  return {
    async put(address, entries, nowMs) {
      const shown = { entries: JSON.stringify(entries), at_ms: nowMs };
      await db
        .insertInto("answers")
        .values({ id: fingerprint(address), ...shown })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(shown))
        .execute();
    },
    async entries(address) {
      const found = db.selectFrom("answers").select("entries").where("id", "=", fingerprint(address));
      const row = await found.executeTakeFirst();
      return row === undefined ? [] : (readList(row.entries) ?? []);
    },
    sweep: (nowMs) => sweepAnswers(db, nowMs),
  };
}

/** The same in a transaction. */
export async function sweepAnswers(db: Kysely<Tables>, nowMs: number): Promise<number> {
  const gone = db.deleteFrom("answers").where("at_ms", "<=", nowMs - keptMs);
  return Number((await gone.executeTakeFirstOrThrow()).numDeletedRows);
}
