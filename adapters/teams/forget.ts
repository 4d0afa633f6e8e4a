/** "Delete my data": asked once more, and then all that is kept of a person is erased. */
import { named } from "#src/log.ts";
import type { Reply } from "#src/reply.ts";
import { actionOf, type Verb, verbs } from "./actions.ts";
import type { From } from "./activity.ts";
import type { ActionSet, Card } from "./card.ts";
import { attached, cardOf } from "./card-parts.ts";
import type { Message } from "./connector.ts";
import { personId } from "./read.ts";
import { said } from "./said.ts";
import type { Tools } from "./tools.ts";

/** Erases it, and says so; or says that it could not be done. Never rejects. */
export async function forget(from: From, tools: Tools): Promise<Reply> {
  const { votes, reminders, remember, log } = tools;
  const person = personId(from);
  const erased = await Promise.allSettled([votes.forget(person), reminders.forget(person), remember.forget(person)]);
  const failed = erased.filter(({ status }) => status === "rejected");
  for (const one of failed)
    if (one.status === "rejected") log({ level: "error", event: "teams.not-forgotten", ...named(one.reason) });
  return noteOf(failed.length === 0 ? said.forgotten : said.notForgotten);
}

/** What was asked for is not done. */
export const kept = (): Reply => noteOf(said.stays);

/** Asks whether it is meant, and says what goes. */
export const question = (): Reply => noteOf(said.forgetText);

const noteOf = (say: string): Reply => ({ kind: "note", why: "forget", say, asides: [], buttons: [] });

const button = (verb: Verb, label: string) => actionOf({ label, data: { verb, token: "forget" }, sends: "execute" });
const ask: ActionSet = { type: "ActionSet", actions: [button(verbs.forget, said.forget)] };
const confirm: ActionSet = {
  type: "ActionSet",
  actions: [button(verbs.forgetNow, said.forgetNow), button(verbs.forgetNot, said.keep)],
};

/** The buttons of its own that a reply has beside those of the core; null for none. `isPersonal`: nobody else reads along. */
export function buttonsFor(reply: Reply, isPersonal: boolean): ActionSet | null {
  if (reply.kind !== "note") return null;
  if (reply.why === "privacy") return isPersonal ? ask : null;
  return reply.why === "forget" && reply.say === said.forgetText ? confirm : null;
}

/** The card with a row of buttons at its end. */
export const withButtons = (card: Card, buttons: ActionSet | null): Card =>
  buttons === null ? card : { ...card, body: [...card.body, buttons] };

/** The message with a row of buttons at the end of its card, or in one of its own. */
export function messageWithButtons(message: Message, buttons: ActionSet | null): Message {
  if (buttons === null) return message;
  const [first, ...rest] = message.attachments;
  const card = first?.content ?? cardOf([], message.text);
  return { ...message, attachments: [attached(withButtons(card, buttons)), ...rest] };
}
