/** Buttons of our cards: in the chat with a person the conversation goes on; elsewhere the presser alone sees what comes. */

import { within } from "#src/within.ts";
import { verbs } from "./actions.ts";
import type { Pressed } from "./activity.ts";
import type { Card } from "./card.ts";
import { deliver, deliverPrivately } from "./deliver.ts";
import type { Answered } from "./door.ts";
import { cardAlone, cardInPlace, messageOf, type Shown } from "./drawn.ts";
import { leadsTo } from "./leads.ts";
import { personId } from "./read.ts";
import { createRepeats } from "./repeats.ts";
import { said } from "./said.ts";
import type { Tools } from "./tools.ts";

// A second press so soon is the same one: of someone who was not sure, or of Teams.
const sameMs = 10_000;

/** Answers presses. The first result is given again when it is pressed twice, and nothing is done twice. */
export function createPresses(tools: Tools): (pressed: Pressed) => Promise<Answered> {
  const { nowMs, working } = tools;
  const isKept = (answered: Answered): boolean => answered !== notPosted && answered !== again;
  const repeats = createRepeats<Answered>({ keptMs: sameMs, nowMs, isKept });
  return (pressed) => {
    const work = () => working.begin(answerPress(pressed, tools));
    return repeats.run(keyOf(pressed, tools), work, personId(pressed.from));
  };
}

/** The fields are in it as a hash that nobody else can make: a form that was put right is another one. */
const keyOf = ({ from, where, message, data }: Pressed, { fingerprint }: Tools): string => {
  const { verb, token, inputs } = data;
  return fingerprint(from.tenant, from.user, where.conversation, message ?? "", verb, token, JSON.stringify(inputs));
};

async function answerPress(pressed: Pressed, tools: Tools): Promise<Answered> {
  const { isDanger, shown } = leadsTo(pressed, tools);
  if (!pressed.isExecute) return asMessage(shown, pressed, tools);
  // Someone in danger may have written so in any field there is: it is answered by what cannot fail. What stands in place is
  // gone when the message is read anew, and they may want to find it again.
  if (isDanger) {
    const told = await shown;
    tools.working.aside(send(told, pressed, tools, true), "teams.unanswered");
    return inPlace(told, pressed);
  }
  return pressed.where.kind === "personal" ? inChat(shown, pressed, tools) : forOne(shown, pressed, tools);
}

const done: Answered = { status: 200 };
const again: Answered = { status: 503 };

/** From a client that does not know cards in place: to the chat with the person, who alone may see it. */
async function asMessage(shown: Promise<Shown>, pressed: Pressed, tools: Tools): Promise<Answered> {
  const sent = shown.then((one) => send(one, pressed, tools));
  const first = await within(tools.working.begin(sent), tools.patience.press);
  return first === "late" || first.kind !== "retry" ? done : again;
}

/** In the chat with a person: a new message. A form that is sent goes, or says what is missing, where it stands. */
async function inChat(shown: Promise<Shown>, pressed: Pressed, tools: Tools): Promise<Answered> {
  const answered = shown.then(async (one): Promise<Answered> => {
    if (pressed.data.verb === verbs.saveForm) return inForm(one, pressed, tools);
    const posted = await send(one, pressed, tools);
    return posted.kind === "sent" || posted.kind === "unknown" ? notice(said.below) : notPosted;
  });
  const first = await within(tools.working.begin(answered), tools.patience.press);
  return first === "late" ? notice(said.takesLonger) : first;
}

/** The form gives way to what came of it, so that it is not sent once more. Teams shows ours until it has read the message anew. */
function inForm(shown: Shown, pressed: Pressed, tools: Tools): Answered {
  const { where, message } = pressed;
  const { connector, working } = tools;
  if (message !== null && shown.reply.kind !== "form") {
    const to = { serviceUrl: where.serviceUrl, conversation: where.conversation, thread: where.thread };
    working.aside(connector.update(to, message, cardAlone(shown, tools)), "teams.form-stays");
  }
  return inPlace(shown, pressed);
}

/** Where several read along: in place of the card, for the presser alone. */
async function forOne(shown: Promise<Shown>, pressed: Pressed, tools: Tools): Promise<Answered> {
  const first = await within(tools.working.begin(shown), tools.patience.press);
  if (first !== "late") return inPlace(first, pressed);
  tools.working.aside(
    shown.then((late) => send(late, pressed, tools)),
    "teams.unanswered",
  );
  return notice(said.takesLonger);
}

/** In the chat with the person, as a message. `isTold`: they have seen it already. */
function send({ reply, card }: Shown, pressed: Pressed, tools: Tools, isTold = false) {
  const isPersonal = pressed.where.kind === "personal";
  const message = messageOf({ reply, card }, tools);
  return (isPersonal ? deliver : deliverPrivately)(reply, pressed, tools, { message, isTold });
}

const inPlace = (shown: Shown, { where }: Pressed): Answered =>
  invoked("application/vnd.microsoft.card.adaptive", cardInPlace(shown, where.kind === "personal"));

/** Words beside the card, which stays as it is. Teams takes an answer without words for a failure, and asks again. */
const notice = (words: string): Answered => invoked("application/vnd.microsoft.activity.message", words);

const invoked = (type: string, value: Card | string): Answered => ({
  status: 200,
  body: { statusCode: 200, type, value },
});

const notPosted = notice(said.notPosted);
