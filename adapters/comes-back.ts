/** What is kept may be away when we start: it is asked for until it is there, and both are told. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "#src/log.ts";

export type ComesBackOptions = {
  /** Whether it answers, and its tables are of this version: it brings them up to date where it can. Never rejects. */
  readonly ready: () => Promise<boolean>;
  readonly tell: (line: string) => void;
  readonly log: Log;
  /** Waits; comes back at once when the signal is given. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

/** First wait and longest one, milliseconds. */
const waits = { first: 1_000, most: 60_000 } as const;

const usualPause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal, ref: false }).catch(() => {});

/** Looks once, and where it is away until it is there. Gives what ends the looking. */
export function untilItIsThere({ ready, tell, log, pause = usualPause }: ComesBackOptions): {
  readonly stop: () => void;
} {
  const over = new AbortController();
  void look(over.signal);
  return { stop: () => over.abort() };

  async function look(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      if (await ready()) {
        if (failures > 0 && !signal.aborted) tell(isThere);
        return;
      }
      if (failures === 0) tell(isAway);
      log({ level: "warn", event: "storage.away", count: failures + 1 });
      await pause(Math.min(waits.most, waits.first * 2 ** Math.min(failures, 10)), signal);
    }
  }
}

const isAway =
  "Warning: what is kept cannot be reached at the moment. Questions are answered; reminders wait. Trying again until it can.";
const isThere = "What is kept can be reached, and reminders go on.";
