/** "Look this up" in the menu of a message: the answer is for the one who asked, whoever wrote the message. */
import { isWish } from "#src/conversation/respond.ts";
import { deliverToOne } from "./deliver.ts";
import type { Door } from "./door.ts";
import type { LookUp } from "./payload.ts";
import { readLookUp } from "./read.ts";
import { settled } from "./settled.ts";
import type { Installed } from "./workspaces.ts";

/** Answers the shortcut, in the thread of the message where it has one. */
export async function answerLookUp(lookUp: LookUp, installed: Installed, door: Door): Promise<void> {
  const turn = readLookUp(lookUp, { botUser: installed.botUser, nowMs: door.nowMs() });
  const response = door.respond(turn);
  // Someone else may have written it: looking it up sets no reminder, and deletes none.
  const isTheirs = isWish(response.reply);
  const reply = isTheirs ? response.reply : await settled(turn, response, lookUp, { installed, door });
  const { channel, threadTs: thread, user, responseUrl } = lookUp;
  await deliverToOne(reply, { channel, thread, user, turnId: turn.id, responseUrl }, installed, door);
}
