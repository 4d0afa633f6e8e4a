/** Buttons: those of the core lead to a reply where they were pressed; those of this door open sources, sharing and votes. */
import type { ModalView } from "@slack/types";
import type { Reply } from "#src/reply.ts";
import { actionIds, isPressId } from "./action-ids.ts";
import { deliver, deliverToOne, isDirect, logUndelivered } from "./deliver.ts";
import type { Door } from "./door.ts";
import type { Press } from "./payload.ts";
import { personId } from "./read.ts";
import { replyToToken } from "./tokens.ts";
import { entryView, reasonsView, replyView, shareView } from "./views.ts";
import { openView, updateView } from "./windows.ts";
import { words } from "./words.ts";
import type { Installed } from "./workspaces.ts";

type Pressed = { readonly press: Press; readonly installed: Installed; readonly door: Door };

/** Does what the button says. The press has been acknowledged already. */
export async function answerPress(press: Press, installed: Installed, door: Door): Promise<void> {
  const pressed: Pressed = { press, installed, door };
  if (isPressId(press.actionId)) return showReply(replyToToken(press.value, press, door), pressed);
  switch (press.actionId) {
    case actionIds.sources:
    case actionIds.whole:
      return showSources(pressed);
    case actionIds.share:
      return previewShare(pressed);
    case actionIds.feedback:
      return takeVote(pressed);
    case actionIds.forget:
      return forget(pressed);
    default:
      // A button that opens an address, or one of an older version: nothing to do.
      return;
  }
}

/** In a direct message the conversation goes on; in a channel the answer is the presser's alone; in a view it is a window. */
async function showReply(reply: Reply, pressed: Pressed): Promise<void> {
  const { press, installed, door } = pressed;
  const { at, responseUrl, user, team, actionTs } = press;
  if (at.kind === "view") return showIn(replyView(reply), pressed);
  const turnId = ["slack", team, "press", user, actionTs].join(":");
  const { channel } = at;
  // An answer that one person alone sees has no thread below it, and may stand between two people whom we cannot write to.
  if (at.isEphemeral || !isDirect(channel))
    return deliverToOne(reply, { channel, thread: at.threadTs, user, turnId, responseUrl }, installed, door);
  const target = { channel, thread: at.threadTs ?? at.ts, user, turnId, titled: true };
  await door.once.run(turnId, async () => {
    const delivery = await deliver(reply, target, installed, door);
    if (delivery.kind !== "sent") logUndelivered(delivery, door);
    return delivery.kind !== "retry";
  });
}

/** The whole entry with its passages and the reference to copy. */
async function showSources(pressed: Pressed): Promise<void> {
  const { door, press } = pressed;
  const reply = replyToToken(press.value, press, door);
  if (reply.kind !== "answer") return showReply(reply, pressed);
  const { passages, sources } = door.knowledge();
  const cited = reply.citations.flatMap(({ passage }) => passages.get(passage) ?? []);
  const named = sources.filter(({ id }) => reply.citations.some(({ source }) => source === id));
  const references = await Promise.all(named.map((source) => door.apaOf(source)));
  return showIn(entryView({ reply, passages: cited, references, token: press.value }), pressed);
}

const showIn = (view: ModalView, { press, installed, door }: Pressed): Promise<void> =>
  press.at.kind === "view" && !press.at.isHome
    ? updateView(press.at.viewId, view, installed.call, door.log)
    : openView(press.triggerId, view, installed.call, door.log);

/** Shows exactly what would be posted, before it is. */
async function previewShare(pressed: Pressed): Promise<void> {
  const { press, door } = pressed;
  const reply = replyToToken(press.value, press, door);
  if (reply.kind !== "answer" || press.at.kind !== "message") return showReply(reply, pressed);
  const { channel, threadTs } = press.at;
  return showIn(shareView({ reply, token: press.value, channel, thread: threadTs }), pressed);
}

/** Keeps the vote; after a no, offers to say why. The window opens even where the vote could not be kept. */
async function takeVote(pressed: Pressed): Promise<void> {
  const { press, door } = pressed;
  const [direction = "", ids = ""] = press.value.split("/");
  // What is kept are names of ours, and never what someone may have written in their place.
  const ours = new Set(door.knowledge().entries.map(({ id }) => id));
  const entries = ids.split(",").filter((id) => ours.has(id));
  if ((direction !== "up" && direction !== "down") || entries.length === 0 || press.at.kind !== "message") return;
  const place = voteAddress(press);
  const kept = door.votes.put({
    person: personId(press.team, press.user),
    place,
    entries,
    vote: direction,
    reason: null,
    atMs: door.nowMs(),
  });
  // The window can be opened for three seconds, whatever the database does meanwhile.
  const opened = direction === "down" ? showIn(reasonsView({ place, entries }), pressed) : null;
  await Promise.all([kept, opened]);
}

/** The address of the message that a vote is about. */
const voteAddress = ({ team, at }: Press): string =>
  at.kind === "message" ? [team, at.channel, at.ts].join(":") : team;

/** Erases all that is kept of the person, and says so. */
async function forget(pressed: Pressed): Promise<void> {
  const { press, door } = pressed;
  const isDone = await door.votes.forget(personId(press.team, press.user)).then(
    () => true,
    () => false,
  );
  return showReply(noteOf(isDone ? words.forgotten : words.notForgotten), pressed);
}

const noteOf = (say: string): Reply => ({ kind: "note", why: "forget", say, asides: [], buttons: [] });
