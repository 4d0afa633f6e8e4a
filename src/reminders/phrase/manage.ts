/** Commands that change a reminder that is there: pause, resume, skip, snooze, move, delete. */
import { momentOf } from "../calendar/calendar.ts";
import { dateOf } from "../calendar/rule.ts";
import type { AskAbout, RefusedFor, Wish } from "../wish.ts";
import { isPiece } from "./bounds.ts";
import { timeMeant } from "./clock.ts";
import type { DatePiece, Fact } from "./facts.ts";
import { monthsOn } from "./month.ts";
import { dayMeant } from "./once.ts";
import type { Moment } from "./outcome.ts";
import { planOf } from "./plan.ts";
import { isRepeated } from "./rule.ts";
import { labelIn } from "./said-label.ts";
import { type Scanned, scan } from "./scan.ts";
import { beginnings } from "./spelling.ts";
import { targetIn, weekdayCode } from "./target.ts";

const ask = (about: AskAbout, example: string): Wish => ({ kind: "ask", about, draft: {}, readings: [], example });
const refuse = (why: RefusedFor, example: string): Wish => ({ kind: "refuse", why, example });

/** What is not clear of these words: where a number was said, it is not which one. */
const unclear = (text: string, example: string): Wish => ask(/\d/.test(text) ? "words" : "target", example);

/** "2 until 3 January", "for two weeks", "all". */
export function pauseWish(text: string, moment: Moment): Wish {
  const example = "pause 2 until 3 January";
  const { rest, facts } = boundsOff(text.replace(away, " "));
  const meant = targetIn(rest);
  if (meant === null) return unclear(rest, example);
  if (facts.length > 1) return ask("words", example);
  const [bound] = facts;
  if (bound === undefined) return { kind: "pause", target: meant.target, until: null };
  if (bound.kind === "lasting") {
    if (bound.count < 1 || bound.count > 500) return refuse("impossible", example);
    const months = bound.unit === "month" ? bound.count : bound.unit === "year" ? 12 * bound.count : 0;
    const day =
      months > 0 ? monthsOn(moment.today, months) : moment.today + bound.count * (bound.unit === "week" ? 7 : 1);
    return { kind: "pause", target: meant.target, until: dateOf(day) };
  }
  if (bound.kind !== "until") return ask("words", example);
  const day = dayMeant(bound.pieces, moment, null, "from");
  if (day.kind === "ask") return ask(day.about === "date-order" ? "date-order" : "several", example);
  if (day.kind === "refuse") return refuse(day.why, example);
  const isWeekday = bound.pieces.some((piece) => piece.kind === "weekday");
  const isEnd = bound.pieces.some((piece) => piece.kind === "end-of");
  const until = isEnd ? day.value + 1 : isWeekday && day.value === moment.today ? day.value + 7 : day.value;
  return until <= moment.today
    ? refuse("past", example)
    : { kind: "pause", target: meant.target, until: dateOf(until) };
}

// Why it is paused.
const away =
  /\b(?:while|as|because|since) (?:i['’]?m|i am|we['’]?re|we are) (?:away|off|on (?:annual |sick |maternity |paternity |parental )?leave|on holiday)\b/i;

/** Takes "until …" and "for …" out of the words; whatever else is about time is left in. */
function boundsOff(text: string): { rest: string; facts: readonly Fact[] } {
  const { tokens, placed } = scan(text);
  const bounds = placed.filter(({ fact }) => /^(?:until|lasting|from|endless)$/.test(fact.kind));
  let rest = text;
  for (const { from, end } of [...bounds].reverse()) {
    const [first, last] = [tokens[from], tokens[end - 1]];
    if (first && last) rest = `${rest.slice(0, first.at)} ${rest.slice(last.end)}`;
  }
  return { rest, facts: bounds.map(({ fact }) => fact).filter((fact) => fact.kind !== "endless") };
}

/** "2", "all", nothing. */
export function plainWish(kind: "resume" | "skip" | "delete", text: string, example: string): Wish {
  const plain = kind === "skip" ? text.replace(/^(#?\d{1,3}) (?:the )?next (?:time|one|session)$/i, "$1") : text;
  const meant = targetIn(kind === "delete" ? plain.replace(/^every (?=\w+days?\b(?: one)?$)/i, "") : plain);
  if (meant === null) return unclear(text, example);
  if (kind === "resume") return meant.isNext ? ask("target", example) : { kind, target: meant.target };
  if (kind === "skip") return meant.target.kind === "all" ? ask("target", example) : { kind, target: meant.target };
  // To cancel the next one is to leave it out; the others still come.
  if (!meant.isNext) return { kind, target: meant.target };
  return meant.target.kind === "only" ? { kind: "skip", target: meant.target } : ask("target", example);
}

/** "15 min", "for an hour", "until tomorrow", "till 3pm". */
export function snoozeWish(text: string, moment: Moment): Wish {
  const example = "snooze 15 min";
  const plain = text
    .trim()
    .replace(/^(?:it|this|that|one|me|again|the reminder)\s+/i, "")
    .replace(/^(?:for|by)\s+/i, "")
    .replace(/^(\d{1,2}) ?h ?(\d\d)(?: ?m(?:ins?)?)?$/i, "$1 hours $2 minutes");
  const asIn = /^(?:in|until|till|til|to|tomorrow|today|tonight|next|on|at)\b/i.test(plain) ? plain : `in ${plain}`;
  const scanned = scan(asIn.replace(/^to\s/i, "until "));
  const facts = scanned.placed.flatMap(({ fact }): readonly Fact[] =>
    fact.kind === "until" || fact.kind === "from" ? fact.pieces : [fact],
  );
  const { label, isOdd } = labelIn(asIn, withoutUntil(scanned));
  if (plain === "" || isOdd || label !== null || facts.length === 0) return ask("new-time", example);
  const minutes = minutesIn(facts);
  if (minutes !== null) {
    if (minutes < 1) return refuse("bad-time", example);
    return minutes > mostMinutes ? refuse("too-far", example) : { kind: "snooze", by: { kind: "minutes", minutes } };
  }
  const clock = timeMeant(facts);
  if (clock.kind === "bad") return refuse("bad-time", example);
  if (clock.kind === "readings") return ask("am-pm", "snooze until 15:00");
  // The time of day that it is now, unless another is said.
  const time = clock.kind === "time" ? clock.time : clock.kind === "none" ? moment.clock : null;
  if (time === null) return ask("new-time", example);
  const pieces = facts.filter(isPiece);
  if (pieces.length + (clock.kind === "none" ? 0 : 1) < facts.filter((fact) => fact.kind !== "part").length)
    return ask("new-time", example);
  const day =
    pieces.length === 0 ? moment.today + (time > moment.clock ? 0 : 1) : dayMeant(pieces, moment, time, "once");
  if (typeof day !== "number" && day.kind !== "ok")
    return day.kind === "refuse" ? refuse(day.why, example) : ask("new-time", example);
  const on = typeof day === "number" ? day : day.value;
  const local = `${dateOf(on)}T${time}`;
  const atMs = momentOf(local, moment.zone);
  if (atMs <= moment.nowMs) return refuse("past", example);
  if (atMs - moment.nowMs > mostMinutes * 60_000) return refuse("too-far", example);
  return { kind: "snooze", by: { kind: "until", local } };
}

// Two weeks: what is put off for longer is moved.
const mostMinutes = 14 * 1440;

/** "Until" with a time alone is no bound, and carries nothing here. */
const withoutUntil = (scanned: Scanned): Scanned => ({
  ...scanned,
  tokens: scanned.tokens.map((token) => (token.word === "until" ? { ...token, kind: "mark", word: "," } : token)),
});

function minutesIn(facts: readonly Fact[]): number | null {
  const [fact, ...more] = facts;
  if (fact === undefined || more.length > 0) return null;
  if (fact.kind === "minutes-on") return fact.minutes;
  if (fact.kind === "weeks-on" && !fact.isWhole) return fact.weeks * 10_080;
  return null;
}

/** "2 to Thursday 11:00", "it to 15:00", "my tuesday one to every second week on Friday at 9". */
export function moveWish(text: string, moment: Moment): Wish {
  const example = "move 2 to Thursday 11:00";
  const parts = movedIn(text);
  if (parts === null) return targetIn(text) === null ? unclear(text, example) : ask("new-time", example);
  // "Move 2 from Tuesday to Thursday": the number says which.
  const meant = targetIn(/\d/.test(parts.target) ? parts.target.replace(/\bfrom\s.*$/i, "") : parts.target);
  if (meant === null) return unclear(parts.target, example);
  if (meant.target.kind === "all") return ask("target", example);
  const begun = beginnings(parts.to);
  const to = /^\d/.test(begun) ? `at ${begun}` : begun;
  const scanned = scan(to);
  const facts = scanned.placed.map(({ fact }) => fact);
  const said = labelIn(to, scanned);
  if (said.isOdd || said.label !== null || said.partner !== null || facts.length === 0) return ask("new-time", example);
  const target = meant.target;
  if (isRepeated(facts)) {
    const plan = planOf(scanned.placed, moment);
    if (plan.kind === "refuse") return refuse(plan.why, example);
    if (plan.kind === "ask") return ask(plan.about, example);
    const draft = { schedule: plan.value, label: null, partner: null, isHere: false };
    return { kind: "move", target, to: { weekday: null, date: null, time: null, draft } };
  }
  const clock = timeMeant(facts);
  if (clock.kind === "bad") return refuse("bad-time", example);
  if (clock.kind === "readings") return ask(clock.about, "move 2 to Thursday 15:00");
  if (clock.kind !== "time" && clock.kind !== "none") return ask("new-time", example);
  const time = clock.kind === "time" ? clock.time : null;
  const pieces = facts.filter(isPiece);
  if (facts.some((fact) => !isPiece(fact) && fact.kind !== "time" && fact.kind !== "part"))
    return ask("new-time", example);
  return movedTo(pieces, time, moment, (weekday, date) =>
    weekday === null && date === null && time === null
      ? ask("new-time", example)
      : {
          kind: "move",
          target,
          to: { weekday: weekday === null ? null : weekdayCode(weekday), date, time, draft: null },
        },
  );
}

function movedTo(
  pieces: readonly DatePiece[],
  time: string | null,
  moment: Moment,
  done: (weekday: number | null, date: string | null) => Wish,
): Wish {
  const example = "move 2 to Thursday 11:00";
  const [piece, ...more] = pieces;
  if (piece === undefined) return done(null, null);
  if (piece.kind === "weekday" && piece.which === "plain" && piece.weeks === 0 && more.length === 0)
    return done(piece.weekday, null);
  const day = dayMeant(pieces, moment, time, "once");
  if (day.kind === "refuse") return refuse(day.why, example);
  if (day.kind === "ask") return ask(day.about === "date-order" ? "date-order" : "new-time", example);
  const isPast =
    time === null ? day.value < moment.today : momentOf(`${dateOf(day.value)}T${time}`, moment.zone) <= moment.nowMs;
  return isPast ? refuse("past", example) : done(null, dateOf(day.value));
}

/** Where the target ends and the new time begins: at the last "to" that a time follows, or after the number. */
function movedIn(text: string): { target: string; to: string } | null {
  const turns = [...text.matchAll(/\s(?:to|for|until|till|onto|→|->)\s+(?=\S)/gi)];
  for (const turn of turns) {
    const to = text.slice(turn.index + turn[0].length);
    const target = text.slice(0, turn.index);
    // "Quarter to ten" is a time of its own.
    if (scan(/^\d/.test(to) ? `at ${to}` : to).placed.length > 0 && !/\b(?:quarter|five|ten|twenty)$/i.test(target))
      return { target, to };
  }
  const numbered = /^\s*(?:#|no\.?|number|reminder)?\s*(\d{1,3})\s+(?!am\b|pm\b|o['’]?clock)(\S.*)$/i.exec(text);
  return numbered ? { target: numbered[1] ?? "", to: numbered[2] ?? "" } : null;
}
