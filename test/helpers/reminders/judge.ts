/** Judges a world when all is over: nothing lost, nothing doubled without cause, no flood after an outage. */
import { upcoming } from "#src/reminders/calendar/calendar.ts";
import { leaseMs } from "#src/reminders/dispatch/try.ts";
import { lateMs } from "#src/reminders/late.ts";
import type { Claimed } from "#src/reminders/store.ts";
import { canLook } from "./fake-chat.ts";
import { placeName, type Regime, type World } from "./world.ts";

/** Says what is wrong, as faults of the world. */
export function judge(world: World): void {
  for (const [id, regimes] of world.regimes) judgeReminder(world, id, regimes);
  for (const { reminder, dueMs, atMs } of world.snoozed) {
    const isCancelled = (world.cancelled.get(reminder.id) ?? []).some((one) => one.atMs >= atMs);
    if (!isCancelled && !isCovered(world, reminder.id, dueMs, "snooze"))
      world.fault(`${reminder.id} put off to ${dueMs} was lost`);
  }
  judgeDoubles(world);
  judgeOutages(world);
  judgeNotices(world);
}

/** All times that were asked for and not called off have come, or were passed over for a newer one. */
function judgeReminder(world: World, id: string, regimes: readonly Regime[]): void {
  for (const { schedule, fromMs, toMs } of regimes) {
    if (schedule === null) continue;
    const endMs = Math.min(toMs, world.ledgerMs());
    const times = upcoming(schedule, fromMs, 20, new Set())
      .map(({ atMs }) => atMs)
      .filter((atMs) => atMs <= endMs);
    const passed = new Set<number>();
    for (const claimed of theirs(world, id, "due")) {
      const at = times.indexOf(claimed.occurrence.due.atMs);
      for (let n = 1; n <= claimed.occurrence.missed; n += 1) passed.add(times[at - n] ?? 0);
    }
    for (const atMs of times)
      if (!passed.has(atMs) && !wasCancelled(world, id, atMs) && !isCovered(world, id, atMs, "due"))
        world.fault(`${id} of ${new Date(atMs).toISOString()} was lost`);
  }
}

// What is due and not sent after this long was lost, whatever is done to it later.
const graceMs = 30 * 60_000;

/** It was called off before it can have been lost: soon after it was due, or before all ran again. */
function wasCancelled(world: World, id: string, atMs: number): boolean {
  const soonMs = graceMs + world.forwardMs;
  return (world.cancelled.get(id) ?? []).some(
    ({ untilMs }) =>
      atMs <= untilMs &&
      (untilMs - atMs < soonMs || world.outages.some(({ ledgerMs }) => atMs < ledgerMs && untilMs < ledgerMs + soonMs)),
  );
}

/** What stands in the chat, and what is noted as unknown, of one reminder. */
const theirs = (world: World, id: string, kind: "due" | "snooze"): readonly Claimed[] =>
  spoken(world).filter(({ occurrence }) => occurrence.reminder === id && occurrence.kind === kind);

const spoken = (world: World): readonly Claimed[] => [
  ...world.landings.map(({ claimed }) => claimed),
  ...[...world.outcomes.values()].flatMap((outcome) => (outcome.kind === "unknown" ? [outcome.claimed] : [])),
];

function isCovered(world: World, id: string, atMs: number, kind: "due" | "snooze"): boolean {
  if (theirs(world, id, kind).some(({ occurrence }) => occurrence.due.atMs === atMs)) return true;
  // One that is late speaks for all that are.
  const isSpokenFor = ({ also, reminder, occurrence, untilMs }: Claimed): boolean => {
    const lateFromMs = untilMs - leaseMs - lateMs;
    const isOwn = reminder.id === id && occurrence.kind !== "notice" && occurrence.due.atMs <= lateFromMs;
    return atMs <= lateFromMs && (isOwn || also.some((one) => one.id === id));
  };
  return spoken(world).some(isSpokenFor) || wasParked(world, id);
}

/** It could not be drawn, or its place is gone: then what it had is dropped. */
function wasParked(world: World, id: string): boolean {
  const place = world.places.get(id);
  return [...world.outcomes.values()].some(({ kind, claimed }) => {
    if (kind !== "parked") return false;
    const where = placeOf(claimed);
    const isTheirs = where.isPrivate && placeName(where) === place && world.gone.has(placeName(where));
    return isTheirs || [claimed.reminder, ...claimed.also].some((one) => one.id === id);
  });
}

const placeOf = ({ occurrence, reminder }: Claimed) =>
  occurrence.kind === "notice" ? reminder.direct : reminder.place;

/** More than one of the same: as often as nobody could have known, and never where the door can look. */
function judgeDoubles(world: World): void {
  const counts = new Map<string, number>();
  for (const { id } of world.landings) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { id, claimed } of world.landings) {
    const more = (counts.get(id) ?? 0) - 1;
    counts.delete(id);
    if (more <= 0 || world.jumped.has(id)) continue;
    const allowed = canLook(placeOf(claimed)) ? 0 : (world.ambiguous.get(id) ?? 0);
    if (more > allowed) world.fault(`${id} stands there ${more + 1} times; ${allowed} more could be`);
  }
  const names = new Map<string, string>();
  for (const { id, claimed } of world.landings) {
    const { reminder, kind, due } = claimed.occurrence;
    const same = `${reminder} ${kind} ${due.atMs}`;
    if ((names.get(same) ?? id) !== id) world.fault(`${same} goes by two names`);
    names.set(same, id);
  }
}

/** After an outage there is one late note for each place, and not one for each that was missed. */
function judgeOutages(world: World): void {
  for (const { atMs, ledgerMs } of world.outages) {
    const notes = new Map<string, Set<string>>();
    for (const { id, claimed } of world.landings) {
      const { due, kind } = claimed.occurrence;
      const isNew = (world.first.get(id)?.atMs ?? 0) >= atMs && due.atMs < ledgerMs - lateMs && kind !== "notice";
      const place = placeName(placeOf(claimed));
      // Where somebody called it off meanwhile, those that it spoke for speak for themselves again.
      const isOff = (world.cancelled.get(claimed.reminder.id) ?? []).some((one) => one.atMs >= atMs);
      if (isNew && !isOff) notes.set(place, (notes.get(place) ?? new Set()).add(id));
    }
    for (const [place, ids] of notes) if (ids.size > 1) world.fault(`${place} got ${ids.size} late notes`);
  }
}

/** Whoever set a reminder for a place that is gone hears of it in private. */
function judgeNotices(world: World): void {
  for (const [id, { kind, claimed }] of world.outcomes) {
    const { reminder, occurrence } = claimed;
    if (kind !== "parked" || occurrence.kind === "notice" || placeName(reminder.place) === placeName(reminder.direct))
      continue;
    const told = world.landings.some(
      (one) => one.claimed.occurrence.kind === "notice" && one.claimed.reminder.id === reminder.id,
    );
    const isGone = world.gone.has(placeName(reminder.direct));
    const isCancelled = (world.cancelled.get(reminder.id) ?? []).length > 0;
    if (!told && !isGone && !isCancelled) world.fault(`nobody was told that ${id} was parked`);
  }
}
