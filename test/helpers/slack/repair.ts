/** Deliveries of local-slack's as Slack would have made them: what it leaves out is put in from what was posted before. */
import { negative } from "./drawable.ts";
import { type Json, listOf, objectOf, textOf, us } from "./team.ts";

/** What the proxy remembers of what went through it. */
export type Known = {
  /** Messages as they were posted, by `channel:ts`. */
  readonly messages: Map<string, { readonly blocks: readonly Json[]; readonly metadata: Json | null }>;
  /** Home tabs as they were published, with their ids, by person. */
  readonly homes: Map<string, Json>;
  /** The window that was opened or changed last, with its id. */
  modal: Json | null;
  /** Ids that local-slack gave anew to a window that was changed, to the ids they had before. */
  readonly viewIds: Map<string, string>;
  /** A new address to respond at, in front of local-slack's own. */
  readonly respondAt: (url: string, channel: string, user: string) => string;
};

/** The address of a message among those known. */
export const keyOf = (channel: unknown, ts: unknown): string => `${textOf(channel)}:${textOf(ts)}`;

/** Repairs the body of an event, a command or an interaction. */
export function repaired(body: Json, known: Known): Json {
  switch (body.type) {
    case "event_callback":
      return { ...body, context_team_id: us.team, event: repairedEvent(objectOf(body.event)) };
    case "block_actions":
      return repairedPress(body, known);
    case "view_submission":
    case "view_closed":
      return { ...body, enterprise: null, view: filledIn(repairedView(objectOf(body.view), known), known) };
    default:
      return body.command === undefined
        ? body
        : {
            ...body,
            response_url: known.respondAt(textOf(body.response_url), textOf(body.channel_id), textOf(body.user_id)),
          };
  }
}

function repairedEvent(event: Json): Json {
  if (event.type !== "message" && event.type !== "app_mention") return event;
  const type = textOf(event.channel).startsWith("D") ? "im" : "channel";
  return {
    ...event,
    ...(event.type === "message" ? { channel_type: type } : {}),
    ...(event.subtype === undefined
      ? { team: us.team, client_msg_id: `00000000-0000-4000-8000-${textOf(event.ts).replace(".", "").slice(-12)}` }
      : {}),
  };
}

const repairedView = (view: Json, known: Known): Json => ({
  ...view,
  id: known.viewIds.get(textOf(view.id)) ?? view.id,
});

/** The state of a window as Slack sends it: what nobody touched holds what stood there at first. */
function filledIn(view: Json, { modal }: Known): Json {
  const touched = objectOf(objectOf(view.state).values);
  const inputs = listOf(modal?.blocks).filter(({ type }) => type === "input");
  const values = inputs.map(({ block_id, element: given }): [string, Json] => {
    const element = objectOf(given);
    const state = objectOf(objectOf(touched[textOf(block_id)])[textOf(element.action_id)]);
    return [textOf(block_id), { [textOf(element.action_id)]: stateOf(element, state) }];
  });
  return { ...view, state: { values: { ...touched, ...Object.fromEntries(values) } } };
}

function stateOf({ type, ...element }: Json, state: Json): Json {
  switch (type) {
    case "datepicker":
      return { type, selected_date: textOf(state.selected_date ?? element.initial_date) || null };
    // Drawn as a box to type in.
    case "timepicker":
      return { type, selected_time: textOf(state.value ?? element.initial_time) || null };
    case "plain_text_input":
      return { type, value: textOf(state.value ?? element.initial_value) || null };
    default:
      return { type, ...state, selected_option: state.selected_option ?? element.initial_option ?? null };
  }
}

function repairedPress(body: Json, known: Known): Json {
  const { message_ts: ts, channel_id: channel } = objectOf(body.container);
  const base = { ...body, enterprise: null };
  if (textOf(ts) === "") return pressInView(base, known);
  const { response_url, message: shown, ...rest } = { ...base, response_url: body.response_url, message: body.message };
  const message = objectOf(shown);
  const isEphemeral = message.subtype === "ephemeral";
  const posted = known.messages.get(keyOf(channel, ts));
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    ...rest,
    container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: isEphemeral, ...thread },
    // Slack does not hand back what one person alone sees.
    ...(isEphemeral ? {} : { message: { ...message, ...(posted === undefined ? {} : { blocks: posted.blocks }) } }),
    response_url: known.respondAt(textOf(response_url), textOf(channel), textOf(objectOf(body.user).id)),
    actions: listOf(body.actions).map((action) => repairedAction(action, posted?.blocks ?? [])),
  };
}

/** In a view there is no message, no channel and no address to respond at; local-slack makes up all three. */
function pressInView(body: Json, known: Known): Json {
  const { channel: _, message: __, response_url: ___, state: ____, ...rest } = body;
  const actions = listOf(body.actions);
  const isModal = actions.some(({ block_id }) => textOf(block_id).endsWith("#modal"));
  const view = isModal ? known.modal : known.homes.get(textOf(objectOf(body.user).id));
  return {
    ...rest,
    container: { type: "view", view_id: view?.id },
    view,
    actions: actions.map((action) => ({
      ...repairedAction(action, listOf(view?.blocks)),
      block_id: textOf(action.block_id).replace(/#modal$/, ""),
    })),
  };
}

/** The action as the element it was drawn for would have sent it. */
function repairedAction(action: Json, blocks: readonly Json[]): Json {
  const id = textOf(action.action_id).replace(new RegExp(`${negative}$`), "");
  const elements = blocks.flatMap((block) => listOf(block.elements));
  const isFeedback = elements.some(({ type, action_id }) => type === "feedback_buttons" && action_id === id);
  return isFeedback ? { ...action, type: "feedback_buttons", action_id: id } : action;
}
