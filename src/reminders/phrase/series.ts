/** From how often it comes to a schedule: the first time that is still ahead, and where it ends. */
import { momentOf, nextAfter } from "../calendar/calendar.ts";
import { dateOf, weekdayOf } from "../calendar/rule.ts";
import type { Ends, LocalDate, Schedule } from "../reminder.ts";
import { isPiece } from "./bounds.ts";
import { names } from "./by.ts";
import type { DatePiece, Fact, Unit } from "./facts.ts";
import { dateDay, dayIn, monthOf, monthsOn, yearOf } from "./month.ts";
import { dayMeant } from "./once.ts";
import { ask, type Moment, type Outcome, ok, refuse, type Trouble } from "./outcome.ts";
import { type First, type Repeat, repeatIn } from "./rule.ts";

const noHolidays: ReadonlySet<LocalDate> = new Set();

/** The schedule of something that comes again, at this time of day (HH:MM). */
export function seriesIn(facts: readonly Fact[], moment: Moment, time: string): Outcome<Schedule> {
  const from = boundsIn(facts, "from");
  const until = boundsIn(facts, "until");
  if (from.length > 1 || until.length > 1) return ask("several");
  const floor = from[0] === undefined ? null : dayMeant(from[0], moment, time, "from");
  if (floor !== null && floor.kind !== "ok") return floor.kind === "ask" ? ask(floor.about) : floor;
  const first = floor === null ? null : firstOf(from[0] ?? [], floor.value);
  const repeat = repeatIn(facts, facts.filter(isPiece), first);
  if (repeat.kind !== "ok") return repeat;
  if (isElsewhere(from[0] ?? [], repeat.value)) return ask("several");
  if (spanDays(repeat.value) > mostDays) return refuse("too-far");
  const wishes: Wishes = { facts, moment, time, floor: floor?.value ?? null, until: until[0] ?? null };
  const meant = read(repeat.value, wishes);
  // "Starting this week", when its day is over.
  const week = from[0]?.find((piece) => piece.kind === "weeks-on" && piece.isWhole);
  const isLate = week !== undefined && meant.kind === "ok" && floor !== null && isBeyond(meant.value, floor.value);
  return isLate && repeat.value.interval > 1 ? ask("several", [], [meant.value]) : meant;
}

/** Whether it begins after the week of this day. */
const isBeyond = ({ start }: Schedule, day: number): boolean =>
  Date.parse(`${start.slice(0, 10)}T00:00:00Z`) / 86_400_000 > day - weekdayOf(day) + 7;

/** "Mondays, starting Tuesday". */
const isElsewhere = (pieces: readonly DatePiece[], { by, freq }: Repeat): boolean =>
  freq === "WEEKLY" && pieces.some((piece) => piece.kind === "weekday" && !by.includes(names[piece.weekday - 1] ?? ""));

/** Five years: what comes less often, or begins later, is more likely a slip. */
export const mostDays = 5 * 366;

type Wishes = {
  readonly facts: readonly Fact[];
  readonly moment: Moment;
  readonly time: string;
  readonly floor: number | null;
  readonly until: readonly DatePiece[] | null;
};

const boundsIn = (facts: readonly Fact[], kind: "from" | "until"): readonly (readonly DatePiece[])[] =>
  facts.flatMap((fact) => (fact.kind === kind ? [fact.pieces] : []));

const spanDays = ({ freq, interval }: Repeat): number =>
  interval * { DAILY: 1, WEEKLY: 7, MONTHLY: 30, YEARLY: 365 }[freq];

/** What a first day tells, where it is one day and not a week or a month. */
function firstOf(pieces: readonly DatePiece[], day: number): First | null {
  const isWhole = pieces.every(
    (piece) => piece.kind === "month" || piece.kind === "year" || ("isWhole" in piece && piece.isWhole),
  );
  return isWhole ? null : { weekday: weekdayOf(day), day: dateDay(day), month: monthOf(day) };
}

/** All the readings: one is the schedule, several are asked about. */
function read(repeat: Repeat, wishes: Wishes): Outcome<Schedule> {
  const plain = scheduleOf(repeat, wishes);
  if (plain.kind !== "ok") return plain;
  if (repeat.or !== null) {
    const other = scheduleOf(repeat.or, wishes);
    const about = repeat.or.freq === "MONTHLY" ? "fortnight-or-nth" : "several";
    return ask(about, [], other.kind === "ok" ? [plain.value, other.value] : [plain.value]);
  }
  if (repeat.orQuarters.length > 0 && wishes.floor === null) {
    const quarters = scheduleOf({ ...repeat, months: repeat.orQuarters }, wishes);
    const isSame = quarters.kind === "ok" && quarters.value.start === plain.value.start;
    if (!isSame) return ask("several", [], quarters.kind === "ok" ? [quarters.value, plain.value] : [plain.value]);
  }
  return plain;
}

function scheduleOf(repeat: Repeat, wishes: Wishes): Outcome<Schedule> {
  const { facts, moment, time, floor } = wishes;
  const by = repeat.by === "" ? "" : `;${repeat.by}`;
  const months = repeat.months.length === 0 ? "" : `;BYMONTH=${repeat.months.join()}`;
  const base = { zone: moment.zone, skips: [], skipsHolidays: facts.some((fact) => fact.kind === "holidays") };
  const from = Math.max(floor ?? moment.today, moment.today);
  // Which comes first does not depend on the interval: that is counted from it.
  const seed: Schedule = {
    ...base,
    skipsHolidays: false,
    start: `${dateOf(from)}T${time}`,
    rule: `FREQ=${repeat.freq}${months}${by}`,
    ends: { kind: "never" },
  };
  const next = firstDue(seed, moment.nowMs);
  if (next === null) return refuse("impossible");
  const rule = `FREQ=${repeat.freq}${repeat.interval > 1 ? `;INTERVAL=${repeat.interval}` : ""}${by}`;
  const ends = endsOf(repeat, next, wishes);
  if (ends.kind !== "ok") return ends;
  const schedule = { ...base, start: next, rule, ends: ends.value };
  if (ends.value.kind === "until" && ends.value.date < next.slice(0, 10)) return refuse("never");
  return ok(schedule);
}

function firstDue(seed: Schedule, nowMs: number): string | null {
  try {
    const due = nextAfter(seed, nowMs, noHolidays);
    return due === null || momentOf(due.local, seed.zone) <= nowMs ? null : due.local;
  } catch {
    return null;
  }
}

function endsOf(repeat: Repeat, start: string, { facts, moment, until }: Wishes): Outcome<Ends> {
  const counts = facts.flatMap((fact) => (fact.kind === "count" ? [fact.count] : []));
  const lasting = facts.flatMap((fact) => (fact.kind === "lasting" ? [fact] : []));
  const isEndless = facts.some((fact) => fact.kind === "endless");
  const said = new Set(counts).size + lasting.length + (until === null ? 0 : 1);
  if (said > 1 || (isEndless && said > 0)) return ask("several");
  const [count] = counts;
  if (count !== undefined) return countOf(count);
  const [span] = lasting;
  if (span !== undefined) {
    if (span.count < 1) return refuse("never");
    const periods = periodsIn(repeat, span.unit, span.count);
    return periods === null ? lastOf(start, span.unit, span.count) : countOf(periods * repeat.each);
  }
  if (until === null) return ok({ kind: "never" });
  const last = untilDay(until, start, moment);
  return last.kind === "ok" ? ok({ kind: "until", date: dateOf(last.value) }) : last;
}

const countOf = (count: number): Outcome<Ends> =>
  count < 1 ? refuse("never") : count > 1_000 ? refuse("too-far") : ok({ kind: "count", count });

/** So long from the first one: the day before that many units are over. */
function lastOf(start: string, unit: string, count: number): Outcome<Ends> {
  const day = Date.parse(`${start.slice(0, 10)}T00:00:00Z`) / 86_400_000;
  const months = unit === "month" ? count : unit === "year" ? 12 * count : 0;
  if (count > 1_000) return refuse("too-far");
  const after = months > 0 ? monthsOn(day, months) : day + count * (unit === "week" ? 7 : 1);
  return ok({ kind: "until", date: dateOf(after - 1) });
}

/** The last day. Without a year it is the next such day after the first time. */
function untilDay(pieces: readonly DatePiece[], start: string, moment: Moment): Outcome<number> | Trouble {
  const startDay = Date.parse(`${start.slice(0, 10)}T00:00:00Z`) / 86_400_000;
  const read = throughMonth(pieces, moment) ?? dayMeant(pieces, moment, null, "until");
  if (read.kind !== "ok") return read.kind === "ask" && read.about !== "date-order" ? ask("several") : read;
  if (read.value < moment.today) return refuse("past");
  const [date] = pieces;
  const isOpen = date?.kind === "month-day" && date.year === null && pieces.length === 1;
  if (read.value >= startDay || !isOpen) return ok(read.value);
  return ok(dayIn(yearOf(read.value) + 1, monthOf(read.value), dateDay(read.value)) ?? read.value);
}

/** "Until July", "through June 2027": the whole of that month is in it. */
function throughMonth(pieces: readonly DatePiece[], moment: Moment): Outcome<number> | null {
  const [piece, ...more] = pieces;
  if (piece?.kind !== "month" || more.length > 0) return null;
  const year = piece.year ?? yearOf(moment.today) + (piece.month < monthOf(moment.today) ? 1 : 0);
  return ok((dayIn(year, piece.month + 1, 1) ?? moment.today) - 1);
}

/** How many of a unit make one period of the rule, for "for 6 weeks"; null where it does not go into it evenly. */
function periodsIn({ freq, interval }: Repeat, unit: Unit, count: number): number | null {
  const months = freq === "MONTHLY" && (unit === "year" ? 12 * count : unit === "month" ? count : 0);
  if (months !== false && months > 0) return months % interval === 0 ? months / interval : null;
  if (interval !== 1) return null;
  const units: Readonly<Record<Repeat["freq"], Unit>> = {
    DAILY: "day",
    WEEKLY: "week",
    MONTHLY: "month",
    YEARLY: "year",
  };
  if (units[freq] === unit) return count;
  return freq === "DAILY" && unit === "week" ? 7 * count : null;
}
