/** At the desk: whose reminder it is, and which one is meant. */
import type { Reply, Row } from "../../reply.ts";
import { reveal } from "../../turn.ts";
import { readRule } from "../calendar/rule.ts";
import type { Reminder } from "../reminder.ts";
import type { Target, Weekday } from "../wish.ts";
import { listButton, rowOf, shown } from "./read-back.ts";
import { ask, cannot, note } from "./say.ts";
import { type Scene, theirs } from "./scene.ts";
import { dayNameOf, weekdays } from "./series.ts";

/** A reminder of the person's own, or what to say instead. */
export type Own =
  | { readonly kind: "own"; readonly reminder: Reminder }
  | { readonly kind: "no"; readonly reply: Reply };

/** Finds it by its id, for a button. */
export async function ownOf(id: string, scene: Scene): Promise<Own> {
  const reminder = await scene.store.find(id);
  if (reminder === null) return { kind: "no", reply: goneNote() };
  if (reminder.person === scene.person) return { kind: "own", reminder };
  const say = reminder.place.isPrivate ? cannot.notYoursAlone : cannot.notYours;
  return { kind: "no", reply: note("not-yours", say) };
}

/** It was deleted, or has had its time. */
export const goneNote = (): Reply => note("gone", cannot.gone, [listButton]);

/** Somebody changed it in between: says so, and how it stands. */
export async function changedMeanwhile(
  id: string,
  scene: Scene,
  say: string = cannot.changedMeanwhile,
): Promise<Reply> {
  const reminder = await scene.store.find(id);
  if (reminder === null || reminder.person !== scene.person) return goneNote();
  return shown(say, reminder, scene, "changed");
}

/** Which of them can be meant at all, what to say where none can, and what the button of each does where several can. */
export type Choice = {
  readonly fits: (reminder: Reminder) => boolean;
  readonly none: string;
  readonly button: (reminder: Reminder) => Row["button"];
};

/** Those that are meant: one, or all where all were meant. Else what to ask or say. */
export async function meant(
  target: Target,
  choice: Choice,
  scene: Scene,
): Promise<readonly [Reminder, ...Reminder[]] | Reply> {
  const all = await theirs(scene);
  const among = target.kind === "number" || target.kind === "like" ? all : all.filter(choice.fits);
  const [first, ...more] = among.filter((reminder) => isMeant(reminder, target));
  if (first === undefined) return noneOf(target, all, choice, scene);
  if (more.length === 0 || target.kind === "all") return [first, ...more];
  const rows = [first, ...more].map((one) => rowOf(one, scene, choice.button(one)));
  return { kind: "list", why: "reminder:which", say: ask.which, asides: [], buttons: [], rows };
}

function noneOf(target: Target, all: readonly Reminder[], choice: Choice, scene: Scene): Reply {
  if (target.kind === "only" || target.kind === "all" || all.length === 0)
    return note("none", choice.none, [listButton]);
  const say = target.kind === "number" ? cannot.noNumber(target.number) : cannot.noLike;
  const rows = all.map((one) => rowOf(one, scene, choice.button(one)));
  return { kind: "list", why: "reminder:which", say: `${say} ${ask.which}`, asides: [], buttons: [], rows };
}

function isMeant(reminder: Reminder, target: Target): boolean {
  if (target.kind === "number") return reminder.number === target.number;
  if (target.kind !== "like") return true;
  const { weekday, time, words } = target;
  const named = [reminder.label, reminder.partner].map((text) => (text === null ? "" : reveal(text).toLowerCase()));
  const text = named[0] === "" ? `supervision ${named[1]}` : named.join(" ");
  return (
    (weekday === null || weekdaysOf(reminder).includes(weekday)) &&
    (time === null || reminder.schedule.start.endsWith(`T${time}`)) &&
    words.every((word) => text.includes(word.toLowerCase()))
  );
}

/** Which weekdays it is known by: those of its rule, or that of the next one. */
function weekdaysOf({ schedule, next }: Reminder): readonly Weekday[] {
  const first = (next?.local ?? schedule.start).slice(0, 10);
  if (schedule.rule === null) return [dayNameOf(first)];
  const rule = readRule(schedule.rule);
  const named = rule.weekdays.flatMap(({ weekday }) => weekdays[weekday - 1] ?? []);
  return named.length > 0 ? named : [dayNameOf(first)];
}
