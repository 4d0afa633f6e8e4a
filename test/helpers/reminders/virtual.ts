/** Time that passes only when nothing is left to do: the same seed leads to the same order of everything. */
import { setImmediate as macrotask } from "node:timers/promises";

/** Chance that repeats itself: numbers from 0 up to 1. */
export type Chance = () => number;

/** Chance of a seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Timer = { readonly atMs: number; readonly run: () => void; isOff: boolean };

export type Virtual = {
  /** Milliseconds since the start; it never goes back. */
  readonly nowMs: () => number;
  /** Runs it so many milliseconds from now; gives what calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Lets time pass up to then, or until nothing waits any more. */
  readonly runUntil: (untilMs: number, isEnough?: () => boolean) => Promise<void>;
  /** Lets all that can happen now happen. */
  readonly settle: () => Promise<void>;
};

/** Starts at nothing. */
export function createVirtual(): Virtual {
  let nowMs = 0;
  const timers: Timer[] = [];

  function after(ms: number, run: () => void): () => void {
    const timer: Timer = { atMs: nowMs + Math.max(0, ms), run, isOff: false };
    let at = timers.length;
    // In order of time, and of setting where the time is the same.
    while (at > 0 && (timers[at - 1]?.atMs ?? 0) > timer.atMs) at -= 1;
    timers.splice(at, 0, timer);
    return () => {
      timer.isOff = true;
    };
  }

  const settle = (): Promise<void> => macrotask();
  return {
    nowMs: () => nowMs,
    after,
    settle,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const off = after(ms, () => {
          signal?.removeEventListener("abort", end);
          resolve();
        });
        const end = (): void => {
          off();
          resolve();
        };
        signal?.addEventListener("abort", end, { once: true });
      }),
    async runUntil(untilMs, isEnough = () => false) {
      await settle();
      while (!isEnough()) {
        const timer = timers[0];
        if (timer === undefined || timer.atMs > untilMs) break;
        timers.shift();
        if (timer.isOff) continue;
        nowMs = timer.atMs;
        timer.run();
        await settle();
      }
      nowMs = Math.max(nowMs, isEnough() ? nowMs : untilMs);
    },
  };
}
