/** "Look this up" in the menu of a message: the answer is for the one who asked, whoever wrote the message. */
import { deliverToOne } from "./deliver.ts";
import type { Door } from "./door.ts";
import { withZone } from "./messages.ts";
import type { LookUp } from "./payload.ts";
import { readLookUp } from "./read.ts";
import type { Installed } from "./workspaces.ts";

/** Answers the shortcut, in the thread of the message where it has one. */
export async function answerLookUp(lookUp: LookUp, installed: Installed, door: Door): Promise<void> {
  const turn = readLookUp(lookUp, { botUser: installed.botUser, nowMs: door.nowMs() });
  const response = door.respond(turn);
  const reply = response.lane === "now" ? response.reply : await withZone(response.reply, turn, installed, door);
  const { channel, threadTs: thread, user, responseUrl } = lookUp;
  await deliverToOne(reply, { channel, thread, user, turnId: turn.id, responseUrl }, installed, door);
}
