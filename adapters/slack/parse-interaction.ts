/** Slash commands, buttons, modals and shortcuts, from what arrives to the small types of payload.ts. */
import { z } from "zod";
import { id, optional, parseEvent, wordsOf, written } from "./parse-event.ts";
import type { From, Payload, PressedAt } from "./payload.ts";

const trigger = z.string().min(1).max(500);

const command = z.looseObject({
  command: z.string().regex(/^\/\S{1,64}$/),
  text: z.string().nullish(),
  team_id: id,
  enterprise_id: optional(z.string()),
  user_id: id,
  channel_id: id,
  trigger_id: trigger,
  response_url: optional(z.string().max(2_000)),
});

const person = z.looseObject({
  user: z.looseObject({ id, team_id: optional(id) }),
  team: optional(z.looseObject({ id })),
  enterprise: optional(z.looseObject({ id })),
});

const choice = z.looseObject({ value: z.string().max(2_000) });
const stated = z.looseObject({
  value: z.string().nullish(),
  selected_option: choice.nullish(),
  selected_date: z.string().max(10).nullish(),
  selected_time: z.string().max(8).nullish(),
});
const state = z.looseObject({ values: z.record(z.string(), z.record(z.string(), stated)) });
const actions = z.looseObject({
  actions: z
    .array(
      z.looseObject({
        action_id: id,
        action_ts: optional(id),
        value: optional(z.string().max(2_000)),
        selected_option: optional(choice),
      }),
    )
    .min(1)
    .max(25),
  trigger_id: trigger,
  response_url: optional(z.string().max(2_000)),
  // Only a message of ours with fields has a state that is read; whatever else stands there is no reason to refuse a press.
  state: state.nullish().catch(null),
});

const onMessage = z.looseObject({
  container: z.looseObject({
    type: z.enum(["message", "message_attachment"]),
    channel_id: id,
    message_ts: id,
    thread_ts: optional(id),
    is_ephemeral: z.boolean().nullish(),
  }),
  message: optional(z.looseObject({ thread_ts: optional(id) })),
});
const remembered = z.string().max(3_000);
const inView = z.looseObject({
  view: z.looseObject({ id, type: z.enum(["home", "modal"]), private_metadata: optional(remembered) }),
});

const submission = z.looseObject({
  view: z.looseObject({
    id,
    hash: optional(z.string().max(255)),
    callback_id: z.string().max(255),
    private_metadata: remembered,
    state,
  }),
});

const onText = z.looseObject({
  callback_id: id,
  trigger_id: trigger,
  response_url: z.string().max(2_000),
  channel: z.looseObject({ id }),
  message: written,
});

const any = z.looseObject({ type: z.string().optional() });

/** What a body says, or null where it is malformed: refused before Bolt, which throws over a missing part, sees it. */
export function parsePayload(body: unknown): Payload | null {
  const kind = any.safeParse(body);
  if (!kind.success) return null;
  if (kind.data.type === undefined) return parseCommand(body);
  switch (kind.data.type) {
    case "event_callback":
      return parseEvent(body);
    case "block_actions":
      return parsePress(body);
    case "view_submission":
      return parseSubmission(body);
    case "message_action":
      return parseLookUp(body);
    case "app_rate_limited":
    case "view_closed":
    case "block_suggestion":
    case "shortcut":
      return { kind: "other", type: kind.data.type };
    default:
      return null;
  }
}

function parseCommand(body: unknown): Payload | null {
  const read = command.safeParse(body);
  if (!read.success) return null;
  const { command: name, text, team_id, enterprise_id, user_id, channel_id, trigger_id, response_url } = read.data;
  return {
    kind: "command",
    team: team_id,
    enterprise: enterprise_id === "" ? null : enterprise_id,
    user: user_id,
    command: name,
    text: text ?? "",
    channel: channel_id,
    triggerId: trigger_id,
    responseUrl: response_url,
  };
}

function fromOf(body: unknown): From | null {
  const read = person.safeParse(body);
  if (!read.success) return null;
  const { user, team, enterprise } = read.data;
  const id = team?.id ?? user.team_id ?? enterprise?.id;
  return id === undefined || id === null ? null : { team: id, enterprise: enterprise?.id ?? null, user: user.id };
}

function parsePress(body: unknown): Payload | null {
  const from = fromOf(body);
  const read = actions.safeParse(body);
  const at = pressedAt(body);
  const action = read.success ? read.data.actions[0] : undefined;
  if (from === null || !read.success || action === undefined || at === null) return null;
  return {
    kind: "press",
    ...from,
    actionId: action.action_id,
    value: action.value ?? action.selected_option?.value ?? "",
    chosen: chosenIn(read.data.state),
    actionTs: action.action_ts ?? read.data.trigger_id,
    triggerId: read.data.trigger_id,
    at,
    responseUrl: read.data.response_url,
  };
}

function pressedAt(body: unknown): PressedAt | null {
  const message = onMessage.safeParse(body);
  if (message.success) {
    const { channel_id, message_ts, thread_ts, is_ephemeral } = message.data.container;
    return {
      kind: "message",
      channel: channel_id,
      ts: message_ts,
      threadTs: thread_ts ?? message.data.message?.thread_ts ?? null,
      isEphemeral: is_ephemeral === true,
    };
  }
  const view = inView.safeParse(body);
  if (!view.success) return null;
  const { id: viewId, type, private_metadata: metadata } = view.data.view;
  return { kind: "view", viewId, isHome: type === "home", metadata: metadata ?? "" };
}

function parseSubmission(body: unknown): Payload | null {
  const from = fromOf(body);
  const read = submission.safeParse(body);
  if (from === null || !read.success) return null;
  const { id: viewId, hash, callback_id, private_metadata, state: filled } = read.data.view;
  return {
    kind: "submit",
    ...from,
    viewId,
    hash: hash ?? "",
    callbackId: callback_id,
    metadata: private_metadata,
    chosen: chosenIn(filled),
  };
}

/** What stands in the fields, by the names of their elements. */
function chosenIn(filled: z.infer<typeof state> | null | undefined): Readonly<Record<string, string>> {
  const fields = Object.values(filled?.values ?? {}).flatMap((block) => Object.entries(block));
  return Object.fromEntries(
    fields.map(([name, { value, selected_option, selected_date, selected_time }]) => [
      name,
      selected_option?.value ?? selected_date ?? selected_time ?? value ?? "",
    ]),
  );
}

function parseLookUp(body: unknown): Payload | null {
  const from = fromOf(body);
  const read = onText.safeParse(body);
  if (from === null || !read.success) return null;
  const { channel, message, trigger_id, response_url } = read.data;
  return {
    kind: "look-up",
    ...from,
    channel: channel.id,
    ts: message.ts,
    threadTs: message.thread_ts,
    text: wordsOf(message),
    triggerId: trigger_id,
    responseUrl: response_url,
  };
}
