/** Which day the pieces of a date mean, at the moment they were said. */

import { weekdayOf } from "../calendar/rule.ts";
import type { DatePiece } from "./facts.ts";
import { dayIn, monthOf, monthsOn, yearOf } from "./month.ts";
import { ask, type Moment, type Outcome, ok, refuse } from "./outcome.ts";

type Of<K extends DatePiece["kind"]> = Extract<DatePiece, { kind: K }>;

/** What the day is for: one time alone, the first of a row, or the last day of one. */
export type Purpose = "once" | "from" | "until";

const one = <K extends DatePiece["kind"]>(pieces: readonly DatePiece[], kind: K): Of<K> | null =>
  pieces.find((piece): piece is Of<K> => piece.kind === kind) ?? null;

/** The day. `time` is HH:MM, null where it is not known: what is past of today depends on it. */
export function dayMeant(
  pieces: readonly DatePiece[],
  moment: Moment,
  time: string | null,
  purpose: Purpose,
): Outcome<number> {
  const kinds = pieces.map((piece) => piece.kind);
  if (kinds.includes("impossible")) return refuse("impossible");
  if (pieces.some(isFar)) return refuse("too-far");
  if (new Set(kinds).size < kinds.length) return ask("several");
  const read = baseDay(pieces, moment, time, purpose);
  if (read.kind !== "ok") return read;
  const weekday = one(pieces, "weekday");
  const isOther = weekday !== null && weekdayOf(read.value) !== weekday.weekday;
  if (!isOther) return read;
  const own = one(pieces, "month-day") ?? one(pieces, "either") ?? one(pieces, "day-of-month");
  if (own === null || purpose !== "once") return ask("several");
  const ahead = (weekday.weekday - weekdayOf(moment.today) + 7) % 7;
  const day = moment.today + (isAhead(moment.today + ahead, moment, time) ? ahead : ahead + 7);
  return ask("weekday-or-date", [read.value, day]);
}

function isFar(piece: DatePiece): boolean {
  if (piece.kind === "days-on") return piece.days > 4_000;
  if (piece.kind === "weeks-on") return piece.weeks > 600;
  if (piece.kind === "months-on") return piece.months > 130;
  return piece.kind === "years-on" && piece.years > 10;
}

function baseDay(pieces: readonly DatePiece[], moment: Moment, time: string | null, purpose: Purpose): Outcome<number> {
  const { today } = moment;
  const is = (...kinds: DatePiece["kind"][]): boolean => pieces.every((piece) => kinds.includes(piece.kind));
  const on = one(pieces, "days-on");
  if (on !== null) return is("days-on", "weekday") ? ok(today + on.days) : ask("several");
  const either = one(pieces, "either");
  if (either !== null) return is("either", "weekday") ? ofEither(either, moment, time, purpose) : ask("several");
  const date = one(pieces, "month-day");
  if (date !== null) {
    if (!is("month-day", "weekday", "year", "years-on")) return ask("several");
    return ofMonthDay(date.month, date.day, date.year ?? yearIn(pieces, today), moment, time, purpose);
  }
  const day = one(pieces, "day-of-month");
  if (day !== null) return ofDay(day.day, pieces, moment, time, purpose);
  const end = one(pieces, "end-of");
  if (end !== null) return is("end-of") ? ofEnd(end, moment) : ask("several");
  return ofDistance(pieces, moment, time, purpose);
}

function yearIn(pieces: readonly DatePiece[], today: number): number | null {
  const year = one(pieces, "year");
  const on = one(pieces, "years-on");
  return year?.year ?? (on === null ? null : yearOf(today) + on.years);
}

const isAhead = (day: number, { today, clock }: Moment, time: string | null): boolean =>
  day > today || (day === today && (time === null || time > clock));

// A date just gone by, without a year, is as likely a slip as it is meant for the next year.
const recentDays = 31;

function ofMonthDay(
  month: number,
  day: number,
  year: number | null,
  moment: Moment,
  time: string | null,
  purpose: Purpose,
): Outcome<number> {
  if (month < 1 || month > 12 || dayIn(2024, month, day) === null) return refuse("impossible");
  if (year !== null) {
    const meant = dayIn(year, month, day);
    if (meant === null) return refuse("impossible");
    return meant < moment.today && purpose !== "from" ? refuse("past") : ok(meant);
  }
  const thisYear = dayIn(yearOf(moment.today), month, day);
  if (thisYear !== null && isAhead(thisYear, moment, time)) return ok(thisYear);
  if (thisYear === moment.today) return purpose === "once" ? refuse("past") : ok(thisYear);
  const next = dayIn(yearOf(moment.today) + 1, month, day);
  if (next === null) return refuse("impossible");
  if (thisYear !== null && moment.today - thisYear <= recentDays && purpose === "once") return ask("several", [next]);
  return ok(next);
}

function ofEither(
  { one: first, two: second, year }: Of<"either">,
  moment: Moment,
  time: string | null,
  purpose: Purpose,
): Outcome<number> {
  const dayFirst = ofMonthDay(second, first, year, moment, time, purpose);
  const monthFirst = ofMonthDay(first, second, year, moment, time, purpose);
  const isDay = second >= 1 && second <= 12 && first >= 1 && first <= 31;
  const isMonth = first >= 1 && first <= 12 && second >= 1 && second <= 31;
  if (!isDay || first === second) return isMonth ? monthFirst : refuse("impossible");
  if (!isMonth) return dayFirst;
  const days = [dayFirst, monthFirst].flatMap((read) =>
    read.kind === "ok" ? [read.value] : (read.kind === "ask" && read.days) || [],
  );
  return days.length === 0 ? refuse("past") : ask("date-order", days);
}

function ofDay(
  day: number,
  pieces: readonly DatePiece[],
  moment: Moment,
  time: string | null,
  purpose: Purpose,
): Outcome<number> {
  const { today } = moment;
  if (day < 1 || day > 31) return refuse("impossible");
  const on = one(pieces, "months-on");
  const named = one(pieces, "month");
  const isOther = pieces.some(({ kind }) => !/^(?:day-of-month|weekday|months-on|month|year|years-on)$/.test(kind));
  if (isOther || (on !== null && !on.isWhole) || (on !== null && named !== null)) return ask("several");
  if (named !== null) return ofMonthDay(named.month, day, named.year ?? yearIn(pieces, today), moment, time, purpose);
  if (on !== null) {
    const meant = dayIn(yearOf(today), monthOf(today) + on.months, day);
    if (meant === null) return refuse("impossible");
    return isAhead(meant, moment, time) || purpose !== "once" ? ok(meant) : refuse("past");
  }
  if (pieces.length > 1 && one(pieces, "weekday") === null) return ask("several");
  for (let month = 0; month < 3; month += 1) {
    const meant = dayIn(yearOf(today), monthOf(today) + month, day);
    if (meant !== null && isAhead(meant, moment, purpose === "once" ? time : null)) return ok(meant);
  }
  return refuse("impossible");
}

function ofEnd({ of }: Of<"end-of">, { today }: Moment): Outcome<number> {
  if (of === "year") return ok(dayIn(yearOf(today), 12, 31) ?? today);
  if (of === "month") return ok((dayIn(yearOf(today), monthOf(today) + 1, 1) ?? today) - 1);
  const year = yearOf(today) + (of < monthOf(today) ? 1 : 0);
  return ok((dayIn(year, of + 1, 1) ?? today) - 1);
}

/** Weeks, months and years on, and days of the week. */
function ofDistance(
  pieces: readonly DatePiece[],
  moment: Moment,
  time: string | null,
  purpose: Purpose,
): Outcome<number> {
  const { today } = moment;
  const weekday = one(pieces, "weekday");
  const weeks = one(pieces, "weeks-on");
  if (weeks !== null) {
    if (pieces.length > (weekday === null ? 1 : 2)) return ask("several");
    return ofWeeks(weeks, weekday, moment, time, purpose);
  }
  const span = one(pieces, "months-on") ?? one(pieces, "years-on");
  const named = one(pieces, "month");
  const year = one(pieces, "year");
  if (weekday !== null) return pieces.length === 1 ? ofWeekday(weekday, moment, time, purpose) : ask("several");
  if (span !== null && !span.isWhole) {
    return pieces.length === 1
      ? ok(monthsOn(today, span.kind === "months-on" ? span.months : 12 * span.years))
      : ask("several");
  }
  // A whole month or year is no day, but one may begin with it.
  if (purpose !== "from") return ask(purpose === "once" ? "day" : "several");
  if (named !== null) return ofMonthDay(named.month, 1, named.year ?? yearIn(pieces, today), moment, null, "from");
  if (span?.kind === "months-on") return ok(dayIn(yearOf(today), monthOf(today) + span.months, 1) ?? today);
  const first = span?.kind === "years-on" ? yearOf(today) + span.years : (year?.year ?? yearOf(today));
  return ok(dayIn(first, 1, 1) ?? today);
}

function ofWeeks(
  weeks: Of<"weeks-on">,
  weekday: Of<"weekday"> | null,
  moment: Moment,
  time: string | null,
  purpose: Purpose,
): Outcome<number> {
  const { today } = moment;
  const monday = today - (weekdayOf(today) - 1) + 7 * weeks.weeks;
  if (weekday === null) {
    if (!weeks.isWhole) return ok(today + 7 * weeks.weeks);
    return purpose === "from" ? ok(weeks.weeks === 0 ? today : monday) : ask(purpose === "once" ? "day" : "several");
  }
  if (weekday.weeks > 0 || (weekday.which !== "plain" && !weeks.isWhole)) return ask("several");
  const meant = monday + weekday.weekday - 1;
  return isAhead(meant, moment, time) || purpose === "from" ? ok(meant) : refuse("past");
}

function ofWeekday(
  { weekday, which, weeks }: Of<"weekday">,
  moment: Moment,
  time: string | null,
  purpose: Purpose,
): Outcome<number> {
  const { today } = moment;
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  if (weeks > 0) return ok(today + ahead + 7 * weeks);
  if (which === "next") {
    if (ahead === 0) return ok(today + 7);
    // Tomorrow, or later in this week, it may be that day, or the one of the week after.
    return weekday > weekdayOf(today) || ahead === 1
      ? ask("several", [today + ahead, today + ahead + 7])
      : ok(today + ahead);
  }
  const isNow = isAhead(today + ahead, moment, purpose === "once" ? time : null);
  if (isNow) return ok(today + ahead);
  return which === "this" ? refuse("past") : ok(today + 7);
}
