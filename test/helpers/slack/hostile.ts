/** What nobody at Slack would send, for fast-check: bodies that are signed and wrong, and frames of a socket. */
import fc from "fast-check";
import { odd, spoiltOf } from "../spoilt.ts";
import { directMessage, eventEnvelope, homeOpened, mention } from "./events.ts";
import { messageAction, pressInView, pressOnMessage, slashCommand, viewSubmission } from "./interactions.ts";
import type { Json } from "./team.ts";

/** Right ones, to be spoilt. */
const right: readonly Json[] = [
  eventEnvelope(directMessage({ text: "hello" })),
  eventEnvelope(mention({ text: "<@U0BOT> hello" })),
  eventEnvelope(homeOpened()),
  slashCommand("/bearings", "themes"),
  pressOnMessage({ actionId: "press", value: "themes" }),
  pressOnMessage({ actionId: "press", value: "themes" }, { isEphemeral: true }),
  pressInView({ actionId: "press", value: "themes" }, { type: "home" }),
  viewSubmission({ callbackId: "share" }),
  messageAction("look-up", { text: "hello" }),
];

/** A body that is JSON and no payload of Slack's, or one of Slack's with some parts replaced or missing. */
export const hostileEnvelope: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: spoiltOf(right) },
  { weight: 1, arbitrary: odd },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom("event_callback", "block_actions", "view_submission", "message_action", "error"),
      event: odd,
      payload: odd,
    }),
  },
);

const types = fc.constantFrom<unknown>(
  ...["events_api", "slash_commands", "interactive", "hello", "disconnect", "error", "close", "ws_message"],
  ...["slack_event", "__proto__", "", null, 7],
);

/** A frame for a socket: text or bytes. Never one that would end the connection in order (`disconnect` by itself). */
export const hostileFrame: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.constantFrom(
    "null",
    "[]",
    "{}",
    "0",
    '""',
    "true",
    "{",
    "\u0000",
    "ping",
    '{"type":"events_api"}',
    '{"type":"events_api","envelope_id":"1","payload":null}',
    '{"type":"events_api","envelope_id":"2","payload":{"event":null}}',
    '{"type":"events_api","envelope_id":"3","payload":{"event":{}}}',
    '{"type":"interactive","envelope_id":"4","payload":null}',
    '{"type":"slash_commands","envelope_id":"5"}',
    '{"envelope_id":"6","payload":{}}',
  ),
  fc
    .record({ type: types, envelope_id: odd, payload: fc.oneof(hostileEnvelope, odd) })
    .filter(({ type }) => type !== "disconnect")
    .map(textOfFrame),
  hostileEnvelope.map((payload) => textOfFrame({ type: "events_api", envelope_id: "e1", payload })),
  hostileEnvelope.map((payload) => textOfFrame({ type: "interactive", envelope_id: "e2", payload })),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }),
);

function textOfFrame(frame: unknown): string {
  return JSON.stringify(frame) ?? "null";
}
