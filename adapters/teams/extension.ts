/** The message extension: looked up while someone types, on a message that is there, and a form for a reminder. */
import { isWish } from "#src/conversation/respond.ts";
import type { Turn } from "#src/turn.ts";
import { within } from "#src/within.ts";
import type { Acted, Opened, Query, Sent } from "./activity.ts";
import { attached } from "./card-parts.ts";
import { typed } from "./commands.ts";
import { crisisWords } from "./contacts.ts";
import { deliverPrivately } from "./deliver.ts";
import type { Answered } from "./door.ts";
import { cardInDialog, messageOf, plainly, type Shown } from "./drawn.ts";
import { foundResponse } from "./found.ts";
import { leadsTo } from "./leads.ts";
import { personId, turnAlone } from "./read.ts";
import { createRepeats } from "./repeats.ts";
import { said } from "./said.ts";
import { settled } from "./settled.ts";
import type { Tools } from "./tools.ts";

const most = 10;

/** What was typed so far, looked up: the themes where that is nothing yet. Nothing of it is kept or noted anywhere. */
export function answerQuery(query: Query, tools: Tools): Answered {
  const knowledge = tools.knowledge();
  const { text, count } = query;
  if (text === "") {
    const themes = knowledge.entries.filter(({ kind }) => kind === "theme").slice(0, most);
    return { status: 200, body: foundResponse(themes, knowledge) };
  }
  const { lane, reply } = tools.isDanger(typed(text))
    ? tools.respond(turnOf(query, text, tools))
    : { lane: "none", reply: null };
  // Seen by whoever types, and nothing that could be sent to anybody.
  if (lane === "now" && reply?.kind === "crisis")
    return { status: 200, body: { composeExtension: { type: "message", text: crisisWords(reply) } } };
  return { status: 200, body: foundResponse(tools.find(text, Math.min(most, count)), knowledge) };
}

/** Opens a dialog: what a message is about, or the form for a reminder. Null where it is none of ours. */
export async function answerOpened(opened: Opened, tools: Tools): Promise<Answered> {
  if (opened.command === "remind")
    return inDialog(opened, said.reminderTitle, tools, settledIn(opened, "/supervision", tools));
  if (opened.command !== "lookUp") return { status: 501 };
  const turn = turnOf(opened, opened.text ?? "", tools);
  const response = tools.respond(turn);
  // Someone else may have written it: looking it up sets no reminder, and deletes none.
  const isAsItIs = response.lane === "now" || isWish(response.reply);
  const reply = isAsItIs ? Promise.resolve(response.reply) : settled(turn, response, opened, tools);
  return inDialog(opened, said.lookUpTitle, tools, reply.then(plainly));
}

function settledIn(opened: Opened, words: string, tools: Tools): Promise<Shown> {
  const turn = turnOf(opened, words, tools);
  return settled(turn, tools.respond(turn), opened, tools).then(plainly);
}

/** Answers what is sent from a dialog, in the dialog. Sent twice, it is done once. */
export function createDialogs(tools: Tools): (sent: Sent) => Promise<Answered> {
  const { nowMs, fingerprint } = tools;
  const isKept = ({ status }: Answered): boolean => status === 200;
  const repeats = createRepeats<Answered>({ keptMs: 10_000, nowMs, isKept });
  return (sent) => {
    const { from, where, command, data } = sent;
    const key = fingerprint(from.tenant, from.user, where.conversation, command, JSON.stringify(data));
    const title = command === "lookUp" ? said.lookUpTitle : said.reminderTitle;
    const work = () => inDialog(sent, title, tools, leadsTo(sent, tools).shown);
    return repeats.run(key, work, personId(from));
  };
}

/** What takes long comes to the chat with the person. */
async function inDialog(acted: Acted, title: string, tools: Tools, shown: Promise<Shown>): Promise<Answered> {
  const first = await within(tools.working.begin(shown), tools.patience.dialog);
  if (first === "late") {
    const late = shown.then((one) => deliverPrivately(one.reply, acted, tools, { message: messageOf(one, tools) }));
    tools.working.aside(late, "teams.unanswered");
    return task({ type: "message", value: said.takesLonger });
  }
  const card = attached(cardInDialog(first));
  return task({ type: "continue", value: { title, height: "large", width: "medium", card } });
}

const task = (answer: Readonly<Record<string, unknown>>): Answered => ({ status: 200, body: { task: answer } });

/** To the person alone, wherever they are: a message extension is used in conversations that we are not in. */
const turnOf = (acted: Query | Opened, text: string, { nowMs }: Tools): Turn =>
  turnAlone(acted, acted.id ?? String(nowMs()), typed(text), nowMs());
