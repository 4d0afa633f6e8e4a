/** The form: how often, from when, at what time, until when, with whom, about what, and where. Drawn here, read in form-read.ts. */
import type { Field, Option, Reply } from "../../reply.ts";
import { type Place, reveal } from "../../turn.ts";
import { localOf } from "../calendar/calendar.ts";
import { inWords } from "../calendar/describe.ts";
import { dateOf, dayOf } from "../calendar/rule.ts";
import { longestLabel, longestPartner } from "../phrase/label.ts";
import type { LocalDate, Reminder, Schedule } from "../reminder.ts";
import type { Begun } from "./draft-code.ts";
import { together } from "./say.ts";
import { nameOf, type Scene, timesOf } from "./scene.ts";
import { beginningWith, oftenOf } from "./series.ts";
import { type FilledOf, tokenFor } from "./tokens.ts";

/** What stands in the fields, by their ids. */
export const fieldIds = ["often", "date", "time", "ends", "with", "about", "where", "holidays"] as const;
export type Values = Readonly<Record<(typeof fieldIds)[number], string>>;

/** A form before it is drawn: whose it is, what stands in it, and what it goes on from. */
export type Form = {
  readonly of: FilledOf;
  readonly values: Values;
  /** The schedule that "as it is" means; null where there is none. */
  readonly base: Schedule | null;
  /** Where the reminder goes now; null for a new one. */
  readonly place: Place | null;
  readonly zone: string;
};

/** A form for a new reminder, filled in with what was understood. Sent twice, it sets one. */
export function newForm(begun: Begun | null, scene: Scene): Form {
  const from: Begun = begun ?? { key: nameOf("form", scene.turn), draft: {} };
  const { schedule, label, partner, isHere } = from.draft;
  return {
    of: { kind: "new", begun: from },
    values: {
      ...(schedule === undefined ? unset(scene) : valuesOf(schedule)),
      with: partner == null ? "" : reveal(partner),
      about: label == null ? "" : reveal(label),
      where: isHere === true && scene.places.here !== null ? "here" : "me",
    },
    base: schedule ?? null,
    place: null,
    zone: schedule?.zone ?? scene.zone,
  };
}

/** A form for a reminder that is there. Its first day is the next one to come: what is over stays as it was. */
export function changeForm(reminder: Reminder, scene: Scene): Form {
  const { id, version, label, partner, place, schedule } = reminder;
  const next = reminder.next ?? timesOf(schedule, scene.nowMs, scene)[0];
  const base = next === undefined ? schedule : beginningWith(schedule, next);
  return {
    of: { kind: "reminder", id, version },
    values: {
      ...valuesOf(base),
      with: partner === null ? "" : reveal(partner),
      about: label === null ? "" : reveal(label),
      where: whereOf(place, scene),
    },
    base,
    place,
    zone: schedule.zone,
  };
}

/** Draws it, with what has to be looked at again above the fields. */
export function drawForm(form: Form, problems: readonly string[], scene: Scene): Reply {
  return {
    kind: "form",
    why: "reminder:form",
    say: [...(problems.length > 0 ? [together(problems)] : []), ...leadOf(form)].join("\n"),
    asides: [],
    buttons: [],
    token: tokenFor({ kind: "filled", of: form.of }),
    fields: fieldsOf(form, scene),
    send: "Save",
  };
}

/** Where it can go, as the form offers it. */
export function wheres({ place }: Form, { places }: Scene): readonly Option[] {
  const isThere = place !== null && !place.isPrivate && place.key !== places.here?.key;
  return [
    { value: "me", label: "To me alone" },
    ...(places.here === null ? [] : [{ value: "here", label: "To this conversation, where anyone may stop it" }]),
    ...(isThere ? [{ value: "there", label: "To the conversation where it goes now" }] : []),
  ];
}

/** How often it can come, as the form offers it. */
export const oftenOptions = ({ base, values }: Form): readonly Option[] => [
  ...oftenLabels,
  ...(base !== null && (values.often === "asis" || oftenOf(base.rule, dateIn(base)) === null)
    ? [{ value: "asis", label: "As it is now" }]
    : []),
];

const oftenLabels: readonly Option[] = [
  { value: "once", label: "Once" },
  { value: "day", label: "Every day" },
  { value: "weekdays", label: "Every weekday (Monday to Friday)" },
  { value: "1w", label: "Every week" },
  { value: "2w", label: "Every 14 days" },
  { value: "3w", label: "Every 3 weeks" },
  { value: "4w", label: "Every 4 weeks" },
  { value: "nth", label: "Monthly on this weekday, such as the first Tuesday" },
  { value: "date", label: "Monthly on this date" },
  { value: "quarter", label: "Every 3 months on this date" },
];

function fieldsOf(form: Form, scene: Scene): readonly Field[] {
  const { values } = form;
  const field = (id: keyof Values, label: string, input: Field["input"], isOptional = false): Field => ({
    id,
    label,
    value: values[id],
    isOptional,
    input,
  });
  const where = wheres(form, scene);
  const hasHolidays = scene.holidays.size > 0 || values.holidays === "skip";
  const holidays: readonly Option[] = [
    { value: "keep", label: "It comes on them too" },
    { value: "skip", label: "Leave them out" },
  ];
  return [
    field("often", "How often", { kind: "choice", options: oftenOptions(form) }),
    field("date", "First day", { kind: "date" }),
    field("time", "Time", { kind: "time" }),
    field("ends", "Last day, if it ends", { kind: "date" }, true),
    field("with", "With whom", { kind: "text", most: longestPartner, hint: "A colleague’s name, such as Maria" }, true),
    field("about", "About", { kind: "text", most: longestLabel, hint: "Supervision; nothing about clients" }, true),
    ...(where.length > 1 ? [field("where", "Where it comes", { kind: "choice", options: where })] : []),
    ...(hasHolidays ? [field("holidays", "Public holidays", { kind: "choice", options: holidays })] : []),
  ];
}

function leadOf({ base, zone }: Form): readonly string[] {
  const count = base?.ends.kind === "count" ? base.ends.count : null;
  return [
    `Times are in ${zone}. The weekday is that of the first day.`,
    ...(base !== null && oftenOf(base.rule, dateIn(base)) === null ? [`As it is now: ${inWords(base)}.`] : []),
    ...(count === null
      ? []
      : [`It ends after ${count === 1 ? "one more" : `${count} times`}, or sooner if you give a last day.`]),
  ];
}

const dateIn = ({ start }: Schedule): LocalDate => start.slice(0, 10);

type Timed = Pick<Values, "often" | "date" | "time" | "ends" | "holidays">;

const valuesOf = (schedule: Schedule): Timed => ({
  often: oftenOf(schedule.rule, dateIn(schedule)) ?? "asis",
  date: dateIn(schedule),
  time: schedule.start.slice(11),
  ends: schedule.ends.kind === "until" ? schedule.ends.date : "",
  holidays: schedule.skipsHolidays ? "skip" : "keep",
});

/** Something to begin with: tomorrow, every fortnight. */
const unset = ({ nowMs, zone }: Scene): Timed => ({
  often: "2w",
  date: dateOf(dayOf(localOf(nowMs, zone).slice(0, 10)) + 1),
  time: "10:00",
  ends: "",
  holidays: "keep",
});

function whereOf(place: Place, { places }: Scene): string {
  if (place.isPrivate) return "me";
  return place.key === places.here?.key ? "here" : "there";
}
