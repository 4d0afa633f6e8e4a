/** `when`: what a phrase means to reminders, read back without keeping anything. */
import { BearingsError } from "#src/errors.ts";
import { isZone, localOf, momentOf, offsetAt, rruleOf, upcoming } from "#src/reminders/calendar/calendar.ts";
import { clockNote, dayInWords, inWords, timeInWords } from "#src/reminders/calendar/describe.ts";
import { forExample, questions, refusals } from "#src/reminders/desk/say-ask.ts";
import { readWish } from "#src/reminders/phrase/phrase.ts";
import type { Draft, Due } from "#src/reminders/reminder.ts";
import type { Target, Wish } from "#src/reminders/wish.ts";
import { reveal } from "#src/turn.ts";
import { readOptions } from "./options.ts";
import { linesIn, write } from "./pipe.ts";

const usage = `Use: when [--json] [--now 2026-10-06T09:15:00+02:00] [--zone Europe/Berlin] ["every second tuesday at 10"]
With no phrase, when reads one a line from a pipe.`;

/** What one line is told as. `next` are up to three moments with their offset; `about`, `target` and the rest may be null. */
export type Told = {
  readonly phrase: string;
  readonly outcome: string;
  readonly rule: string | null;
  readonly once: string | null;
  readonly time: string | null;
  readonly zone: string;
  readonly next: readonly string[];
  readonly about: string | null;
  readonly target: string | null;
  readonly text: string;
};

type At = { readonly nowMs: number; readonly zone: string };

/** Runs `when`; gives the exit code. */
export async function runWhen(args: readonly string[]): Promise<number> {
  const options = {
    json: { type: "boolean" },
    now: { type: "string" },
    zone: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values, words } = readOptions(args, options, usage);
  if (values.help) return print(usage);
  const zone = zoneIn(values.zone);
  const at = { nowMs: nowIn(values.now, zone), zone };
  const draw = (phrase: string): string => (values.json ? JSON.stringify(told(phrase, at)) : told(phrase, at).text);
  if (words.length > 0) return print(draw(words.join(" ")));
  if (process.stdin.isTTY) return print(usage);
  for await (const lines of linesIn(process.stdin)) {
    const out = lines.map((line) => `${draw(line)}\n`).join(values.json ? "" : "\n");
    await write(process.stdout, out);
  }
  return 0;
}

function nowIn(said: string | undefined, zone: string): number {
  if (said === undefined) return Date.now();
  const wall = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?$/.exec(said);
  try {
    // Without an offset it is what a clock in the zone shows.
    if (wall) return momentOf(`${wall[1]}T${wall[2]}`, zone);
    const nowMs = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/.test(said)
      ? Date.parse(said)
      : Number.NaN;
    if (!Number.isNaN(nowMs)) return nowMs;
  } catch {
    // There is no such day.
  }
  const fix = "Give it with its offset: --now 2026-10-06T09:15:00+02:00";
  throw new BearingsError("usage", "--now is not a moment in ISO 8601.", fix);
}

function zoneIn(said: string | undefined): string {
  if (said === undefined) return Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (isZone(said)) return said;
  throw new BearingsError("usage", "--zone is not a time zone.", "Give its IANA name: --zone Europe/Berlin");
}

/** Reads one phrase. Pure. */
export function told(phrase: string, at: At): Told {
  const wish = readWish(phrase, at);
  const outcome = wish.kind === "last" ? "list" : wish.kind === "zone" || wish.kind === "form" ? "help" : wish.kind;
  const none = {
    phrase,
    outcome,
    rule: null,
    once: null,
    time: null,
    zone: at.zone,
    next: [],
    about: null,
    target: targetOf(wish),
  };
  if (wish.kind === "move") {
    const { time, draft } = wish.to;
    return {
      ...none,
      ...(draft === null ? {} : scheduled(draft, at)),
      time: draft?.schedule.start.slice(11) ?? time,
      text: textOf(wish, at),
    };
  }
  if (wish.kind !== "create") return { ...none, text: textOf(wish, at) };
  return { ...none, ...scheduled(wish.draft, at), text: textOf(wish, at) };
}

function scheduled({ schedule, label }: Draft, { nowMs }: At) {
  return {
    rule: rruleOf(schedule),
    once: schedule.rule === null ? schedule.start : null,
    time: schedule.start.slice(11),
    next: upcoming(schedule, nowMs, 3, new Set()).map((due) => instant(due, schedule.zone)),
    about: label === null ? null : reveal(label),
  };
}

/** 2026-10-06T10:00:00+02:00 */
function instant({ atMs }: Due, zone: string): string {
  const offset = Math.round(offsetAt(atMs, zone));
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${localOf(atMs, zone)}:00${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

function targetOf(wish: Wish): string | null {
  if (wish.kind === "skip" && wish.target.kind === "only") return "next";
  return "target" in wish ? targetWords(wish.target) : null;
}

const dayNames: Readonly<Record<string, string>> = {
  MO: "monday",
  TU: "tuesday",
  WE: "wednesday",
  TH: "thursday",
  FR: "friday",
  SA: "saturday",
  SU: "sunday",
};

function targetWords(target: Target): string | null {
  if (target.kind === "number") return String(target.number);
  if (target.kind === "all") return "all";
  if (target.kind === "only") return null;
  const day = target.weekday === null ? null : (dayNames[target.weekday] ?? null);
  return [day, target.time, ...target.words].filter((part) => part !== null).join(" ");
}

/** How it is called in a sentence. */
function nameOf(target: Target): string {
  const words = targetWords(target);
  if (words === null) return "the one that is meant";
  if (target.kind === "all") return "all of them";
  return target.kind === "number" ? `number ${words}` : `the one like “${words}”`;
}

/** "15 minutes", "2 hours", "1 hour 30 minutes". */
function lengthOf(minutes: number): string {
  const many = (count: number, unit: string): readonly string[] =>
    count === 0 ? [] : [`${count} ${unit}${count === 1 ? "" : "s"}`];
  const [days, hours] = minutes % 1440 === 0 ? [minutes / 1440, 0] : [0, Math.floor(minutes / 60)];
  return [...many(days, "day"), ...many(hours, "hour"), ...many(days > 0 ? 0 : minutes % 60, "minute")].join(" ");
}

function textOf(wish: Wish, at: At): string {
  const named = "target" in wish ? nameOf(wish.target) : "";
  switch (wish.kind) {
    case "create":
      return created(wish.draft, at);
    case "ask":
      return [questions[wish.about], ...wish.readings.map(({ label }) => `- ${label}`), forExample(wish.example)].join(
        "\n",
      );
    case "refuse":
      return [refusals[wish.why], forExample(wish.example)].join("\n");
    case "list":
      return "Shows your reminders.";
    case "last":
      return "Says when your last supervision was.";
    case "pause": {
      const until =
        wish.until === null
          ? "until you resume it"
          : `and comes again from ${dayInWords(wish.until, at.nowMs, at.zone)} on`;
      return `Pauses ${named}, ${until}.`;
    }
    case "resume":
      return `Resumes ${named}.`;
    case "skip":
      return `Leaves out the next time of ${named}.`;
    case "snooze":
      return wish.by.kind === "minutes"
        ? `Puts off the last one by ${lengthOf(wish.by.minutes)}.`
        : `Puts off the last one until ${timeIn(wish.by.local, at)}.`;
    case "move":
      return moved(wish, named, at);
    case "delete":
      return wish.target.kind === "all" ? "Deletes all of your reminders, once you say so again." : `Deletes ${named}.`;
    case "done":
      return "Notes that the session took place.";
    case "zone":
      return wish.zone === null ? "Says which time zone your reminders go by." : `Sets your time zone to ${wish.zone}.`;
    case "form":
      return "Opens the form.";
    case "help":
      return "Says how to set reminders.";
    default:
      return wish satisfies never;
  }
}

const timeIn = (local: string, { nowMs, zone }: At): string =>
  timeInWords({ local, atMs: momentOf(local, zone) }, nowMs, zone);

function moved({ to }: Extract<Wish, { kind: "move" }>, named: string, at: At): string {
  if (to.draft !== null) return `Moves ${named}:\n${created(to.draft, at)}`;
  const day =
    to.date !== null
      ? dayInWords(to.date, at.nowMs, at.zone)
      : to.weekday === null
        ? null
        : capital(dayNames[to.weekday] ?? "");
  const time = to.time === null ? null : `${Number(to.time.slice(0, 2))}${to.time.slice(2)}`;
  return `Moves ${named} to ${[day, time].filter((part) => part !== null).join(", ")}.`;
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function created({ schedule, label, partner, isHere }: Draft, { nowMs }: At): string {
  const dues = upcoming(schedule, nowMs, 3, new Set());
  const about = [
    label === null ? "Supervision" : capital(reveal(label)),
    ...(partner === null ? [] : [`with ${reveal(partner)}`]),
  ].join(" ");
  const note = clockNote(dues, schedule.zone);
  return [
    `${about}${isHere ? ", in the conversation" : ""}.`,
    `${inWords(schedule)}, ${schedule.zone} time.`,
    `Next: ${dues.map((due) => timeInWords(due, nowMs, schedule.zone)).join("; ")}.`,
    ...(note === null ? [] : [note]),
  ].join("\n");
}

async function print(text: string): Promise<number> {
  await write(process.stdout, `${text}\n`);
  return 0;
}
