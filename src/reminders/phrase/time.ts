/** Times of day in a phrase, in every spelling. */
import type { Fact, Found, Part } from "./facts.ts";
import type { Token } from "./lex.ts";

export const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? "";
const kindAt = (tokens: readonly Token[], at: number): string => tokens[at]?.kind ?? "";

const introducing = new Set(["at", "around", "about", "approx", "approximately", "circa", "ca", "c", "from"]);

/**
 * The time of day that begins here. `isAfterDay`: right after a day or an "every", where a bare number can only be an hour.
 */
export function timeAt(tokens: readonly Token[], at: number, isAfterDay: boolean): Found | null {
  const isAt = introducing.has(wordAt(tokens, at));
  const from = isAt ? at + 1 : at;
  // "About 9" is a time, "about 9 people" is not: without am, pm or minutes only "at" makes an hour of a number.
  const isHour = (isAt && /^(?:at|around|from)$/.test(wordAt(tokens, at))) || isAfterDay;
  const bare =
    spokenAt(tokens, from) ?? clockAt(tokens, from) ?? hourAt(tokens, from, isHour) ?? digitsAt(tokens, from, isHour);
  if (bare === null) return null;
  return withPart(tokens, bare);
}

/** "Noon", "half past nine", "ten to nine", "quarter past 3". */
function spokenAt(tokens: readonly Token[], at: number): Found | null {
  const word = wordAt(tokens, at);
  if (word === "noon") return found({ kind: "time", hour: 12, minute: 0, half: "told" }, at + 1);
  if (word === "midnight") return found({ kind: "midnight" }, at + 1);
  if (word === "12" && /^(?:noon|midnight)$/.test(wordAt(tokens, at + 1))) return spokenAt(tokens, at + 1);
  const article = word === "a" ? at + 1 : at;
  const joined = /^(half|quarter)-(past|to)$/.exec(wordAt(tokens, article));
  if (joined) return besides(tokens, article + 1, joined[1] === "half" ? 30 : 15, joined[2] === "to");
  if (wordAt(tokens, at) === "half") {
    if (wordAt(tokens, at + 1) === "past") return besides(tokens, at + 2, 30, false);
    const hour = hourIn(tokens[at + 1]);
    // "Half nine" is 9:30 where people say it in English.
    return hour === null || hour > 12 ? null : halved(tokens, at + 2, hour, 30, false);
  }
  const isQuarter = wordAt(tokens, article) === "quarter";
  const minutes = isQuarter ? 15 : kindAt(tokens, at) === "number" ? (tokens[at]?.value ?? 0) : 0;
  if (minutes < 1 || minutes > 30) return null;
  const next = isQuarter ? article + 1 : wordAt(tokens, at + 1) === "minute" ? at + 2 : at + 1;
  const turn = wordAt(tokens, next);
  if (turn !== "past" && turn !== "to") return null;
  // "10 to 11" may be from ten to eleven; "ten to eleven" and "10 minutes to 11" are not.
  const isOdd = minutes % 5 !== 0 || minutes === 15 || minutes === 30;
  const isDigits = tokens[at]?.kind === "number" && isWritten(tokens[at]);
  if (turn === "to" && !isQuarter && ((next === at + 1 && (isDigits || isOdd)) || wordAt(tokens, at - 1) === "from"))
    return null;
  return besides(tokens, next + 1, minutes, turn === "to");
}

function besides(tokens: readonly Token[], at: number, minutes: number, isBefore: boolean): Found | null {
  if (wordAt(tokens, at) === "noon")
    return found(
      { kind: "time", hour: isBefore ? 11 : 12, minute: isBefore ? 60 - minutes : minutes, half: "told" },
      at + 1,
    );
  const hour = hourIn(tokens[at]);
  if (hour === null) return null;
  const past = isBefore ? (hour === 0 ? 23 : hour === 1 ? 12 : hour - 1) : hour;
  return halved(tokens, at + 1, past, isBefore ? 60 - minutes : minutes, hour > 12);
}

/** "10:30", "10.30am", "10h30", "14:30 h". */
function clockAt(tokens: readonly Token[], at: number): Found | null {
  if (kindAt(tokens, at) !== "clock") return null;
  const [hour = 99, minute = 99] = wordAt(tokens, at).split(":").map(Number);
  const isWhole = wordAt(tokens, at).startsWith("0") || hour > 12 || hour === 0;
  return halved(tokens, /^(?:h|hour|uhr)$/.test(wordAt(tokens, at + 1)) ? at + 2 : at + 1, hour, minute, isWhole);
}

/** "10", "10am", "ten o'clock", "nine thirty", "16h". */
function hourAt(tokens: readonly Token[], at: number, isHour: boolean): Found | null {
  const hour = hourIn(tokens[at]);
  if (hour === null) return null;
  const next = wordAt(tokens, at + 1);
  const isWhole = hour > 12 || /^0\d$/.test(wordAt(tokens, at)) || hour === 0;
  if (next === "oclock" || next === "uhr" || (next === "o" && wordAt(tokens, at + 2) === "clock"))
    return halved(tokens, next === "o" ? at + 3 : at + 2, hour, 0, isWhole);
  if (next === "am" || next === "pm") return halved(tokens, at + 1, hour, 0, isWhole);
  if (/^(?:a|p)$/.test(next) && tokens[at + 1]?.at === tokens[at]?.end) return halved(tokens, at + 1, hour, 0, isWhole);
  if ((next === "h" || (next === "hour" && /^(?:at|@)$/.test(wordAt(tokens, at - 1)))) && isHour)
    return halved(tokens, at + 2, hour, 0, hour > 12);
  if (/^(?:noon|midnight)$/.test(next)) return hour === 12 ? spokenAt(tokens, at + 1) : null;
  const minute = minuteIn(tokens, at + 1, hour);
  if (minute !== null && (isHour || /^(?:am|pm)$/.test(wordAt(tokens, minute.end))))
    return halved(tokens, minute.end, hour, minute.minute, isWhole);
  const isPart = partAfter(tokens, at + 1) !== null;
  if (!isHour && !isPart) return null;
  if (/^(?:unit|month|ordinal|number)$/.test(kindAt(tokens, at + 1)) && !isPart) return null;
  // "At 10 people", "every 2 nights": something is counted.
  if (/^(?:times?|sessions?|x|meetings?|or|%|\/)$/.test(next)) return null;
  if (next === "-" && /^(?:number|clock)$/.test(kindAt(tokens, at + 2))) return null;
  return halved(tokens, at + 1, hour, 0, isWhole);
}

/** "1030", "0930", "930": an hour with its minutes. */
function digitsAt(tokens: readonly Token[], at: number, isHour: boolean): Found | null {
  const digits = wordAt(tokens, at);
  if (kindAt(tokens, at) !== "number" || !/^\d{3,4}$/.test(digits)) return null;
  const next = wordAt(tokens, at + 1);
  const isSaid = /^(?:am|pm|h|hour)$/.test(next);
  const [hour, minute] = [Number(digits.slice(0, -2)), Number(digits.slice(-2))];
  if (!isSaid && (!isHour || hour > 23 || minute > 59 || /^20[2-9]\d$/.test(digits))) return null;
  const end = next === "h" || next === "hour" ? at + 2 : at + 1;
  return halved(tokens, end, hour, minute, digits.startsWith("0") || hour > 12);
}

/** Minutes after an hour in words: "nine thirty", "nine oh five". Digits after digits are not. */
function minuteIn(tokens: readonly Token[], at: number, hour: number): { minute: number; end: number } | null {
  const before = tokens[at - 1];
  const token = tokens[at];
  if (before?.kind !== "number" || token?.kind !== "number" || hour > 12) return null;
  if (isWritten(before) || isWritten(token) || token.value < 10 || token.value > 59) return null;
  const ones = tokens[at + 1];
  const isJoined = token.value % 10 === 0 && ones?.kind === "number" && ones.value > 0 && ones.value < 10;
  return isJoined ? { minute: token.value + ones.value, end: at + 2 } : { minute: token.value, end: at + 1 };
}

/** Whether a number stands in digits. */
const isWritten = (token: Token): boolean => token.end - token.at === token.word.length;

function hourIn(token: Token | undefined): number | null {
  return token?.kind === "number" && token.word.length <= 2 ? token.value : null;
}

/** The half of the day, where it is said, and whether there is such a time. */
function halved(tokens: readonly Token[], at: number, hour: number, minute: number, isWhole: boolean): Found {
  const said = wordAt(tokens, at);
  const half = /^(?:am|a)$/.test(said) ? "am" : /^(?:pm|p)$/.test(said) ? "pm" : null;
  const isHalf = half !== null && (said.length === 2 || tokens[at]?.at === tokens[at - 1]?.end);
  const end = isHalf ? at + 1 : at;
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return found({ kind: "bad-time" }, end);
  if (!isHalf) {
    if (hour === 24) return found({ kind: "midnight" }, end);
    return found({ kind: "time", hour, minute, half: isWhole ? "told" : hour >= 8 ? "usual" : "open" }, end);
  }
  // "14:30 pm" is said often enough, and clear.
  if (hour > 12)
    return half === "pm" ? found({ kind: "time", hour, minute, half: "told" }, end) : found({ kind: "bad-time" }, end);
  if (hour === 0)
    return found(half === "am" ? { kind: "time", hour, minute, half: "told" } : { kind: "bad-time" }, end);
  if (hour === 12 && half === "am" && minute === 0) return found({ kind: "midnight" }, end);
  return found({ kind: "time", hour: (hour % 12) + (half === "pm" ? 12 : 0), minute, half: "told" }, end);
}

const found = (fact: Fact, end: number): Found => ({ facts: [fact], end });

/** "In the morning", "at night", "this evening" after a time. */
function partAfter(tokens: readonly Token[], at: number): { part: Part; end: number } | null {
  const skipped = /^(?:in|at|on)$/.test(wordAt(tokens, at)) ? at + 1 : at;
  const to = /^(?:the|this)$/.test(wordAt(tokens, skipped)) ? skipped + 1 : skipped;
  const part = partIn(tokens[to]);
  return part === null ? null : { part, end: to + 1 };
}

/** The part of the day that a token is. */
export function partIn(token: Token | undefined): Part | null {
  if (token?.kind !== "part") return null;
  const part = token.word;
  return part === "morning" || part === "afternoon" || part === "evening" || part === "night" ? part : null;
}

/** Adds the part of the day that stands right after the time. "This" before it says that it is today. */
function withPart(tokens: readonly Token[], time: Found): Found {
  const after = partAfter(tokens, time.end);
  if (after === null) return time;
  const isToday = wordAt(tokens, after.end - 2) === "this";
  const today: readonly Fact[] = isToday ? [{ kind: "days-on", days: 0 }] : [];
  return { facts: [...time.facts, { kind: "part", part: after.part }, ...today], end: after.end };
}
