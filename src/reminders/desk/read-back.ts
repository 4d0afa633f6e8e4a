/** Reminders in words: as they are read back after each change, in the list, and one by one. */
import type { Button, Reply, Row } from "../../reply.ts";
import { reveal } from "../../turn.ts";
import { clockNote, dayInWords, inWords, timeInWords } from "../calendar/describe.ts";
import type { Due, Reminder, Schedule } from "../reminder.ts";
import { is, labels, note, parkedFor } from "./say.ts";
import { type Scene, timesOf } from "./scene.ts";
import { tokenFor } from "./tokens.ts";

/** What it is about and with whom, such as "Supervision with Maria". */
export function titleOf({ label, partner, place }: Pick<Reminder, "label" | "partner" | "place">): string {
  const about = label === null ? "Supervision" : capital(reveal(label));
  // "My supervisor" is what its owner said; in a conversation others read it.
  const whose = place.isPrivate ? "your" : "the";
  return partner === null ? about : `${about} with ${reveal(partner).replace(/^my\b/i, whose)}`;
}

/** The reminder after a change: what was done, the rule, the zone, the next times, and how to take it back. */
export function readBack(did: string, reminder: Reminder, scene: Scene, more: readonly Button[] = []): Reply {
  const said = note("set", [did, ...aboutOf(reminder), ...linesOf(reminder, scene)].join("\n"), [
    undoButton(reminder),
    changeButton(reminder),
    ...more,
  ]);
  return { ...said, asides: zoneLines(reminder.schedule, scene) };
}

/** The reminder as it stands, with all that can be done with it. `before` is said first, and `what` names that. */
export function shown(before: string | null, reminder: Reminder, scene: Scene, what = "one"): Reply {
  const lines = [`Number ${reminder.number}: ${titleOf(reminder)}.`, ...linesOf(reminder, scene)];
  const said = note(what, [...(before === null ? [] : [before]), ...lines].join("\n"), [
    ...stateButtons(reminder),
    changeButton(reminder),
    { label: labels.delete, token: tokenFor({ kind: "delete", id: reminder.id }) },
  ]);
  return { ...said, asides: zoneLines(reminder.schedule, scene) };
}

/** One line of the list. What its button does is to open the reminder, unless another is given. */
export function rowOf(reminder: Reminder, scene: Scene, button?: Button): Row {
  const { schedule, number } = reminder;
  return {
    title: `${titleOf(reminder)} (number ${number})`,
    gist: [ruleLine(schedule), stateOf(reminder, scene)].join(" "),
    button: button ?? { label: `Open ${number}`, token: tokenFor({ kind: "open", id: reminder.id }) },
  };
}

/** The next time in words; null where none is to come. */
export const nextInWords = ({ next, schedule }: Reminder, { nowMs }: Scene): string | null =>
  next === null ? null : timeInWords(next, nowMs, schedule.zone);

/** Takes back the change that led to this version. */
export const undoButton = ({ id, version }: Reminder): Button => ({
  label: labels.undo,
  token: tokenFor({ kind: "undo", id, version }),
});

/** Starts it again. */
export const resumeButton = ({ id }: Reminder): Button => ({
  label: labels.resume,
  token: tokenFor({ kind: "resume", id }),
});

/** Opens the form for this reminder. */
export const changeButton = ({ id }: Reminder): Button => ({
  label: labels.change,
  token: tokenFor({ kind: "change", id }),
});

/** The list. */
export const listButton: Button = { label: labels.list, token: tokenFor({ kind: "list" }) };

const ruleLine = (schedule: Schedule): string => `${inWords(schedule)}, ${schedule.zone} time.`;

/** Said only where it was said before. */
const aboutOf = (reminder: Reminder): readonly string[] =>
  reminder.label === null && reminder.partner === null ? [] : [`${titleOf(reminder)}.`];

function linesOf(reminder: Reminder, scene: Scene): readonly string[] {
  const { schedule, state, next, place } = reminder;
  const where = place.isPrivate ? is.alone : is.here;
  const rule = ruleLine(schedule);
  if (state === "parked") return [rule, where, stateOf(reminder, scene)];
  // While it is paused, what is to come begins with the day on which it comes again.
  const times = next === null ? [] : timesOf(schedule, next.atMs - 1, scene);
  const paused = state === "paused" ? [stateOf(reminder, scene)] : [];
  return [rule, where, ...paused, ...timeLines(schedule, times, scene, state === "paused")];
}

function timeLines(schedule: Schedule, times: readonly Due[], { nowMs }: Scene, isPaused = false): readonly string[] {
  if (times.length === 0) return isPaused ? [] : [is.noNext];
  const note = clockNote(times, schedule.zone);
  const said = is.next(times.map((due) => timeInWords(due, nowMs, schedule.zone)));
  return [said, ...(note === null ? [] : [note])];
}

function stateOf(reminder: Reminder, scene: Scene): string {
  const { state, pausedUntil, schedule, why } = reminder;
  if (state === "parked") return is.parked(parkedFor(why ?? ""));
  const next = nextInWords(reminder, scene);
  if (state !== "paused") return next === null ? is.noNext : is.next([next]);
  return is.paused(pausedUntil === null ? null : dayInWords(pausedUntil, scene.nowMs, schedule.zone));
}

function stateButtons(reminder: Reminder): readonly Button[] {
  const { id, state, next } = reminder;
  if (state === "ended") return [];
  if (state !== "active") return [resumeButton(reminder)];
  return [
    { label: labels.pause, token: tokenFor({ kind: "pause", id, until: null }) },
    ...(next === null ? [] : [{ label: labels.skipNext, token: tokenFor({ kind: "skip", id, local: next.local }) }]),
  ];
}

const zoneLines = ({ zone }: Schedule, scene: Scene): readonly string[] =>
  scene.zoneFrom === "default" && zone === scene.zone ? [is.zoneDefault(zone)] : [];

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
