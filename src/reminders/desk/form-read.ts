/** Reads a form that was filled in: whole, with all that has to be looked at again told together. */
import { reveal, type UserText, userText } from "../../turn.ts";
import { momentOf } from "../calendar/calendar.ts";
import { longestLabel, longestPartner, troubleInLabel, troubleInPartner } from "../phrase/label.ts";
import type { Draft, Ends, Schedule } from "../reminder.ts";
import { isDate, isTime } from "./draft-code.ts";
import { type Form, fieldIds, oftenOptions, type Values, wheres } from "./form.ts";
import { refusals, fieldProblems as say } from "./say-ask.ts";
import { type Scene, timesOf } from "./scene.ts";
import { oftens, ruleFor, startingIn } from "./series.ts";

/** What came of it. `where` is the option that was chosen; `values` is what was entered, to be given back. */
export type FormRead =
  | { readonly kind: "filled"; readonly draft: Draft; readonly where: string }
  | { readonly kind: "again"; readonly problems: readonly string[]; readonly values: Values };

/** Reads the fields of a form as it was drawn. One that the form does not have is not looked at. */
export function readForm(fields: Readonly<Record<string, UserText>>, form: Form, scene: Scene): FormRead {
  const values = valuesIn(fields, form);
  const unread = timeProblems(values, form);
  const schedule = unread.length === 0 ? scheduleOf(values, form) : null;
  const problems = [
    ...unread,
    // Only what can be read at all can be over before it begins.
    ...(unread.length === 0 ? planProblems(schedule, values, scene) : []),
    ...nameProblems(values),
    ...(wheres(form, scene).some(({ value }) => value === values.where) ? [] : [say.where]),
  ];
  if (schedule === null || problems.length > 0) return { kind: "again", problems, values };
  return { kind: "filled", draft: draftOf(values, schedule), where: values.where };
}

function timeProblems({ often, date, time, ends }: Values, form: Form): readonly string[] {
  return [
    ...(oftenOptions(form).some(({ value }) => value === often) ? [] : [say.often]),
    ...(isDate(date) ? [] : [say.date]),
    ...(isTime(time) ? [] : [say.time]),
    ...(ends === "" || isDate(ends) ? [] : [say.ends]),
  ];
}

function planProblems(schedule: Schedule | null, { date, time, ends }: Values, scene: Scene): readonly string[] {
  if (schedule === null) return [say.never];
  if (momentOf(`${date}T${time}`, schedule.zone) <= scene.nowMs) return [say.past];
  if (ends !== "" && ends < date) return [say.endsFirst];
  return timesOf(schedule, scene.nowMs, scene).length > 0 ? [] : [say.never];
}

function nameProblems({ with: partner, about }: Values): readonly string[] {
  const ofLabel = about === "" ? null : troubleInLabel(about);
  const ofPartner = partner === "" ? null : troubleInPartner(partner, about === "" ? null : about);
  return [
    ...(about.length > longestLabel ? [say.longLabel] : ofLabel === null ? [] : [refusals[ofLabel]]),
    ...(partner.length > longestPartner ? [say.longPartner] : ofPartner === null ? [] : [say.partner]),
  ];
}

/** What was typed, without what stands around it. A field that did not come is as it was drawn. */
function valuesIn(fields: Readonly<Record<string, UserText>>, { values }: Form): Values {
  const typed = Object.fromEntries(
    fieldIds.map((id) => {
      const field = Object.hasOwn(fields, id) ? fields[id] : undefined;
      return [id, field === undefined ? values[id] : reveal(field).trim().replace(/\s+/g, " ").slice(0, mostRead)];
    }),
  );
  const read: Values = { ...values, ...typed };
  return { ...read, time: timeIn(read.time) };
}

// No field takes more, and what is too long is told so.
const mostRead = 200;

/** Pickers write 09:30, browsers sometimes 09:30:00, and people 9:30. */
const timeIn = (text: string): string => {
  const [, hour, minute] = /^(\d{1,2})[:.](\d{2})(?::\d{2})?$/.exec(text) ?? [];
  return hour === undefined || minute === undefined ? text : `${hour.padStart(2, "0")}:${minute}`;
};

/** Null where it never falls due. */
function scheduleOf(values: Values, { base, zone }: Form): Schedule | null {
  const often = oftens.find((one) => one === values.often);
  const rule = often === undefined ? (base?.rule ?? null) : ruleFor(often, values.date);
  const schedule: Schedule = {
    start: `${values.date}T${values.time}`,
    rule,
    zone,
    ends: rule === null ? { kind: "never" } : endsOf(values, base),
    skips: [],
    skipsHolidays: values.holidays === "skip",
  };
  return startingIn(schedule, schedule.start);
}

function endsOf({ ends }: Values, base: Schedule | null): Ends {
  if (ends !== "") return { kind: "until", date: ends };
  return base?.ends.kind === "count" ? base.ends : { kind: "never" };
}

const draftOf = (values: Values, schedule: Schedule): Draft => ({
  schedule,
  label: values.about === "" ? null : userText(values.about),
  partner: values.with === "" ? null : userText(values.with),
  isHere: values.where === "here",
});
