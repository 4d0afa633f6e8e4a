/** Replies as this door sends them: what render.ts makes of them, with the buttons that only this door has. */
import type { Knowledge } from "#src/knowledge/entry.ts";
import type { Reply } from "#src/reply.ts";
import type { Card } from "./card.ts";
import { attached } from "./card-parts.ts";
import type { Message } from "./connector.ts";
import { buttonsFor, messageWithButtons, withButtons } from "./forget.ts";
import { draw, drawCard } from "./render.ts";
import { said } from "./said.ts";

/** What is to be shown. `card`: drawn already; null where the reply is drawn as replies are. */
export type Shown = { readonly reply: Reply; readonly card: Card | null };

/** As replies are drawn. */
export const plainly = (reply: Reply): Shown => ({ reply, card: null });

export type DrawnOptions = {
  /** In the chat with one person. */
  readonly isPersonal: boolean;
  /** Names what an answer is about, where no question stands above it. */
  readonly isTitled: boolean;
  /** A message of our own accord. */
  readonly isOurs?: boolean;
};

/** What drawing needs of the door. */
type Drawing = { readonly knowledge: () => Knowledge };

/** As a message. */
export function drawn(reply: Reply, options: DrawnOptions, { knowledge }: Drawing): Message {
  const { isPersonal, isTitled, isOurs = false } = options;
  const { passages } = knowledge();
  const message = draw(isPersonal ? withKept(reply) : reply, {
    audience: isPersonal ? "one" : "all",
    titled: isTitled,
    isOurs,
    gistOf: (passage) => passages.get(passage)?.gist ?? null,
  });
  return messageWithButtons(message, buttonsFor(reply, isPersonal));
}

/** What a button led to, as a message to one person. */
export function messageOf({ reply, card }: Shown, tools: Drawing): Message {
  const message = drawn(reply, { isPersonal: true, isTitled: true }, tools);
  return card === null ? message : withCard(message, said.sources, card);
}

const withCard = (message: Message, text: string, card: Card): Message => ({
  ...message,
  text,
  entities: [],
  attachments: [attached(card)],
  asksVote: false,
});

/** As a card that stands alone, in place of the one whose button was pressed. One person sees it. */
export const cardInPlace = ({ reply, card }: Shown, isPersonal: boolean): Card =>
  card ??
  withButtons(
    drawCard(isPersonal ? withKept(reply) : reply, { audience: "one", titled: true }),
    buttonsFor(reply, isPersonal),
  );

/** The same as a message without words: Teams takes no other in the place of a card. */
export const cardAlone = (shown: Shown, tools: Drawing): Message =>
  withCard(messageOf(shown, tools), "", cardInPlace(shown, true));

/** As a card in a dialog, which sends its buttons in another way. One person sees it. */
export const cardInDialog = ({ reply, card }: Shown): Card =>
  card ?? drawCard(reply, { audience: "one", titled: true, actions: "submit" });

/** Says beside what is kept of everybody what may be kept of this person. */
const withKept = (reply: Reply): Reply =>
  reply.kind === "note" && reply.why === "privacy" ? { ...reply, say: `${reply.say}\n${said.votesKept}` } : reply;
