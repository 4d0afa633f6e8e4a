/** The ledger: what is to be sent, and what has come of it. */
import { sql } from "kysely";
import type { Ledger, LedgerState } from "../reminders/store.ts";
import { openClaim } from "./claim.ts";
import { openRecord } from "./record.ts";
import type { Database } from "./tables.ts";
import { openTick } from "./tick.ts";
import { among, openClock, openTransact, type Transact } from "./transact.ts";

export type LedgerOptions = {
  /** In place of the database's own clock, for tests; milliseconds since 1970-01-01 UTC. */
  readonly clock?: () => number | Promise<number>;
};

/** Opens it on either engine. */
export function openLedger(database: Database, { clock }: LedgerOptions = {}): Ledger {
  const transact = openTransact(database);
  const active = countActive(transact);
  return {
    clock: openClock(transact, clock),
    tick: openTick(transact),
    claim: openClaim(transact),
    record: openRecord(transact),
    async nextMs() {
      const { rows } = await transact.read((db) =>
        sql<{ atMs: number | null }>`select min(at_ms) as "atMs" from (
          select min(next_ms) as at_ms from reminders where next_ms is not null
          union all select min(ready_ms) from occurrences where ready_ms is not null) as times`.execute(db),
      );
      return rows[0]?.atMs ?? null;
    },
    state: async (nowMs, doors) => ({ ...(await stateAt(transact, nowMs, doors)), active: await active(nowMs) }),
  };
}

// Counting a million takes SQLite 100 ms, in which it does nothing else.
const mostCounted = 10_000;
const keptMs = 5 * 60 * 1_000;

/** How many are active: counted anew each time up to 10,000; beyond, every five minutes. */
function countActive({ read }: Transact): (nowMs: number) => Promise<number> {
  let kept: { readonly count: number; readonly atMs: number } | null = null;
  const counted = async (most: number | null): Promise<number> => {
    const limit = most === null ? sql`` : sql`limit ${sql.lit(most)}`;
    const { rows } = await read((db) =>
      sql<{ count: number }>`select count(*) as count
        from (select 1 from reminders where state = 'active' ${limit}) as counted`.execute(db),
    );
    return rows[0]?.count ?? 0;
  };
  return async (nowMs) => {
    const few = await counted(mostCounted);
    if (few < mostCounted) return few;
    if (kept === null || Math.abs(nowMs - kept.atMs) >= keptMs) kept = { count: await counted(null), atMs: nowMs };
    return kept.count;
  };
}

type Counted = Omit<LedgerState, "active">;

async function stateAt({ kind, read }: Transact, nowMs: number, doors: readonly string[]): Promise<Counted> {
  const sentTo = () => among(kind, "door", doors);
  const queued = sql`from occurrences where ready_ms is not null and due_ms <= ${nowMs} and ${sentTo()}`;
  const coming = sql`from reminders where next_ms <= ${nowMs} and ${sentTo()}`;
  const { rows } = await read((db) =>
    sql<Omit<Counted, "oldestDueMs"> & { readonly firstMs: number | null }>`select
      (select count(*) ${queued}) + (select count(*) ${coming}) as due,
      (select min(first_ms) from (select min(due_ms) as first_ms ${queued}
        union all select min(next_ms) ${coming}) as firsts) as "firstMs",
      (select count(*) from occurrences where state = 'sending') as sending,
      (select count(*) from occurrences where state = 'unknown') as "unknown",
      (select count(*) from reminders where state = 'parked') as parked`.execute(db),
  );
  const [found] = rows;
  if (found === undefined) return { due: 0, oldestDueMs: 0, sending: 0, unknown: 0, parked: 0 };
  const { firstMs, ...counts } = found;
  return { ...counts, oldestDueMs: firstMs === null ? 0 : Math.max(0, nowMs - firstMs) };
}
