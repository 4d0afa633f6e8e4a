/** How the ledger stands, for readiness and metrics: one look at the database serves both. */
import { type Check, readinessLimitMs, shared } from "../../readiness.ts";
import type { Ledger, LedgerState } from "../store.ts";
import type { Meters } from "./meters.ts";

/** Older than this, what is due is stuck, and not just waiting for its turn. Milliseconds. */
export const overdueMs = 5 * 60 * 1_000;

/** The ledger, and by how much the database's clock, by which reminders fall due, is ahead of ours; milliseconds. */
export type Standing = { readonly state: LedgerState; readonly clockAheadMs: number };

/** Reads it, for the doors that are sent to. Our own clock is `nowMs`. Rejects when the database is away. */
export async function standingOf(
  ledger: Pick<Ledger, "clock" | "state">,
  doors: readonly string[],
  nowMs: () => number = Date.now,
): Promise<Standing> {
  const askedMs = nowMs();
  const clockMs = await ledger.clock();
  // The answer was true somewhere between the question and now.
  const clockAheadMs = Math.round(clockMs - (askedMs + nowMs()) / 2);
  return { state: await ledger.state(clockMs, doors), clockAheadMs };
}

export type Health = {
  /** Not ok where what is due has been so for longer than five minutes. Rejects where the database is away. */
  readonly check: Check;
  /** The figures as text; those of the database are left out while it is away. */
  readonly metrics: () => Promise<string>;
};

export type HealthOptions = {
  /** Null while nothing is kept, as before the first wish. */
  readonly ledger: () => Pick<Ledger, "clock" | "state"> | null;
  readonly meters: Pick<Meters, "render">;
  /** The doors that are sent to, such as `slack`: what the page and the terminal come for themselves is never overdue. */
  readonly doors: readonly string[];
};

/** Looks at a ledger with a time limit. */
export function createHealth({ ledger, meters, doors }: HealthOptions): Health {
  const standing = shared(async () => {
    const open = ledger();
    return open === null ? null : standingOf(open, doors);
  }, readinessLimitMs);
  return {
    async check() {
      const found = await standing();
      if (found === null) return null;
      const { state, clockAheadMs } = found;
      const ok = state.oldestDueMs <= overdueMs;
      return { ok, ...(ok ? {} : { why: "overdue" }), ...state, clockAheadMs };
    },
    metrics: () =>
      standing().then(
        (found) => meters.render(found?.state ?? null),
        () => meters.render(null),
      ),
  };
}
