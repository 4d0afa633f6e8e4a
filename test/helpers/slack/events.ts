/** Events of Slack's, with every field that it sends, and the few that a test cares about given by it. */
import { alice, appId, channels, type Json, us } from "./team.ts";

export type Around = {
  /** The same for every delivery of one event. Default: made of the event's time and kind. */
  readonly eventId?: string;
  readonly team?: string;
  /** The organisation, for a workspace that belongs to one. Default null. */
  readonly enterprise?: string | null;
  /** The bot that the event is for. */
  readonly botUser?: string;
  /** When it happened, seconds since 1970-01-01 UTC. Default 1700000000. */
  readonly atSec?: number;
  /** Fields to change or to take away (`undefined`) at the outermost level. */
  readonly more?: Json;
};

/** An event in its envelope, as HTTP brings it and as the `payload` of a socket's `events_api`. */
export function eventEnvelope(event: Json, around: Around = {}): Json {
  const { team = us.team, enterprise = null, botUser = us.botUser, atSec = 1_700_000_000, more } = around;
  const id = around.eventId ?? `Ev${String(event.type)}${String(event.event_ts ?? atSec)}`.replace(/[^A-Za-z0-9]/g, "");
  return {
    token: "ZZZZZZWSxiZZZ2yIvs3peJ",
    team_id: team,
    ...(enterprise === null ? {} : { enterprise_id: enterprise }),
    context_team_id: team,
    context_enterprise_id: enterprise,
    api_app_id: appId,
    event,
    type: "event_callback",
    event_id: id,
    event_time: atSec,
    authorizations: [
      { enterprise_id: enterprise, team_id: team, user_id: botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: "4-eyJldCI6Im1lc3NhZ2UifQ",
    ...more,
  };
}

export type Said = {
  readonly text: string;
  readonly user?: string;
  readonly channel?: string;
  /** The message's own time. Default 1700000000.000100. */
  readonly ts?: string;
  /** The message above it in its thread. Default: none. */
  readonly threadTs?: string;
  readonly team?: string;
  /** Fields to add or change, such as `subtype`, `bot_id` or `attachments`. */
  readonly more?: Json;
};

const firstTs = "1700000000.000100";

function written({ text, user = alice.id, ts = firstTs, threadTs, team = us.team, more }: Said): Json {
  return {
    user,
    type: "message",
    ts,
    client_msg_id: `00000000-0000-4000-8000-${ts.replace(".", "").slice(-12)}`,
    text,
    team,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs, parent_user_id: us.botUser }),
    blocks: [
      {
        type: "rich_text",
        block_id: "b1",
        elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
      },
    ],
    event_ts: ts,
    ...more,
  };
}

/** What someone writes to us in a direct message. */
export const directMessage = (said: Said): Json => ({
  ...written(said),
  channel: said.channel ?? channels.dm,
  channel_type: "im",
  ...said.more,
});

/** What someone writes in a channel, as an app with channels:history would hear it. */
export const channelMessage = (said: Said): Json => ({
  ...written(said),
  channel: said.channel ?? channels.general,
  channel_type: "channel",
  ...said.more,
});

/** A mention of us. The text has to hold `<@U0BOT>` itself. */
export const mention = (said: Said): Json => ({
  ...written(said),
  type: "app_mention",
  channel: said.channel ?? channels.general,
  ...said.more,
});

/** Someone came to our Home or Messages tab. */
export const homeOpened = ({
  user = alice.id,
  channel = channels.dm as string,
  tab = "home",
  ts = firstTs,
} = {}): Json => ({
  type: "app_home_opened",
  user,
  channel,
  tab,
  event_ts: ts,
});

/** A message was changed from `before` to what `said` holds; `editedTs` is when. */
export function messageChanged(said: Said & { readonly before: string; readonly editedTs?: string }): Json {
  const editedTs = said.editedTs ?? "1700000009.000200";
  const { event_ts: _, ...now } = written(said);
  const { event_ts: __, ...then } = written({ ...said, text: said.before });
  const channel = said.channel ?? channels.dm;
  return {
    type: "message",
    subtype: "message_changed",
    message: {
      ...now,
      edited: { user: said.user ?? alice.id, ts: editedTs },
      source_team: us.team,
      user_team: us.team,
    },
    previous_message: then,
    channel,
    hidden: true,
    ts: editedTs,
    event_ts: editedTs,
    channel_type: channel.startsWith("D") ? "im" : "channel",
  };
}

/** A message was taken back. */
export function messageDeleted(said: Said): Json {
  const { event_ts: _, ...then } = written(said);
  const channel = said.channel ?? channels.dm;
  return {
    type: "message",
    subtype: "message_deleted",
    previous_message: then,
    channel,
    hidden: true,
    deleted_ts: said.ts ?? firstTs,
    event_ts: "1700000010.000300",
    ts: "1700000010.000300",
    channel_type: channel.startsWith("D") ? "im" : "channel",
  };
}

/** Someone came into a channel. */
export const channelJoin = (channel: string = channels.general): Json => ({
  type: "message",
  subtype: "channel_join",
  user: alice.id,
  text: `<@${alice.id}> has joined the channel`,
  ts: "1700000001.000100",
  channel,
  event_ts: "1700000001.000100",
  channel_type: "channel",
});

/** What another bot, or ours, writes. `botId` B0BOT is ours. */
export const botMessage = (said: Said, botId = "B02OTHER"): Json => ({
  ...directMessage(said),
  subtype: "bot_message",
  bot_id: botId,
  user: undefined,
  username: "deploys",
  app_id: "A02OTHER",
  ...said.more,
});

export const appUninstalled = (): Json => ({ type: "app_uninstalled", event_ts: "1700000020.000100" });

/** Tokens were revoked: of our bot, of people, or of both. */
export const tokensRevoked = ({ bot = [us.botUser], oauth = [] as readonly string[] } = {}): Json => ({
  type: "tokens_revoked",
  tokens: { oauth, bot },
  event_ts: "1700000021.000100",
});

/** Slack says that it held events back. Not in an envelope: it is the whole body. */
export const appRateLimited = (minute = 1_700_000_000): Json => ({
  token: "ZZZZZZWSxiZZZ2yIvs3peJ",
  type: "app_rate_limited",
  team_id: us.team,
  minute_rate_limited: minute,
  api_app_id: appId,
});

/** Slack asks whether the address is ours. The whole body. */
export const urlVerification = (challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"): Json => ({
  token: "ZZZZZZWSxiZZZ2yIvs3peJ",
  challenge,
  type: "url_verification",
});

/** Slack asks whether TLS is well: the fields of an unsigned form. */
export const sslCheck = (): Json => ({ ssl_check: "1", token: "ZZZZZZWSxiZZZ2yIvs3peJ" });
