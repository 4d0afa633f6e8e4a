/** Drafts as text for tokens: what was understood so far, so that a button or a form can go on from it. */
import { reveal, type UserText, userText } from "../../turn.ts";
import { isZone } from "../calendar/calendar.ts";
import { dayOf, readRule } from "../calendar/rule.ts";
import type { Draft, Ends, Local, LocalDate, Schedule } from "../reminder.ts";

/** A draft that somebody is at. `key` makes what comes of it the same however often it is sent: at most 22 characters. */
export type Begun = { readonly key: string; readonly draft: Partial<Draft> };

/** Longer codes do not fit into the buttons of every chat. Characters. */
export const longestCode = 1_500;

/** The draft as base64url; null where it would be too long. */
export function codeOf({ key, draft }: Begun): string | null {
  const { schedule, label, partner, isHere } = draft;
  const text = JSON.stringify({
    k: key,
    ...(schedule === undefined ? {} : { s: partsOf(schedule) }),
    ...(label == null ? {} : { l: reveal(label) }),
    ...(partner == null ? {} : { p: reveal(partner) }),
    ...(isHere === undefined ? {} : { h: isHere ? 1 : 0 }),
  });
  const code = Buffer.from(text).toString("base64url");
  return code.length > longestCode ? null : code;
}

/** Reads it back, strictly: null for whatever `codeOf` cannot have written. */
export function readCode(code: string): Begun | null {
  if (code.length > longestCode || !/^[\w-]+$/.test(code)) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(code, "base64url").toString());
    return isRecord(read) ? begunIn(read) : null;
  } catch {
    return null;
  }
}

/** Whether this is a day of the calendar, such as 2026-10-06. */
export const isDate = (text: string): text is LocalDate => {
  try {
    return dayOf(text) > 0;
  } catch {
    return false;
  }
};

/** Whether this is a time of day, such as 09:30. */
export const isTime = (text: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Whether this is a time on a wall clock, such as 2026-10-06T10:00. */
export const isLocal = (text: string): text is Local =>
  text.length === 16 && text[10] === "T" && isDate(text.slice(0, 10)) && isTime(text.slice(11));

type Parts = readonly [string, string | null, string, number | string | null, 0 | 1];

const partsOf = ({ start, rule, zone, ends, skipsHolidays }: Schedule): Parts => [
  start,
  rule,
  zone,
  endsPart(ends),
  skipsHolidays ? 1 : 0,
];

function endsPart(ends: Ends): number | string | null {
  if (ends.kind === "never") return null;
  return ends.kind === "count" ? ends.count : ends.date;
}

function begunIn(read: Readonly<Record<string, unknown>>): Begun | null {
  const { k, s, l, p, h, ...others } = read;
  const isOdd = Object.keys(others).length > 0 || typeof k !== "string" || !/^[\w-]{1,22}$/.test(k);
  if (isOdd || !isShort(l, 60) || !isShort(p, 40) || (h !== undefined && h !== 0 && h !== 1)) return null;
  const schedule = s === undefined ? undefined : scheduleIn(s);
  if (schedule === null) return null;
  const draft = {
    ...(schedule === undefined ? {} : { schedule }),
    ...texts(l, p),
    ...(h === undefined ? {} : { isHere: h === 1 }),
  };
  return { key: k, draft };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isShort = (value: unknown, most: number): value is string | undefined =>
  value === undefined || (typeof value === "string" && value.length > 0 && value.length <= most);

const texts = (label: string | undefined, partner: string | undefined): { label?: UserText; partner?: UserText } => ({
  ...(label === undefined ? {} : { label: userText(label) }),
  ...(partner === undefined ? {} : { partner: userText(partner) }),
});

function scheduleIn(value: unknown): Schedule | null {
  if (!Array.isArray(value) || value.length !== 5) return null;
  const [start, rule, zone, ends, holidays]: readonly unknown[] = value;
  if (typeof start !== "string" || !isLocal(start) || typeof zone !== "string" || !isZone(zone)) return null;
  if (rule !== null && (typeof rule !== "string" || !isRule(rule))) return null;
  const end = endsIn(ends);
  if (end === null || (holidays !== 0 && holidays !== 1)) return null;
  return { start, rule, zone, ends: end, skips: [], skipsHolidays: holidays === 1 };
}

function endsIn(value: unknown): Ends | null {
  if (value === null) return { kind: "never" };
  if (typeof value === "string") return isDate(value) ? { kind: "until", date: value } : null;
  return Number.isSafeInteger(value) && typeof value === "number" && value > 0 && value <= 10_000
    ? { kind: "count", count: value }
    : null;
}

function isRule(text: string): boolean {
  try {
    // Whoever sends a code of their own making gets no more than whoever says it in words: whole days.
    return text.length <= 200 && !readRule(text).isBeyondDays;
  } catch {
    return false;
  }
}
