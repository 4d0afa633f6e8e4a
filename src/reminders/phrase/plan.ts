/** From the facts of a phrase to a schedule, or to what has to be asked about it. */
import { localOf, momentOf } from "../calendar/calendar.ts";
import { dateOf } from "../calendar/rule.ts";
import type { Schedule } from "../reminder.ts";
import type { AskAbout } from "../wish.ts";
import { isPiece } from "./bounds.ts";
import { type TimeMeant, timeMeant } from "./clock.ts";
import type { DatePiece, Fact, Nth, Placed } from "./facts.ts";
import { monthOf, nthDay, yearOf } from "./month.ts";
import { dayMeant } from "./once.ts";
import { ask, type Moment, type Outcome, ok, refuse } from "./outcome.ts";
import { isRepeated } from "./rule.ts";
import { mostDays, seriesIn } from "./series.ts";

// Where no time was said, the form begins with this one.
const usualTime = "10:00";

/** Puts the facts together. What is asked comes with the schedules that it may be. */
export function planOf(all: readonly Placed[], moment: Moment): Outcome<Schedule> {
  const placed = begun(all);
  if (placed === null) return ask("several");
  const facts = placed.map(({ fact }) => fact);
  if (facts.some((fact) => fact.kind === "sub-daily")) return refuse("sub-daily");
  const meant = timeMeant(facts);
  if (meant.kind === "bad") return refuse("bad-time");
  const inMinutes = facts.flatMap((fact) => (fact.kind === "minutes-on" ? [fact.minutes] : []));
  if (inMinutes.length > 0) return soon(inMinutes, facts, moment);
  if (isTorn(placed)) return ask("several");
  const isSeries = isRepeated(facts) || facts.some((fact) => fact.kind === "nths" && isPlainNth(facts));
  const plan = (time: string): Outcome<Schedule> =>
    isSeries ? seriesIn(facts, moment, time) : onceIn(facts, moment, time);
  if (meant.kind === "many") return readings("several", meant.times, plan);
  if (meant.kind === "none") {
    const last = plan("23:59");
    return last.kind === "refuse" ? last : withoutTime(plan(usualTime));
  }
  if (meant.kind === "midnight") return midnight(facts, plan);
  if (meant.kind === "readings") return readings(meant.about, meant.times, plan);
  return isSeries ? plan(meant.time) : usual(meant, plan, facts);
}

/** "2 December 10:00, then every 4 weeks": the day before it is the first. Null where another is said to be. */
function begun(placed: readonly Placed[]): readonly Placed[] | null {
  const rest = placed.filter(({ fact }) => fact.kind !== "then");
  const [first] = rest.filter(({ fact }) => isPiece(fact));
  if (rest.length === placed.length || first === undefined) return rest;
  if (rest.some(({ fact }) => fact.kind === "from")) return null;
  const pieces = rest.flatMap(({ fact }) => (isPiece(fact) ? [fact] : []));
  return [...rest.filter(({ fact }) => !isPiece(fact)), { ...first, fact: { kind: "from", pieces } }];
}

/** "First Monday" with a unit that comes again elsewhere is part of a series; with "next month" it comes once. */
const isPlainNth = (facts: readonly Fact[]): boolean => facts.some((fact) => fact.kind === "every");

/** "Next week" belongs to a day beside it, not to one on the other side of a label. */
function isTorn(placed: readonly Placed[]): boolean {
  const pieces = placed.filter(({ fact }) => isPiece(fact) || fact.kind === "nths");
  const loose = pieces.filter(({ fact }) => /^(?:weeks-on|months-on|years-on|month|year|days-on)$/.test(fact.kind));
  return loose.some((one) => pieces.some((other) => other.group !== one.group));
}

/** Asks for the time, with the plan as it stands; what cannot be is refused all the same. */
function withoutTime(plan: Outcome<Schedule>): Outcome<Schedule> {
  if (plan.kind === "ok") return ask("time", [], [plan.value]);
  if (plan.kind === "refuse") return plan.why === "past" ? ask("time") : plan;
  return plan.about === "day" || plan.schedules.length > 0 ? plan : ask("time");
}

/** Each of these times is a reading. */
function readings(
  about: AskAbout,
  times: readonly string[],
  plan: (time: string) => Outcome<Schedule>,
): Outcome<Schedule> {
  const plans = times.map(plan);
  const schedules = plans.flatMap((one) => (one.kind === "ok" ? [one.value] : []));
  if (schedules.length > 0) return ask(about, [], schedules);
  return plans.find((one) => one.kind === "refuse") ?? plans[0] ?? ask(about);
}

/** Midnight ends one day and begins the next: only where every day is meant is that the same. */
function midnight(facts: readonly Fact[], plan: (time: string) => Outcome<Schedule>): Outcome<Schedule> {
  const isDaily =
    facts.some((fact) => fact.kind === "every" && fact.unit === "day" && fact.count === 1) &&
    !facts.some((fact) => fact.kind === "weekdays");
  const plain = plan("00:00");
  return isDaily ? plain : withoutTime(plain);
}

/** "Today at 8" in the afternoon is eight in the evening, most likely: it is asked. */
function usual(
  meant: Extract<TimeMeant, { kind: "time" }>,
  plan: (time: string) => Outcome<Schedule>,
  facts: readonly Fact[],
): Outcome<Schedule> {
  const plain = plan(meant.time);
  if (!meant.isUsual) return plain;
  const hour = Number(meant.time.slice(0, 2)) + 12;
  const late = plan(`${hour}${meant.time.slice(2)}`);
  if (late.kind !== "ok") return plain;
  if (plain.kind === "refuse" && plain.why === "past") return ask("am-pm", [], [late.value]);
  // Without a day, one half may still be today, and the other tomorrow.
  const isBare = !facts.some((fact) => isPiece(fact) || fact.kind === "nths");
  const isApart = plain.kind === "ok" && plain.value.start.slice(0, 10) !== late.value.start.slice(0, 10);
  return isBare && isApart && plain.kind === "ok" ? ask("am-pm", [], [plain.value, late.value]) : plain;
}

const bounded = new Set<Fact["kind"]>(["until", "from", "count", "lasting", "endless", "except", "holidays"]);

/** Once: on the day that is meant, at this time. */
function onceIn(facts: readonly Fact[], moment: Moment, time: string): Outcome<Schedule> {
  if (facts.some((fact) => bounded.has(fact.kind)))
    return ask(facts.some((fact) => fact.kind === "from" || fact.kind === "until") ? "day" : "words");
  const pieces = facts.filter(isPiece);
  const nths = facts.flatMap((fact) => (fact.kind === "nths" ? [fact] : []));
  const [nth] = nths;
  if (nths.length > 1) return ask("several");
  if (nth !== undefined) {
    const [only] = nth.nths;
    if (nth.nths.length > 1 || only === undefined || only.places.length > 1) return ask("several");
    const day = nthOnce(only, nth.of.kind === "month" ? nth.of.month : null, pieces, moment, time);
    return day.kind === "ok" ? onceAt(day.value, time, moment) : day;
  }
  const day =
    pieces.length === 0
      ? ok(time > moment.clock ? moment.today : moment.today + 1)
      : dayMeant(pieces, moment, time, "once");
  // "End of the month" may be that of each.
  const isEnd = pieces.some((piece) => piece.kind === "end-of" && piece.of === "month");
  if (day.kind === "ok") {
    const plain = onceAt(day.value, time, moment);
    return isEnd && plain.kind === "ok" ? ask("several", [], [plain.value]) : plain;
  }
  if (day.kind === "refuse" || day.days.length === 0) return day;
  const schedules = day.days
    .map((one) => onceAt(one, time, moment))
    .flatMap((one) => (one.kind === "ok" ? [one.value] : []));
  return schedules.length === 0 ? refuse("past") : ask(day.about, [], schedules);
}

function onceAt(day: number, time: string, moment: Moment): Outcome<Schedule> {
  if (day > moment.today + mostDays) return refuse("too-far");
  if (day < moment.today - 1_000) return refuse("past");
  const start = `${dateOf(day)}T${time}`;
  return momentOf(start, moment.zone) <= moment.nowMs ? refuse("past") : ok(once(start, moment));
}

const once = (start: string, { zone }: Moment): Schedule => ({
  start,
  rule: null,
  zone,
  ends: { kind: "never" },
  skips: [],
  skipsHolidays: false,
});

/** "The first Monday of next month", "of January": the next one that is ahead. */
function nthOnce(
  nth: Nth,
  month: number | null,
  pieces: readonly DatePiece[],
  moment: Moment,
  time: string,
): Outcome<number> {
  const [piece, ...more] = pieces;
  const year = yearOf(moment.today);
  const named = month ?? (piece?.kind === "month" ? piece.month : null);
  if (named !== null) {
    const isOdd =
      more.length > 0 || (piece !== undefined && (month !== null ? piece.kind !== "year" : piece.kind !== "month"));
    if (isOdd) return ask("several");
    const said = piece?.kind === "year" || piece?.kind === "month" ? piece.year : null;
    const days = (said === null ? [year, year + 1] : [said]).map((one) => nthDay(nth, one, named));
    const day = days.find(
      (one) => one !== null && (one > moment.today || (one === moment.today && time > moment.clock)),
    );
    return day == null ? refuse(said === null ? "impossible" : "past") : ok(day);
  }
  if (piece?.kind !== "months-on" || !piece.isWhole || more.length > 0)
    return ask(pieces.length === 0 ? "day" : "several");
  const day = nthDay(nth, year, monthOf(moment.today) + piece.months);
  return day === null ? refuse("impossible") : ok(day);
}

/** "In 2 hours": so long from now, to the minute, and never sooner. */
function soon(inMinutes: readonly number[], facts: readonly Fact[], moment: Moment): Outcome<Schedule> {
  const [minutes = 0] = inMinutes;
  if (inMinutes.length > 1 || facts.length > 1) return ask("several");
  if (minutes < 1) return refuse("past");
  if (minutes > mostDays * 1440) return refuse("too-far");
  const atMs = Math.ceil((moment.nowMs + minutes * 60_000) / 60_000) * 60_000;
  const start = localOf(atMs, moment.zone);
  // An hour that comes twice can only be told by its first time.
  return momentOf(start, moment.zone) === atMs ? ok(once(start, moment)) : ask("time");
}
