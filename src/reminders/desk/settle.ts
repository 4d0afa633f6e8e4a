/** Completes a reply with what is kept: what doors call after `respond`, and never before it. */
import { isWish } from "../../conversation/respond.ts";
import { type Log, named } from "../../log.ts";
import type { Answer, Reply, Response } from "../../reply.ts";
import type { Person, Place, Turn } from "../../turn.ts";
import { away, labels } from "./say.ts";
import { tokenFor } from "./tokens.ts";

/** Where a reminder may go that is set in this turn: to the person in private, or here; null where here is private already. */
export type Places = { readonly direct: Place; readonly here: Place | null };

/**
 * A wish for a reminder is done and read back; an answer gets a button to save it for supervision; anything else comes back
 * as it is. Never rejects: where storage is away, the reply says so. A reply to danger is not to be brought here.
 */
export type Settle = (turn: Turn, response: Response, places: Places) => Promise<Reply>;

/** What does it; `createDesk` opens one. Each rejects while the database is away. */
export type Desk = {
  /** Does what the turn says, words, press or form, and reads it back. The same turn again does nothing more. */
  readonly fulfil: (turn: Turn, places: Places) => Promise<Reply>;
  /** The person's reminders, as rows with a button each; or how to set one. */
  readonly mine: (person: Person, places: Places) => Promise<Reply>;
};

/** Settles by a desk, which is asked for anew each time: it may open with the first wish. */
export function createSettle({ desk, log }: { readonly desk: () => Promise<Desk>; readonly log: Log }): Settle {
  return async (turn, { reply }, places) => {
    if (reply.kind === "answer") return withSave(reply);
    if (!isWish(reply)) return reply;
    try {
      const done = await (await desk()).fulfil(turn, places);
      return { ...done, asides: [...done.asides, ...reply.asides] };
    } catch (error) {
      log({ level: "error", event: "reminders.desk", ...named(error) });
      return { ...away, asides: reply.asides };
    }
  };
}

/** The entries alone go into the token: nothing of the question is kept. */
const withSave = (answer: Answer): Answer => ({
  ...answer,
  buttons: [
    ...answer.buttons,
    { label: labels.save, token: tokenFor({ kind: "save", entries: answer.entries.map(({ id }) => id) }) },
  ],
});
