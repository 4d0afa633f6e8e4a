/** Buttons: those of the core lead to a reply where they were pressed; those of this door open sources, sharing and votes. */
import type { ModalView } from "@slack/types";
import { isWish } from "#src/conversation/respond.ts";
import { isForOne } from "#src/doors/answer.ts";
import type { Reply } from "#src/reply.ts";
import type { Turn } from "#src/turn.ts";
import { actionIds, isPressId } from "./action-ids.ts";
import { deliver, deliverToOne, logUndelivered } from "./deliver.ts";
import type { Door } from "./door.ts";
import { filledIn, rememberedIn, windowOf } from "./form-view.ts";
import { showHome } from "./home.ts";
import type { Press } from "./payload.ts";
import { isDirect, personId, placeOf } from "./read.ts";
import { settled } from "./settled.ts";
import { replyToToken } from "./tokens.ts";
import { entryView, noticeView, reasonsView, shareView } from "./views.ts";
import { openView, updateView } from "./windows.ts";
import { words } from "./words.ts";
import type { Installed } from "./workspaces.ts";

type Pressed = { readonly press: Press; readonly installed: Installed; readonly door: Door };

/** Does what the button says. The press has been acknowledged already. */
export async function answerPress(press: Press, installed: Installed, door: Door): Promise<void> {
  const pressed: Pressed = { press, installed, door };
  if (isPressId(press.actionId)) return answerToken(pressed);
  switch (press.actionId) {
    case actionIds.form:
    case actionIds.sendForm:
      return answerToken(pressed);
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

/** What a button of the core leads to, shown where it was pressed. */
async function answerToken(pressed: Pressed): Promise<void> {
  const { press, installed, door } = pressed;
  const turn = turnOf(press, door);
  const response = door.respond(turn);
  const scene = { ...press, channel: channelOf(press) };
  await show(() => settled(turn, response, scene, { installed, door }), pressed);
  // It may have been a button of one of the person's reminders, which stand on the Home tab.
  if (press.at.kind === "view" && isWish(response.reply)) await showHome(press, installed, door);
}

const turnOf = (press: Press, { nowMs }: Door): Turn => ({
  id: turnIdOf(press),
  atMs: nowMs(),
  person: { id: personId(press.team, press.user), zone: null },
  place: placeOf({ ...press, channel: channelOf(press) ?? "", thread: null, isPrivate: true }),
  said:
    press.actionId === actionIds.sendForm
      ? { kind: "filled", token: press.value, fields: filledIn(press.chosen) }
      : { kind: "pressed", token: press.value },
});

/** The same for every delivery of one press. */
const turnIdOf = ({ team, user, actionTs }: Press): string => ["slack", team, "press", user, actionTs].join(":");

/** The conversation that a press belongs to: a window remembers the one it was opened from. */
const channelOf = ({ at }: Press): string | null =>
  at.kind === "message" ? at.channel : rememberedIn(at.metadata).channel;

/** In a direct message the conversation goes on; in a channel the answer is the presser's alone; in a view it is a window. */
async function show(reply: () => Promise<Reply>, pressed: Pressed): Promise<void> {
  const { press, installed, door } = pressed;
  const { at, responseUrl, user } = press;
  if (at.kind === "view") return showInWindow(reply(), pressed);
  const turnId = turnIdOf(press);
  const { channel } = at;
  // An answer that one person alone sees has no thread below it, and may stand between two people whom we cannot write to.
  if (at.isEphemeral || !isDirect(channel)) {
    const shown = await reply();
    if (await isFormOpened(shown, pressed)) return;
    return deliverToOne(shown, { channel, thread: at.threadTs, user, turnId, responseUrl }, installed, door);
  }
  await door.once.run(turnId, async () => {
    const shown = await reply();
    if (await isFormOpened(shown, pressed)) return true;
    const thread = isForOne(shown) ? at.threadTs : (at.threadTs ?? at.ts);
    const delivery = await deliver(shown, { channel, thread, user, turnId, titled: true }, installed, door);
    if (delivery.kind !== "sent") logUndelivered(delivery, door);
    return delivery.kind !== "retry";
  });
}

/** Opens a form in a window of its own. False where the reply is none, or no window can be opened: then its words are said. */
async function isFormOpened(reply: Reply, pressed: Pressed): Promise<boolean> {
  const { press } = pressed;
  return reply.kind === "form" && !reply.isPrivate && showIn(windowOf(reply, channelOf(press)), pressed);
}

// A window can be opened for three seconds after a press.
const patienceMs = 2_000;

/** In a window; where the reply takes long, in one that says so until it is there. */
async function showInWindow(reply: Promise<Reply>, pressed: Pressed): Promise<void> {
  const { press, installed, door } = pressed;
  const late = door.sleep(patienceMs).then(() => null);
  const first = await Promise.race([reply, late]);
  if (first !== null) return void (await showIn(windowOf(first, channelOf(press)), pressed));
  const waiting = noticeView(words.takesLonger);
  const isOpen = press.at.kind === "view" && !press.at.isHome;
  const id = isOpen ? press.at.viewId : await openView(press.triggerId, waiting, installed.call, door.log);
  const view = windowOf(await reply, channelOf(press));
  if (id !== null) await updateView(id, view, installed.call, door.log);
}

/** The whole entry with its passages and the reference to copy. */
async function showSources(pressed: Pressed): Promise<void> {
  const { door, press } = pressed;
  const reply = replyToToken(press.value, press, door);
  if (reply.kind !== "answer") return show(async () => reply, pressed);
  const { passages, sources } = door.knowledge();
  const cited = reply.citations.flatMap(({ passage }) => passages.get(passage) ?? []);
  const named = sources.filter(({ id }) => reply.citations.some(({ source }) => source === id));
  const references = await Promise.all(named.map((source) => door.apaOf(source)));
  await showIn(entryView({ reply, passages: cited, references, token: press.value }), pressed);
}

/** In the window in which it was pressed, or in a new one. False where that could not be done. */
const showIn = async (view: ModalView, { press, installed, door }: Pressed): Promise<boolean> =>
  press.at.kind === "view" && !press.at.isHome
    ? updateView(press.at.viewId, view, installed.call, door.log)
    : (await openView(press.triggerId, view, installed.call, door.log)) !== null;

/** Shows exactly what would be posted, before it is. */
async function previewShare(pressed: Pressed): Promise<void> {
  const { press, door } = pressed;
  const reply = replyToToken(press.value, press, door);
  if (reply.kind !== "answer" || press.at.kind !== "message") return show(async () => reply, pressed);
  const { channel, threadTs } = press.at;
  await showIn(shareView({ reply, token: press.value, channel, thread: threadTs }), pressed);
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
  const { press, installed, door } = pressed;
  const person = personId(press.team, press.user);
  const erased = await Promise.allSettled([door.votes.forget(person), door.reminders.forget(person)]);
  const isDone = erased.every(({ status }) => status === "fulfilled");
  await show(async () => noteOf(isDone ? words.forgotten : words.notForgotten), pressed);
  if (press.at.kind === "view") await showHome(press, installed, door);
}

const noteOf = (say: string): Reply => ({ kind: "note", why: "forget", say, asides: [], buttons: [] });
