/** Reminders in the terminal's conversation: opened when they are wanted, and looked for while it waits. */
import { isWish } from "#src/conversation/respond.ts";
import { BearingsError } from "#src/errors.ts";
import { named } from "#src/log.ts";
import { openOnce } from "#src/open-once.ts";
import type { Settle } from "#src/reminders/desk/settle.ts";
import type { Pull } from "#src/reminders/dispatch/pull.ts";
import type { Reply, Response } from "#src/reply.ts";
import type { Place, Turn } from "#src/turn.ts";
import type { Board } from "./board.ts";

/** What is kept for the person at this computer, opened. */
export type Kept = { readonly settle: Settle; readonly pull: Pull; readonly close: () => Promise<void> };

/** How a conversation comes to it. */
export type OpenKept = {
  /** Whether anything was kept before, so that reminders may be due. */
  readonly isThere: () => boolean;
  /** Rejects where it cannot be opened, such as while `npm start` has it. Called again, it tries anew. */
  readonly open: () => Promise<Kept>;
};

export type Keeping = {
  /** Opens what was kept before; a line about what stood in the way, or null. */
  readonly begin: () => Promise<string | null>;
  /**
   * Does a wish for a reminder, or says what stands in the way. Anything else is completed where what is kept is open already,
   * and opens nothing.
   */
  readonly complete: (turn: Turn, response: Response) => Promise<Reply>;
  /** Shows what is due, one at a time; it counts as arrived once `show` says yes, and else it comes again in a while. */
  readonly look: (show: (reply: Reply) => boolean) => Promise<void>;
  /** Whether a wish was done. */
  readonly wasAsked: () => boolean;
  readonly close: () => Promise<void>;
};

/** Keeps nothing open until it is wanted. */
export function createKeeping(place: Place, { isThere, open }: OpenKept): Keeping {
  const kept = openOnce(open);
  let wasAsked = false;
  const shown = new Set<string>();
  return {
    begin: async () => (isThere() ? kept.get().then(() => null, outOfReach) : null),
    async complete(turn, response) {
      const { reply, lane } = response;
      if (lane === "now") return reply;
      try {
        const theirs = isWish(reply) ? await kept.get() : kept.now();
        if (theirs === null) return reply;
        wasAsked ||= isWish(reply);
        const zoned = isWish(reply) ? await withRealZone(turn) : turn;
        return await theirs.settle(zoned, response, { direct: place, here: null });
      } catch (error) {
        const say = `${outOfReach(error)} The page that npm start opens has reminders too.`;
        return { kind: "note", why: "reminder:away", say, asides: reply.asides, buttons: reply.buttons };
      }
    },
    async look(show) {
      const pull = kept.now()?.pull;
      const due = await pull?.due(place);
      if (!pull || !due) return;
      if (!shown.has(due.id) && !show(due.reply)) return;
      shown.add(due.id);
      await pull.arrived(place, due.id, due.fence);
    },
    wasAsked: () => wasAsked,
    close: kept.close,
  };
}

/** Opens what was kept before, and looks for what is due as long as the conversation lasts. */
export function startLooking(
  keeping: Keeping,
  { tell, receive }: Pick<Board, "tell" | "receive">,
  everyMs: number,
): { readonly stop: () => Promise<void> } {
  let isOver = false;
  let looking: Promise<void> | null = null;
  const look = (): void => {
    // A database that is away is asked again at the next look; a wish is told that it is.
    looking ??= keeping
      .look(receive)
      .catch(() => {})
      .finally(() => {
        looking = null;
      });
  };
  const begun = keeping.begin().then((trouble) => {
    if (isOver) return;
    if (trouble === null) look();
    else tell(trouble);
  });
  const timer = setInterval(look, everyMs);
  return {
    async stop() {
      isOver = true;
      clearInterval(timer);
      await begun;
      await looking;
    },
  };
}

/** A computer may go by a zone without a place, such as EST5EDT, which says nothing of summer time elsewhere. */
async function withRealZone(turn: Turn): Promise<Turn> {
  const { isZone } = await import("#src/reminders/calendar/calendar.ts");
  const { zone } = turn.person;
  return zone === null || isZone(zone.name) ? turn : { ...turn, person: { ...turn.person, zone: null } };
}

/** Says it plainly: it is the person's own computer, so they are the one who can do something about it. */
function outOfReach(error: unknown): string {
  const why = error instanceof BearingsError ? `${error.message} ${error.fix}` : `(${named(error).code ?? "unknown"})`;
  return `Reminders are out of reach here for now. ${why}`;
}
