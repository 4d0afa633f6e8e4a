/** What Bearings asks of Teams: four calls, one try each. `connect.ts` makes them with botbuilder, and is all that knows it. */
import type { Card } from "./card.ts";

/** A claim of the answer, as Teams shows it when its number is pressed (schema.org). Other properties are written as they are. */
export type Entity = { readonly type: string; readonly [property: string]: unknown };

/** A card as it is sent. */
export type Attachment = { readonly contentType: "application/vnd.microsoft.card.adaptive"; readonly content: Card };

/**
 * A message as drawn. `text` is all of it in words, for notifications, telephones and screen readers too; empty for a card
 * that follows its words. Teams makes two messages of one that has both, says the id of neither, and refuses it as an update:
 * so `send` and `update` get one with words or one with a card, which post.ts sees to.
 */
export type Message = {
  readonly text: string;
  readonly textFormat: "markdown";
  readonly summary: string;
  readonly entities: readonly Entity[];
  readonly attachments: readonly Attachment[];
  /** Asks for a thumb up or down below it. */
  readonly asksVote: boolean;
};

/** Where to. */
export type Address = {
  readonly serviceUrl: string;
  readonly conversation: string;
  /** Id of the message whose thread it belongs to, or null. */
  readonly thread: string | null;
};

/** What came of a call: ids and codes, never what Teams says in words. */
export type Called =
  | { readonly kind: "ok"; readonly id: string }
  /** Too many at once (429), or in conflict with another (412): nothing was done. */
  | { readonly kind: "limited"; readonly afterMs: number }
  /** Not for us to do (400, 403, 404, 413 …): nothing was done, and the same again would not help. Status 0: we did not send it. */
  | { readonly kind: "refused"; readonly status: number; readonly code: string }
  /** It never got there: no connection, or no token to send with. Nothing was done. */
  | { readonly kind: "failed"; readonly code: string }
  /** The answer was lost, or is a failure of theirs (500, 502, 503, 504, 408): it may have been done. */
  | { readonly kind: "unknown" };

/** Each call takes ten seconds at most and never rejects. One that 401 answers is made once more with a new token. */
export type Connector = {
  readonly send: (to: Address, message: Message) => Promise<Called>;
  /** Puts another message in the place of one of ours. */
  readonly update: (to: Address, id: string, message: Message) => Promise<Called>;
  /** Finds or opens the personal chat with someone; `id` is its conversation. */
  readonly openPersonal: (person: Personal) => Promise<Called>;
  /** Whether a conversation has more people than this; null where nobody can say. */
  readonly isLargerThan: (to: Address, people: number) => Promise<boolean | null>;
};

export type Personal = {
  readonly serviceUrl: string;
  readonly tenant: string;
  readonly user: string;
  readonly bot: string;
};
