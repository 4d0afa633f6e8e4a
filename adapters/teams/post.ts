/** Sending one message: patient with limits and failures, and never twice without saying so. */
import type { Address, Called, Message } from "./connector.ts";
import { paragraphs } from "./markdown.ts";
import { said } from "./said.ts";
import type { Tools } from "./tools.ts";

/** What came of it. `unknown` only when it was sent twice and neither answer came back. */
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

// Waits between tries after a failure, milliseconds: three tries, and nobody waits longer than this in a chat.
const backOffMs = [500, 1_500] as const;
/** Sends it. Never rejects. */
export async function post(
  { to, message, isUrgent, longestWaitMs = 60_000 }: Post,
  { connector, pace, sleep }: Pick<Tools, "connector" | "pace" | "sleep">,
): Promise<Posted> {
  let drawn = message;
  let isRepeat = false;
  for (let failures = 0; ; ) {
    if (!isUrgent && pace.waitMs(to.conversation) > longestWaitMs) return { kind: "retry" };
    if (!isUrgent) await pace.next(to.conversation);
    const called = await connector.send(to, drawn);
    switch (called.kind) {
      case "ok":
        return { kind: "sent", id: called.id };
      case "limited":
        pace.hold(to.conversation, called.afterMs);
        if (called.afterMs > longestWaitMs || failures >= backOffMs.length) return { kind: "retry" };
        failures += 1;
        if (isUrgent) await sleep(called.afterMs);
        break;
      case "refused":
        // What is too large or drawn wrongly still has its words.
        if (!isTooMuch(called) || isWordsAlone(drawn)) return { kind: "gone", why: called.code };
        drawn = wordsOf(drawn);
        break;
      case "failed": {
        const waitMs = backOffMs[failures];
        if (waitMs === undefined) return { kind: "retry" };
        failures += 1;
        await sleep(waitMs);
        break;
      }
      case "unknown":
        if (isRepeat) return { kind: "unknown" };
        isRepeat = true;
        drawn = repeated(drawn);
        break;
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
