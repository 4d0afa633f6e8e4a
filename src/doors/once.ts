/** One answer to one message, however often and to however many replicas a platform delivers it. Only ids are remembered. */
import { type Log, named } from "../log.ts";
import { within } from "../within.ts";

/** Who has an id: you, from now on; somebody else at this moment, or yourself before; or it is done. */
export type Claim = "yours" | "working" | "done";

/** What all replicas share; `src/storage/seen.ts` is one. Times are milliseconds since 1970-01-01 UTC. Each call may fail. */
export type Seen = {
  /** Takes an id for the length of a lease. Of all who claim at once, one gets "yours". */
  readonly claim: (id: string, nowMs: number) => Promise<Claim>;
  /** Says that it is over with: for the next 24 hours nobody gets it. Does nothing where somebody else has taken over. */
  readonly done: (id: string, nowMs: number) => Promise<void>;
  /** Lets the next one have it at once. Does nothing where it is done or somebody else has taken over. */
  readonly release: (id: string) => Promise<void>;
};

/** `elsewhere`: another replica is at it, and the platform may ask again. */
export type OnceResult = "done" | "already" | "elsewhere" | "failed";

export type Once = {
  /** Runs the work unless this id has had it. The work says whether it is over and done with. */
  readonly run: (id: string, work: () => Promise<boolean>) => Promise<OnceResult>;
  /** Whether this process knows already that the id is done; what others have done, `run` finds out. */
  readonly isDone: (id: string) => boolean;
};

export type OnceOptions = {
  /** Null where nothing is shared: then this process alone remembers. */
  readonly seen: Seen | null;
  readonly nowMs: () => number;
  readonly log: Log;
  /** Longest wait for what is shared, milliseconds. An answer matters more than that it comes once. Default 500. */
  readonly patienceMs?: number;
  /** Told of each message that was brought again and had been answered. */
  readonly repeated?: () => void;
};

// The platforms bring a message again for an hour at most; these are the messages of some busy hours.
const mostRemembered = 10_000;
// After a failure of the database it is left alone for so long, milliseconds.
const restMs = 5_000;

/** Opens the memory of what has been answered. */
export function createOnce({ seen, nowMs, log, patienceMs = 500, repeated = () => {} }: OnceOptions): Once {
  const running = new Map<string, Promise<OnceResult>>();
  const finished = new Set<string>();
  let restUntilMs = 0;

  async function shared<T>(step: (seen: Seen) => Promise<T>): Promise<T | null> {
    if (seen === null || nowMs() < restUntilMs) return null;
    try {
      const found = await within(step(seen), patienceMs);
      if (found === "late") throw Object.assign(new Error("too slow"), { name: "TooSlow" });
      return found;
    } catch (error) {
      restUntilMs = nowMs() + restMs;
      log({ level: "warn", event: "seen.unavailable", ...named(error) });
      return null;
    }
  }

  async function attempt(id: string, work: () => Promise<boolean>): Promise<OnceResult> {
    const claim = await shared((all) => all.claim(id, nowMs()));
    if (claim === "done") {
      repeated();
      return remember(id, "already");
    }
    if (claim === "working") return "elsewhere";
    let isOver = false;
    try {
      isOver = await work();
    } finally {
      // Not waited for: the answer is out, and the platform waits for our acknowledgement.
      if (claim === "yours") void shared((all) => (isOver ? all.done(id, nowMs()) : all.release(id)));
    }
    return isOver ? remember(id, "done") : "failed";
  }

  function remember(id: string, result: OnceResult): OnceResult {
    finished.add(id);
    const [oldest] = finished;
    if (finished.size > mostRemembered && oldest !== undefined) finished.delete(oldest);
    return result;
  }

  function isDone(id: string): boolean {
    const is = finished.has(id);
    if (is) repeated();
    return is;
  }

  return {
    isDone,
    run(id, work) {
      if (isDone(id)) return Promise.resolve("already");
      const already = running.get(id);
      if (already !== undefined) return already;
      const result = attempt(id, work).finally(() => running.delete(id));
      running.set(id, result);
      return result;
    },
  };
}
