/** What is noted of a try, and when the next one may be. */
import type { Delivery } from "../../reply.ts";
import type { Claimed, Outcome } from "../store.ts";
import type { Observed } from "./meters.ts";

const secondMs = 1_000;
// As long as Slack may take to show what it accepted before it can be found; a try that may have landed is left alone as long.
const settleMs = 15 * secondMs;
const mostMs = 15 * 60 * secondMs;
// Where nobody can look there is one repeat alone: by then whatever was wrong may be over.
const repeatMs = 10 * 60 * secondMs;

/** How a try stands in its surroundings. */
export type Circumstances = {
  /** When the try was over, by the ledger's clock. */
  readonly atMs: number;
  /** Whether what was sent asks the owner about those that went by without a word. */
  readonly isAsked: boolean;
  /** From 0 up to 1, so that those that failed together do not come again together. */
  readonly chance: number;
};

/** The outcome of a try. What an earlier try may have left there stays possible, whatever comes of this one. */
export function outcomeOf(delivery: Delivery, claimed: Claimed, around: Circumstances): Outcome {
  const { atMs, isAsked } = around;
  const mayBeThere = claimed.triedMs !== null;
  switch (delivery.kind) {
    case "sent":
      return { kind: "sent", atMs, isAsked };
    case "gone":
      return { kind: "parked", why: delivery.why, atMs };
    case "retry":
      return { kind: "retry", atMs: atMs + waitMs(delivery.afterMs, claimed, around), mayBeThere };
    case "unknown":
      // One repeat that says it may be one: a third would be a nuisance to whoever has both.
      if (mayBeThere && !delivery.canLook) return { kind: "unknown", atMs };
      return {
        kind: "retry",
        atMs: atMs + Math.max(delivery.canLook ? settleMs : repeatMs, waitMs(0, claimed, around)),
        mayBeThere: true,
      };
    default:
      return delivery satisfies never;
  }
}

/** As long as the door says, and longer each time, from a second to 15 minutes. */
function waitMs(askedMs: number, { tries }: Claimed, { chance }: Circumstances): number {
  const grown = secondMs * 2 ** Math.min(tries, 12) * (1 + chance / 2);
  return Math.ceil(Math.min(mostMs, Math.max(Number.isNaN(askedMs) ? 0 : askedMs, grown)));
}

/** How an outcome is counted. `dueMs` is when it was due. */
export function observedAs(outcome: Outcome, dueMs: number): Observed {
  return outcome.kind === "sent" ? { kind: "sent", lateMs: outcome.atMs - dueMs } : { kind: outcome.kind };
}
