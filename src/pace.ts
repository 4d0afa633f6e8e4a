/** How fast things may be sent: a gap between two of the same key, and a longer wait where the other side asks for one. */

export type Pace = {
  /** Resolves when the next one of this key may be sent, in the order of asking. */
  readonly next: (key: string) => Promise<void>;
  /** How long `next` would wait now, milliseconds. */
  readonly waitMs: (key: string) => number;
  /** Nothing of this key before `ms` milliseconds from now. */
  readonly hold: (key: string, ms: number) => void;
};

export type PaceOptions = {
  /** Least time between two of one key, milliseconds. */
  readonly gapMs: number;
  /** A clock that never goes back, milliseconds. */
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

// Keys whose time has come are forgotten when there are this many.
const mostKept = 1_000;

/** Opens a pace. */
export function createPace({ gapMs, nowMs, sleep }: PaceOptions): Pace {
  const freeAtMs = new Map<string, number>();
  return {
    async next(key) {
      const now = nowMs();
      if (freeAtMs.size > mostKept) for (const [old, at] of freeAtMs) if (at <= now) freeAtMs.delete(old);
      const at = Math.max(now, freeAtMs.get(key) ?? 0);
      freeAtMs.set(key, at + gapMs);
      if (at > now) await sleep(at - now);
    },
    waitMs: (key) => Math.max(0, (freeAtMs.get(key) ?? 0) - nowMs()),
    hold(key, ms) {
      freeAtMs.set(key, Math.max(freeAtMs.get(key) ?? 0, nowMs() + ms));
    },
  };
}
