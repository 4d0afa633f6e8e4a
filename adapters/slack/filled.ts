/** What comes of a form that was filled in: done and read back, or the form again with what is missing. */
import { named } from "#src/log.ts";
import type { Reply } from "#src/reply.ts";
import type { Turn } from "#src/turn.ts";
import type { Door } from "./door.ts";
import { filledIn, rememberedIn, windowOf } from "./form-view.ts";
import { showHome } from "./home.ts";
import type { Submission } from "./payload.ts";
import { personId, placeOf } from "./read.ts";
import { settled } from "./settled.ts";
import { type Next, noticeView, turnsInto } from "./views.ts";
import { updateView } from "./windows.ts";
import { words } from "./words.ts";
import type { Installed } from "./workspaces.ts";

// Slack wants to hear of a window within three seconds, and says to the person that it failed after those.
const patienceMs = 2_000;

/** Takes the form to the core, and shows in its window what that says. What takes long is shown there once it is done. */
export async function answerForm(sent: Submission, installed: Installed, door: Door): Promise<Next> {
  const { channel, token } = rememberedIn(sent.metadata);
  const turn = turnOf(sent, token ?? "", channel, door.nowMs());
  const response = door.respond(turn);
  // Before anything is waited for: someone in danger may have written so in any box there is.
  if (response.lane === "now") return turnsInto(windowOf(response.reply, channel));
  const reply = settled(turn, response, { ...sent, channel }, { installed, door });
  const first = await Promise.race([reply, door.sleep(patienceMs).then(() => null)]);
  const done = first === null ? showLater(reply, sent, installed, door) : showHome(sent, installed, door);
  void done.catch((error: unknown) => door.log({ level: "warn", event: "slack.unanswered", ...named(error) }));
  return turnsInto(first === null ? noticeView(words.takesLonger) : windowOf(first, channel));
}

async function showLater(reply: Promise<Reply>, sent: Submission, installed: Installed, door: Door): Promise<void> {
  const view = windowOf(await reply, rememberedIn(sent.metadata).channel);
  await updateView(sent.viewId, view, installed.call, door.log);
  await showHome(sent, installed, door);
}

const turnOf = (sent: Submission, token: string, channel: string | null, atMs: number): Turn => ({
  // The same for every delivery, and another when the form comes back and is sent again.
  id: ["slack", sent.team, "filled", sent.user, sent.viewId, sent.hash].join(":"),
  atMs,
  person: { id: personId(sent.team, sent.user), zone: null },
  place: placeOf({ ...sent, channel: channel ?? "", thread: null, isPrivate: true }),
  said: { kind: "filled", token, fields: filledIn(sent.chosen) },
});
