/** Messages and mentions: read, looked at for danger, answered once and in order. */
import { noRoom } from "#src/doors/busy.ts";
import { createOnce, type Once } from "#src/doors/once.ts";
import type { Reply } from "#src/reply.ts";
import { reveal, type Turn } from "#src/turn.ts";
import { within } from "#src/within.ts";
import type { Typed } from "./activity.ts";
import { deliver } from "./deliver.ts";
import type { Answered } from "./door.ts";
import { readMessage } from "./read.ts";
import { createRepeats } from "./repeats.ts";
import { settled } from "./settled.ts";
import type { Tools } from "./tools.ts";

const done: Answered = { status: 200 };
// Nothing of it has been answered: Teams may bring it again.
const again: Answered = { status: 503 };

// Teams also brings a message again under another id; with the same words of the same moment it is that one.
const sameMs = 60_000;

/** Answers messages. Resolves once the answer is there, or takes long. */
export function createMessages(tools: Tools): (typed: Typed) => Promise<Answered> {
  const { nowMs, log, working, patience } = tools;
  const isKept = ({ status }: Answered): boolean => status === 200;
  const underWay = createRepeats<Answered>({ keptMs: 0, nowMs, isKept });
  const before = createRepeats<Answered>({ keptMs: sameMs, nowMs, isKept });
  // A reply to danger asks no database whether another replica is at it: twice is better than late.
  const alone = createOnce({ seen: null, nowMs, log });
  return async (typed) => {
    const read = readMessage(typed, nowMs());
    if (read.kind === "ignored") return done;
    const { turn } = read;
    if (tools.once.isDone(turn.id) || alone.isDone(turn.id)) return done;
    const { inLine, ofMoment } = keysOf(turn, typed, tools);
    const work = () => before.run(ofMoment, () => answer(turn, typed, { tools, alone }));
    const answered = working.begin(underWay.run(inLine, work));
    // What takes longer is answered all the same.
    const first = await within(answered, patience.message);
    return first === "late" ? done : first;
  };
}

/**
 * What tells one message from another that is brought again: by its words while it waits, and by those and the moment when
 * it was written afterwards. Asked once more on purpose, it has another moment. The words are hashed so that nobody else can.
 */
function keysOf(turn: Turn, { where, sentAt, isEdit }: Typed, { fingerprint }: Tools) {
  const { said, person, id } = turn;
  const words = said.kind === "text" ? reveal(said.text) : said.token;
  const inLine = fingerprint(person.id, where.conversation, where.thread ?? "", String(isEdit), words);
  return { inLine, ofMoment: fingerprint(inLine, sentAt ?? id) };
}

type Means = { readonly tools: Tools; readonly alone: Once };

async function answer(turn: Turn, typed: Typed, { tools, alone }: Means): Promise<Answered> {
  const { where, from, isEdit } = typed;
  const line = `${from.tenant}:${where.conversation}`;
  const hasRoom = tools.queue.hasRoom(line);
  // Nobody in danger waits in a line, and none is turned away at its end.
  if (!hasRoom && !tools.isDanger(turn.said)) return isEdit ? done : turnAway(line, turn, typed, tools);
  const response = tools.respond(turn);
  if (response.lane === "now") return sendOnce(turn, typed, async () => response.reply, { ...tools, once: alone });
  if (isEdit) return done;
  const reply = () => settled(turn, response, typed, tools);
  return (await tools.queue.add(line, () => sendOnce(turn, typed, reply, tools))) ?? again;
}

/** Says that there is no room. Where that cannot be said either, Teams may bring it again. */
async function turnAway(line: string, turn: Turn, typed: Typed, tools: Tools): Promise<Answered> {
  let told = again;
  await tools.busy(line, async () => {
    told = await sendOnce(turn, typed, async () => noRoom, tools);
  });
  return told;
}

async function sendOnce(turn: Turn, typed: Typed, reply: () => Promise<Reply>, tools: Tools): Promise<Answered> {
  // What may be there already, or can never be, is over.
  const result = await tools.once.run(
    turn.id,
    async () => (await deliver(await reply(), typed, tools)).kind !== "retry",
  );
  return result === "done" || result === "already" ? done : again;
}
