/** What has been posted to a fake Slack, and what its Web API answers from that. */
import { refusalOfMessage, refusalOfView } from "./limits.ts";
import { alice, bob, type Identity, type Json, listOf, objectOf, type Person, textOf } from "./team.ts";

/** A message that we posted. `to` is the one person who sees it, or null; `thread` the time of the message above it. */
export type Posted = {
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | null;
  readonly to: string | null;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly metadata: Json | null;
  readonly team: string;
  /** How it came: by which method, or through an address to respond at. */
  readonly by: string;
  /** Milliseconds on the clock of `performance.now()`. */
  readonly atMs: number;
};

/** A window or a Home tab that was drawn. `for` is the trigger, the view id or the person. */
export type Shown = {
  readonly how: "open" | "update" | "push" | "publish";
  readonly for: string;
  readonly id: string;
  readonly view: Json;
};

/** What the agent surface was told. `isIgnored` where Slack says ok and does nothing. */
export type Hint = {
  readonly what: "status" | "prompts" | "title";
  readonly channel: string;
  readonly thread: string | null;
  readonly said: string | readonly Json[];
  readonly isIgnored: boolean;
};

export type Memory = {
  readonly posted: Posted[];
  readonly shown: Shown[];
  readonly hints: Hint[];
  /** People by id; a test may add some. */
  readonly people: Map<string, Person>;
  /** Channels that cannot be posted to, with the error. */
  readonly closed: Map<string, string>;
  /** Most messages that one page of a history holds, whatever is asked for; Slack gives some apps fifteen. A test may change it. */
  longestPage: number;
  readonly nextTs: () => string;
};

/** An empty memory of a workspace with its two people. Our bot is not in C02RND, and CNONE is not there. */
export function createMemory(): Memory {
  let count = 0;
  return {
    posted: [],
    shown: [],
    hints: [],
    people: new Map([alice, bob].map((person) => [person.id, person])),
    closed: new Map([
      ["C02RND", "not_in_channel"],
      ["CNONE", "channel_not_found"],
    ]),
    longestPage: 999,
    nextTs() {
      count += 1;
      return `${Math.floor(Date.now() / 1_000)}.${String(count).padStart(6, "0")}`;
    },
  };
}

type Method = (args: Json, by: Identity, memory: Memory) => Json;

const refused = (error: string): Json => ({ ok: false, error });

/** The direct message of someone with us. */
export const dmOf = (user: string): string => user.replace(/^[UW]/, "D");

const channelOf = (given: unknown): string => (/^[UW]/.test(textOf(given)) ? dmOf(textOf(given)) : textOf(given));

const post =
  (method: string): Method =>
  (args, by, memory) => {
    const channel = channelOf(args.channel);
    const isPrivate = method === "chat.postEphemeral";
    const wrong = memory.closed.get(channel) ?? (/^[CDG]/.test(channel) ? null : "channel_not_found");
    if (wrong !== null) return refused(wrong);
    if (isPrivate && textOf(args.user) === "") return refused("user_not_found");
    const refusal = refusalOfMessage(args);
    if (refusal !== null) return refusal;
    const ts = memory.nextTs();
    const message = { ...args, channel };
    memory.posted.push(postedOf(message, { ts, team: by.team, method, to: isPrivate ? textOf(args.user) : null }));
    return isPrivate
      ? { ok: true, message_ts: ts }
      : { ok: true, channel, ts, message: asRead(memory.posted.at(-1), by, true) };
  };

type How = { readonly ts: string; readonly team: string; readonly method: string; readonly to: string | null };

/** A message as it is remembered. */
export const postedOf = (args: Json, { ts, team, method, to }: How): Posted => ({
  channel: textOf(args.channel),
  ts,
  thread: textOf(args.thread_ts) || null,
  to,
  text: textOf(args.text),
  blocks: listOf(args.blocks),
  metadata: args.metadata === undefined ? null : objectOf(args.metadata),
  team,
  by: method,
  atMs: performance.now(),
});

function asRead(posted: Posted | undefined, { botUser, botId }: Identity, withMetadata: boolean): Json {
  if (posted === undefined) return {};
  const { ts, thread, text, blocks, metadata } = posted;
  return {
    type: "message",
    user: botUser,
    bot_id: botId,
    ts,
    text,
    ...(blocks.length === 0 ? {} : { blocks }),
    ...(thread === null ? {} : { thread_ts: thread }),
    ...(withMetadata && metadata !== null ? { metadata } : {}),
  };
}

const isTrue = (given: unknown): boolean => given === true || given === "true" || given === "1";

/** What was posted for all to see, newest first for a history and oldest first for a thread. */
const read =
  (what: "history" | "replies"): Method =>
  (args, by, memory) => {
    const channel = channelOf(args.channel);
    // The app has im:history alone.
    if (!channel.startsWith("D"))
      return { ...refused("missing_scope"), needed: "channels:history", provided: "im:history" };
    const mine = memory.posted.filter((posted) => posted.channel === channel && posted.to === null);
    const root = textOf(args.ts);
    const oldest = Number(textOf(args.oldest)) || 0;
    const begin = Number(textOf(args.cursor).replace(/^next:/, "")) || 0;
    const all =
      what === "history"
        ? mine.filter(({ thread }) => thread === null).toReversed()
        : mine.filter(({ ts, thread }) => ts === root || thread === root);
    if (what === "replies" && all.length === 0) return refused("thread_not_found");
    const found = all.filter(({ ts }) => ts === root || Number(ts) >= oldest);
    const end = begin + Math.min(memory.longestPage, Number(textOf(args.limit)) || 100);
    const messages = found.slice(begin, end).map((posted) => asRead(posted, by, isTrue(args.include_all_metadata)));
    const more = found.length > end ? { response_metadata: { next_cursor: `next:${end}` } } : {};
    return { ok: true, messages, has_more: found.length > end, ...more };
  };

const show =
  (how: Shown["how"]): Method =>
  (args, by, memory) => {
    const refusal = refusalOfView(args.view, how === "publish" ? "home" : "modal");
    if (refusal !== null) return refusal;
    const key = textOf(
      how === "publish" ? args.user_id : how === "update" ? (args.view_id ?? args.external_id) : args.trigger_id,
    );
    if (key === "") return refused("invalid_arguments");
    if ((how === "open" || how === "push") && key.startsWith("expired")) return refused("expired_trigger_id");
    const isTriggerUsed = memory.shown.some(
      (shown) => shown.how !== "publish" && shown.how !== "update" && shown.for === key,
    );
    if ((how === "open" || how === "push") && isTriggerUsed) return refused("exchanged_trigger_id");
    if (how === "update" && !memory.shown.some(({ id }) => id === key)) return refused("not_found");
    const id = how === "update" ? key : `V${String(memory.shown.length + 1).padStart(8, "0")}`;
    const view = { ...objectOf(args.view), id, team_id: by.team, hash: `${memory.shown.length}.x`, root_view_id: id };
    memory.shown.push({ how, for: key, id, view: objectOf(args.view) });
    return { ok: true, view };
  };

const hint =
  (what: Hint["what"]): Method =>
  (args, _by, memory) => {
    const channel = textOf(args.channel_id);
    const thread = textOf(args.thread_ts) || null;
    const prompts = listOf(args.prompts);
    if (channel === "") return refused("invalid_arguments");
    if (what !== "prompts" && thread === null) return refused("invalid_thread_ts");
    if (what === "prompts" && (prompts.length === 0 || prompts.length > 4)) return refused("invalid_arguments");
    const said = what === "prompts" ? prompts : textOf(what === "status" ? args.status : args.title);
    // Prompts belong to the whole tab; with a thread Slack says ok and shows nothing.
    memory.hints.push({ what, channel, thread, said, isIgnored: what === "prompts" && thread !== null });
    return { ok: true };
  };

/** The part of the Web API that a door like ours calls, over a memory. */
export const methods: Readonly<Record<string, Method>> = {
  "api.test": () => ({ ok: true }),
  "auth.test": (_args, by) => ({
    ok: true,
    url: "https://acme.slack.test/",
    team: by.teamName,
    user: "bearings",
    team_id: by.team,
    user_id: by.botUser,
    bot_id: by.botId,
    is_enterprise_install: false,
  }),
  "chat.postMessage": post("chat.postMessage"),
  "chat.postEphemeral": post("chat.postEphemeral"),
  "chat.update": (args, by, memory) => {
    const at = memory.posted.findIndex(({ ts, channel }) => ts === args.ts && channel === channelOf(args.channel));
    const old = memory.posted[at];
    const refusal = refusalOfMessage(args);
    if (old === undefined || old.to !== null) return refused("message_not_found");
    if (refusal !== null) return refusal;
    const changed = { metadata: old.metadata ?? undefined, ...args, channel: old.channel, thread_ts: old.thread };
    memory.posted[at] = postedOf(changed, { ts: old.ts, team: by.team, method: "chat.update", to: null });
    return { ok: true, channel: old.channel, ts: old.ts, text: textOf(args.text) };
  },
  "conversations.open": (args) => {
    const user = textOf(args.users).split(",")[0] ?? "";
    return user === "" ? refused("users_list_not_supplied") : { ok: true, channel: { id: dmOf(user) } };
  },
  "conversations.history": read("history"),
  "conversations.replies": read("replies"),
  "users.info": (args, by, memory) => {
    const person = memory.people.get(textOf(args.user));
    if (person === undefined) return refused("user_not_found");
    const { id, name, realName, zone } = person;
    return {
      ok: true,
      user: { id, team_id: by.team, name, real_name: realName, tz: zone, tz_offset: 0, is_bot: false },
    };
  },
  "views.open": show("open"),
  "views.push": show("push"),
  "views.update": show("update"),
  "views.publish": show("publish"),
  "assistant.threads.setStatus": hint("status"),
  "assistant.threads.setSuggestedPrompts": hint("prompts"),
  "assistant.threads.setTitle": hint("title"),
};
