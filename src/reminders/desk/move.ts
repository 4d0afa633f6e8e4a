/** At the desk: moving a reminder, its next time alone or all from then on. */
import type { Button, Reply } from "../../reply.ts";
import { localOf, momentOf, nextAfter } from "../calendar/calendar.ts";
import { timeInWords } from "../calendar/describe.ts";
import type { Due, Local, Reminder, Schedule } from "../reminder.ts";
import type { Move } from "../wish.ts";
import { keep } from "./change.ts";
import { changedMeanwhile } from "./own.ts";
import { changeButton, listButton, readBack } from "./read-back.ts";
import { ask, cannot, did, labels, note } from "./say.ts";
import { nameOf, nextOf, type Scene, timesOf } from "./scene.ts";
import { type Moving, moved, movedTo } from "./series.ts";
import { change, refused, startedBy } from "./set.ts";
import { type Act, tokenFor } from "./tokens.ts";

/** Moves it. One that repeats moves from its next time on; a date alone may mean only one of them, so that is asked. */
export async function move(reminder: Reminder, to: Move, scene: Scene): Promise<Reply> {
  const next = nextTime(reminder, scene);
  if (to.draft !== null) return toDraft(reminder, next, to.draft, scene);
  if (next === null) return note("over", cannot.over, [listButton]);
  const { schedule } = reminder;
  if (to.date === null) return toSchedule(reminder, next, moved(movingOf(schedule, next, scene), to), scene);
  const local = `${to.date}T${to.time ?? next.local.slice(11)}`;
  if (momentOf(local, schedule.zone) <= scene.nowMs) return refused("past", null, {}, scene);
  return schedule.rule === null
    ? toSchedule(reminder, next, { ...schedule, start: local }, scene)
    : askOnlyOrAll(reminder, next, local, scene);
}

/** The series comes at this time next, and as often as before after it. */
export async function moveAll(reminder: Reminder, version: number, to: Local, scene: Scene): Promise<Reply> {
  const { schedule } = reminder;
  // Pressed twice: it begins there already.
  if (schedule.start === to) return readBack(did.moved(reminder.number), reminder, scene);
  if (reminder.version !== version) return changedMeanwhile(reminder.id, scene);
  const next = nextTime(reminder, scene);
  if (next === null) return note("over", cannot.over, [listButton]);
  return toSchedule(reminder, next, movedTo(movingOf(schedule, next, scene), to), scene);
}

type Only = Extract<Act, { kind: "only" }>;

/** One of the series is left out, and comes at another time by itself. The series is as it was before it was moved. */
export async function moveOnly(reminder: Reminder, only: Only, scene: Scene): Promise<Reply> {
  const { store, nowMs, person } = scene;
  const { label, partner, place, direct, schedule, version } = reminder;
  const id = nameOf(person, "only", reminder.id, only.from, only.to);
  const isDone = (await store.find(id)) !== null;
  // In a series that was moved, this one did not come.
  const hasCome = !only.takesBack && momentOf(only.from, schedule.zone) <= nowMs;
  if (hasCome && !isDone) return note("came", cannot.cameAlready, [listButton]);
  if (version !== only.version && !isDone) return changedMeanwhile(reminder.id, scene);
  const once: Schedule = {
    ...{ start: only.to, rule: null, zone: schedule.zone },
    ...{ ends: { kind: "never" }, skips: [], skipsHolidays: false },
  };
  const next = nextAfter(once, nowMs, scene.holidays);
  if (next === null) return refused("past", null, {}, scene);
  // The one that is added comes first: if the rest does not get through, pressing again completes it, and nothing is lost.
  const added = await store.add({ id, person, place, direct, label, partner, schedule: once, next }, nowMs);
  if (added.kind === "full") return note("full", cannot.full, [listButton]);
  if (version === only.version && only.takesBack && (await isTooLate(reminder, scene))) {
    await store.change({ ...added.reminder, state: "deleted", next: null }, nowMs, { cancels: true });
    return changedMeanwhile(reminder.id, scene, cannot.noUndo);
  }
  const series = await store.find(reminder.id);
  if (series !== null && !series.schedule.skips.includes(only.from)) await leaveOut(series, only.from, scene);
  return onlyNote(added.reminder, only.from, (await store.find(reminder.id)) ?? reminder, scene);
}

/** Takes the move back, unless it was made too long ago. Somebody who pressed as well may have been quicker, which is as good. */
async function isTooLate({ id, version }: Reminder, scene: Scene): Promise<boolean> {
  const { store, person, nowMs } = scene;
  const undone = await store.undo(id, person, version, nowMs, (one) => nextOf(one, scene));
  return undone === null && (await store.find(id))?.version === version;
}

async function leaveOut(series: Reminder, local: Local, scene: Scene): Promise<void> {
  const schedule = { ...series.schedule, skips: [...series.schedule.skips, local].toSorted() };
  const left: Reminder = { ...series, schedule };
  await scene.store.change({ ...left, next: nextOf(left, scene) }, scene.nowMs, { cancels: false });
}

function onlyNote(once: Reminder, from: Local, series: Reminder, { nowMs }: Scene): Reply {
  const { zone } = once.schedule;
  const inWords = (due: Due) => timeInWords(due, nowMs, zone);
  const say = [
    did.onlyOne(inWords({ local: from, atMs: momentOf(from, zone) }), once.next === null ? null : inWords(once.next)),
    did.onlyNumbers(once.number, series.number, series.next === null ? null : inWords(series.next), zone),
  ];
  return note("only", say.join("\n"), [changeButton(once), listButton]);
}

async function toDraft(
  reminder: Reminder,
  next: Due | null,
  draft: NonNullable<Move["draft"]>,
  scene: Scene,
): Promise<Reply> {
  const named = { label: draft.label ?? reminder.label, partner: draft.partner ?? reminder.partner };
  return toSchedule({ ...reminder, ...named }, next, draft.schedule, scene);
}

async function toSchedule(
  reminder: Reminder,
  next: Due | null,
  schedule: Schedule | null,
  scene: Scene,
): Promise<Reply> {
  if (schedule === null) return change(reminder.id, [cannot.needsForm], scene);
  const changed: Reminder = { ...reminder, schedule, ...startedBy(reminder) };
  const after = nextOf(changed, scene);
  if (after === null && changed.state === "active") return note("over", cannot.over, [listButton]);
  const repeats = reminder.schedule.rule !== null && schedule.rule !== null;
  return keep({ ...changed, next: after }, false, scene, (kept) => {
    const say = repeats ? did.moved(kept.number) : did.movedOnce(kept.number);
    return readBack(say, kept, scene, repeats && next !== null ? onlyButtons(kept, next.local) : []);
  });
}

function onlyButtons({ id, version, next }: Reminder, from: Local): readonly Button[] {
  if (next === null || next.local === from) return [];
  const token = tokenFor({ kind: "only", id, version, from, to: next.local, takesBack: true });
  return [{ label: labels.onlyNext, token }];
}

function askOnlyOrAll({ id, version, schedule }: Reminder, next: Due, to: Local, scene: Scene): Reply {
  const only = tokenFor({ kind: "only", id, version, from: next.local, to, takesBack: false });
  return note("ask", ask.onlyOrAll(timeInWords(next, scene.nowMs, schedule.zone)), [
    { label: labels.onlyNext, token: only },
    { label: labels.fromThenOn, token: tokenFor({ kind: "move-all", id, version, to }) },
  ]);
}

/** The one that comes next, or would if it were not paused. One that came once moves on from today. */
function nextTime({ next, schedule }: Reminder, scene: Scene): Due | null {
  const to = next ?? timesOf(schedule, scene.nowMs, scene)[0];
  if (to !== undefined || schedule.rule !== null) return to ?? null;
  const local = `${localOf(scene.nowMs, schedule.zone).slice(0, 10)}T${schedule.start.slice(11)}`;
  return { local, atMs: momentOf(local, schedule.zone) };
}

const movingOf = (schedule: Schedule, next: Due, { nowMs }: Scene): Moving => ({ schedule, next, nowMs });
