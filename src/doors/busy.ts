/** Saying that there is no room: now and then, since in a flood each notice is one more message. */
import { busy } from "../copy.ts";
import type { Log } from "../log.ts";
import type { Reply } from "../reply.ts";

/** What is said where there is no room. */
export const noRoom: Reply = { kind: "note", why: "busy", say: busy, asides: [], buttons: [] };

/** Says it by `tell`, unless this conversation has been told a moment ago or too many are being told. False where it was not said. */
export type Busy = (conversation: string, tell: () => Promise<void>) => Promise<boolean>;

export type BusyOptions = {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  readonly log: Log;
  /** What the log calls it, such as `slack.busy`. */
  readonly event: string;
};

// One notice a minute and conversation says enough, and no more than this many are on their way at once.
const everyMs = 60_000;
const mostAtOnce = 20;

/** Opens it. Each call counts one message that was turned away, and the log says once a minute how many those were. */
export function createBusy({ nowMs, log, event }: BusyOptions): Busy {
  const told = new Map<string, number>();
  let underWay = 0;
  let turnedAway = 0;
  let loggedAtMs = Number.NEGATIVE_INFINITY;
  function note(): void {
    turnedAway += 1;
    if (nowMs() - loggedAtMs < everyMs) return;
    loggedAtMs = nowMs();
    log({ level: "warn", event, count: turnedAway });
    turnedAway = 0;
  }
  return async (conversation, tell) => {
    note();
    // In the order of telling: the first that is still of this minute ends the look.
    for (const [old, atMs] of told) {
      if (nowMs() - atMs <= everyMs) break;
      told.delete(old);
    }
    if (told.has(conversation) || underWay >= mostAtOnce) return false;
    told.set(conversation, nowMs());
    underWay += 1;
    try {
      await tell();
    } finally {
      underWay -= 1;
    }
    return true;
  };
}
