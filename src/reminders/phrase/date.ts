/** Days in a phrase that come once: what each piece says, not yet which day it is. */
import type { DatePiece, Fact, Found } from "./facts.ts";
import type { Token } from "./lex.ts";
import { partIn, wordAt } from "./time.ts";

/** The day, or the help to tell one, that begins here. `isBound`: after "until" or "from", where "March" is a month. */
export function dateAt(tokens: readonly Token[], at: number, isBound = false): Found | null {
  return (
    relativeAt(tokens, at) ??
    distanceAt(tokens, at) ??
    weekdayAt(tokens, at) ??
    monthDayAt(tokens, at) ??
    numericAt(tokens, at) ??
    ordinalDayAt(tokens, at) ??
    endAt(tokens, at) ??
    monthAt(tokens, at, isBound)
  );
}

const found = (end: number, ...facts: readonly Fact[]): Found => ({ facts, end });
const daysOn = (days: number): DatePiece => ({ kind: "days-on", days });

/** "Today", "tonight", "this morning", "tomorrow", "the day after tomorrow", "next week", "this month". */
function relativeAt(tokens: readonly Token[], at: number): Found | null {
  const word = wordAt(tokens, at);
  const next = wordAt(tokens, at + 1);
  const after = wordAt(tokens, at + 2);
  if (word === "today") return found(at + 1, daysOn(0));
  if (word === "tomorrow") return found(at + 1, daysOn(1));
  if (word === "overmorrow") return found(at + 1, daysOn(2));
  if (word === "yesterday") return found(at + 1, daysOn(-1));
  if (word === "tonight") return found(at + 1, daysOn(0), { kind: "part", part: "night" });
  if (word === "later" && next === "today") return found(at + 2, daysOn(0));
  if (word === "the") return /^(?:day|week|month|end)$/.test(next) ? relativeAt(tokens, at + 1) : null;
  if (word === "day" && (next === "after" || next === "before") && /^(?:tomorrow|yesterday)$/.test(after)) {
    if (next === "before" && after === "tomorrow") return null;
    return found(at + 3, daysOn(after === "tomorrow" ? 2 : next === "after" ? 0 : -2));
  }
  if (word === "week" && next === "after" && after === "next") return found(at + 3, whole("week", 2));
  if (word === "month" && next === "after" && after === "next") return found(at + 3, whole("month", 2));
  if (word !== "this" && word !== "next") return null;
  if (tokens[at + 1]?.isPlural) return null;
  const part = partIn(tokens[at + 1]);
  if (word === "this" && part !== null) return found(at + 2, daysOn(0), { kind: "part", part });
  if (/^(?:week|month|year)$/.test(next)) return found(at + 2, whole(next, word === "next" ? 1 : 0));
  return null;
}

function whole(unit: string, count: number): DatePiece {
  if (unit === "week") return { kind: "weeks-on", weeks: count, isWhole: true };
  if (unit === "month") return { kind: "months-on", months: count, isWhole: true };
  return { kind: "years-on", years: count, isWhole: true };
}

/** How many, before a unit: "3", "a", "a couple of", "half an". */
export function amountAt(tokens: readonly Token[], at: number): { count: number; end: number } | null {
  const word = wordAt(tokens, at);
  if (tokens[at]?.kind === "number") return { count: tokens[at]?.value ?? 0, end: at + 1 };
  if (word === "half")
    return /^an?$/.test(wordAt(tokens, at + 1)) ? { count: 0.5, end: at + 2 } : { count: 0.5, end: at + 1 };
  const couple = word === "a" ? at + 1 : at;
  if (wordAt(tokens, couple) === "couple") {
    return { count: 2, end: wordAt(tokens, couple + 1) === "of" ? couple + 2 : couple + 1 };
  }
  if (/^an?$/.test(word))
    return wordAt(tokens, at + 1) === "half" ? { count: 0.5, end: at + 2 } : { count: 1, end: at + 1 };
  return null;
}

/** "In 3 days", "2 weeks from Monday", "a week today", "in half an hour", "in 1 hour 30 minutes". */
function distanceAt(tokens: readonly Token[], at: number): Found | null {
  const isIn = wordAt(tokens, at) === "in";
  const amount = amountAt(tokens, isIn ? at + 1 : at);
  if (amount === null) return null;
  const unit = tokens[amount.end];
  if (unit?.kind !== "unit" && !(unit?.word === "h" || unit?.word === "m" || unit?.word === "d" || unit?.word === "w"))
    return null;
  let end = amount.end + 1;
  if (/^['’]$/.test(wordAt(tokens, end))) end += 1;
  const anchor = wordAt(tokens, end);
  if (/^(?:minute|hour|h|m)$/.test(unit.word)) {
    const minutes = minutesFrom(tokens, amount.count, unit.word, end);
    const isFromNow = wordAt(tokens, minutes.end) === "from" && wordAt(tokens, minutes.end + 1) === "now";
    if (!isIn && !isFromNow) return null;
    const last = isFromNow ? minutes.end + 2 : wordAt(tokens, minutes.end) === "time" ? minutes.end + 1 : minutes.end;
    return found(last, { kind: "minutes-on", minutes: minutes.count });
  }
  const distance = distanceOf(amount.count, unit.word);
  if (distance === null) return null;
  if (isIn && anchor === "time") end += 1;
  if ((anchor === "from" || anchor === "after") && /^(?:now|today)$/.test(wordAt(tokens, end + 1)))
    return found(end + 2, distance);
  if (isIn) return found(end, distance);
  if (anchor === "today" || anchor === "hence") return found(end + 1, distance);
  const days = distance.kind === "days-on" ? distance.days : distance.kind === "weeks-on" ? 7 * distance.weeks : null;
  if (days === null) return null;
  const on = /^(?:from|on|after)$/.test(anchor) ? end + 1 : end;
  if (wordAt(tokens, on) === "tomorrow") return found(on + 1, daysOn(days + 1));
  if (tokens[on]?.kind !== "weekday" || tokens[on]?.isPlural || days % 7 !== 0) return null;
  if (on === end) return null;
  return found(on + 1, { kind: "weekday", weekday: tokens[on].value, which: "plain", weeks: days / 7 });
}

function minutesFrom(
  tokens: readonly Token[],
  count: number,
  unit: string,
  at: number,
): { count: number; end: number } {
  const minutes = Math.round(count * (/^h/.test(unit) ? 60 : 1));
  const isAnd = wordAt(tokens, at) === "and";
  if (/^h/.test(unit) && isAnd && wordAt(tokens, at + 1) === "a" && wordAt(tokens, at + 2) === "half") {
    return { count: minutes + 30, end: at + 3 };
  }
  const more = tokens[isAnd ? at + 1 : at];
  const isMore =
    /^h/.test(unit) && more?.kind === "number" && /^m(?:inute)?$/.test(wordAt(tokens, isAnd ? at + 2 : at + 1));
  return isMore ? { count: minutes + more.value, end: isAnd ? at + 3 : at + 2 } : { count: minutes, end: at };
}

function distanceOf(count: number, unit: string): DatePiece | null {
  if (unit === "year" && count === 0.5) return { kind: "months-on", months: 6, isWhole: false };
  if (!Number.isInteger(count)) return null;
  if (unit === "day" || unit === "d") return daysOn(count);
  if (unit === "week" || unit === "w") return { kind: "weeks-on", weeks: count, isWhole: false };
  if (unit === "fortnight") return { kind: "weeks-on", weeks: 2 * count, isWhole: false };
  if (unit === "month") return { kind: "months-on", months: count, isWhole: false };
  return unit === "year" ? { kind: "years-on", years: count, isWhole: false } : null;
}

/** "Tuesday", "next Tuesday", "this coming Friday", "Tuesday week", "Tuesday next". */
function weekdayAt(tokens: readonly Token[], at: number): Found | null {
  let from = at;
  let which: "plain" | "this" | "next" = "plain";
  if (wordAt(tokens, from) === "the" && /^(?:coming|following|next)$/.test(wordAt(tokens, from + 1))) from += 1;
  if (wordAt(tokens, from) === "next") [which, from] = ["next", from + 1];
  else if (wordAt(tokens, from) === "this") [which, from] = ["this", from + 1];
  if (/^(?:coming|upcoming)$/.test(wordAt(tokens, from))) [which, from] = ["this", from + 1];
  const day = tokens[from];
  if (day?.kind !== "weekday" || day.isPlural) return null;
  const next = wordAt(tokens, from + 1);
  const piece = (weeks: number, of = which): DatePiece => ({ kind: "weekday", weekday: day.value, which: of, weeks });
  if (which === "plain" && next === "week" && wordAt(tokens, from + 2) !== "after") return found(from + 2, piece(1));
  if (which === "plain" && next === "fortnight") return found(from + 2, piece(2));
  const isNext = which === "plain" && next === "next" && !/^(?:unit|weekday|month)$/.test(tokens[from + 2]?.kind ?? "");
  if (isNext) return found(from + 2, piece(0, "next"));
  return found(from + 1, piece(0));
}

const isYear = (token: Token | undefined): boolean => token?.kind === "number" && /^20\d\d$/.test(token.word);

/** "24 December", "the 24th of December 2026", "Dec 24th". */
function monthDayAt(tokens: readonly Token[], at: number): Found | null {
  const start = wordAt(tokens, at) === "the" ? at + 1 : at;
  const day = tokens[start];
  const isDay = (token: Token | undefined): boolean =>
    (token?.kind === "number" && token.word.length <= 2) || (token?.kind === "ordinal" && token.value > 0);
  if (isDay(day)) {
    const to = wordAt(tokens, start + 1) === "of" ? start + 2 : start + 1;
    const dotted = wordAt(tokens, to) === "." ? to + 1 : to;
    const month = tokens[dotted];
    if (month?.kind !== "month") return null;
    return dated(tokens, dotted + 1, month.value, day?.value ?? 0);
  }
  const month = tokens[at];
  if (month?.kind !== "month") return null;
  const after = wordAt(tokens, at + 1) === "." ? at + 2 : at + 1;
  const to = wordAt(tokens, after) === "the" ? after + 1 : after;
  const isHour = /^(?:am|pm|oclock|times?)$/.test(wordAt(tokens, to + 1)) && tokens[to]?.kind === "number";
  return isDay(tokens[to]) && !isHour ? dated(tokens, to + 1, month.value, tokens[to]?.value ?? 0) : null;
}

function dated(tokens: readonly Token[], at: number, month: number, day: number): Found {
  const to = wordAt(tokens, at) === "," && isYear(tokens[at + 1]) ? at + 1 : at;
  const year = isYear(tokens[to]) ? (tokens[to]?.value ?? null) : null;
  return found(year === null ? at : to + 1, { kind: "month-day", month, day, year });
}

/** "2026-12-01", "24.12.2026", "12/24". */
function numericAt(tokens: readonly Token[], at: number): Found | null {
  const token = tokens[at];
  if (token?.kind !== "date") return null;
  const parts = token.word.split(/[-./]/);
  const [a = 0, b = 0, c = 0] = parts.map(Number);
  if (parts[0]?.length === 4) return found(at + 1, { kind: "month-day", month: b, day: c, year: a });
  const year = parts.length < 3 ? null : parts[2]?.length === 2 ? 2000 + c : c;
  return found(at + 1, { kind: "either", one: a, two: b, year });
}

/** "The 24th", "on the 3rd": a day of the month, where no other word follows that it may belong to. */
function ordinalDayAt(tokens: readonly Token[], at: number): Found | null {
  const start = wordAt(tokens, at) === "the" ? at + 1 : at;
  const token = tokens[start];
  if (token?.kind !== "ordinal" || token.value < 1) return null;
  // In words it takes "the", and is not "the second".
  if (!/^\d/.test(token.word) && start === at && wordAt(tokens, start + 1) !== "of") return null;
  const next = tokens[start + 1];
  const isFree = next === undefined || !/^(?:weekday|unit|part|ordinal)$/.test(next.kind);
  const isWord = next?.kind === "word" && !follows.has(next.word);
  if (!isFree || isWord) return null;
  return found(start + 1, token.value > 31 ? { kind: "impossible" } : { kind: "day-of-month", day: token.value });
}

const follows = new Set(
  "at and of in on from until to with for about every next this noon midnight please starting ending monthly quarterly yearly half around remind - half-past tomorrow today".split(
    " ",
  ),
);

/** "The end of June", "end of the month", "end of the year". */
function endAt(tokens: readonly Token[], at: number): Found | null {
  const start = wordAt(tokens, at) === "the" ? at + 1 : at;
  if (wordAt(tokens, start) !== "ending" || wordAt(tokens, start + 1) !== "of") return null;
  const of = /^(?:the|this)$/.test(wordAt(tokens, start + 2)) ? start + 3 : start + 2;
  const token = tokens[of];
  if (token?.kind === "month") return found(of + 1, { kind: "end-of", of: token.value });
  if (token?.word === "month" || token?.word === "year") return found(of + 1, { kind: "end-of", of: token.word });
  return null;
}

/** "In January", "January 2027", "in 2027". */
function monthAt(tokens: readonly Token[], at: number, isBound: boolean): Found | null {
  const isIn = wordAt(tokens, at) === "in";
  const token = tokens[isIn ? at + 1 : at];
  const end = isIn ? at + 2 : at + 1;
  if (token?.kind === "month") {
    // "May" and "march" alone are other words too.
    if (!isIn && !isBound && /^(?:may|march)$/.test(token.word) && !isYear(tokens[end])) return null;
    const year = isYear(tokens[end]) ? (tokens[end]?.value ?? null) : null;
    return found(year === null ? end : end + 1, { kind: "month", month: token.value, year });
  }
  return (isIn || isBound) && isYear(token) ? found(end, { kind: "year", year: token?.value ?? 0 }) : null;
}
