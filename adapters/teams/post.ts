/** Sending one message: patient with limits and failures, and never twice without saying so. */
import type { Address, Called, Message } from "./connector.ts";
import { paragraphs } from "./markdown.ts";
import { said } from "./said.ts";
import type { Tools } from "./tools.ts";

/** What came of it. `unknown` only when it was sent twice, or three times where it is urgent, and no answer came back. */
export type Posted =
  | { readonly kind: "sent"; readonly id: string }
  | { readonly kind: "retry" | "unknown" }
  | { readonly kind: "gone"; readonly why: string };

export type Post = {
  readonly to: Address;
  readonly message: Message;
  /** It does not wait for its turn. For replies to someone in danger. */
  readonly isUrgent: boolean;
  /** A longer wait than this is not sat out, milliseconds. Default a minute. */
  readonly longestWaitMs?: number;
};

// Waits between tries after a failure, milliseconds: three tries, and nobody waits longer than this in a chat. What may have
// landed is repeated after the first alone, but for a reply to danger: there, three times is better than none.
const backOffMs = [500, 1_500] as const;

type Sending = Pick<Tools, "connector" | "pace" | "sleep" | "log">;

/** Sends it: its words, and at once its card. Where the words are there, it is sent. Never rejects. */
export async function post(whole: Post, tools: Sending): Promise<Posted> {
  const { words, card } = partsOf(whole.message);
  const { posted, isShortened } = await patiently(whole, { first: words, instead: wordsOf(whole.message) }, tools);
  if (card === null || isShortened || posted.kind !== "sent") return posted;
  // They are one turn of the conversation.
  const to = below(whole.to, posted.id);
  const beside = await patiently({ ...whole, to, isUrgent: true }, { first: card, instead: cardInWords(card) }, tools);
  if (beside.posted.kind !== "sent") tools.log({ level: "warn", event: "teams.card-not-delivered" });
  return posted;
}

/** The message in the two that Teams makes of it: sent so, each has an id, and a thumb under the words finds its answer. */
export function partsOf(message: Message): { readonly words: Message; readonly card: Message | null } {
  if (message.attachments.length === 0 || message.text === "") return { words: message, card: null };
  return {
    words: { ...message, attachments: [] },
    card: { ...message, text: "", entities: [], asksVote: false },
  };
}

/** Where a card goes whose words have this id: in a channel below them, since there it would else begin a post of its own. */
export const below = (to: Address, id: string): Address =>
  to.thread === null && id !== "" && /@thread\.(?:tacv2|skype)$/.test(to.conversation) ? { ...to, thread: id } : to;

/** What a card has beside its words, as words. */
const cardInWords = (card: Message): Message => ({
  ...card,
  text: card.attachments.flatMap(({ content }) => paragraphs(content.fallbackText)).join("\n\n"),
  attachments: [],
});

type Drawn = { readonly first: Message; readonly instead: Message };
type Tried = { readonly posted: Posted; readonly isShortened: boolean };

/** Sends one of the two, and what stands in for it where Teams will not have it. */
async function patiently(
  { to, isUrgent, longestWaitMs = 60_000 }: Post,
  { first, instead }: Drawn,
  { connector, pace, sleep }: Sending,
): Promise<Tried> {
  let drawn = first;
  let [repeats, isShortened] = [0, false];
  const ended = (posted: Posted): Tried => ({ posted, isShortened });
  for (let failures = 0; ; ) {
    if (!isUrgent && pace.waitMs(to.conversation) > longestWaitMs) return ended({ kind: "retry" });
    if (!isUrgent) await pace.next(to.conversation);
    const called = await connector.send(to, drawn);
    switch (called.kind) {
      case "ok":
        return ended({ kind: "sent", id: called.id });
      case "limited":
        pace.hold(to.conversation, called.afterMs);
        if (called.afterMs > longestWaitMs || failures >= backOffMs.length) return ended({ kind: "retry" });
        failures += 1;
        if (isUrgent) await sleep(called.afterMs);
        break;
      case "refused":
        // What is too large or drawn wrongly still has its words.
        if (!isTooMuch(called) || isShortened) return ended({ kind: "gone", why: called.code });
        isShortened = true;
        drawn = instead;
        break;
      case "failed": {
        const waitMs = backOffMs[failures];
        if (waitMs === undefined) return ended({ kind: "retry" });
        failures += 1;
        await sleep(waitMs);
        break;
      }
      case "unknown": {
        const waitMs = isUrgent ? backOffMs[repeats] : backOffMs.slice(0, 1)[repeats];
        // A card has no room to say that it may be there twice.
        if (waitMs === undefined || drawn.text === "") return ended({ kind: "unknown" });
        if (repeats === 0) drawn = repeated(drawn);
        repeats += 1;
        await sleep(waitMs);
        break;
      }
      default:
        return called satisfies never;
    }
  }
}

/** Teams finds a message too large, or wrongly drawn: its words alone may still go. */
export const isTooMuch = (called: Called): boolean =>
  called.kind === "refused" && (called.status === 413 || called.status === 400);

export const isWordsAlone = ({ attachments, entities }: Message): boolean =>
  attachments.length === 0 && entities.length === 0;

/** The words alone, cut to what goes in any case. What is cited keeps its sources, at the end: so the middle is left out. */
export function wordsOf(message: Message): Message {
  const { text, entities, attachments } = message;
  const sources = entities.length === 0 ? [] : attachments.flatMap(({ content }) => paragraphs(content.fallbackText));
  return { ...message, text: shortened([text, ...sources].join("\n\n")), entities: [], attachments: [] };
}

const mostCharacters = 6_000;

function shortened(text: string): string {
  if (text.length <= mostCharacters) return text;
  const half = Math.floor(mostCharacters / 2) - 10;
  // Neither half may begin or end within an escape, or between the two parts of a character.
  const start = text.slice(0, half).replace(/(?:\\|&[a-z#0-9]{0,6}|[\ud800-\udbff])$/, "");
  const end = text.slice(-half).replace(/^(?:[a-z#0-9]{0,6};|[\udc00-\udfff])/, "");
  return `${start}\n\n…\n\n${end}`;
}

/** Says that it may be there twice, since there is no way to look. */
export const repeated = (message: Message): Message => ({
  ...message,
  text: `${message.text}\n\n${said.maybeTwice}`,
});
