/** Sending one message: patient with limits and failures, and never twice without looking where looking is possible. */
import type { KnownBlock } from "@slack/types";
import type { Pace } from "#src/pace.ts";
import type { Delivery } from "#src/reply.ts";
import type { Call, Called } from "./api.ts";
import { look } from "./look.ts";
import { words } from "./words.ts";

/** A message as drawn: its full words, and its blocks. */
export type Drawn = { readonly text: string; readonly blocks: readonly KnownBlock[] };

export type Post = {
  readonly channel: string;
  /** Time of the message whose thread it belongs to, or null. */
  readonly thread: string | null;
  /** The one person who sees it, or null for everyone in the channel. */
  readonly to: string | null;
  readonly drawn: Drawn;
  /** An opaque id of this message, so that it can be found again. At most 64 characters. */
  readonly mark: string;
  /** In a direct message the history may be read, so an answer that was lost can be looked for. */
  readonly isDirect: boolean;
  /** Does not wait for its turn. For replies to someone in danger. */
  readonly isUrgent: boolean;
};

/** What sending needs of the outside. */
export type PostTools = {
  readonly call: Call;
  readonly pace: Pace;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
};

// Waits between tries after a failure of Slack's, milliseconds. Nobody waits longer than this for an answer in a chat.
const backOffMs = [500, 1_500, 4_000] as const;
// A longer wait than this is for whoever asked us to send, not for us to sit out.
const longestWaitMs = 60_000;

/** Sends it. `unknown` only when it was sent twice and neither answer came back. */
export async function post(message: Post, tools: PostTools): Promise<Delivery> {
  const begunMs = tools.nowMs();
  let drawn = message.drawn;
  let repeats = 0;
  for (let failures = 0; ; ) {
    const waitMs = tools.pace.waitMs(message.channel);
    if (!message.isUrgent && waitMs > longestWaitMs) return { kind: "retry", afterMs: waitMs };
    if (!message.isUrgent) await tools.pace.next(message.channel);
    const called = await send(message, drawn, tools.call);
    switch (called.kind) {
      case "ok":
        return { kind: "sent" };
      case "limited":
        tools.pace.hold(message.channel, called.afterMs);
        if (called.afterMs > longestWaitMs || failures >= backOffMs.length)
          return { kind: "retry", afterMs: called.afterMs };
        failures += 1;
        if (message.isUrgent) await tools.sleep(called.afterMs);
        break;
      case "refused":
        // What is too long or drawn wrongly still has its words.
        if (!tooMuch.has(called.error) || drawn.blocks.length === 0) return { kind: "gone", why: called.error };
        drawn = wordsOf(drawn);
        break;
      case "failed": {
        const waitMs = backOffMs[failures];
        if (waitMs === undefined) return { kind: "retry", afterMs: longestWaitMs };
        failures += 1;
        await tools.sleep(waitMs);
        break;
      }
      case "unknown": {
        const landed = await landedOf(message, begunMs, tools.call);
        if (landed === "there") return { kind: "sent" };
        if (repeats > 0) return { kind: "unknown", canLook: landed === "absent" };
        repeats += 1;
        drawn = landed === "absent" ? drawn : repeated(drawn);
        break;
      }
      default:
        return called satisfies never;
    }
  }
}

/** Slack finds a message too long, or its blocks wrong: its words alone may still go. */
export const tooMuch: ReadonlySet<string> = new Set([
  "msg_too_long",
  "msg_blocks_too_long",
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_attachments",
  "too_many_attachments",
]);

/** Sends it once. Several of these at a time, or without their turn, are for the caller to prevent. */
export const send = (
  message: Pick<Post, "channel" | "thread" | "to" | "mark">,
  { text, blocks }: Drawn,
  call: Call,
): Promise<Called> =>
  call(message.to === null ? "chat.postMessage" : "chat.postEphemeral", {
    channel: message.channel,
    ...(message.thread === null ? {} : { thread_ts: message.thread }),
    text,
    ...(blocks.length === 0 ? {} : { blocks }),
    // Nothing in a text may call people, open a channel or draw a page's picture.
    parse: "none",
    link_names: false,
    ...(message.to === null
      ? {
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: "bearings_message", event_payload: { mark: message.mark } },
        }
      : { user: message.to }),
  });

/** Whether the message is there after all. Only a direct message can be looked into, and not at every moment. */
async function landedOf(
  { channel, thread, to, mark, isDirect }: Post,
  sinceMs: number,
  call: Call,
): Promise<"there" | "absent" | "unknown"> {
  if (!isDirect || to !== null) return "unknown";
  const found = await look({ channel, thread, mark, sinceMs }, call);
  return found.kind === "there" || found.kind === "absent" ? found.kind : "unknown";
}

/** The words alone, within what Slack advises for a text. The sources stand at its end, so the middle is left out. */
export const wordsOf = ({ text }: Drawn): Drawn => ({ text: shortened(text), blocks: [] });

function shortened(text: string): string {
  const most = 3_900;
  if (text.length <= most) return text;
  const half = Math.floor(most / 2) - 10;
  // Neither half may begin or end within an entity, or between the two parts of a character.
  const start = text.slice(0, half).replace(/(?:&[a-z]{0,3}|[\ud800-\udbff])$/, "");
  const end = text.slice(-half).replace(/^(?:[a-z]{0,3};|[\udc00-\udfff])/, "");
  return `${start}\n…\n${end}`;
}

/** Says that it may be there twice, where there is no way to look. */
export function repeated({ text, blocks }: Drawn): Drawn {
  const line: KnownBlock = {
    type: "context",
    elements: [{ type: "plain_text", text: words.maybeTwice, emoji: false }],
  };
  return { text: `${text}\n\n${words.maybeTwice}`, blocks: blocks.length === 0 ? [] : [...blocks.slice(0, 49), line] };
}
