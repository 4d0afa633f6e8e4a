/** How the proxy carries a call out: looked at as Slack would, handed on to local-slack, and its answer made whole. */
import type { Call } from "./api-server.ts";
import { drawable, withIds } from "./drawable.ts";
import { refusalOfMessage, refusalOfView } from "./limits.ts";
import { type Memory, methods } from "./memory.ts";
import { type Known, keyOf } from "./repair.ts";
import { botToken, type Json, listOf, objectOf, textOf, us } from "./team.ts";

/** What carrying a call out needs. */
export type Carrier = {
  readonly upstreamUrl: string;
  readonly known: Known;
  readonly memory: Memory;
  /** Addresses to respond at, by id. `upstream` is empty for one that local-slack did not give. */
  readonly addresses: ReadonlyMap<
    string,
    { readonly channel: string; readonly user: string; readonly upstream: string }
  >;
  readonly inFrontOf: (socketUrl: string) => string;
};

const refused = (error: string): Json => ({ ok: false, error });

/** Answers one call. */
export async function carry({ method, args }: Pick<Call, "method" | "args">, carrier: Carrier): Promise<Json> {
  switch (method) {
    case "chat.postMessage":
    case "chat.postEphemeral":
    case "chat.update":
      return message(method, args, carrier);
    case "conversations.history":
    case "conversations.replies":
      return read(method, args, carrier);
    case "views.open":
    case "views.push":
    case "views.update":
    case "views.publish":
      return show(method, args, carrier);
    case "assistant.threads.setStatus":
    case "assistant.threads.setSuggestedPrompts":
    case "assistant.threads.setTitle":
      return methods[method]?.(args, us, carrier.memory) ?? refused("unknown_method");
    case "apps.connections.open": {
      const opened = await upstream(method, args, carrier);
      return opened.ok === true ? { ...opened, url: carrier.inFrontOf(textOf(opened.url)) } : opened;
    }
    case "response_url":
      return respond(args, carrier);
    default:
      return upstream(method, args, carrier);
  }
}

async function upstream(method: string, args: Json, { upstreamUrl }: Carrier): Promise<Json> {
  const response = await fetch(`${upstreamUrl}/api/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${botToken}` },
    body: JSON.stringify(args),
  });
  return objectOf(await response.json());
}

async function message(method: string, args: Json, carrier: Carrier): Promise<Json> {
  const closed = carrier.memory.closed.get(textOf(args.channel));
  if (closed !== undefined) return refused(closed);
  const refusal = refusalOfMessage(args);
  if (refusal !== null) return refusal;
  const blocks = withIds(listOf(args.blocks));
  const text = args.text ?? args.markdown_text ?? "";
  const shown = { ...args, text, ...(blocks.length === 0 ? {} : { blocks: drawable(blocks) }) };
  const answer = await upstream(method, shown, carrier);
  if (answer.ok !== true) return answer;
  const key = keyOf(answer.channel ?? args.channel, answer.ts ?? answer.message_ts);
  const kept =
    args.metadata ?? (method === "chat.update" ? carrier.known.messages.get(key)?.metadata : undefined) ?? null;
  const metadata = kept === null ? null : objectOf(kept);
  carrier.known.messages.set(key, { blocks, metadata });
  return answer.message === undefined
    ? answer
    : { ...answer, message: whole(objectOf(answer.message), key, carrier, true) };
}

/** A message with its own blocks and its metadata, neither of which local-slack has. */
function whole(shown: Json, key: string, { known }: Carrier, withMetadata: boolean): Json {
  const posted = known.messages.get(key);
  if (posted === undefined) return shown;
  return {
    ...shown,
    ...(posted.blocks.length === 0 ? {} : { blocks: posted.blocks }),
    ...(withMetadata && posted.metadata !== null ? { metadata: posted.metadata } : {}),
  };
}

const isTrue = (given: unknown): boolean => given === true || given === "true" || given === "1";

async function read(method: string, args: Json, carrier: Carrier): Promise<Json> {
  const channel = textOf(args.channel);
  // The app has im:history alone.
  if (!channel.startsWith("D"))
    return { ...refused("missing_scope"), needed: "channels:history", provided: "im:history" };
  const answer = await upstream(method, args, carrier);
  const seen = listOf(answer.messages).filter(({ subtype }) => subtype !== "ephemeral");
  if (method === "conversations.replies" && seen.length === 0) return refused("thread_not_found");
  const most = Math.min(1_000, Number(textOf(args.limit)) || 100);
  const messages = seen
    .slice(0, most)
    .map((shown) => whole(shown, keyOf(channel, shown.ts), carrier, isTrue(args.include_all_metadata)));
  return { ...answer, messages, has_more: seen.length > most };
}

async function show(method: string, args: Json, carrier: Carrier): Promise<Json> {
  const isHome = method === "views.publish";
  const { known } = carrier;
  const refusal = refusalOfView(args.view, isHome ? "home" : "modal");
  if (refusal !== null) return refusal;
  const given = objectOf(args.view);
  const blocks = withIds(listOf(given.blocks));
  const theirs = [...known.viewIds].findLast(([, ours]) => ours === args.view_id)?.[0] ?? args.view_id;
  const sent = { ...args, view_id: theirs, view: { ...given, blocks: drawable(blocks) } };
  const answer = await upstream(method, sent, carrier);
  if (answer.ok !== true) return answer;
  const made = objectOf(answer.view);
  // local-slack gives a changed window another id; Slack does not.
  const id = method === "views.update" ? args.view_id : made.id;
  if (id !== made.id) known.viewIds.set(textOf(made.id), textOf(id));
  const view = { ...made, blocks, id };
  if (isHome) known.homes.set(textOf(args.user_id), view);
  else known.modal = view;
  return { ...answer, view };
}

async function respond(args: Json, carrier: Carrier): Promise<Json> {
  const { id, ...said } = args;
  const address = carrier.addresses.get(textOf(id));
  if (address === undefined) return refused("expired_url");
  if (isTrue(said.replace_original) || isTrue(said.delete_original)) {
    await fetch(address.upstream, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        ...said,
        ...(said.blocks === undefined ? {} : { blocks: drawable(listOf(said.blocks)) }),
      }),
    });
    return { ok: true };
  }
  // By the Web API instead: local-slack ignores the thread, and does not say which message it made.
  const method = said.response_type === "in_channel" ? "chat.postMessage" : "chat.postEphemeral";
  return message(method, { ...said, channel: address.channel, user: address.user }, carrier);
}
