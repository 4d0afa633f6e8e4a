/** Events, from what arrives to the small types of payload.ts. */
import { z } from "zod";
import type { Payload, Workspace } from "./payload.ts";

/** An id of Slack's: of a person, a channel, a workspace, a view. */
export const id = z.string().min(1).max(255);

/** A part that may be missing or null; null here. */
export const optional = <T extends z.ZodType>(inner: T) => inner.nullish().transform((value) => value ?? null);

const stamp = z.string().regex(/^\d{1,12}\.\d{1,9}$/);
const words = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/** What was forwarded or quoted with a message. */
const attachments = z
  .array(z.looseObject({ text: words }))
  .max(100)
  .nullish()
  .transform((all) => (all ?? []).map(({ text }) => text).filter((text) => text !== ""));

/** The parts of a message that every delivery of it has. */
export const written = z.looseObject({
  user: optional(id),
  bot_id: optional(id),
  ts: stamp,
  thread_ts: optional(stamp),
  text: words,
  attachments,
});

/** The words of a message, with those of what it forwards below them. */
export const wordsOf = ({ text, attachments: forwarded }: z.output<typeof written>): string =>
  [text, ...forwarded].filter((part) => part !== "").join("\n");

const inChannel = z.looseObject({ channel: id, channel_type: optional(z.string()), subtype: optional(z.string()) });

const change = z.looseObject({
  message: written.extend({ edited: optional(z.looseObject({ ts: stamp })) }),
  previous_message: optional(z.looseObject({ text: words })),
});

const homeOpened = z.looseObject({ user: id, channel: id, tab: id });
const revoked = z.looseObject({ tokens: z.looseObject({ bot: optional(z.array(z.string())) }) });

const callback = z.looseObject({
  team_id: optional(id),
  enterprise_id: optional(id),
  authorizations: optional(
    z
      .array(
        z.looseObject({
          team_id: optional(id),
          enterprise_id: optional(id),
          is_enterprise_install: z.boolean().nullish(),
        }),
      )
      .max(50),
  ),
  event_time: z.number().catch(0),
  event: z.looseObject({ type: id, subtype: z.unknown().optional() }),
});

/** What an event says, or null where it lacks what its type promises. */
export function parseEvent(body: unknown): Payload | null {
  const read = callback.safeParse(body);
  if (!read.success) return null;
  const { event, authorizations, team_id, enterprise_id, event_time } = read.data;
  const enterprise = authorizations?.[0]?.enterprise_id ?? enterprise_id;
  const team = authorizations?.[0]?.team_id ?? team_id ?? enterprise;
  if (team === null) return null;
  const workspace = { team, enterprise };
  const gone = {
    isWholeOrganisation: authorizations?.[0]?.is_enterprise_install === true,
    atMs: event_time * 1_000,
  };
  switch (event.type) {
    case "message":
    case "app_mention":
      return event.subtype === "message_changed" ? parseChange(event, workspace) : parseMessage(event, workspace);
    case "app_home_opened": {
      const home = homeOpened.safeParse(event);
      if (!home.success) return null;
      const { user, channel, tab } = home.data;
      return { kind: "home", ...workspace, user, channel, tab };
    }
    case "app_uninstalled":
      return { kind: "gone", ...workspace, ...gone };
    case "tokens_revoked": {
      const tokens = revoked.safeParse(event);
      if (!tokens.success) return null;
      // A person's token is none of ours.
      if ((tokens.data.tokens.bot ?? []).length === 0) return { kind: "other", type: event.type };
      return { kind: "gone", ...workspace, ...gone };
    }
    default:
      return { kind: "other", type: event.type };
  }
}

function parseMessage(event: { readonly type: string }, workspace: Workspace): Payload | null {
  const where = inChannel.safeParse(event);
  if (!where.success) return null;
  // Such as message_deleted, which has no author and no text.
  const message = written.safeParse(event);
  if (!message.success) return where.data.subtype === null ? null : { kind: "other", type: "message" };
  const { channel, channel_type, subtype } = where.data;
  return {
    kind: event.type === "app_mention" ? "mention" : "message",
    ...workspace,
    channel,
    ts: message.data.ts,
    threadTs: message.data.thread_ts,
    text: wordsOf(message.data),
    user: message.data.user,
    isBot: message.data.bot_id !== null,
    isDirect: isDirect(channel, channel_type),
    subtype,
    edit: null,
  };
}

function parseChange(event: unknown, workspace: Workspace): Payload | null {
  const where = inChannel.safeParse(event);
  const changed = change.safeParse(event);
  if (!where.success || !changed.success) return null;
  const { message, previous_message } = changed.data;
  const { channel, channel_type, subtype } = where.data;
  return {
    kind: "message",
    ...workspace,
    channel,
    ts: message.ts,
    threadTs: message.thread_ts,
    text: wordsOf(message),
    user: message.user,
    isBot: message.bot_id !== null,
    isDirect: isDirect(channel, channel_type),
    subtype,
    // An unfurled link is an edit of Slack's own, with the same words.
    edit: { ts: message.edited?.ts ?? message.ts, isReworded: previous_message?.text !== message.text },
  };
}

const isDirect = (channel: string, type: string | null): boolean =>
  type === null ? channel.startsWith("D") : type === "im";
