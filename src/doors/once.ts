/** One answer to one message, however often and to however many replicas Slack delivers it. Only ids are remembered. */
import { type Log, named } from "../log.ts";

/** Who has an id: nobody until now, another replica at this moment, or it is done. */
export type Claim = "yours" | "working" | "done";

/** What all replicas share; `src/storage/seen.ts` is one. Each call may fail. */
export type Seen = {
  readonly claim: (id: string, nowMs: number) => Promise<Claim>;
  readonly done: (id: string, nowMs: number) => Promise<void>;
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

// Slack gives up after an hour; these are the messages of some busy hours.
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
      return await within(step(seen), patienceMs);
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

async function within<T>(step: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("too slow"), { name: "TooSlow" })), ms);
  });
  try {
    return await Promise.race([step, late]);
  } finally {
    clearTimeout(timer);
    step.catch(() => {});
  }
}
