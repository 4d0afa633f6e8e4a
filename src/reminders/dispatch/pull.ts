/** What is due for those who ask for it, rather than being sent to: the page and the terminal. */
import { type Log, named } from "../../log.ts";
import type { Reply } from "../../reply.ts";
import type { Place } from "../../turn.ts";
import { wasAsked } from "../desk/notice.ts";
import { lateMs } from "../late.ts";
import type { Reminder } from "../reminder.ts";
import type { Advance, Claimed, Ledger } from "../store.ts";

/** What is due. `id` is the same however often it comes; `fence` belongs to this time and goes back with it, unread. */
export type Arrival = { readonly id: string; readonly fence: number; readonly reply: Reply };

/** Both reject while the database is away. */
export type Pull = {
  /** The oldest that is due for this place; null where nothing is. Unless it is said to have arrived, it comes again. */
  readonly due: (place: Place) => Promise<Arrival | null>;
  /** Notes that it was shown in this place. Where the id, the fence and the place do not belong together, nothing is noted. */
  readonly arrived: (place: Place, id: string, fence: number) => Promise<void>;
};

export type PullParts = {
  readonly ledger: Pick<Ledger, "clock" | "tick" | "claim" | "record">;
  readonly draw: (claimed: Claimed, nowMs: number) => Reply;
  readonly advance: (reminder: Reminder, nowMs: number) => Advance;
  readonly log: Log;
};

// As long as it may take to be shown and confirmed; then it comes again, which a page that has shown it keeps to itself.
const leaseMs = 30_000;
const tickAtOnce = 200;
// Those of others come first where they are older. Past this, the next look goes on.
const mostTicks = 5;

/** Opens it. It keeps nothing in memory: any replica may be asked, and another be told. */
export function openPull({ ledger, draw, advance, log }: PullParts): Pull {
  return {
    async due(place) {
      const nowMs = Math.floor(await ledger.clock());
      for (let ticks = 0; ticks < mostTicks; ticks += 1)
        if ((await ledger.tick(nowMs, tickAtOnce, advance)) < tickAtOnce) break;
      const [claimed] = await ledger.claim({ nowMs, leaseMs, lateMs, most: 1, to: { place } });
      if (claimed === undefined) return null;
      const { id } = claimed.occurrence;
      try {
        return { id, fence: ticketFor(claimed), reply: draw(claimed, nowMs) };
      } catch (error) {
        log({ level: "error", event: "reminders.draw", ...named(error) });
        await ledger.record([{ id, fence: claimed.fence, outcome: { kind: "parked", why: "defect", atMs: nowMs } }]);
        return null;
      }
    },
    async arrived(place, id, ticket) {
      if (!Number.isSafeInteger(ticket) || ticket < 0) return;
      const { fence, isAsked } = readTicket(ticket);
      const atMs = Math.floor(await ledger.clock());
      await ledger.record([{ id, fence, outcome: { kind: "sent", atMs, isAsked }, place }]);
    },
  };
}

/** The fence, and whether the owner is asked about those that went by: whoever changes that is asked once more, or not. */
const ticketFor = (claimed: Claimed): number => claimed.fence * 2 + (wasAsked(claimed) ? 1 : 0);
const readTicket = (ticket: number) => ({ fence: Math.floor(ticket / 2), isAsked: ticket % 2 === 1 });
