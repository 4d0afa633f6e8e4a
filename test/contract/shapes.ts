/** Replies to draw: one of each shape, as the assistant itself makes them, and those to the whole question bank. */
import { answerOf } from "#src/conversation/browse.ts";
import type { Entry, Knowledge } from "#src/knowledge/entry.ts";
import { loadBank } from "#src/knowledge/load.ts";
import { createSettle } from "#src/reminders/desk/settle.ts";
import type { Reply, Response } from "#src/reply.ts";
import { type Said, type Turn, userText } from "#src/turn.ts";
import { openReal } from "../helpers/assistant.ts";
import { openRealReminders } from "../helpers/real-reminders.ts";
import { shippedFolder } from "../helpers/shipped.ts";

const here = { door: "test", key: "someone", isPrivate: true } as const;
const person = { id: "test:someone", zone: { name: "Europe/London", from: "profile" }, country: "GB" } as const;
const turnOf = (said: Said, atMs = 0): Turn => ({ id: JSON.stringify(said), atMs, person, place: here, said });
const typed = (text: string): Said => ({ kind: "text", text: userText(text) });
const pressed = (token: string): Said => ({ kind: "pressed", token });

// A Wednesday, and the Tuesday of the week after it.
const today = "2026-11-25T09:00:00Z";
const then = "2026-12-01T10:00:30Z";

/** One of each shape by its name; `isOurs` for what comes of our own accord. */
export type Shape = { readonly name: string; readonly reply: Reply; readonly isOurs: boolean };

/** Opens the assistant and reminders, asks them, and closes reminders again. */
export async function openShapes(): Promise<readonly Shape[]> {
  const { respond, knowledge } = await openReal();
  const reminders = await openRealReminders(knowledge(), today);
  const ask = async (said: Said): Promise<Reply> => {
    const turn = turnOf(said, reminders.nowMs());
    const response = respond(turn);
    if (response.lane === "now") return response.reply;
    return reminders.settle(turn, response, { direct: here, here: null });
  };
  const shape = async (name: string, said: Said): Promise<Shape> => ({ name, reply: await ask(said), isOurs: false });
  const shapes = [
    await shape("an answer from one entry", pressed("show/supervision")),
    await shape("an answer from two entries", pressed("show/supervision,power-differentials")),
    await shape("an answer to a question", typed("what are the three themes?")),
    { name: "an answer with many citations", reply: longest(knowledge(), 3), isOurs: false },
    { name: "a long answer", reply: longest(knowledge(), 10), isOurs: false },
    await shape("choices", typed("vicarious trauma")),
    await shape("an abstention that names a topic", typed("which antidepressant should a refugee take?")),
    await shape("an abstention outside", typed("how do I bake bread?")),
    await shape("an abstention for want of understanding", typed("xyzzy plugh")),
    await shape("a note", typed("hello")),
    await shape("a note of several lines", pressed("about")),
    await shape("a note without buttons", typed("thank you")),
    await shape("a list of kinds", pressed("browse")),
    await shape("a list of entries", pressed("browse/recommendation")),
    await shape("a form", typed("/supervision")),
    await shape("a form for one person", typed("client Amina Yusuf, born 12/03/1990: what about supervision?")),
    await shape("a crisis reply about oneself", typed("I want to kill myself tonight")),
    await shape("a crisis reply about someone else", typed("my client says he will kill himself tonight")),
    await shape("a reminder read back", typed("remind me about supervision every 2 weeks on Tuesday at 10:00")),
    await shape("a list of reminders", typed("/supervision list")),
  ];
  reminders.setClock(then);
  const due = await (await reminders.pull()).due(here);
  await reminders.close();
  if (due === null) throw new Error("no reminder was due");
  return [...shapes, { name: "a reminder of our own accord", reply: due.reply, isOurs: true }];
}

/** An answer from the entries that have most to cite. */
function longest({ entries, ...rest }: Knowledge, count: number): Reply {
  const weight = ({ answer }: Entry): number => answer.flatMap(({ from }) => from).length;
  const [first, ...others] = entries.toSorted((a, b) => weight(b) - weight(a)).slice(0, count);
  if (first === undefined) throw new Error("there are no entries");
  return answerOf([first, ...others], { entries, ...rest });
}

/** Every question of the bank, and the replies to them: each once, since many get the same. */
export type Asked = {
  readonly questions: number;
  readonly replies: readonly Reply[];
  /** A question for each reply. */
  readonly examples: readonly string[];
};

/** Asks the whole bank, as somebody in a private chat would. */
export async function askBank(): Promise<Asked> {
  const { respond } = await openReal();
  const { bank } = await loadBank([shippedFolder]);
  if (bank === null) throw new Error("the shipped bank has errors: run `npm run lint`");
  // Reminders are away: what is said then is the same for all of them.
  const desk = async () => {
    throw new Error("away");
  };
  const settle = createSettle({ desk, log: () => {} });
  const found = new Map<string, { readonly reply: Reply; readonly ask: string }>();
  for (const { ask } of bank.questions) {
    const turn = turnOf(typed(ask));
    const response: Response = respond(turn);
    const reply = response.lane === "now" ? response.reply : await settle(turn, response, { direct: here, here: null });
    const key = JSON.stringify(reply);
    if (!found.has(key)) found.set(key, { reply, ask });
  }
  const all = [...found.values()];
  return {
    questions: bank.questions.length,
    replies: all.map(({ reply }) => reply),
    examples: all.map(({ ask }) => ask),
  };
}
