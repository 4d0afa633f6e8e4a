/** At the desk: what a person says of a reminder that has come. Private to them: nobody else is told. */
import type { Reply } from "../../reply.ts";
import { localOf, momentOf } from "../calendar/calendar.ts";
import { dayInWords, timeInWords } from "../calendar/describe.ts";
import { dateOf, dayOf } from "../calendar/rule.ts";
import type { Due } from "../reminder.ts";
import type { Sent } from "../store.ts";
import type { SnoozeBy } from "../wish.ts";
import { changeButton, listButton, nextInWords, resumeButton } from "./read-back.ts";
import { cannot, did, is, labels, note } from "./say.ts";
import type { Scene } from "./scene.ts";
import { tokenFor } from "./tokens.ts";

/** What came under this id; null means what came last. Of others' it says only that they are others'. */
export async function withArrived(
  occurrence: string | null,
  scene: Scene,
  act: (sent: Sent) => Promise<Reply>,
): Promise<Reply> {
  const { store, person } = scene;
  const sent = await (occurrence === null ? store.lastSent(person) : store.sentAs(occurrence));
  if (sent === null) return note("none", occurrence === null ? cannot.nothingArrived : cannot.oldArrival, [listButton]);
  return sent.reminder.person === person ? act(sent) : note("not-yours", cannot.notYours);
}

/** It took place, or it did not. The last word counts. */
export async function answered({ occurrence, reminder }: Sent, said: "done" | "skipped", scene: Scene): Promise<Reply> {
  await scene.store.answer(occurrence.id, scene.person, said, scene.nowMs);
  const next = nextInWords(reminder, scene);
  const say = [said === "done" ? did.done : did.noted, ...(next === null ? [] : [is.next([next])])].join("\n");
  const other =
    said === "done"
      ? { label: labels.notDone, token: tokenFor({ kind: "skipped", occurrence: occurrence.id }) }
      : { label: labels.done, token: tokenFor({ kind: "done", occurrence: occurrence.id }) };
  return note(said, say, [other, changeButton(reminder)]);
}

/** Brings it once more. Whole minutes: pressing twice in one is the same. */
export async function snooze(sent: Sent, by: SnoozeBy | "tomorrow", scene: Scene): Promise<Reply> {
  const { zone } = sent.reminder.schedule;
  // It was stopped, for good reason: it does not come by a side door.
  if (sent.reminder.state === "parked")
    return note("refuse:stopped", cannot.snoozeStopped, [resumeButton(sent.reminder), listButton]);
  const due = dueOf(sent, by, scene);
  if (due.atMs <= scene.nowMs) return note("refuse:past", cannot.snoozePast);
  await scene.store.snooze(sent.occurrence.id, due, scene.nowMs);
  return note("snoozed", did.snoozed(`${timeInWords(due, scene.nowMs, zone)} (${zone})`));
}

function dueOf({ reminder }: Sent, by: SnoozeBy | "tomorrow", { saidMs, nowMs }: Scene): Due {
  const { zone, start } = reminder.schedule;
  if (by === "tomorrow") {
    const tomorrow = dateOf(dayOf(localOf(nowMs, zone).slice(0, 10)) + 1);
    return at(`${tomorrow}T${start.slice(11)}`, zone);
  }
  if (by.kind === "until") return at(by.local, zone);
  // On the clock of the moment, not of the wall: an hour is an hour while the clocks change.
  const atMs = Math.floor((saidMs + by.minutes * minuteMs) / minuteMs) * minuteMs;
  return { local: localOf(atMs, zone), atMs };
}

const minuteMs = 60_000;
const at = (local: string, zone: string): Due => ({ local, atMs: momentOf(local, zone) });

/** "When was my last supervision?" */
export async function last({ store, person, zone, nowMs }: Scene): Promise<Reply> {
  const atMs = await store.lastDone(person);
  if (atMs === null) return note("last", is.noLast, [listButton]);
  return note("last", is.last(dayInWords(localOf(atMs, zone).slice(0, 10), nowMs, zone)), [listButton]);
}

/** Keeps topics for the next supervision, by their ids alone; those that the knowledge does not have are left out. */
export async function save(entries: readonly string[], { store, person, knowledge, nowMs }: Scene): Promise<Reply> {
  const known = new Set(knowledge().entries.map(({ id }) => id));
  const there = entries.filter((id) => known.has(id));
  if (there.length === 0) return note("stale", cannot.saveUnknown);
  await store.save(person, there, nowMs);
  return note("saved", did.saved, [listButton]);
}
