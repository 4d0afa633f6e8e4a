/** At the desk: setting a reminder, by words, by a button that was written in advance, or by the form. */
import type { Button, Reply } from "../../reply.ts";
import { reveal, type UserText } from "../../turn.ts";
import { nextAfter } from "../calendar/calendar.ts";
import { inWords } from "../calendar/describe.ts";
import { type LabelTrouble, troubleInLabel, troubleInPartner } from "../phrase/label.ts";
import type { Draft, Reminder } from "../reminder.ts";
import type { Wish } from "../wish.ts";
import { keep } from "./change.ts";
import type { Begun } from "./draft-code.ts";
import { changeForm, drawForm, newForm } from "./form.ts";
import { readForm } from "./form-read.ts";
import { changedMeanwhile, goneNote, ownOf } from "./own.ts";
import { listButton, readBack, shown } from "./read-back.ts";
import { cannot, did, labels, note } from "./say.ts";
import { forExample, questions, refusals } from "./say-ask.ts";
import { nameOf, nextOf, type Scene } from "./scene.ts";
import { type FilledOf, tokenFor } from "./tokens.ts";

/** Keeps it. `key` names what asked for it: the same again leads to the same reminder. */
export async function set(draft: Draft, key: string, scene: Scene): Promise<Reply> {
  const { store, person, places, nowMs } = scene;
  // However it came here, by words, form or a token that somebody made up.
  const trouble = troubleIn(draft);
  if (trouble !== null) return refused(trouble, null, {}, scene);
  const next = firstOf(draft, scene);
  if (next === null) return refused("past", null, draft, scene);
  const added = await store.add(
    {
      id: nameOf(person, key),
      person,
      place: draft.isHere ? (places.here ?? places.direct) : places.direct,
      direct: places.direct,
      label: draft.label,
      partner: draft.partner,
      schedule: draft.schedule,
      next,
    },
    nowMs,
  );
  if (added.kind === "full") return note("full", cannot.full, [listButton]);
  const { reminder } = added;
  if (reminder.state === "deleted") return goneNote();
  return reminder.version === 1 ? readBack(did.set(reminder.number), reminder, scene) : shown(null, reminder, scene);
}

function troubleIn({ label, partner }: Draft): LabelTrouble | null {
  const about = label === null ? null : reveal(label);
  const ofLabel = about === null ? null : troubleInLabel(about);
  return ofLabel ?? (partner === null ? null : troubleInPartner(reveal(partner), about));
}

/** Asked for a moment ago, it may be due already: then it is late, and not lost. */
function firstOf({ schedule }: Draft, { saidMs, nowMs, holidays }: Scene): ReturnType<typeof nextAfter> {
  try {
    return nextAfter(schedule, schedule.rule === null ? Math.min(saidMs, nowMs) : nowMs, holidays);
  } catch {
    // It never falls due.
    return null;
  }
}

/** Asks back: each reading is a button, and the form has what was understood. */
export function asked(wish: Extract<Wish, { kind: "ask" }>, scene: Scene): Reply {
  const readings = wish.readings.map(
    ({ label, draft }, at): Button => ({
      label: label === "" ? inWords(draft.schedule) : label,
      token: tokenFor({ kind: "set", begun: { key: nameOf(scene.turn, String(at)), draft } }),
    }),
  );
  const isOfOne = wish.about === "target" || wish.about === "new-time" || wish.about === "last-only";
  const way = isOfOne ? listButton : formButton(wish.draft, scene);
  const say = [questions[wish.about], ...(wish.example === "" ? [] : [forExample(wish.example)])].join("\n");
  return note("ask", say, [...readings, way]);
}

/** Says why not, with a phrase near to it that works. */
export function refused(
  why: Extract<Wish, { kind: "refuse" }>["why"],
  example: string | null,
  draft: Partial<Draft>,
  scene: Scene,
): Reply {
  const say = [refusals[why], ...(example === null || example === "" ? [] : [forExample(example)])].join("\n");
  return note(`refuse:${why}`, say, why === "bad-zone" ? [] : [formButton(draft, scene)]);
}

/** Opens the form with what is known. */
export function formButton(draft: Partial<Draft>, scene: Scene): Button {
  return {
    label: labels.useForm,
    token: tokenFor({ kind: "form", begun: { key: nameOf("form", scene.turn), draft } }),
  };
}

/** The form for a new reminder. */
export const form = (begun: Begun | null, scene: Scene): Reply => drawForm(newForm(begun, scene), [], scene);

/** The form for one that is there. `first` is said above it. */
export async function change(id: string, first: readonly string[], scene: Scene): Promise<Reply> {
  const own = await ownOf(id, scene);
  return own.kind === "no" ? own.reply : drawForm(changeForm(own.reminder, scene), first, scene);
}

/** Does what the form says, or gives it back with what has to be looked at again. */
export async function filled(of: FilledOf, fields: Readonly<Record<string, UserText>>, scene: Scene): Promise<Reply> {
  if (of.kind === "reminder") return filledChange(of.id, of.version, fields, scene);
  const drawn = newForm(of.begun, scene);
  const read = readForm(fields, drawn, scene);
  if (read.kind === "again") return drawForm({ ...drawn, values: read.values }, read.problems, scene);
  // Sent twice it is one reminder; sent again with something else in it, another.
  const begun = drawn.of.kind === "new" ? drawn.of.begun : null;
  return set(read.draft, nameOf(begun?.key ?? scene.turn, tokenFor(asToken(read.draft))), scene);
}

const asToken = (draft: Draft) => ({ kind: "set", begun: { key: "0", draft } }) as const;

async function filledChange(
  id: string,
  version: number,
  fields: Readonly<Record<string, UserText>>,
  scene: Scene,
): Promise<Reply> {
  const own = await ownOf(id, scene);
  if (own.kind === "no") return own.reply;
  const { reminder } = own;
  if (reminder.version !== version) return changedMeanwhile(reminder.id, scene);
  const drawn = changeForm(reminder, scene);
  const read = readForm(fields, drawn, scene);
  if (read.kind === "again") return drawForm({ ...drawn, values: read.values }, read.problems, scene);
  const changed = changedBy(reminder, read.draft, placeIn(read.where, reminder, scene));
  const next = nextOf(changed, scene);
  if (next === null && changed.state === "active") return note("over", cannot.over, [listButton]);
  return keep({ ...changed, next }, false, scene, (kept) => readBack(did.changed(kept.number), kept, scene));
}

/** What was stopped or is over is started again by changing it; what is paused stays so. */
const changedBy = (reminder: Reminder, draft: Draft, place: Reminder["place"]): Reminder => ({
  ...reminder,
  schedule: draft.schedule,
  label: draft.label,
  partner: draft.partner,
  place,
  ...startedBy(reminder),
});

/** What changing it does to its state. */
export const startedBy = ({ state }: Reminder): Partial<Reminder> =>
  state === "parked" || state === "ended" ? { state: "active", why: null } : {};

function placeIn(where: string, reminder: Reminder, { places }: Scene): Reminder["place"] {
  if (where === "here" && places.here !== null) return places.here;
  return where === "there" ? reminder.place : reminder.direct;
}
