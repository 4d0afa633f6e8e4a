/** The tokens of reminders, which all begin with `r/`: intents written in advance. They hold ids, times, and drafts that are not kept yet. */
import { isZone } from "../calendar/calendar.ts";
import type { Local, LocalDate } from "../reminder.ts";
import type { Weekday } from "../wish.ts";
import { type Begun, codeOf, isDate, isLocal, isTime, readCode } from "./draft-code.ts";

/** What pressing a button or sending a form does. `id` names a reminder, `occurrence` one that arrived. */
export type Act =
  | { readonly kind: "list" | "help" | "keep" | "delete-all" }
  | { readonly kind: "open"; readonly id: string }
  | { readonly kind: "change"; readonly id: string }
  | { readonly kind: "delete"; readonly id: string }
  | { readonly kind: "resume"; readonly id: string }
  | { readonly kind: "stop"; readonly id: string }
  | { readonly kind: "pause"; readonly id: string; readonly until: LocalDate | null }
  /** Which one is left out stands in the token, so that pressing twice leaves out one. */
  | { readonly kind: "skip"; readonly id: string; readonly local: Local }
  | { readonly kind: "undo"; readonly id: string; readonly version: number }
  | { readonly kind: "move"; readonly id: string; readonly to: Shift }
  /** The series from `from` on comes at `to` and after it. */
  | { readonly kind: "move-all"; readonly id: string; readonly version: number; readonly to: Local }
  /** One alone comes at `to` instead of at `from`. With `takesBack`, the change that led to this version is undone. */
  | {
      readonly kind: "only";
      readonly id: string;
      readonly version: number;
      readonly from: Local;
      readonly to: Local;
      readonly takesBack: boolean;
    }
  | { readonly kind: "set"; readonly begun: Begun }
  /** Opens the form, filled in with what is known. */
  | { readonly kind: "form"; readonly begun: Begun | null }
  | { readonly kind: "filled"; readonly of: FilledOf }
  | { readonly kind: "done" | "skipped"; readonly occurrence: string }
  | { readonly kind: "snooze"; readonly occurrence: string; readonly minutes: number | "tomorrow" }
  | { readonly kind: "zone"; readonly zone: string }
  | { readonly kind: "save"; readonly entries: readonly string[] };

/** What a reminder moves to: at least one of these. `time` is HH:MM. */
export type Shift = { readonly weekday: Weekday | null; readonly date: LocalDate | null; readonly time: string | null };

/** Which form was sent: for a new reminder, or for one that is there, in the version that the form was drawn from. */
export type FilledOf =
  | { readonly kind: "new"; readonly begun: Begun | null }
  | { readonly kind: "reminder"; readonly id: string; readonly version: number };

/** Writes the token. A draft that is too long for one is left out of a form, which then begins empty. */
export function tokenFor(act: Act): string {
  return ["r", act.kind, ...partsOf(act)].join("/");
}

/** Reads a token back; null for whatever `tokenFor` cannot have written, such as one of an older version. */
export function readAct(token: string): Act | null {
  const [r, kind = "", ...parts] = token.split("/");
  if (r !== "r" || !Object.hasOwn(readers, kind)) return null;
  return readers[kind]?.(parts) ?? null;
}

function partsOf(act: Act): readonly string[] {
  switch (act.kind) {
    case "list":
    case "help":
    case "keep":
    case "delete-all":
      return [];
    case "pause":
      return act.until === null ? [act.id] : [act.id, act.until];
    case "skip":
      return [act.id, act.local];
    case "undo":
      return [act.id, String(act.version)];
    case "move":
      return [act.id, [act.to.weekday, act.to.date, act.to.time].map((part) => part ?? "").join(",")];
    case "move-all":
      return [act.id, String(act.version), act.to];
    case "only":
      return [act.id, String(act.version), act.from, act.to, act.takesBack ? "1" : "0"];
    case "set":
    case "form":
      return codes(act.begun);
    case "filled":
      return act.of.kind === "new" ? ["new", ...codes(act.of.begun)] : [act.of.id, String(act.of.version)];
    case "done":
    case "skipped":
      return [act.occurrence];
    case "snooze":
      return [act.occurrence, String(act.minutes)];
    case "zone":
      return [act.zone];
    case "save":
      return [act.entries.join(",")];
    default:
      return [act.id];
  }
}

function codes(begun: Begun | null): readonly string[] {
  const code = begun === null ? null : codeOf(begun);
  return code === null ? [] : [code];
}

type Read = (parts: readonly string[]) => Act | null;

const plain =
  (kind: "list" | "help" | "keep" | "delete-all"): Read =>
  (parts) =>
    parts.length === 0 ? { kind } : null;

const ofOne =
  (kind: "open" | "change" | "delete" | "resume" | "stop"): Read =>
  ([id = "", ...more]) =>
    isId(id) && more.length === 0 ? { kind, id } : null;

const ofArrived =
  (kind: "done" | "skipped"): Read =>
  ([occurrence = "", ...more]) =>
    isId(occurrence) && more.length === 0 ? { kind, occurrence } : null;

const readers: Readonly<Record<string, Read>> = {
  list: plain("list"),
  help: plain("help"),
  keep: plain("keep"),
  "delete-all": plain("delete-all"),
  open: ofOne("open"),
  change: ofOne("change"),
  delete: ofOne("delete"),
  resume: ofOne("resume"),
  stop: ofOne("stop"),
  done: ofArrived("done"),
  skipped: ofArrived("skipped"),
  pause: ([id = "", until = null, ...more]) =>
    isId(id) && more.length === 0 && (until === null || isDate(until)) ? { kind: "pause", id, until } : null,
  skip: ([id = "", local = "", ...more]) =>
    isId(id) && isLocal(local) && more.length === 0 ? { kind: "skip", id, local } : null,
  undo: ([id = "", version = "", ...more]) =>
    isId(id) && isVersion(version) && more.length === 0 ? { kind: "undo", id, version: Number(version) } : null,
  move: ([id = "", to = "", ...more]) => {
    const shift = shiftIn(to);
    return isId(id) && shift !== null && more.length === 0 ? { kind: "move", id, to: shift } : null;
  },
  "move-all": ([id = "", version = "", to = "", ...more]) =>
    isId(id) && isVersion(version) && isLocal(to) && more.length === 0
      ? { kind: "move-all", id, version: Number(version), to }
      : null,
  only: ([id = "", version = "", from = "", to = "", back = "", ...more]) =>
    isId(id) && isVersion(version) && isLocal(from) && isLocal(to) && /^[01]$/.test(back) && more.length === 0
      ? { kind: "only", id, version: Number(version), from, to, takesBack: back === "1" }
      : null,
  set: ([code = "", ...more]) => {
    const begun = readCode(code);
    return begun === null || more.length > 0 ? null : { kind: "set", begun };
  },
  form: (parts) => {
    const begun = begunIn(parts);
    return begun === undefined ? null : { kind: "form", begun };
  },
  filled: ([of = "", ...rest]) => {
    const [version = "", ...more] = rest;
    if (of !== "new")
      return isId(of) && isVersion(version) && more.length === 0
        ? { kind: "filled", of: { kind: "reminder", id: of, version: Number(version) } }
        : null;
    const begun = begunIn(rest);
    return begun === undefined ? null : { kind: "filled", of: { kind: "new", begun } };
  },
  snooze: ([occurrence = "", minutes = "", ...more]) => {
    if (!isId(occurrence) || more.length > 0) return null;
    if (minutes === "tomorrow") return { kind: "snooze", occurrence, minutes };
    return /^[1-9]\d{0,3}$/.test(minutes) ? { kind: "snooze", occurrence, minutes: Number(minutes) } : null;
  },
  // Names of zones have slashes of their own.
  zone: (parts) => (isZone(parts.join("/")) ? { kind: "zone", zone: parts.join("/") } : null),
  save: ([ids = "", ...more]) => {
    const entries = ids.split(",");
    return more.length === 0 && entries.length <= mostSaved && entries.every(isEntry)
      ? { kind: "save", entries }
      : null;
  },
};

// As many as one answer ever has.
const mostSaved = 3;

const isId = (text: string): boolean => /^[\w-]{1,22}$/.test(text);
const isEntry = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(text);
const isVersion = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);
const weekdays: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** Nothing, a draft, or undefined for what is neither. */
function begunIn(parts: readonly string[]): Begun | null | undefined {
  const [code, ...more] = parts;
  if (code === undefined) return null;
  return more.length > 0 ? undefined : (readCode(code) ?? undefined);
}

function shiftIn(text: string): Shift | null {
  const [day = "", date = "", time = "", ...more] = text.split(",");
  const weekday = weekdays.find((one) => one === day) ?? null;
  const isOdd = more.length > 0 || (day !== "" && weekday === null) || (date !== "" && !isDate(date));
  if (isOdd || (time !== "" && !isTime(time)) || `${day}${date}${time}` === "") return null;
  return { weekday, date: date === "" ? null : date, time: time === "" ? null : time };
}
