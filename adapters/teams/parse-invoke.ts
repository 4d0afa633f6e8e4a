/** Buttons, dialogs, look-ups and thumbs: what Teams asks and waits for. */
import { z } from "zod";
import type { Activity, CardData, Pressed } from "./activity.ts";
import { type Common, commonOf, id, orNull, words } from "./parse-common.ts";
import { wordsOfHtml } from "./parse-html.ts";

type Parse = (body: unknown, common: Common) => Activity | null;

const notOurs: Activity = { kind: "other", isInvoke: true };

const named = z.object({ name: z.string() });

/** Reads an invoke. Null where one that we know lacks who, where or what; one that we do not know, or whose card is none of ours, is `other`. */
export function parseInvoke(body: unknown): Activity | null {
  const read = named.safeParse(body);
  if (!read.success) return null;
  const parse = parsers.get(read.data.name);
  if (parse === undefined) return notOurs;
  const common = commonOf(body);
  return common === null ? null : parse(body, common);
}

// Names of invokes are words of others, so they are no keys of an object.
const parsers: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ["adaptiveCard/action", parseAction],
  ["composeExtension/query", parseQuery],
  ["composeExtension/fetchTask", parseOpened],
  ["composeExtension/submitAction", parseSent],
  ["task/submit", parseSent],
  ["message/submitAction", parseVote],
]);

const fieldId = /^[A-Za-z][\w.-]{0,63}$/;
const mostFields = 40;
const mostInField = 4_000;

const card = z.object({ verb: z.string().min(1).max(64), token: z.string().max(4_000) });

/** What a card of ours sent; null where it is none of ours. `verb` counts where the data does not say one. */
export function cardDataOf(data: unknown, verb: string | null = null): CardData | null {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return null;
  const read = card.safeParse(verb === null || "verb" in data ? data : { ...data, verb });
  if (!read.success) return null;
  const inputs = Object.entries(data).flatMap(([name, value]: [string, unknown]) =>
    fieldId.test(name) && name !== "verb" && name !== "token" && typeof value === "string"
      ? [[name, value.slice(0, mostInField)] as const]
      : [],
  );
  return { ...read.data, inputs: Object.fromEntries(inputs.slice(0, mostFields)) };
}

const onMessage = z.object({ replyToId: orNull(id) });

/** Id of the message that a card or a thumb belongs to. */
export const messageOf = (body: unknown): Pressed["message"] => onMessage.safeParse(body).data?.replyToId ?? null;

const action = z.object({
  value: z.object({ action: z.object({ verb: orNull(z.string()), data: z.unknown() }) }),
});

function parseAction(body: unknown, common: Common): Activity | null {
  const read = action.safeParse(body);
  if (!read.success) return null;
  const { verb, data } = read.data.value.action;
  const ours = cardDataOf(data, verb);
  return ours === null ? notOurs : { kind: "press", ...common, data: ours, isExecute: true, message: messageOf(body) };
}

const query = z.object({
  value: z.object({
    parameters: orNull(z.array(z.object({ name: orNull(z.string()), value: orNull(words) })).max(20)),
    queryOptions: orNull(z.object({ count: orNull(z.number()) })),
  }),
});

function parseQuery(body: unknown, common: Common): Activity | null {
  const read = query.safeParse(body);
  if (!read.success) return null;
  const { parameters, queryOptions } = read.data.value;
  // Asked before anything is typed: `initialRun`, which is no word of anybody's.
  const typed = (parameters ?? []).find(({ name }) => name !== "initialRun");
  const count = queryOptions?.count ?? 25;
  return {
    kind: "query",
    ...common,
    text: (typed?.value ?? "").trim(),
    count: Math.min(Math.max(Math.trunc(count), 1), 25),
  };
}

const opened = z.object({
  value: z.object({
    commandId: id,
    messagePayload: orNull(
      z.object({
        body: orNull(z.object({ contentType: orNull(z.string()), content: orNull(words) })),
      }),
    ),
  }),
});

function parseOpened(body: unknown, common: Common): Activity | null {
  const read = opened.safeParse(body);
  if (!read.success) return null;
  const { commandId, messagePayload: on } = read.data.value;
  const content = on?.body?.content ?? null;
  const isText = on?.body?.contentType?.toLowerCase() === "text";
  return {
    kind: "open",
    ...common,
    command: commandId,
    text: content === null || isText ? content : wordsOfHtml(content),
  };
}

// A dialog that a button of a message opened says no command.
const sent = z.object({ value: z.object({ commandId: orNull(id), data: z.unknown() }) });

function parseSent(body: unknown, common: Common): Activity | null {
  const read = sent.safeParse(body);
  if (!read.success) return null;
  const data = cardDataOf(read.data.value.data);
  return data === null ? notOurs : { kind: "dialog", ...common, command: read.data.value.commandId ?? "", data };
}

const thumb = z.object({
  value: z.object({
    actionName: z.literal("feedback"),
    actionValue: z.preprocess(unpacked, z.object({ reaction: z.enum(["like", "dislike"]), feedback: z.unknown() })),
  }),
});

function unpacked(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

function parseVote(body: unknown, common: Common): Activity {
  const read = thumb.safeParse(body);
  if (!read.success) return notOurs;
  const { reaction, feedback } = read.data.value.actionValue;
  const vote = reaction === "like" ? "up" : "down";
  return { kind: "vote", ...common, vote, text: typedIn(feedback), message: messageOf(body) };
}

const typedBeside = z.object({ feedbackText: z.string() });

/** What was typed beside the thumb: JSON in a string, an object, or the words themselves. */
function typedIn(feedback: unknown): string {
  const read = typedBeside.safeParse(unpacked(feedback));
  return read.success ? read.data.feedbackText : typeof feedback === "string" ? feedback : "";
}
