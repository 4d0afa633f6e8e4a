/** A message of Slack's as a turn, or the reason why it is none of ours. Pure. */
import { z } from "zod";
import type { Places } from "#src/reminders/desk/settle.ts";
import { type Place, type Said, type Turn, userText } from "#src/turn.ts";
import type { From, LookUp, MessageEvent } from "./payload.ts";

/** What became of a message: a turn; one that matters only if someone is in danger (an edit); or nothing, and why. */
export type Read =
  | { readonly kind: "turn"; readonly turn: Turn }
  | { readonly kind: "edit"; readonly turn: Turn }
  | { readonly kind: "ignored"; readonly why: Ignored };

/** Why a message is not answered. */
export type Ignored =
  | "our own message"
  | "another bot's message"
  | "an edit that changed no words"
  | "an edit in a channel"
  | "not a message from a person"
  | "a channel message that does not name us"
  | "no text";

/** What reading needs to know of us: the bot's user id, and the time in milliseconds since 1970-01-01 UTC. */
export type Us = { readonly botUser: string; readonly nowMs: number };

// What a person types, with or without a file, in a thread or shown in the channel as well.
const fromPeople: ReadonlySet<string | null> = new Set([null, "file_share", "thread_broadcast", "me_message"]);

/** Reads a message event. */
export function readMessage(event: MessageEvent, { botUser, nowMs }: Us): Read {
  const { user, edit } = event;
  if (user === botUser) return { kind: "ignored", why: "our own message" };
  if (event.isBot) return { kind: "ignored", why: "another bot's message" };
  if (user === null || (edit === null && !fromPeople.has(event.subtype)))
    return { kind: "ignored", why: "not a message from a person" };
  if (edit !== null && !edit.isReworded) return { kind: "ignored", why: "an edit that changed no words" };
  // Without a right to read channels only a mention brings a message here; its twin of type `message` says the same.
  if (!event.isDirect && !mentions(event.text, botUser))
    return { kind: "ignored", why: "a channel message that does not name us" };
  if (edit !== null && !event.isDirect) return { kind: "ignored", why: "an edit in a channel" };
  const text = textOf(event.text, botUser);
  if (text === "" && event.isDirect) return { kind: "ignored", why: "no text" };
  const turn: Turn = {
    // Not the event's id: one mention arrives as two events, and both have the message's own time.
    id: ["slack", event.team, event.channel, edit?.ts ?? event.ts].join(":"),
    atMs: nowMs,
    person: { id: personId(event.team, user), zone: null },
    place: placeOf({
      team: event.team,
      enterprise: event.enterprise,
      channel: event.channel,
      // In a direct message too each question opens a thread of its own, as Slack's agent surface has it.
      thread: event.threadTs ?? event.ts,
      isPrivate: event.isDirect,
    }),
    // A mention alone is a knock on the door.
    said: text === "" ? { kind: "pressed", token: "start" } : typed(text),
  };
  return { kind: edit === null ? "turn" : "edit", turn };
}

/** A message that someone else may have written, looked up in private by `user`. */
export function readLookUp(payload: LookUp, { botUser, nowMs }: Us): Turn {
  const { team, enterprise, user, channel, ts } = payload;
  return {
    id: ["slack", team, channel, ts, "look-up", user, payload.triggerId].join(":"),
    atMs: nowMs,
    person: { id: personId(team, user), zone: null },
    place: placeOf({ team, enterprise, channel, thread: null, isPrivate: true }),
    said: typed(textOf(payload.text, botUser)),
  };
}

/** Something typed. */
export const typed = (text: string): Said => ({ kind: "text", text: userText(text) });

/** One person of one workspace. */
export const personId = (team: string, user: string): string => `slack:${team}:${user}`;

/** A place in Slack, as this door alone reads it. */
export type At = {
  readonly team: string;
  /** The organisation whose installation reaches the workspace, or null. */
  readonly enterprise: string | null;
  /** A channel or a direct message; or a person's id, for the direct message that we have with them. */
  readonly channel: string;
  /** Time of the message that the thread hangs from; null for the channel itself. */
  readonly thread: string | null;
  readonly isPrivate: boolean;
};

/** Seals a place into the opaque string that crosses the core. */
export const placeOf = ({ team, enterprise, channel, thread, isPrivate }: At): Place => ({
  door: "slack",
  key: JSON.stringify(enterprise === null ? [team, channel, thread] : [team, channel, thread, enterprise]),
  isPrivate,
});

/** Where reminders may go that a person sets here: `channel` is where they act, null where that is no conversation. */
export function placesOf({ team, enterprise, user }: From, channel: string | null): Places {
  const common = { team, enterprise, thread: null };
  const isShared = channel !== null && !isDirect(channel);
  return {
    direct: placeOf({ ...common, channel: user, isPrivate: true }),
    here: isShared ? placeOf({ ...common, channel, isPrivate: false }) : null,
  };
}

/** Direct messages have ids of their own kind. */
export const isDirect = (channel: string): boolean => channel.startsWith("D");

const parts = [z.string(), z.string(), z.string().nullable()] as const;
// The fourth is there for workspaces of an organisation alone.
const sealed = z.union([z.tuple(parts), z.tuple([...parts, z.string()])]);

/** Opens what `placeOf` sealed. Throws where the place belongs to another door. */
export function openPlace({ door, key, isPrivate }: Place): At {
  if (door !== "slack") throw new Error("a place of another door");
  const [team, channel, thread, enterprise = null] = sealed.parse(JSON.parse(key));
  return { team, enterprise, channel, thread, isPrivate };
}

const mentionOf = (user: string): RegExp => new RegExp(`<@${user.replace(/\W/g, "")}(?:\\|[^>]{0,100})?>`, "g");

const mentions = (text: string, botUser: string): boolean => mentionOf(botUser).test(text);

/** People, channels and groups by their sign and id; addresses; either with a label. */
const references = /<(?:([@#!])([^<>|\s]{1,300})|((?:https?|mailto|tel):[^<>|\s]{1,3000}))(?:\|([^<>]{0,3000}))?>/g;

/** The words as a person reads them: our own mention gone, by its id; other people unnamed; links by their label; entities as characters. */
export function textOf(encoded: string, botUser: string): string {
  return encoded
    .replace(mentionOf(botUser), " ")
    .replace(references, (_whole, sign?: string, _id?: string, address?: string, label?: string) =>
      sign === undefined ? label || (address ?? "") : shownAs(sign, label ?? ""),
    )
    .replace(/&(amp|lt|gt);/g, (_whole, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "")
    .replace(/[ \t\u00a0]+/g, " ")
    .trim();
}

function shownAs(sign: string, label: string): string {
  // An id says nothing to a search, and whose it is does not belong in a question.
  if (sign === "@") return "@someone";
  if (sign === "#") return `#${label || "channel"}`;
  return label;
}
