/** "Look this up" in the menu of a message: the answer is for the one who asked, whoever wrote the message. */
import type { Door } from "./door.ts";
import { withZone } from "./messages.ts";
import type { LookUp } from "./payload.ts";
import { readLookUp } from "./read.ts";
import { draw } from "./render.ts";
import { respondAt } from "./response-url.ts";
import type { Installed } from "./workspaces.ts";

/** Answers the shortcut, in the thread of the message where it has one. */
export async function answerLookUp(lookUp: LookUp, installed: Installed, door: Door): Promise<void> {
  const turn = readLookUp(lookUp, { botUser: installed.botUser, nowMs: door.nowMs() });
  const response = door.respond(turn);
  const reply = response.lane === "now" ? response.reply : await withZone(response.reply, turn, installed, door);
  const drawn = draw(reply, { audience: "one", share: true });
  if (await respondAt(lookUp.responseUrl, { drawn, thread: lookUp.threadTs }, door)) return;
  // Where the address fails: by name, which works in channels that we are in.
  await installed.call("chat.postEphemeral", { channel: lookUp.channel, user: lookUp.user, ...drawn });
}
