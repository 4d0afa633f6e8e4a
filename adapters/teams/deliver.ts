/** Brings a reply to where it belongs. What is for one person alone, as a reply to danger is, nobody else sees. */
import { isForOne } from "#src/doors/answer.ts";
import type { Reply } from "#src/reply.ts";
import type { Acted, Where } from "./activity.ts";
import type { Address, Message } from "./connector.ts";
import { drawn } from "./drawn.ts";
import { type Posted, post } from "./post.ts";
import { personId } from "./read.ts";
import { said } from "./said.ts";
import type { Tools } from "./tools.ts";

/** The address of a message, for the votes on it. */
export const messageAddress = (tenant: string, conversation: string, message: string): string =>
  [tenant, conversation, message].join(":");

const addressIn = ({ serviceUrl, conversation, thread }: Where): Address => ({ serviceUrl, conversation, thread });

export type DeliverOptions = {
  /** The reply as it is drawn. Default: as replies are, without a title. */
  readonly message?: Message;
  /** They have seen it already: where it cannot be brought, no line says so. Default false. */
  readonly isTold?: boolean;
};

/** Sends the reply to where it was asked for: in the thread, in a channel. Never rejects. */
export async function deliver(
  reply: Reply,
  acted: Acted,
  tools: Tools,
  {
    message = drawn(reply, { isPersonal: acted.where.kind === "personal", isTitled: false }, tools),
  }: DeliverOptions = {},
): Promise<Posted> {
  const { from, where } = acted;
  if (where.kind !== "personal" && isForOne(reply)) return deliverPrivately(reply, acted, tools);
  const posted = await post({ to: addressIn(where), message, isUrgent: reply.kind === "crisis" }, tools);
  noteAnswer(reply, posted, { tenant: from.tenant, conversation: where.conversation }, tools);
  if (posted.kind !== "sent") logUndelivered(posted, tools);
  return posted;
}

/**
 * To one person alone: in the chat with them. A reply to danger that cannot be brought there leaves a line where it was
 * written that says nothing of it, so that nobody is left without an answer. Never rejects.
 */
export async function deliverPrivately(
  reply: Reply,
  acted: Acted,
  tools: Tools,
  { message = drawn(reply, { isPersonal: true, isTitled: true }, tools), isTold = false }: DeliverOptions = {},
): Promise<Posted> {
  const isUrgent = reply.kind === "crisis";
  const send = (to: Address) => post({ to, message, isUrgent, ...(isUrgent && { longestWaitMs }) }, tools);
  const tried = await toChatWith(acted, send, tools);
  noteAnswer(reply, tried.posted, { tenant: acted.from.tenant, conversation: tried.conversation }, tools);
  if (tried.posted.kind === "sent") return tried.posted;
  logUndelivered(tried.posted, tools);
  if (isUrgent && tried.posted.kind === "retry") tools.working.aside(follow(acted, send, tools), "teams.unanswered");
  if (isTold || !isForOne(reply) || acted.where.kind === "personal") return tried.posted;
  const line: Reply = { kind: "note", why: "open-chat", say: said.openChat, asides: [], buttons: [] };
  const neutral = drawn(line, { isPersonal: false, isTitled: false }, tools);
  const told = await post({ to: addressIn(acted.where), message: neutral, isUrgent: true }, tools);
  if (told.kind !== "sent") logUndelivered(told, tools);
  return told;
}

// Waits before each further try, milliseconds.
const laterMs = [2_000, 15_000, 60_000] as const;

/** A reply to danger that could not be brought for the moment is brought later: the line tells people to look for it there. */
async function follow(acted: Acted, send: (to: Address) => Promise<Posted>, tools: Tools): Promise<void> {
  for (const waitMs of laterMs) {
    await tools.sleep(waitMs);
    const { posted } = await toChatWith(acted, send, tools);
    if (posted.kind !== "retry") return;
  }
}

type Tried = { readonly posted: Posted; readonly conversation: string };

/** Sends in the chat that is known; where there is none, or it is not there any more, in the one that Teams opens. */
async function toChatWith(
  { from, where }: Acted,
  send: (to: Address) => Promise<Posted>,
  { remember, connector, sleep }: Tools,
): Promise<Tried> {
  const known = await remember.chatWith(personId(from));
  if (known !== null) {
    const { serviceUrl, conversation } = known;
    const posted = await send({ serviceUrl, conversation, thread: null });
    if (posted.kind !== "gone") return { posted, conversation };
  }
  const { serviceUrl, bot } = where;
  const person = { serviceUrl, tenant: from.tenant, user: from.user, bot };
  for (let tries = 0; ; tries += 1) {
    const opened = await connector.openPersonal(person);
    if (opened.kind === "ok")
      return { posted: await send({ serviceUrl, conversation: opened.id, thread: null }), conversation: opened.id };
    if (opened.kind === "refused") return { posted: { kind: "gone", why: opened.code }, conversation: "" };
    // Opening it twice opens one chat.
    if (tries > 0) return { posted: { kind: "retry" }, conversation: "" };
    await sleep(opened.kind === "limited" ? Math.min(opened.afterMs, longestWaitMs) : 500);
  }
}

// Whoever is in danger is told where to write before this.
const longestWaitMs = 3_000;

/** Keeps what an answer showed, so that a thumb under it counts; it is not waited for. */
function noteAnswer(
  reply: Reply,
  posted: Posted,
  { tenant, conversation }: { readonly tenant: string; readonly conversation: string },
  { answers, working, nowMs }: Tools,
): void {
  if (reply.kind !== "answer" || posted.kind !== "sent" || posted.id === "") return;
  const entries = reply.entries.map(({ id }) => id);
  const put = answers.put(messageAddress(tenant, conversation, posted.id), entries, nowMs());
  working.aside(put, "teams.answer.not-noted");
}

/** Notes that a reply did not get through, and why: by a code. */
const logUndelivered = (posted: Exclude<Posted, { kind: "sent" }>, { log }: Tools): void =>
  log({ level: "warn", event: "teams.not-delivered", code: posted.kind === "gone" ? posted.why : posted.kind });
