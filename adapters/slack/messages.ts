/** Messages and mentions: read, looked at for danger, answered once and in order. */
import { isForOne } from "#src/doors/answer.ts";
import { createBusy, noRoom } from "#src/doors/busy.ts";
import type { Reply } from "#src/reply.ts";
import { deliver, logUndelivered, type Target } from "./deliver.ts";
import type { Door } from "./door.ts";
import type { MessageEvent } from "./payload.ts";
import { readMessage } from "./read.ts";
import { settled } from "./settled.ts";
import { showStatus } from "./status.ts";
import type { Installed } from "./workspaces.ts";

/** Thrown where Slack should bring the message again: nothing of it has been answered. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** Answers message events. Throws `Unanswered` when it could not, so that the event is not acknowledged. */
export function createMessages(door: Door): (event: MessageEvent, installed: Installed) => Promise<void> {
  const tellBusy = createBusy({ nowMs: door.nowMs, log: door.log, event: "slack.busy" });
  const inLine = new Map<string, Promise<void>>();
  return async (event, installed) => {
    const read = readMessage(event, { botUser: installed.botUser, nowMs: door.nowMs() });
    if (read.kind === "ignored") return;
    const { turn } = read;
    if (door.once.isDone(turn.id)) return;
    // A repeat joins the one that waits: else it would take a place of its own, or be told that there is none, and that be all.
    const waiting = inLine.get(turn.id);
    if (waiting !== undefined) return waiting;
    const { team, enterprise, channel, user } = event;
    const begun = event.threadTs;
    const target: Asked = { channel, thread: begun ?? event.ts, begun, user, turnId: turn.id };
    const line = `${event.team}:${event.channel}`;
    const hasRoom = door.queue.hasRoom(line);
    // Nobody in danger waits in a line, and none is turned away at its end.
    if (!hasRoom && !door.isDanger(turn.said)) {
      if (read.kind !== "turn") return;
      const isTold = await tellBusy(line, () => sendOnce(async () => noRoom, target, installed, door));
      if (!isTold) throw new Unanswered();
      return;
    }
    const response = door.respond(turn);
    if (response.lane === "now") return sendOnce(async () => response.reply, target, installed, door);
    if (read.kind === "edit") return;
    const scene = { team, enterprise, user: user ?? "", channel };
    const reply = () => settled(turn, response, scene, { installed, door });
    const job = () => sendOnce(reply, target, installed, door);
    const answered = inOrder(line, job, target, installed, door).finally(() => inLine.delete(turn.id));
    inLine.set(turn.id, answered);
    return answered;
  };
}

/** `begun` is the thread that it was asked in, or null. */
type Asked = Target & { readonly begun: string | null };

/** After those before it in the line, with a status that says so where it takes long. */
async function inOrder(
  line: string,
  job: () => Promise<void>,
  target: Target,
  installed: Installed,
  door: Door,
): Promise<void> {
  const status = showStatus(target, installed.call, door.sleep);
  try {
    await door.queue.add(line, job);
  } finally {
    await status.end();
  }
}

async function sendOnce(reply: () => Promise<Reply>, target: Asked, installed: Installed, door: Door): Promise<void> {
  const result = await door.once.run(target.turnId, async () => send(await reply(), target, installed, door));
  if (result === "failed" || result === "elsewhere") throw new Unanswered();
}

/** Whether it is over: sent, or never to be sent. `unknown` has been tried twice, and a third would be a nuisance. */
async function send(reply: Reply, { begun, ...target }: Asked, installed: Installed, door: Door): Promise<boolean> {
  // Below the message itself, where it is seen: a thread that has not begun shows nothing to one person alone, and in a
  // direct message it would be folded away.
  const to = isForOne(reply) ? { ...target, thread: begun } : target;
  const delivery = await deliver(reply, to, installed, door);
  if (delivery.kind !== "sent") logUndelivered(delivery, door);
  return delivery.kind !== "retry";
}
