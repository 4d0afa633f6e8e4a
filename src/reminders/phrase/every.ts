/** What comes again in a phrase: "every 2 weeks", "each Monday", "monthly", "the last Friday of each quarter". */
import { allDays, dayListAt, isCounted, manyDaysAt, monthDaysAt, weekdaysFact } from "./days.ts";
import type { Fact, Found, Unit } from "./facts.ts";
import type { Token } from "./lex.ts";
import { monthDaysOfAt, nthsAt, ofMonth } from "./monthly.ts";
import { partIn, wordAt } from "./time.ts";

/** The fact that begins here, where it comes again. */
export function recurringAt(tokens: readonly Token[], at: number): Found | null {
  return (
    timesPerAt(tokens, at) ??
    everyAt(tokens, at) ??
    adverbAt(tokens, at) ??
    nthsAt(tokens, at) ??
    monthDaysOfAt(tokens, at) ??
    manyDaysAt(tokens, at)
  );
}

const found = (end: number, ...facts: readonly Fact[]): Found => ({ facts, end });
const every = (unit: Unit, count: number): Fact => ({ kind: "every", unit, count });

/** The unit by its name, and how many of it: a fortnight is two weeks. */
function unitIn(token: Token | undefined): { unit: Unit; times: number } | null {
  if (token?.kind !== "unit") return null;
  const { word } = token;
  if (word === "fortnight") return { unit: "week", times: 2 };
  return word === "day" || word === "week" || word === "month" || word === "quarter" || word === "year"
    ? { unit: word, times: 1 }
    : null;
}

const adverbs: Readonly<Record<string, Fact>> = {
  daily: every("day", 1),
  weekly: every("week", 1),
  fortnightly: every("week", 2),
  monthly: every("month", 1),
  quarterly: every("quarter", 1),
  "half-yearly": every("month", 6),
  yearly: every("year", 1),
  semimonthly: { kind: "times-per", times: 2, unit: "month" },
  "semi-monthly": { kind: "times-per", times: 2, unit: "month" },
};

/** "Daily", "3-weekly", "hourly". */
function adverbAt(tokens: readonly Token[], at: number): Found | null {
  const word = wordAt(tokens, at);
  if (word === "bi" && wordAt(tokens, at + 1) === "weekly") return found(at + 2, every("week", 2));
  if (word === "hourly") return found(at + 1, { kind: "sub-daily" });
  const before = tokens[at - 1];
  const isAlone = before?.kind !== "weekday" && !/^week(?:day|end)/.test(before?.word ?? "");
  const part = tokens[at]?.isPlural && isAlone ? partIn(tokens[at]) : null;
  if (part !== null) return found(at + 1, every("day", 1), { kind: "part", part });
  if (word === "nightly") return found(at + 1, every("day", 1), { kind: "part", part: "night" });
  if (Object.hasOwn(adverbs, word) && adverbs[word]) return found(at + 1, adverbs[word]);
  const dash = wordAt(tokens, at + 1) === "-" ? at + 2 : at + 1;
  const counted = adverbs[wordAt(tokens, dash)];
  if (
    tokens[at]?.kind === "number" &&
    counted?.kind === "every" &&
    /^(?:week|month|year|day)ly$|daily/.test(wordAt(tokens, dash))
  ) {
    const count = tokens[at]?.value ?? 1;
    if (dash === at + 1 && isHourThere(tokens, at)) return null;
    // "12 weekly sessions" are twelve.
    const isMany =
      tokens[dash]?.at !== tokens[at]?.end && dash === at + 1 && isCounted(count, wordAt(tokens, dash + 1));
    // "Two monthly sessions" may be either.
    if (isMany && count < 5) return null;
    return isMany
      ? found(dash + 2, every(counted.unit, 1), { kind: "count", count })
      : found(dash + 1, every(counted.unit, count));
  }
  return null;
}

/** "Tues 10 weekly", "nine to ten weekly": where no other time is said, it is an hour. */
function isHourThere(tokens: readonly Token[], at: number): boolean {
  if (/^(?:at|to|-|until|from)$/.test(wordAt(tokens, at - 1))) return true;
  const token = tokens[at];
  const isDigits = token !== undefined && token.end - token.at === token.word.length;
  const isTimed = tokens.some(({ kind, word }) => kind === "clock" || /^(?:am|pm|noon|oclock)$/.test(word));
  return tokens[at - 1]?.kind === "weekday" && isDigits && !isTimed;
}

/** "Twice a week", "3 times a day", "once a month". */
function timesPerAt(tokens: readonly Token[], at: number): Found | null {
  const word = wordAt(tokens, at);
  const isCounted = tokens[at]?.kind === "number" && wordAt(tokens, at + 1) === "times";
  const times =
    word === "once" ? 1 : word === "twice" ? 2 : word === "thrice" ? 3 : isCounted ? (tokens[at]?.value ?? 1) : 0;
  if (times === 0) return null;
  const after = isCounted ? at + 2 : at + 1;
  const per = /^(?:an?|per|every|in|\/)$/.test(wordAt(tokens, after)) ? after + 1 : after;
  if (per === after) {
    const adverb = adverbs[wordAt(tokens, after)];
    if (adverb?.kind !== "every") return null;
    return times === 1 ? found(after + 1, adverb) : perOf(times, adverb.unit, after + 1);
  }
  if (/^(?:hour|minute)$/.test(wordAt(tokens, per))) return found(per + 1, { kind: "sub-daily" });
  const counted = wordAt(tokens, after) === "every" ? everyAt(tokens, after) : null;
  if (times === 1 && counted !== null) return counted;
  const unit = unitIn(tokens[wordAt(tokens, per) === "a" ? per + 1 : per]);
  if (unit === null) return null;
  return times === 1 ? found(per + 1, every(unit.unit, unit.times)) : perOf(times, unit.unit, per + 1);
}

const perOf = (times: number, unit: Unit, end: number): Found =>
  found(end, unit === "day" ? { kind: "sub-daily" } : { kind: "times-per", times, unit });

/** Whatever begins with "every", "each" or "alternate". */
function everyAt(tokens: readonly Token[], at: number): Found | null {
  const word = wordAt(tokens, at);
  const isAlternate = word === "alternate" || (word === "on" && wordAt(tokens, at + 1) === "alternate");
  if (word !== "every" && !isAlternate) return null;
  let from = word === "on" ? at + 2 : at + 1;
  if (wordAt(tokens, from) === "and" && wordAt(tokens, from + 1) === "every") from += 2;
  if (wordAt(tokens, from) === "single" || wordAt(tokens, from) === "the") from += 1;
  if (isAlternate || /^(?:other|alternate)$/.test(wordAt(tokens, from))) {
    return intervalAt(tokens, isAlternate ? from : from + 1, 2, 0);
  }
  const couple = /^(?:a )?couple$/.test(wordAt(tokens, from))
    ? wordAt(tokens, from + 1) === "of"
      ? from + 2
      : from + 1
    : null;
  if (couple !== null) return intervalAt(tokens, couple, 2, 0);
  const token = tokens[from];
  const isDated = tokens[from + 1]?.kind === "month" || wordAt(tokens, from + 1) === "of";
  if (token?.kind === "number" && !isDated)
    return intervalAt(tokens, wordAt(tokens, from + 1) === "-" ? from + 2 : from + 1, token.value, 0);
  return placeEveryAt(tokens, from) ?? datedEveryAt(tokens, from) ?? intervalAt(tokens, from, 1, 0);
}

/** What comes every so many times. `orNth` says that it may be the place in the month. */
function intervalAt(tokens: readonly Token[], at: number, count: number, orNth: number): Found | null {
  const token = tokens[at];
  if (count === 0 || (token?.word === "half" && /^(?:hour|an)$/.test(wordAt(tokens, at + 1))))
    return found(at + 1, { kind: "sub-daily" });
  if (/^(?:hour|minute|second|h)$/.test(token?.word ?? "") && token?.kind !== "ordinal")
    return found(at + 1, { kind: "sub-daily" });
  if (token?.word === "half" && wordAt(tokens, at + 1) === "year") return found(at + 2, every("month", 6));
  const list = dayListAt(tokens, at);
  if (list !== null) {
    // Every other day of work, or every other of several days, may be meant in several ways.
    const isPlain = count === 1 || list.days.length === 1;
    return isPlain
      ? found(list.end, weekdaysFact(list.days, true, count, orNth))
      : found(list.end, weekdaysFact(list.days, true, count, -1));
  }
  const unit = unitIn(token);
  if (unit !== null) return found(at + 1, every(unit.unit, count * unit.times));
  if (token?.kind === "part")
    return count === 1 ? found(at, every("day", 1)) : token.word === "night" ? found(at, every("day", count)) : null;
  return null;
}

/** "Every second week", "every first Monday", "every 15th", "every last day of the month". */
function placeEveryAt(tokens: readonly Token[], at: number): Found | null {
  const token = tokens[at];
  if (token?.kind !== "ordinal") return null;
  const nths = nthsAt(tokens, at);
  const fact = nths?.facts[0];
  if (nths !== null && fact?.kind === "nths") {
    const [nth] = fact.nths;
    const isOne = fact.nths.length === 1 && nth?.places.length === 1;
    const place = nth?.places[0] ?? 0;
    if (fact.of.kind !== "unsaid" || !isOne || nth === undefined) return nths;
    // "Every second day" counts days; "every last day" can only be the month's.
    if (nth.days === allDays && place > 1) return found(nths.end, every("day", place));
    if (place > 1 && place < 6)
      return found(nths.end, weekdaysFact(nth.days, true, place, nth.days.length > 1 ? -1 : place));
    return found(nths.end, { ...fact, of: { kind: "months", count: 1 } });
  }
  if (unitIn(tokens[at + 1]) !== null && token.value > 0) return intervalAt(tokens, at + 1, token.value, 0);
  if (/^(?:hour|minute)$/.test(wordAt(tokens, at + 1))) return found(at + 2, { kind: "sub-daily" });
  return null;
}

/** "Every 15 January", "every January 15th", "every January", "every 1st and 15th". */
function datedEveryAt(tokens: readonly Token[], at: number): Found | null {
  const token = tokens[at];
  if (token?.kind === "month") {
    const to =
      wordAt(tokens, at + 1) === "the"
        ? at + 2
        : wordAt(tokens, at + 1) === "on" && wordAt(tokens, at + 2) === "the"
          ? at + 3
          : at + 1;
    const day = tokens[to];
    const isHour = /^(?:am|pm|oclock)$/.test(wordAt(tokens, to + 1));
    const isDay =
      day?.kind === "ordinal" || (day?.kind === "number" && day.word.length < 3 && !isHour && to === at + 1);
    return isDay && day.value > 0 && tokens[to + 1]?.kind !== "weekday"
      ? found(to + 1, { kind: "yearly-on", month: token.value, day: day.value })
      : found(at + 1, every("year", 1), { kind: "month", month: token.value, year: null });
  }
  if (token?.kind !== "number" && token?.kind !== "ordinal") return null;
  const to = wordAt(tokens, at + 1) === "of" ? at + 2 : at + 1;
  const month = tokens[to];
  if (month?.kind === "month") return found(to + 1, { kind: "yearly-on", month: month.value, day: token.value });
  const days = monthDaysAt(tokens, at);
  return days === null ? null : ofMonth(tokens, days.days, days.end, true);
}
