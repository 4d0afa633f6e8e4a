/** Completes a reply with what is kept: what doors call after `respond`, and never before it. */
import type { Reply, Response } from "../reply.ts";
import type { Place, Turn } from "../turn.ts";

/** Where a reminder may go that is set in this turn: to the person in private, or here; null where here is private already. */
export type Places = { readonly direct: Place; readonly here: Place | null };

/**
 * A wish for a reminder is done and read back; an answer gets a button to save it for supervision; anything else comes back
 * as it is. Never rejects: where storage is away, the reply says so. A reply to danger is not to be brought here.
 */
export type Settle = (turn: Turn, response: Response, places: Places) => Promise<Reply>;
