/** Commands, presses, windows and shortcuts as Slack sends them. */
import { alice, appId, channels, type Json, us } from "./team.ts";

export type Acting = {
  readonly user?: string;
  readonly team?: string;
  /** Where to respond; of the fake: `fake.responseUrl(channel, user)`. */
  readonly responseUrl?: string;
  /** Good for one window. Default: a new one each time. */
  readonly triggerId?: string;
  /** Fields to change or to take away (`undefined`). */
  readonly more?: Json;
};

let triggers = 0;
function nextTrigger(): string {
  triggers += 1;
  return `1700000${triggers}.98765.abcdef0123456789`;
}

const nowhere = "https://hooks.slack.com/actions/T01TEST/1700000000/none";

const base = (type: string, { user = alice.id, team = us.team, triggerId = nextTrigger() }: Acting): Json => ({
  type,
  user: { id: user, username: "alice", name: "alice", team_id: team },
  api_app_id: appId,
  token: "ZZZZZZWSxiZZZ2yIvs3peJ",
  trigger_id: triggerId,
  team: { id: team, domain: "acme" },
  enterprise: null,
  is_enterprise_install: false,
});

/** The fields of a slash command: a form over HTTP, the `payload` of `slash_commands` through a socket. */
export const slashCommand = (
  command: string,
  text: string,
  acting: Acting & { readonly channel?: string } = {},
): Json => ({
  token: "ZZZZZZWSxiZZZ2yIvs3peJ",
  team_id: acting.team ?? us.team,
  team_domain: "acme",
  channel_id: acting.channel ?? channels.general,
  channel_name: "general",
  user_id: acting.user ?? alice.id,
  user_name: "alice",
  command,
  text,
  api_app_id: appId,
  is_enterprise_install: "false",
  response_url: acting.responseUrl ?? "https://hooks.slack.com/commands/T01TEST/1700000000/none",
  trigger_id: acting.triggerId ?? nextTrigger(),
  ...acting.more,
});

/** What was pressed. `actionTs` is the same for every delivery of one press. */
export type Pressed = {
  readonly actionId: string;
  readonly value?: string;
  readonly type?: "button" | "feedback_buttons" | "radio_buttons" | "static_select";
  readonly blockId?: string;
  readonly actionTs?: string;
  /** For what is chosen from options. */
  readonly selected?: string;
};

const actionOf = ({
  actionId,
  value,
  type = "button",
  blockId = "b1",
  actionTs = "1700000005.000100",
  selected,
}: Pressed): Json => ({
  type,
  action_id: actionId,
  block_id: blockId,
  ...(type === "button" ? { text: { type: "plain_text", text: "Press", emoji: true } } : {}),
  ...(value === undefined ? {} : { value }),
  ...(selected === undefined
    ? {}
    : { selected_option: { text: { type: "plain_text", text: "One", emoji: true }, value: selected } }),
  action_ts: actionTs,
});

/** The message that a button stands on. */
export type OnMessage = {
  readonly channel?: string;
  readonly ts?: string;
  readonly threadTs?: string;
  /** Seen by one person alone: Slack then sends no `message`. */
  readonly isEphemeral?: boolean;
  readonly text?: string;
  readonly blocks?: readonly Json[];
};

/** A press on a message of ours. */
export function pressOnMessage(pressed: Pressed, on: OnMessage = {}, acting: Acting = {}): Json {
  const {
    channel = channels.general,
    ts = "1700000002.000100",
    threadTs,
    isEphemeral = false,
    text = "an answer",
    blocks = [],
  } = on;
  return {
    ...base("block_actions", acting),
    container: {
      type: "message",
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: isEphemeral,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    },
    channel: { id: channel, name: channel.startsWith("D") ? "directmessage" : "general" },
    ...(isEphemeral
      ? {}
      : {
          message: {
            user: us.botUser,
            type: "message",
            ts,
            bot_id: us.botId,
            app_id: appId,
            text,
            team: us.team,
            blocks,
            ...(threadTs === undefined ? {} : { thread_ts: threadTs, parent_user_id: alice.id }),
          },
        }),
    state: { values: {} },
    response_url: acting.responseUrl ?? nowhere,
    actions: [actionOf(pressed)],
    ...acting.more,
  };
}

/** A view as Slack gives it back. */
const viewOf = (view: Json, { id = "V00000001", team = us.team, values = {} as Json } = {}): Json => ({
  id,
  team_id: team,
  type: "modal",
  blocks: [],
  private_metadata: "",
  callback_id: "",
  state: { values },
  hash: "1700000003.abcdef",
  title: { type: "plain_text", text: "Bearings", emoji: true },
  clear_on_close: false,
  notify_on_close: false,
  close: null,
  submit: null,
  previous_view_id: null,
  root_view_id: id,
  app_id: appId,
  external_id: "",
  app_installed_team_id: team,
  bot_id: us.botId,
  ...view,
});

/** A press in the Home tab (`type: "home"`) or in a window (`type: "modal"`): no channel, no message, no address. */
export function pressInView(
  pressed: Pressed,
  view: Json & { readonly type: "home" | "modal" },
  acting: Acting = {},
): Json {
  const whole = viewOf(view, { team: acting.team ?? us.team });
  return {
    ...base("block_actions", acting),
    container: { type: "view", view_id: whole.id },
    view: whole,
    actions: [actionOf(pressed)],
    ...acting.more,
  };
}

/** A window was sent off. `values` is by block id, then action id: `{ reason: { reason: { selected_option: { value } } } }`. */
export const viewSubmission = (
  view: { readonly callbackId: string; readonly metadata?: string; readonly values?: Json; readonly id?: string },
  acting: Acting = {},
): Json => ({
  ...base("view_submission", acting),
  view: viewOf(
    { callback_id: view.callbackId, private_metadata: view.metadata ?? "" },
    { values: view.values ?? {}, ...(view.id === undefined ? {} : { id: view.id }) },
  ),
  response_urls: [],
  ...acting.more,
});

/** "Look this up", or another shortcut in the menu of a message. */
export const messageAction = (
  callbackId: string,
  message: {
    readonly text: string;
    readonly user?: string;
    readonly ts?: string;
    readonly threadTs?: string;
    readonly channel?: string;
    readonly more?: Json;
  },
  acting: Acting = {},
): Json => ({
  ...base("message_action", acting),
  action_ts: "1700000006.000100",
  callback_id: callbackId,
  channel: { id: message.channel ?? channels.general, name: "general" },
  response_url: acting.responseUrl ?? "https://hooks.slack.com/app/T01TEST/1700000000/none",
  message_ts: message.ts ?? "1700000004.000100",
  message: {
    user: message.user ?? "U02BOB",
    type: "message",
    ts: message.ts ?? "1700000004.000100",
    client_msg_id: "00000000-0000-4000-8000-000000000004",
    text: message.text,
    team: us.team,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    blocks: [],
    ...message.more,
  },
  ...acting.more,
});
