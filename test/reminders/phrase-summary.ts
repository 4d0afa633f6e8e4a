/** A wish in one line, for the bank of phrases. */
import { rruleOf } from "#src/reminders/calendar/calendar.ts";
import type { Draft } from "#src/reminders/reminder.ts";
import type { Target, Wish } from "#src/reminders/wish.ts";
import { reveal } from "#src/turn.ts";

/** All that matters of a wish: what is kept, or what is asked and in how many readings. */
export function summary(wish: Wish): string {
  switch (wish.kind) {
    case "create":
      return `create ${drafted(wish.draft)}`;
    case "ask":
      return ["ask", wish.about, ...(wish.readings.length > 0 ? [`${wish.readings.length} readings`] : [])].join(" ");
    case "refuse":
      return `refuse ${wish.why}`;
    case "pause":
      return `pause ${target(wish.target)}${wish.until === null ? "" : ` until ${wish.until}`}`;
    case "resume":
    case "skip":
    case "delete":
      return `${wish.kind} ${target(wish.target)}`;
    case "snooze":
      return wish.by.kind === "minutes" ? `snooze ${wish.by.minutes}` : `snooze until ${wish.by.local}`;
    case "move": {
      const { weekday, date, time, draft } = wish.to;
      const to = draft === null ? [weekday, date, time].filter((part) => part !== null).join(" ") : drafted(draft);
      return `move ${target(wish.target)} to ${to}`;
    }
    case "zone":
      return `zone ${wish.zone}`;
    default:
      return wish.kind;
  }
}

function drafted({ schedule, label, partner, isHere }: Draft): string {
  return [
    rruleOf(schedule) ?? "once",
    schedule.start,
    ...(label === null ? [] : [`«${reveal(label)}»`]),
    ...(partner === null ? [] : [`with «${reveal(partner)}»`]),
    ...(isHere ? ["here"] : []),
    ...(schedule.skipsHolidays ? ["without holidays"] : []),
  ].join(" ");
}

function target(of: Target): string {
  if (of.kind === "number") return String(of.number);
  if (of.kind !== "like") return of.kind;
  return `like ${[of.weekday, of.time, ...of.words].filter((part) => part !== null).join(" ")}`;
}
