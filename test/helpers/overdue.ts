/** Reminders that should have been sent by now, for what looks at how the ledger stands. */
import type { Ledger, Reminders } from "#src/reminders/store.ts";
import { userText } from "#src/turn.ts";

/** Keeps a reminder that fell due so long ago, milliseconds, and is to go to a place of this door. */
export async function dueSince(store: Reminders, agoMs: number, door = "slack"): Promise<void> {
  const nowMs = await store.clock();
  const atMs = nowMs - agoMs;
  const local = new Date(atMs).toISOString().slice(0, 16);
  const place = { door, key: "T0OPS/D0OPS", isPrivate: true };
  await store.add(
    {
      id: `canary-${agoMs}-${door}`,
      person: `${door}:T0OPS:U0OPS`,
      place,
      direct: place,
      label: userText("canary"),
      partner: null,
      schedule: { start: local, rule: null, zone: "UTC", ends: { kind: "never" }, skips: [], skipsHolidays: false },
      next: { local, atMs },
    },
    nowMs,
  );
}

/** Queues all that is due, each for the last time. */
export const tickAll = async (ledger: Ledger): Promise<number> =>
  ledger.tick(await ledger.clock(), 100, ({ next }) => ({ send: next && { due: next, missed: 0 }, next: null }));
