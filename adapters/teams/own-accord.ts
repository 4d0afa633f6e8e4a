/**
 * Messages of our own accord, such as reminders: one try each. Whoever asks for it keeps the time, tries again and counts;
 * here nothing is waited for but Microsoft, and that for some seconds.
 */

import type { Reference } from "#src/doors/core.ts";
import type { Deliver, Delivery } from "#src/reply.ts";
import type { Place } from "#src/turn.ts";
import { within } from "#src/within.ts";
import type { Address, Called, Message } from "./connector.ts";
import type { Door } from "./door.ts";
import { drawn } from "./drawn.ts";
import { gone } from "./parking.ts";
import { below, isTooMuch, isWordsAlone, partsOf, repeated, wordsOf } from "./post.ts";
import { type At, openPlace, personId } from "./read.ts";

// Where nobody says when to come back: soon, and it is for the caller to wait longer each time.
const soon: Delivery = { kind: "retry", afterMs: 5_000 };
// A longer turn than this is waited for by the caller.
const longestTurnMs = 2_000;
// Past this, what comes before the message has taken so long that another try, which knows more, is better.
const longestBeforeMs = 2_500;
const databaseMs = 2_000;
const repeatMs = 10 * 60 * 1_000;

/** What sending needs of the door. */
export type OwnTools = Pick<Door, "references" | "connector" | "pace" | "nowMs" | "sleep" | "knowledge">;

/** What the core sends of its own accord: one try. */
export function deliverWith(door: OwnTools): Deliver {
  return async (place, reply, { triedMs }) => {
    const begunMs = door.nowMs();
    const at = openedPlace(place);
    if (at === null) return { kind: "gone", why: "bad_place" };
    // Where others read along nobody may see it, and there is nobody to tell in private.
    if (reply.kind === "crisis" && at.kind === "conversation") return { kind: "gone", why: "nobody_to_tell" };
    // Nobody can look whether an earlier try has landed.
    const waitMs = triedMs === null ? 0 : repeatInMs(triedMs, begunMs);
    if (waitMs > 0) return { kind: "retry", afterMs: waitMs };
    const found = await reached(at, door).catch(() => soon);
    if ("kind" in found) return found;
    if (door.nowMs() - begunMs > longestBeforeMs) return { kind: "retry", afterMs: 1_000 };
    const message = drawn(reply, { isPersonal: at.kind === "person", isTitled: true, isOurs: true }, door);
    return tryOnce(found, triedMs === null ? message : repeated(message), door);
  };
}

/** Null where it was not sealed by this door. */
function openedPlace(place: Place): At | null {
  try {
    return openPlace(place);
  } catch {
    return null;
  }
}

/** How long nobody repeats a message of which they cannot know: until ten minutes after the first. */
function repeatInMs(triedMs: number, nowMs: number): number {
  const sinceMs = nowMs - triedMs;
  // The first was timed by another clock: one that says that it is still to come is not waited for.
  return sinceMs < 0 ? 0 : Math.max(0, repeatMs - sinceMs);
}

/** Where it is reached; or what to do where that is not known. Rejects while the database is away. */
async function reached(at: At, door: OwnTools): Promise<Address | Delivery> {
  const { references } = door;
  const known =
    at.kind === "person"
      ? await inTime(references.ofPerson(personId(at)))
      : await inTime(references.find(at.tenant, at.conversation));
  if (known !== null) return { serviceUrl: known.serviceUrl, conversation: known.conversation, thread: null };
  if (at.kind === "conversation") return { kind: "gone", why: gone.notInstalled };
  const near = await inTime(references.ofTenant(at.tenant));
  return near === null ? { kind: "gone", why: gone.notInstalled } : openChat(at, near, door);
}

/** Opens the chat with a person whom we have only met among others, and keeps where it is: the next try need not ask. */
async function openChat(
  at: Extract<At, { kind: "person" }>,
  { serviceUrl, bot }: Reference,
  { connector, references, nowMs }: OwnTools,
): Promise<Address | Delivery> {
  const { tenant, user } = at;
  const opened = await connector.openPersonal({ serviceUrl, tenant, user, bot });
  if (opened.kind !== "ok") return before(opened);
  const reference = { tenant, conversation: opened.id, person: personId(at), serviceUrl, bot, zone: null };
  await inTime(references.put(reference, nowMs()));
  return { serviceUrl, conversation: opened.id, thread: null };
}

async function inTime<T>(asked: Promise<T>): Promise<T> {
  const found = await within(asked, databaseMs);
  if (found === "late") throw new Error("The database takes too long.");
  return found;
}

/** Sends it in its turn, and as words alone where Teams will not have it as it is drawn. */
async function tryOnce(to: Address, message: Message, tools: OwnTools): Promise<Delivery> {
  const { connector, pace } = tools;
  const waitMs = pace.waitMs(to.conversation);
  if (waitMs > longestTurnMs) return { kind: "retry", afterMs: waitMs };
  await pace.next(to.conversation);
  const { words, card } = partsOf(message);
  const called = await connector.send(to, words);
  const last = isTooMuch(called) && !isWordsAlone(message) ? await connector.send(to, wordsOf(message)) : called;
  if (last.kind === "limited") pace.hold(to.conversation, last.afterMs);
  if (called.kind === "ok" && card !== null) await sendCard(below(to, called.id), card, tools);
  switch (last.kind) {
    case "ok":
      return { kind: "sent" };
    case "unknown":
      return { kind: "unknown", canLook: false };
    default:
      return before(last);
  }
}

/**
 * Its words are there, and each reminder can be changed by words as well: it is not sent anew for want of the card, which is
 * tried again where Teams only asks to wait for a moment.
 */
async function sendCard(to: Address, card: Message, { connector, pace, sleep }: OwnTools): Promise<void> {
  const first = await within(connector.send(to, card), longestTurnMs);
  if (first === "late" || first.kind !== "limited") return;
  pace.hold(to.conversation, first.afterMs);
  if (first.afterMs > longestTurnMs) return;
  await sleep(first.afterMs);
  await within(connector.send(to, card), longestTurnMs);
}

/** What comes of the message when nothing has been sent. */
function before(called: Exclude<Called, { kind: "ok" }>): Delivery {
  switch (called.kind) {
    case "limited":
      return { kind: "retry", afterMs: called.afterMs };
    case "refused":
      return { kind: "gone", why: whyOf(called) };
    case "failed":
    case "unknown":
      return soon;
    default:
      return called satisfies never;
  }
}

/** Codes of ours for what people can do something about; else Microsoft's. */
function whyOf({ status, code }: Extract<Called, { kind: "refused" }>): string {
  if (status === 401) return gone.unauthorised;
  if (status === 403) return gone.blocked;
  return status === 404 ? gone.noConversation : code;
}
