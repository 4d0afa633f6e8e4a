/** One try to bring what was claimed to where it goes. */
import { type Log, named } from "../../log.ts";
import type { Deliver, Delivery, Reply } from "../../reply.ts";
import type { Place } from "../../turn.ts";
import { wasAsked } from "../desk/notice.ts";
import type { Claimed, Outcome } from "../store.ts";
import { outcomeOf } from "./retry.ts";

export type Timers = {
  /** Resolves after so many milliseconds, or as soon as the signal aborts. Never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A clock that never goes back and that nobody sets, milliseconds. */
  readonly monotonicMs: () => number;
};

export type TryParts = {
  /** One try each, by door. */
  readonly deliver: Readonly<Record<string, Deliver>>;
  /** What is said, by the ledger's clock: milliseconds since 1970-01-01 UTC. */
  readonly draw: (claimed: Claimed, nowMs: number) => Reply;
  readonly log: Log;
  readonly timers: Timers;
  /** From 0 up to 1. */
  readonly chance: () => number;
};

/** The ledger's clock, as it was read once and has run on since, in whole milliseconds. It is never behind what the ledger says. */
export type LedgerTime = { readonly nowMs: () => number; readonly sinceMs: () => number };

/** How long others leave alone what was claimed. */
export const leaseMs = 60_000;
// The door gives up a call after ten seconds and may look before; past this it is taken for silent.
const tryMs = 30_000;
// What it takes to note the outcome, with room to spare.
const marginMs = 10_000;

/** What to do with one that was claimed: try it, if there is time. Never rejects. */
export function createTry(parts: TryParts): (claimed: Claimed, time: LedgerTime) => Promise<Outcome> {
  const { draw, log } = parts;
  return async (claimed, time) => {
    // Others may have it before this try would be over: they are to have it now.
    if (leaseMs - time.sinceMs() < tryMs + marginMs) return givenBack(claimed, time.nowMs());
    let reply: Reply;
    try {
      reply = draw(claimed, time.nowMs());
    } catch (error) {
      log({ level: "error", event: "reminders.draw", ...named(error) });
      return { kind: "parked", why: "defect", atMs: time.nowMs() };
    }
    const delivery = await oneTry(parts, claimed, reply);
    const outcome = outcomeOf(delivery, claimed, {
      atMs: time.nowMs(),
      isAsked: wasAsked(claimed),
      chance: parts.chance(),
    });
    if (outcome.kind === "parked") log({ level: "warn", event: "reminders.parked", code: outcome.why });
    if (outcome.kind === "unknown") log({ level: "warn", event: "reminders.unknown" });
    return outcome;
  };
}

/** Not tried: whoever takes it next may do so at once. */
export const givenBack = ({ triedMs }: Claimed, atMs: number): Outcome => ({
  kind: "retry",
  atMs,
  mayBeThere: triedMs !== null,
});

/** Where it goes: a reminder that cannot be brought to its place is told of in private. */
const placeOf = ({ occurrence, reminder }: Claimed): Place =>
  occurrence.kind === "notice" ? reminder.direct : reminder.place;

async function oneTry({ deliver, log, timers }: TryParts, claimed: Claimed, reply: Reply): Promise<Delivery> {
  const place = placeOf(claimed);
  const door = deliver[place.door];
  // Its door is not open here; another replica may have it.
  if (door === undefined) return { kind: "retry", afterMs: tryMs };
  // It did not say whether it can look: in private, doors can as a rule.
  const unknown: Delivery = { kind: "unknown", canLook: place.isPrivate };
  const over = new AbortController();
  const silence = timers.sleep(tryMs, over.signal).then(() => unknown);
  try {
    const sending = { id: claimed.occurrence.id, triedMs: claimed.triedMs };
    return await Promise.race([door(place, reply, sending), silence]);
  } catch (error) {
    log({ level: "error", event: "reminders.deliver", ...named(error) });
    return unknown;
  } finally {
    over.abort(null);
  }
}
