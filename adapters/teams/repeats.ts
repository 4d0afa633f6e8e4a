/** The same thing twice: pressed twice, or brought again by Teams under another id. What was typed is known by a keyed hash alone. */
import { createHmac, createSecretKey, randomBytes } from "node:crypto";

/** Makes a hash of words, by a key that only this process has: it says nothing to anybody else. */
export type Fingerprint = (...parts: readonly string[]) => string;

/** With a key of its own. */
export function createFingerprint(): Fingerprint {
  // Bytes would be made a key of anew each time, which takes ten times as long as the hash.
  const key = createSecretKey(randomBytes(32));
  return (...parts) => createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url");
}

export type Repeats<T> = {
  /**
   * What came of this key, or is coming of it; does the work where it is new. What rejects is forgotten. So is what came of
   * other keys of `line`, which may be another story after this: such as that a reminder is paused, when it has been resumed.
   */
  readonly run: (key: string, work: () => Promise<T>, line?: string) => Promise<T>;
};

export type RepeatsOptions<T> = {
  /** How long the result is remembered after the work began, milliseconds. What is still under way is always remembered. */
  readonly keptMs: number;
  /** Milliseconds since any moment. */
  readonly nowMs: () => number;
  /** Whether a result is worth remembering. */
  readonly isKept: (result: T) => boolean;
};

// As many as come in a busy minute.
const mostKept = 5_000;

type Known<T> = { readonly line: string; readonly result: Promise<T>; untilMs: number; isOver: boolean };

/** Opens the memory, which holds nothing longer than it says. */
export function createRepeats<T>({ keptMs, nowMs, isKept }: RepeatsOptions<T>): Repeats<T> {
  const known = new Map<string, Known<T>>();
  function sweep(): void {
    const now = nowMs();
    // In the order in which they began.
    for (const [key, one] of known) {
      if (one.untilMs > now && known.size <= mostKept) break;
      if (one.isOver) known.delete(key);
    }
  }
  return {
    run(key, work, line = "") {
      sweep();
      const before = known.get(key);
      if (before !== undefined && (!before.isOver || before.untilMs > nowMs())) return before.result;
      if (line !== "") for (const other of known.values()) if (other.line === line) other.untilMs = 0;
      const one: Known<T> = { line, result: work(), untilMs: nowMs() + keptMs, isOver: false };
      known.delete(key);
      known.set(key, one);
      const end = (isWorth: boolean): void => {
        one.isOver = true;
        if (!isWorth && known.get(key) === one) known.delete(key);
      };
      one.result.then(
        (result) => end(isKept(result)),
        () => end(false),
      );
      return one.result;
    },
  };
}
