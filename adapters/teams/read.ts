/** A message of Teams' as a turn, or the reason why it is none of ours; and the ids and places that cross the core. Pure. */
import { z } from "zod";
import type { Places } from "#src/reminders/desk/settle.ts";
import type { Person, Place, Said, Turn } from "#src/turn.ts";
import type { Acted, From, Mention, Typed } from "./activity.ts";
import { saidBy } from "./commands.ts";
import { decoded } from "./parse-html.ts";

/** What became of a message: a turn; one that matters only if someone is in danger (an edit); or nothing, and why. */
export type Read =
  | { readonly kind: "turn"; readonly turn: Turn }
  | { readonly kind: "edit"; readonly turn: Turn }
  | { readonly kind: "ignored"; readonly why: Ignored };

/** Why a message is not answered. */
export type Ignored =
  | "our own message"
  | "another bot's message"
  | "a message of several people that does not name us"
  | "no text";

/** Reads a message. `nowMs`: milliseconds since 1970-01-01 UTC. */
export function readMessage(activity: Typed, nowMs: number): Read {
  const { from, where, mentions, isEdit } = activity;
  const isPrivate = where.kind === "personal";
  const isNamed = mentions.some(({ id }) => id === where.bot);
  if (from.user === where.bot) return { kind: "ignored", why: "our own message" };
  if (from.user.startsWith("28:")) return { kind: "ignored", why: "another bot's message" };
  // With a right to read along, which Bearings does not ask for, all that is said in a team would come here.
  if (!isPrivate && !isNamed) return { kind: "ignored", why: "a message of several people that does not name us" };
  const text = textOf(activity.text, mentions, where.bot);
  if (text === "" && !isNamed) return { kind: "ignored", why: "no text" };
  const turn: Turn = {
    id: turnId(activity, nowMs),
    atMs: nowMs,
    person: personOf(from),
    place: isPrivate ? directOf(from) : conversationOf(activity),
    said: saidBy(text),
  };
  return { kind: isEdit ? "edit" : "turn", turn };
}

/** The same whenever Teams brings it again. An edit has the id of what it changes, so the time is what tells it apart. */
function turnId({ id, from, where, isEdit, sentAt }: Typed, nowMs: number): string {
  const own = id ?? sentAt ?? String(nowMs);
  return ["teams", from.tenant, where.conversation, own, ...(isEdit ? ["edit", sentAt ?? ""] : [])].join(":");
}

/** How a person is known: by their account, which an administrator finds; where Teams says none, by their id towards us. */
type Someone = Pick<From, "tenant" | "user" | "account">;

/** One person of one organisation. */
export const personId = ({ tenant, user, account }: Someone): string => `teams:${tenant}:${account ?? user}`;

/** Who acts, as the core knows them. */
export const personOf = (from: From): Person => ({
  id: personId(from),
  zone: from.zone === null ? null : { name: from.zone, from: "profile" },
  ...(from.country === null ? {} : { country: from.country }),
});

/** A place in Teams, as this door alone reads it: the chat with a person, wherever that is; or a conversation of several people. */
export type At =
  | ({ readonly kind: "person" } & Someone)
  | { readonly kind: "conversation"; readonly tenant: string; readonly conversation: string };

/** Seals a place into the opaque string that crosses the core. Where it is reached is kept elsewhere, since that changes. */
export const placeOf = (at: At): Place => ({
  door: "teams",
  key: JSON.stringify(
    at.kind === "person" ? ["person", at.tenant, at.user, at.account] : ["conversation", at.tenant, at.conversation],
  ),
  isPrivate: at.kind === "person",
});

/** The chat with a person. */
export const directOf = ({ tenant, user, account }: Someone): Place =>
  placeOf({ kind: "person", tenant, user, account });

/** Something that is answered to the person alone. `own` tells it from all else that they do, and is the same when it is brought again. */
export const turnAlone = (
  { kind, from }: Pick<Acted, "kind" | "from">,
  own: string,
  said: Said,
  atMs: number,
): Turn => ({
  id: ["teams", from.tenant, kind, from.user, own].join(":"),
  atMs,
  person: personOf(from),
  place: directOf(from),
  said,
});

const conversationOf = ({ from, where }: Acted): Place =>
  placeOf({ kind: "conversation", tenant: from.tenant, conversation: where.conversation });

/**
 * Where reminders may go that a person sets here. A message extension is used in conversations that we are not in, and one
 * cannot be told from the other: from there they go to the person alone.
 */
export function placesOf(acted: Acted): Places {
  const isAnywhere = acted.kind === "query" || acted.kind === "open" || acted.kind === "dialog";
  const isShared = acted.where.kind !== "personal" && !isAnywhere;
  return { direct: directOf(acted.from), here: isShared ? conversationOf(acted) : null };
}

const sealed = z.union([
  z.tuple([z.literal("person"), z.string(), z.string(), z.string().nullable()]),
  z.tuple([z.literal("conversation"), z.string(), z.string()]),
]);

/** Opens what `placeOf` sealed. Throws where the place belongs to another door. */
export function openPlace({ door, key }: Place): At {
  if (door !== "teams") throw new Error("a place of another door");
  const [kind, tenant, id, account = null] = sealed.parse(JSON.parse(key));
  return kind === "person" ? { kind, tenant, user: id, account } : { kind, tenant, conversation: id };
}

// A name has 256 characters at most.
const tag = /<at\b[^<>]{0,300}>([^<]{0,300})<\/at>/gi;
const quotation = /<quoted\b[^<>]{0,300}\/?>(?:<\/quoted>)?/gi;
// A card that someone put into their message stands in it as this.
const card =
  /<span\b[^<>]{0,300}\binline-compose-card\b[^<>]{0,300}>\s{0,9}(?:<span\b[^<>]{0,300}><\/span>)?\s{0,9}<\/span>|<attachment\b[^<>]{0,300}>(?:<\/attachment>)?/gi;

/** The words as a person reads them: our own mention gone, by its entity; other people unnamed; character references as characters. */
export function textOf(written: string, mentions: readonly Mention[], bot: string): string {
  const whose = Map.groupBy(mentions, ({ text }) => nameIn(text));
  const turns = new Map<string, number>();
  const without = written.replace(tag, (_whole, name: string) => {
    const key = nameIn(name);
    const all = whose.get(key);
    // What looks like a mention and is none was typed so.
    if (all === undefined) return name;
    // Two of one name are told apart by their order.
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return all[Math.min(turn, all.length - 1)]?.id === bot ? " " : "@someone";
  });
  return decoded(without.replace(quotation, " ").replace(card, " "))
    .replaceAll(/\r\n?/g, "\n")
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
}

const nameIn = (text: string): string =>
  decoded(text.replace(tag, (_whole, name: string) => name))
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
