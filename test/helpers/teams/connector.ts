/** The connector that a bot speaks to: takes messages as Microsoft's does, and remembers what came, byte for byte. */
import type { IncomingHttpHeaders } from "node:http";
import { alice, chats, type Json } from "./activities.ts";
import type { Struck, What } from "./faults.ts";

/** One request as it came. */
export type Request = {
  readonly method: string;
  /** As it was sent, with the query. */
  readonly rawPath: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

/**
 * A message of ours. `thread`: the message whose thread it belongs to, or null. `activity`: all of it as it arrived; a card
 * that follows its words is shown among their attachments.
 */
export type Posted = {
  readonly id: string;
  /** Id of the message that its card is; null where there is none, or it is one with its words. */
  readonly card: string | null;
  readonly how: "send" | "update";
  readonly serviceUrl: string;
  /** Without the thread. */
  readonly conversation: string;
  readonly thread: string | null;
  readonly text: string;
  readonly activity: Json;
  /** The bytes, as text; those of the card on a line of their own. */
  readonly raw: string;
  /** Milliseconds on the clock of `performance.now()`. */
  readonly atMs: number;
};

/** A call of the connector's, read. */
export type ConnectorCall = Struck & {
  readonly at: string;
  /** Path parts below the service URL, decoded. */
  readonly parts: readonly string[];
  readonly thread: string | null;
  readonly query: URLSearchParams;
};

/** What is answered. */
export type Answer = { readonly status: number; readonly body: unknown };

export type ConnectorMemory = {
  readonly posted: Posted[];
  /** How many people a conversation has; a test may change it. Default 3. */
  readonly people: Map<string, number>;
};

export const createConnectorMemory = (): ConnectorMemory => ({ posted: [], people: new Map() });

/** The personal chat that there is with someone. */
export const chatWith = (user: string): string => (user === alice.id ? chats.personal : `a:with-${user}`);

const refused = (status: number, code: string): Answer => ({
  status,
  body: { error: { code, message: "This is what Microsoft says." } },
});

/** Reads a call to one of these service URLs; null for any other path. */
export function readCall({ method, rawPath }: Request, serviceUrls: readonly string[], origin: string) {
  const at = serviceUrls.find((url) => `${origin}${rawPath}`.startsWith(url));
  if (at === undefined) return null;
  const { pathname, searchParams } = new URL(rawPath, origin);
  const parts = pathname.slice(new URL(at).pathname.length).split("/").map(decodeURIComponent);
  const [conversation = null, thread = null] = (parts[2] ?? "").split(";messageid=");
  const call: ConnectorCall = {
    what: whatIs(method, parts),
    at,
    parts,
    conversation: conversation === "" ? null : conversation,
    thread,
    query: searchParams,
  };
  return call;
}

function whatIs(method: string, [version, root, , below, id]: readonly string[]): What {
  if (version !== "v3" || root !== "conversations") return "other";
  if (below === undefined) return method === "POST" ? "create" : "other";
  if (below === "activities")
    return method === "POST" ? "send" : method === "PUT" && id !== undefined ? "update" : "other";
  return below === "pagedmembers" && method === "GET" ? "members" : "other";
}

// Microsoft takes 80 KB and more of some; the smallest that its pages name is what has to do.
const mostBytes = 28 * 1_024;
let count = 1_764_100_000_000;

/** Carries a call out. */
export function carryOut(call: ConnectorCall, { body }: Request, memory: ConnectorMemory): Answer {
  switch (call.what) {
    case "create":
      return create(parsed(body));
    case "send":
    case "update":
      return take(call, body, memory);
    case "members":
      return members(call, memory);
    default:
      return refused(404, "NotFound");
  }
}

function create({ isGroup, members, bot, channelData, tenantId }: Json): Answer {
  const [member] = Array.isArray(members) ? members : [];
  const tenant = isRecord(channelData) && isRecord(channelData.tenant) ? channelData.tenant.id : tenantId;
  const isRight = isGroup !== true && isRecord(member) && typeof member.id === "string" && isRecord(bot);
  if (!isRight || typeof tenant !== "string") return refused(400, "BadArgument");
  return { status: 201, body: { id: chatWith(String(member.id)) } };
}

function take(call: ConnectorCall, body: Buffer, memory: ConnectorMemory): Answer {
  if (body.length > mostBytes) return refused(413, "MessageSizeTooBig");
  const activity = parsed(body);
  const text = typeof activity.text === "string" ? activity.text : "";
  const isEmpty = text === "" && !(Array.isArray(activity.attachments) && activity.attachments.length > 0);
  if (activity.type !== "message" || isEmpty) return refused(400, "BadSyntax");
  // What has words and a card is two messages; of both, no id is told, and none can take the place of one.
  const isTwo = text !== "" && Array.isArray(activity.attachments) && activity.attachments.length > 0;
  if (isTwo && call.what === "update") return refused(400, "BadSyntax");
  const old = call.parts[4];
  if (call.what === "update" && !memory.posted.some(({ id }) => id === old))
    return refused(404, "ActivityNotFoundInConversation");
  count += 1;
  const id = call.what === "update" ? String(old) : String(count);
  const { at: serviceUrl, thread } = call;
  memory.posted.push({
    id,
    card: text === "" ? id : null,
    how: call.what === "update" ? "update" : "send",
    serviceUrl,
    conversation: call.conversation ?? "",
    thread,
    text,
    activity,
    raw: body.toString("utf8"),
    atMs: performance.now(),
  });
  if (isTwo) return { status: 202, body: {} };
  return { status: call.what === "update" ? 200 : 201, body: { id } };
}

/** The messages as people see them: each card with the words that it came after. */
export function withCards(sent: readonly Posted[]): readonly Posted[] {
  const shown: Posted[] = [];
  for (const one of sent) {
    const at = isCard(one) ? shown.findLastIndex((earlier) => lacksCard(earlier, one)) : -1;
    const words = shown[at];
    if (words === undefined) shown.push(one);
    else {
      const activity = { ...words.activity, attachments: one.activity.attachments };
      shown[at] = { ...words, card: one.id, activity, raw: `${words.raw}\n${one.raw}` };
    }
  }
  return shown;
}

const hasCard = ({ activity }: Posted): boolean =>
  Array.isArray(activity.attachments) && activity.attachments.length > 0;
const isCard = (one: Posted): boolean => one.how === "send" && one.text === "" && hasCard(one);
const lacksCard = (words: Posted, card: Posted): boolean =>
  words.how === "send" &&
  words.text !== "" &&
  words.card === null &&
  !hasCard(words) &&
  words.conversation === card.conversation &&
  words.thread === card.thread;

function members({ conversation, query }: ConnectorCall, { people }: ConnectorMemory): Answer {
  const size = Number(query.get("pageSize") ?? 200);
  if (!Number.isInteger(size) || size < 50 || size > 500) return refused(400, "BadArgument");
  const begin = Number(query.get("continuationToken") ?? 0);
  const all = people.get(conversation ?? "") ?? 3;
  const end = Math.min(all, begin + size);
  const page = Array.from({ length: end - begin }, (_, index) => ({
    id: `29:someone-${begin + index}`,
    name: "Someone",
  }));
  return { status: 200, body: { members: page, ...(end < all && { continuationToken: String(end) }) } };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function parsed(body: Buffer): Json {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
