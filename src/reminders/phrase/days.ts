/** Days of the week in a phrase, and places of days in a month: "mon-fri", "first and third Tuesday", "last working day". */
import type { Fact, Found, Nth } from "./facts.ts";
import type { Token } from "./lex.ts";
import { wordAt } from "./time.ts";

/** Days of the week, Monday being 1. `isMany`: said as something that comes again, such as "Mondays" or "mon-fri". */
export type DayList = { readonly days: readonly number[]; readonly isMany: boolean; readonly end: number };

export const workingDays: readonly number[] = [1, 2, 3, 4, 5];
const weekend: readonly number[] = [6, 7];
export const allDays: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** The list of days of the week that begins here: names, ranges, weekdays, weekends. */
export function dayListAt(tokens: readonly Token[], at: number): DayList | null {
  const first = namedAt(tokens, at);
  if (first === null) return null;
  let days = [...first.days];
  let { end, isMany } = first;
  for (;;) {
    const next = joinedAt(tokens, end);
    // "Every weekday tuesday" says two things.
    if (next === null || (tokens[end]?.kind === "weekday" && tokens[at]?.kind !== "weekday" && end === first.end))
      break;
    days = [...days, ...next.days];
    end = next.end;
    isMany = true;
  }
  return { days: [...new Set(days)].sort((a, b) => a - b), isMany, end };
}

function joinedAt(tokens: readonly Token[], at: number): DayList | null {
  let to = at;
  while (/^(?:,|\.|and|\/|;|also|as|well|plus)$/.test(wordAt(tokens, to))) to += 1;
  // "Mon wed fri" goes without.
  if (to === at) return tokens[at]?.kind === "weekday" ? namedAt(tokens, at) : null;
  if (/^(?:on|the)$/.test(wordAt(tokens, to))) to += 1;
  const isEvery = wordAt(tokens, to) === "every";
  return namedAt(tokens, isEvery ? to + 1 : to);
}

/** One name, or a range of two. */
function namedAt(tokens: readonly Token[], at: number): DayList | null {
  const grouped = groupAt(tokens, at);
  if (grouped !== null) return grouped;
  const day = tokens[at];
  if (day?.kind !== "weekday") return null;
  const joint = wordAt(tokens, at + 1);
  const last = tokens[at + 2];
  const isRange = /^(?:-|to|through|until)$/.test(joint) && last?.kind === "weekday";
  // "Monday until Friday" ends on Friday as likely as it is a range.
  if (!isRange || joint === "until") return { days: [day.value], isMany: day.isPlural, end: at + 1 };
  return { days: rangeOf(day.value, last.value), isMany: true, end: at + 3 };
}

function rangeOf(first: number, last: number): readonly number[] {
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, on) => ((first - 1 + on) % 7) + 1);
}

/** "Weekdays", "working days", "the weekend". */
function groupAt(tokens: readonly Token[], at: number): DayList | null {
  const word = wordAt(tokens, at);
  if (word === "weekday" || word === "weekdays") return { days: workingDays, isMany: word === "weekdays", end: at + 1 };
  if (word === "weekend" || word === "weekends") return { days: weekend, isMany: word === "weekends", end: at + 1 };
  const next = tokens[at + 1];
  if (/^(?:working|work|business|week)$/.test(word) && next?.word === "day") {
    return { days: workingDays, isMany: next.isPlural, end: at + 2 };
  }
  return null;
}

/** The places that stand here: "first", "1st and 3rd", "second last", "last but one". */
function placesAt(tokens: readonly Token[], at: number): { places: readonly number[]; end: number } | null {
  const first = placeAt(tokens, at);
  if (first === null) return null;
  const places = [first.place];
  let { end } = first;
  for (;;) {
    let to = end;
    while (/^(?:,|and|\/)$/.test(wordAt(tokens, to))) to += 1;
    if (to === end) break;
    const next = placeAt(tokens, wordAt(tokens, to) === "the" ? to + 1 : to);
    if (next === null) break;
    places.push(next.place);
    end = next.end;
  }
  return { places, end };
}

function placeAt(tokens: readonly Token[], at: number): { place: number; end: number } | null {
  const token = tokens[at];
  if (token?.kind !== "ordinal") return null;
  if (token.word === "last" && wordAt(tokens, at + 1) === "but" && wordAt(tokens, at + 2) === "1") {
    return { place: -2, end: at + 3 };
  }
  const to = wordAt(tokens, at + 1) === "to" ? at + 2 : at + 1;
  if (token.value > 0 && wordAt(tokens, to) === "last") return { place: -token.value, end: to + 1 };
  return { place: token.value, end: at + 1 };
}

/** "First Monday", "2nd and 4th Tuesday", "last working day", "last day"; without what it is of. */
export function nthAt(tokens: readonly Token[], at: number): { nth: Nth; end: number } | null {
  const places = placesAt(tokens, wordAt(tokens, at) === "the" ? at + 1 : at);
  if (places === null) return null;
  const named = namedAt(tokens, places.end);
  // "First Mon-Fri" is no place of a day.
  if (named !== null) {
    const isTogether = named.days.length > 1;
    if (isTogether && named.days !== workingDays) return null;
    return { nth: { places: places.places, days: named.days, isTogether }, end: named.end };
  }
  const unit = tokens[places.end];
  if (unit?.word === "day" && !(unit.isPlural && places.places.length === 1)) {
    return { nth: { places: places.places, days: allDays, isTogether: true }, end: places.end + 1 };
  }
  return null;
}

/** Several days of the month: "the 1st and 15th", "15th and last day". Needs two; one alone is a date. */
export function monthDaysAt(tokens: readonly Token[], at: number): { days: readonly number[]; end: number } | null {
  const days: number[] = [];
  let end = at;
  for (;;) {
    let to = end;
    if (days.length > 0) {
      while (/^(?:,|and|&|on)$/.test(wordAt(tokens, to))) to += 1;
      if (to === end) break;
    }
    if (wordAt(tokens, to) === "the") to += 1;
    const token = tokens[to];
    if (token?.kind !== "ordinal") break;
    const isLast = token.word === "last" && wordAt(tokens, to + 1) === "day";
    if (token.value < 1 && !isLast) break;
    const next = tokens[to + 1];
    if (!isLast && /^(?:weekday|part|month)$/.test(next?.kind ?? "")) return null;
    if (!isLast && next?.kind === "unit") return null;
    days.push(isLast ? -1 : token.value);
    end = isLast ? to + 2 : to + 1;
  }
  return days.length === 0 ? null : { days, end };
}

const counted =
  /^(?:times|occurrences|occasions|sessions|meetings|reminders|x|repeats|repetitions|supervisions|appointments)$/;

/** Whether so many of something are counted, such as "6 times" or "1 session"; "4 supervision" counts nothing. */
export const isCounted = (count: number, word: string): boolean =>
  counted.test(word) || (count === 1 && counted.test(`${word}s`));

/** Puts what was read into a fact. */
export const weekdaysFact = (days: readonly number[], isEvery: boolean, interval = 1, orNth = 0): Fact => ({
  kind: "weekdays",
  days,
  interval,
  orNth,
  isEvery,
});

/** The days of the week without "every" before them, where they come again or are several. */
export function manyDaysAt(tokens: readonly Token[], at: number): Found | null {
  const start = wordAt(tokens, at) === "from" && tokens[at + 1]?.kind === "weekday" ? at + 1 : at;
  const list = dayListAt(tokens, start);
  if (list === null) return null;
  const next = tokens[list.end];
  // "Tuesday mornings" are as many as Tuesdays.
  if (!list.isMany && !(next?.kind === "part" && next.isPlural)) return null;
  if (start !== at && list.days.length < 2) return null;
  return { facts: [weekdaysFact(list.days, false)], end: list.end };
}
