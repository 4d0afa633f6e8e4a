/** At the desk: pausing, resuming, leaving one out, deleting, and taking back. */
import type { Reply } from "../../reply.ts";
import { localOf } from "../calendar/calendar.ts";
import { dayInWords } from "../calendar/describe.ts";
import type { Local, LocalDate, Reminder } from "../reminder.ts";
import { changedMeanwhile, goneNote, ownOf } from "./own.ts";
import { listButton, readBack, resumeButton, shown, titleOf, undoButton } from "./read-back.ts";
import { ask, cannot, did, is, labels, note } from "./say.ts";
import { nextOf, type Scene, theirs } from "./scene.ts";
import { tokenFor } from "./tokens.ts";

/** Until this day, or until it is resumed. */
export async function pause(reminder: Reminder, until: LocalDate | null, scene: Scene): Promise<Reply> {
  const { zone } = reminder.schedule;
  if (until !== null && until <= localOf(scene.nowMs, zone).slice(0, 10))
    return note("refuse:past", cannot.pausedUntilPast, [listButton]);
  const say = did.paused(reminder.number, until === null ? null : dayInWords(until, scene.nowMs, zone));
  const more = [resumeButton(reminder)];
  if (reminder.state === "paused" && reminder.pausedUntil === until) return readBack(say, reminder, scene, more);
  const paused: Reminder = { ...reminder, state: "paused", pausedUntil: until, why: null };
  return keep({ ...paused, next: nextOf(paused, scene) }, true, scene, (kept) => readBack(say, kept, scene, more));
}

/** From now on: what was to come meanwhile is not made up for. */
export async function resume(reminder: Reminder, scene: Scene): Promise<Reply> {
  const say = did.resumed(reminder.number);
  if (reminder.state === "active") return readBack(say, reminder, scene);
  const active: Reminder = { ...reminder, state: "active", pausedUntil: null, why: null };
  const next = nextOf(active, scene);
  if (next === null) return shown(is.noNext, reminder, scene, "over");
  return keep({ ...active, next }, false, scene, (kept) => readBack(say, kept, scene));
}

/** Leaves out this one. */
export async function skip(reminder: Reminder, local: Local, scene: Scene): Promise<Reply> {
  const { schedule } = reminder;
  const say = did.skipped(reminder.number, dayInWords(local.slice(0, 10), scene.nowMs, schedule.zone));
  if (schedule.skips.includes(local)) return readBack(say, reminder, scene);
  // Those that are long over need not be remembered.
  const recent = schedule.skips.filter((one) => one >= localOf(scene.nowMs - twoDaysMs, schedule.zone));
  const left: Reminder = { ...reminder, schedule: { ...schedule, skips: [...recent, local].toSorted() } };
  const next = nextOf(left, scene);
  const isOver = next === null && left.state === "active";
  return keep({ ...left, next, ...(isOver ? { state: "ended" } : {}) }, false, scene, (kept) =>
    readBack(say, kept, scene),
  );
}

const twoDaysMs = 2 * 24 * 60 * 60 * 1_000;

/** Deletes it; undoing brings it back. */
export const remove = (reminder: Reminder, scene: Scene): Promise<Reply> =>
  keep({ ...reminder, state: "deleted", next: null }, true, scene, (kept) => {
    const say = `${did.deleted(reminder.number)} ${titleOf(reminder)}.`;
    return note("deleted", say, [undoButton(kept), listButton]);
  });

/** Asks before all of them go. */
export async function askDeleteAll(scene: Scene): Promise<Reply> {
  const count = (await theirs(scene)).length;
  if (count === 0) return note("none", is.empty, [listButton]);
  return note("delete-all", ask.deleteAll(count), [
    { label: labels.deleteAll, token: tokenFor({ kind: "delete-all" }) },
    { label: labels.keep, token: tokenFor({ kind: "keep" }) },
  ]);
}

/** Deletes all of a person's. */
export async function deleteAll(scene: Scene): Promise<Reply> {
  let count = 0;
  for (const reminder of await theirs(scene)) if (await deletes(reminder, scene)) count += 1;
  const left = (await theirs(scene)).length;
  return note("deleted", did.deletedAll(count, left), left === 0 ? [] : [listButton]);
}

/** One that changes meanwhile goes all the same: all were meant. */
async function deletes(reminder: Reminder, { store, nowMs }: Scene): Promise<boolean> {
  let current: Reminder | null = reminder;
  for (let tries = 0; current !== null && tries < mostTries; tries += 1) {
    const gone = await store.change({ ...current, state: "deleted", next: null }, nowMs, { cancels: true });
    if (gone !== null) return true;
    current = await store.find(reminder.id);
  }
  return false;
}

const mostTries = 5;

/** Takes back the change that led to this version. */
export async function undo(id: string, version: number, scene: Scene): Promise<Reply> {
  const { store, nowMs } = scene;
  const before = await store.find(id);
  if (before !== null && before.person !== scene.person) return note("not-yours", cannot.notYoursAlone);
  const undone = await store.undo(id, scene.person, version, nowMs, (reminder) => nextOf(reminder, scene));
  if (undone === null) return changedMeanwhile(id, scene, cannot.noUndo);
  if (undone.state === "deleted") return note("deleted", did.unset, [listButton]);
  return shown(before === null ? did.back(undone.number) : did.undone(undone.number), undone, scene);
}

/** Anyone may, where it goes to a conversation: they see it. Its owner can start it again. */
export async function stop(id: string, scene: Scene): Promise<Reply> {
  const reminder = await scene.store.find(id);
  if (reminder === null) return goneNote();
  const isOwner = reminder.person === scene.person;
  if (reminder.place.isPrivate && !isOwner) return note("not-yours", cannot.notYoursAlone);
  const stopped = note("stopped", did.stopped, isOwner ? [resumeButton(reminder)] : []);
  if (reminder.state === "parked") return stopped;
  const parked: Reminder = { ...reminder, state: "parked", why: "stopped", pausedUntil: null, next: null };
  const kept = await scene.store.change(parked, scene.nowMs, { cancels: true, tells: !isOwner });
  // Whoever presses again finds it as its owner left it.
  return kept === null ? note("changed", cannot.tryAgain) : stopped;
}

/** Keeps the changed one and says so; where somebody was quicker, says how it stands. */
export async function keep(
  changed: Reminder,
  cancels: boolean,
  scene: Scene,
  say: (kept: Reminder) => Reply,
): Promise<Reply> {
  const kept = await scene.store.change(changed, scene.nowMs, { cancels });
  if (kept !== null) return say(kept);
  // One that had ended counts again, and there may be no room for it.
  const isSame = (await scene.store.find(changed.id))?.version === changed.version;
  return isSame ? note("full", cannot.full, [listButton]) : changedMeanwhile(changed.id, scene);
}

/** Does it to the person's own, by its id. */
export async function withOwn(
  id: string,
  scene: Scene,
  act: (reminder: Reminder) => Promise<Reply> | Reply,
): Promise<Reply> {
  const own = await ownOf(id, scene);
  return own.kind === "no" ? own.reply : act(own.reminder);
}
