/** What a process was sending when it died. */
import { sql } from "kysely";
import type { Database } from "./tables.ts";

// As long as Slack may take to show what it accepted.
const settleMs = 15_000;

/**
 * On SQLite one process alone can have the file, so whoever was sending before it was opened is gone: what they had is free
 * again fifteen seconds after its try began, rather than when the lease is over. On PostgreSQL it may be another replica's, and
 * nothing is done. `nowMs` is milliseconds since 1970-01-01 UTC. Rejects when the database is away.
 */
export async function freeOrphans({ kind, db }: Database, nowMs: number): Promise<void> {
  if (kind === "postgres") return;
  await sql`update occurrences set ready_ms = max(${nowMs}, min(ready_ms, began_ms + ${settleMs}))
    where state = 'sending'`.execute(db);
}
