/** Messages and mentions: read, looked at for danger, answered once and in order. */
import { busy } from "#src/copy.ts";
import type { Reply } from "#src/reply.ts";
import type { Turn } from "#src/turn.ts";
import { deliver, type Target } from "./deliver.ts";
import type { Door } from "./door.ts";
import type { MessageEvent } from "./payload.ts";
import { readMessage } from "./read.ts";
import { showStatus } from "./status.ts";
import type { Installed } from "./workspaces.ts";

/** Thrown where Slack should bring the message again: nothing of it has been answered. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** Answers message events. Throws `Unanswered` when it could not, so that the event is not acknowledged. */
export function createMessages(door: Door): (event: MessageEvent, installed: Installed) => Promise<void> {
  const tellBusy = createBusy(door);
  return async (event, installed) => {
    const read = readMessage(event, { botUser: installed.botUser, nowMs: door.nowMs() });
    if (read.kind === "ignored") return;
    const { turn } = read;
    const target: Target = {
      channel: event.channel,
      thread: event.threadTs ?? event.ts,
      user: event.user,
      turnId: turn.id,
    };
    const line = `${event.team}:${event.channel}`;
    const hasRoom = door.queue.hasRoom(line);
    // Nobody in danger waits in a line, and none is turned away at its end.
    if (!hasRoom && !door.isDanger(turn.said)) {
      if (read.kind === "turn") await tellBusy(target, installed);
      return;
    }
    const response = door.respond(turn);
    if (response.lane === "now") return urgent(response.reply, target, installed, door);
    if (read.kind === "edit") return;
    const status = showStatus(target, installed.call, door.sleep);
    try {
      await door.queue.add(line, () => settle(response.reply, turn, target, installed, door));
    } finally {
      await status.end();
    }
  };
}

async function urgent(reply: Reply, target: Target, installed: Installed, door: Door): Promise<void> {
  const result = await door.once(target.turnId, async () => isOver(await deliver(reply, target, installed, door)));
  if (result === "failed" || result === "elsewhere") throw new Unanswered();
}

async function settle(reply: Reply, turn: Turn, target: Target, installed: Installed, door: Door): Promise<void> {
  const result = await door.once(turn.id, async () => {
    const full = await withZone(reply, turn, installed, door);
    const delivery = await deliver(full, target, installed, door);
    if (delivery.kind !== "sent")
      door.log({
        level: "warn",
        event: "slack.not-delivered",
        code: delivery.kind === "gone" ? delivery.why : delivery.kind,
      });
    return isOver(delivery);
  });
  if (result === "failed" || result === "elsewhere") throw new Unanswered();
}

/** A wish for a reminder is read again once the person's zone is known; nothing else needs it. */
export async function withZone(reply: Reply, turn: Turn, installed: Installed, door: Door): Promise<Reply> {
  if (reply.kind !== "note" || reply.why !== "reminder") return reply;
  const [, team = "", user = ""] = turn.person.id.split(":");
  const zone = await door.zoneOf({ team, user }, installed.call);
  return door.respond({ ...turn, person: { ...turn.person, zone } }).reply;
}

/** Sent, or never to be sent; `unknown` has been tried twice, and a third would be a nuisance. */
const isOver = ({ kind }: Awaited<ReturnType<typeof deliver>>): boolean => kind !== "retry";

// One notice a minute and conversation says enough, and no more than this many are on their way at once.
const busyEveryMs = 60_000;
const mostNotices = 20;

/** Says that there is no room, now and then. Where it may not be said, the event is left for Slack to bring again. */
function createBusy(door: Door) {
  const told = new Map<string, number>();
  let underWay = 0;
  return async (target: Target, installed: Installed): Promise<void> => {
    const key = `${installed.team}:${target.channel}`;
    for (const [old, atMs] of told) if (door.nowMs() - atMs > busyEveryMs) told.delete(old);
    if (told.has(key) || underWay >= mostNotices) throw new Unanswered();
    told.set(key, door.nowMs());
    underWay += 1;
    const note: Reply = { kind: "note", why: "busy", say: busy, asides: [], buttons: [] };
    try {
      await door.once(target.turnId, async () => isOver(await deliver(note, target, installed, door)));
    } finally {
      underWay -= 1;
    }
  };
}
