/** How often it comes, from the facts of a phrase, as the parts of a recurrence rule. */
import { byDay, monthDayParts, names, nthParts } from "./by.ts";
import { allDays } from "./days.ts";
import type { DatePiece, Fact, NthOf } from "./facts.ts";
import { ask, type Outcome, ok, refuse } from "./outcome.ts";

/**
 * A rule in parts. `by` is what follows FREQ and INTERVAL; `months` are those in which the first may be, where it says so;
 * `each` is how many come in one period. `orQuarters` are months to begin in instead: "quarterly" may mean either.
 */
export type Repeat = {
  readonly freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  readonly interval: number;
  readonly by: string;
  readonly months: readonly number[];
  readonly orQuarters: readonly number[];
  readonly each: number;
  /** Another reading of "every second Tuesday", or of a day that not every year has. */
  readonly or: Repeat | null;
};

type Of<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

const of = <K extends Fact["kind"]>(facts: readonly Fact[], kind: K): readonly Of<K>[] =>
  facts.filter((fact): fact is Of<K> => fact.kind === kind);

const repeat = (freq: Repeat["freq"], interval: number, by: string, each = 1): Repeat => ({
  freq,
  interval,
  by,
  months: [],
  orQuarters: [],
  each,
  or: null,
});

/** Whether the facts say that it comes again. */
export const isRepeated = (facts: readonly Fact[]): boolean =>
  facts.some((fact) => repeated.has(fact.kind) || (fact.kind === "nths" && isMonthly(fact)));

const isMonthly = ({ nths, of: said }: Of<"nths">): boolean =>
  said.kind === "months" ||
  said.kind === "quarter" ||
  (said.kind === "unsaid" && nths.flatMap(({ places }) => places).length > 1);

const repeated = new Set<Fact["kind"]>(["every", "weekdays", "month-days", "yearly-on", "times-per"]);

/** What a first day says where nothing else tells the day: its weekday, its place in the month, its month. */
export type First = { readonly weekday: number; readonly day: number; readonly month: number };

/** Puts the facts together. `pieces` are those of dates, outside of bounds; `first` is the first day, where one is said. */
export function repeatIn(facts: readonly Fact[], pieces: readonly DatePiece[], first: First | null): Outcome<Repeat> {
  const often = of(facts, "times-per");
  if (often.length > 0 && !often.every((one) => isNamed(one, facts))) return ask("day");
  const everies = distinct(of(facts, "every"));
  const [every] = everies;
  if (everies.length > 1) return ask("several");
  if (every !== undefined && every.count < 1) return refuse("impossible");
  const days = daysIn(facts, pieces);
  if (days.kind !== "ok") return days;
  const nths = of(facts, "nths");
  const dates = pieces.filter((piece) => piece.kind !== "weekday");
  const kinds = [
    days.value !== null,
    nths.length > 0,
    of(facts, "month-days").length > 0,
    of(facts, "yearly-on").length > 0,
  ];
  if (kinds.filter(Boolean).length > 1) return ask("several");
  if (nths.length > 1) return ask("several");
  if (nths[0] !== undefined) return nthRepeat(nths[0], every, dates);
  if (days.value !== null) return dates.length > 0 ? ask("several") : weekdayRepeat(days.value, every);
  const monthDays = of(facts, "month-days");
  const yearly = of(facts, "yearly-on");
  if (monthDays.length + yearly.length > 1) return ask("several");
  if (yearly[0] !== undefined) {
    const isYearly = every === undefined || (every.unit === "year" && every.count === 1);
    return isYearly && dates.length === 0 ? yearlyOn(yearly[0].month, yearly[0].day, 1) : ask("several");
  }
  if (monthDays[0] !== undefined) return monthRepeat(monthDays[0].days, every, dates);
  return every === undefined ? ask("day") : dated(every, dates, first);
}

/** "Twice a week" says nothing more where two days of the week are named. */
function isNamed({ times, unit }: Of<"times-per">, facts: readonly Fact[]): boolean {
  const [list] = of(facts, "weekdays");
  const [days] = of(facts, "month-days");
  const places = of(facts, "nths").flatMap(({ nths }) => nths.flatMap((nth) => nth.places));
  if (unit === "week") return list?.days.length === times && list.interval === 1;
  return unit === "month" && (days?.days.length === times || places.length === times);
}

type Every = Of<"every">;
type Days = { readonly days: readonly number[]; readonly interval: number; readonly orNth: number };

function distinct(everies: readonly Every[]): readonly Every[] {
  // A quarter is three months.
  const told = everies.filter(
    ({ unit, count }) =>
      unit !== "quarter" || !everies.some((other) => other.unit === "month" && other.count === 3 * count),
  );
  return told.filter(
    (one, at) => told.findIndex((other) => other.unit === one.unit && other.count === one.count) === at,
  );
}

/** The days of the week, from all that name some; null where none are named. */
function daysIn(facts: readonly Fact[], pieces: readonly DatePiece[]): Outcome<Days | null> {
  const lists = of(facts, "weekdays");
  const singles = pieces.flatMap((piece) => (piece.kind === "weekday" ? [piece] : []));
  if (singles.some((piece) => piece.which !== "plain" || piece.weeks > 0)) return ask("several");
  const named = [...lists.map((list) => list.days.join()), ...singles.map((piece) => String(piece.weekday))];
  const [list] = lists;
  const left = of(facts, "except").flatMap((except) => except.days);
  const isDaily =
    left.length > 0 &&
    named.length === 0 &&
    of(facts, "every").some(({ unit, count }) => unit === "day" && count === 1);
  if (isDaily) return ok({ days: without(allDays, left), interval: 1, orNth: 0 });
  if (named.length === 0) return left.length > 0 ? ask("words") : ok(null);
  const [only = ""] = named;
  if (named.some((one) => one !== only) || lists.some((one) => one.interval !== list?.interval)) return ask("several");
  const days = without(only.split(",").map(Number), left);
  return days.length === 0
    ? refuse("impossible")
    : ok({ days, interval: list?.interval ?? 1, orNth: list?.orNth ?? 0 });
}

const without = (days: readonly number[], left: readonly number[]): readonly number[] =>
  days.filter((day) => !left.includes(day));

function weekdayRepeat({ days, interval, orNth }: Days, every: Every | undefined): Outcome<Repeat> {
  const weekly = repeat("WEEKLY", interval, byDay(days), days.length);
  if (orNth < 0) return ask("several");
  if (orNth > 0) {
    if (every?.unit === "month" && every.count === 1)
      return ok(repeat("MONTHLY", 1, `BYDAY=${orNth}${names[(days[0] ?? 1) - 1]}`));
    if (every !== undefined) return ask("several");
    return ok({ ...weekly, or: repeat("MONTHLY", 1, `BYDAY=${orNth}${names[(days[0] ?? 1) - 1]}`) });
  }
  if (every === undefined) return ok(weekly);
  if (every.unit === "day") {
    // "Daily, Monday to Friday"; "every 14 days on a Tuesday".
    if (every.count === 1) return days.length > 1 && interval === 1 ? ok(weekly) : ask("several");
    return every.count % 7 === 0 && days.length === 1 && interval === 1
      ? ok({ ...weekly, interval: every.count / 7 })
      : ask("several");
  }
  if (every.unit === "week") {
    if (interval !== 1 && every.count !== 1 && every.count !== interval) return ask("several");
    return ok({ ...weekly, interval: Math.max(interval, every.count) });
  }
  // A month has several Mondays.
  return ask("day");
}

function nthRepeat(
  { nths, of: said }: Of<"nths">,
  every: Every | undefined,
  dates: readonly DatePiece[],
): Outcome<Repeat> {
  const by = nthParts(nths);
  if (by === null) return ask("several");
  const each = nths.reduce((sum, nth) => sum + nth.places.length, 0);
  const [month, ...more] = dates;
  const named = month?.kind === "month" && month.year === null && more.length === 0 ? month.month : null;
  if (dates.length > 0 && named === null) return ask("several");
  const inMonth = said.kind === "month" ? said.month : named;
  if (inMonth !== null) {
    return every?.unit === "year" && !by.includes("MONTHDAY")
      ? ok(repeat("YEARLY", every.count, `BYMONTH=${inMonth};${by}`, each))
      : ask("several");
  }
  const months = everyMonths(said, every, each > 1);
  if (months === null) return ask(every === undefined || every.unit === "year" ? "day" : "several");
  const whole = repeat("MONTHLY", months, by, each);
  const isLast = nths.every((nth) => nth.places.every((place) => place < 0));
  const quarters = isLast ? [3, 6, 9, 12] : [1, 4, 7, 10];
  if (said.kind === "quarter")
    return nths.some((nth) => nth.places.some((place) => place > 4))
      ? ask("several")
      : ok({ ...whole, months: quarters });
  return ok(every?.unit === "quarter" ? { ...whole, orQuarters: quarters } : whole);
}

/** Every how many months; null where that is said of something else, or not at all. */
function everyMonths(said: NthOf, every: Every | undefined, isMany: boolean): number | null {
  if (said.kind === "quarter") return every === undefined || (every.unit === "quarter" && every.count === 1) ? 3 : null;
  if (said.kind === "months") {
    if (every === undefined || (every.unit === "month" && every.count === 1)) return said.count;
    return every.unit === "month" && (said.count === 1 || said.count === every.count) ? every.count : null;
  }
  // "First and third Monday" are two in each month.
  if (every === undefined) return isMany ? 1 : null;
  return every?.unit === "month" ? every.count : every?.unit === "quarter" ? 3 * every.count : null;
}

function monthRepeat(days: readonly number[], every: Every | undefined, dates: readonly DatePiece[]): Outcome<Repeat> {
  if (days.some((day) => day === 0 || day > 31)) return refuse("impossible");
  const by = monthDayParts(days);
  if (by === null || dates.length > 0) return ask("several");
  if (every !== undefined && every.unit !== "month" && every.unit !== "quarter") return ask("several");
  const whole = repeat("MONTHLY", (every?.count ?? 1) * (every?.unit === "quarter" ? 3 : 1), by, new Set(days).size);
  return ok(
    every?.unit === "quarter"
      ? { ...whole, orQuarters: days.every((day) => day < 0) ? [3, 6, 9, 12] : [1, 4, 7, 10] }
      : whole,
  );
}

const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function yearlyOn(month: number, day: number, interval: number): Outcome<Repeat> {
  if (day < 1 || day > (monthLengths[month - 1] ?? 0)) return refuse("impossible");
  const plain = repeat("YEARLY", interval, `BYMONTH=${month};BYMONTHDAY=${day}`);
  if (month !== 2 || day !== 29) return ok(plain);
  return ok({ ...repeat("YEARLY", interval, "BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"), or: plain });
}

/** A unit with a date, or with a first day that tells the rest. */
function dated({ unit, count }: Every, dates: readonly DatePiece[], first: First | null): Outcome<Repeat> {
  const [date, ...more] = dates;
  if (date !== undefined) {
    const day = [date, ...more].find((piece) => piece.kind === "day-of-month");
    const month = [date, ...more].find((piece) => piece.kind === "month");
    if (more.length > 1 || (more.length === 1 && (day === undefined || month === undefined))) return ask("several");
    if (unit === "year" && date.kind === "month-day" && date.year === null)
      return yearlyOn(date.month, date.day, count);
    if (unit === "year" && date.kind === "either" && date.year === null) return ask("date-order");
    if (unit === "year" && day !== undefined && month !== undefined && month.year === null)
      return yearlyOn(month.month, day.day, count);
    if (day !== undefined && month === undefined && (unit === "month" || unit === "quarter"))
      return monthRepeat([day.day], { kind: "every", unit, count }, []);
    return ask(date.kind === "month" ? "day" : "several");
  }
  if (unit === "day") return ok(repeat("DAILY", count, ""));
  if (first === null) return ask("day");
  if (unit === "week") return ok(repeat("WEEKLY", count, byDay([first.weekday])));
  if (unit === "year") return yearlyOn(first.month, first.day, count);
  const by = monthDayParts([first.day]);
  return by === null ? ask("several") : ok(repeat("MONTHLY", unit === "quarter" ? 3 * count : count, by));
}
