/** Sends what was claimed, a few at a time, and notes what came of each as soon as it is known. */

import type { Claimed, Outcome } from "../store.ts";
import type { Observed } from "./meters.ts";
import { openRecorder, type RecorderOptions } from "./recorder.ts";
import { observedAs } from "./retry.ts";
import { givenBack, type LedgerTime } from "./try.ts";

export type SenderParts = RecorderOptions & {
  /** Never rejects. */
  readonly tryOnce: (claimed: Claimed, time: LedgerTime) => Promise<Outcome>;
  readonly observe: (event: Observed) => void;
  /** Called when something was noted, so that there may be more to do. */
  readonly noted: () => void;
  /** Whether nothing more is to be begun. */
  readonly isClosing: () => boolean;
};

export type Sender = {
  /** How many more may be claimed now. */
  readonly room: () => number;
  /** Sends it when its turn comes; resolves when that is noted. Never rejects. */
  readonly send: (claimed: Claimed, time: LedgerTime) => Promise<void>;
  /** Resolves when nothing is held any more. */
  readonly idle: () => Promise<void>;
};

// Tries under way at a time: a platform takes a few hundred milliseconds for each.
const atOnce = 64;
// Claimed and not noted yet. What waits here waits with its lease running, so not much more than are tried at a time.
const mostHeld = 192;

/** Opens a sender, which holds nothing. */
export function openSender(parts: SenderParts): Sender {
  const recorder = openRecorder(parts);
  const held = new Set<Promise<void>>();
  const line: (() => void)[] = [];
  let trying = 0;

  async function turn(): Promise<void> {
    if (trying >= atOnce) await new Promise<void>((go) => line.push(go));
    else trying += 1;
  }

  /** Whoever is next in line takes the place over. */
  function leave(): void {
    const next = line.shift();
    if (next === undefined) trying -= 1;
    else next();
  }

  async function see(claimed: Claimed, time: LedgerTime): Promise<void> {
    await turn();
    const outcome = parts.isClosing() ? givenBack(claimed, time.nowMs()) : await parts.tryOnce(claimed, time);
    leave();
    const { id, due } = claimed.occurrence;
    const counts = await recorder.note({ id, fence: claimed.fence, outcome });
    if (counts) parts.observe(observedAs(outcome, due.atMs));
  }

  return {
    room: () => mostHeld - held.size,
    send(claimed, time) {
      const sent = see(claimed, time).finally(() => {
        held.delete(sent);
        parts.noted();
      });
      held.add(sent);
      return sent;
    },
    async idle() {
      await Promise.all(held);
    },
  };
}
