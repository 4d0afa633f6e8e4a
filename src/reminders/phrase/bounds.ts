/** Where a row of reminders begins and ends, what it leaves out, and where it goes. */
import { amountAt, dateAt } from "./date.ts";
import { dayListAt, isCounted } from "./days.ts";
import { recurringAt } from "./every.ts";
import type { DatePiece, Fact, Found, Unit } from "./facts.ts";
import type { Token } from "./lex.ts";
import { wordAt } from "./time.ts";

/** The bound that begins here. */
export function boundAt(tokens: readonly Token[], at: number): Found | null {
  return (
    endlessAt(tokens, at) ??
    countAt(tokens, at) ??
    lastingAt(tokens, at) ??
    untilAt(tokens, at) ??
    fromAt(tokens, at) ??
    exceptAt(tokens, at) ??
    thenAt(tokens, at) ??
    hereAt(tokens, at)
  );
}

const found = (end: number, fact: Fact): Found => ({ facts: [fact], end });

/** Whether these words stand here; `|` divides those that may. */
function saysAt(tokens: readonly Token[], at: number, words: string): number | null {
  const wanted = words.split(" ");
  return wanted.every((word, on) => word.split("|").includes(wordAt(tokens, at + on))) ? at + wanted.length : null;
}

function endlessAt(tokens: readonly Token[], at: number): Found | null {
  const end =
    saysAt(tokens, at, "until further notice") ??
    saysAt(tokens, at, "for the foreseeable future") ??
    saysAt(tokens, at, "for the foreseeable") ??
    saysAt(tokens, at, "with|without no|an|any end|ending date") ??
    saysAt(tokens, at, "with|without no|an|any end|ending") ??
    saysAt(tokens, at, "no end|ending date") ??
    saysAt(tokens, at, "no end|ending") ??
    saysAt(tokens, at, "from-now-on") ??
    saysAt(tokens, at, "from now on") ??
    saysAt(tokens, at, "starting from now") ??
    saysAt(tokens, at, "starting now|immediately") ??
    saysAt(tokens, at, "forever|indefinitely|ongoing") ??
    saysAt(tokens, at, "for ever");
  return end === null ? null : found(end, { kind: "endless" });
}

/** "6 times", "for six sessions", "x6", "6x", "the next 4 Mondays", "ending after 6 times". */
function countAt(tokens: readonly Token[], at: number): Found | null {
  let from = at;
  if (wordAt(tokens, from) === "ending" || wordAt(tokens, from) === "stop")
    from = wordAt(tokens, from + 1) === "after" ? from + 2 : at;
  if (wordAt(tokens, from) === "after" || wordAt(tokens, from) === "for") from += 1;
  const hasNext = wordAt(tokens, wordAt(tokens, from) === "the" ? from + 1 : from) === "next";
  if (hasNext) from += wordAt(tokens, from) === "the" ? 2 : 1;
  if (wordAt(tokens, from) === "x" && tokens[from + 1]?.kind === "number")
    return found(from + 2, { kind: "count", count: tokens[from + 1]?.value ?? 0 });
  const number = tokens[from];
  if (number?.kind !== "number") return null;
  if (isCounted(number.value, wordAt(tokens, from + 1))) {
    const end = saysAt(tokens, from + 2, "in total") ?? saysAt(tokens, from + 2, "only|altogether") ?? from + 2;
    return found(end, { kind: "count", count: number.value });
  }
  const list = dayListAt(tokens, from + 1);
  if (list === null || !list.isMany || list.days.length > 1 || number.value < 2) return null;
  // "For 4 Mondays" counts; the days themselves are said too.
  if (!hasNext && from === at) return null;
  return {
    facts: [
      { kind: "weekdays", days: list.days, interval: 1, orNth: 0, isEvery: true },
      { kind: "count", count: number.value },
    ],
    end: list.end,
  };
}

/** "For 6 weeks", "for the next two months", "for a year". */
function lastingAt(tokens: readonly Token[], at: number): Found | null {
  if (wordAt(tokens, at) !== "for" && wordAt(tokens, at) !== "over") return null;
  const next = saysAt(tokens, at + 1, "the next|coming") ?? saysAt(tokens, at + 1, "another") ?? at + 1;
  const amount = amountAt(tokens, next);
  if (amount === null) return null;
  const unit = tokens[amount.end]?.word ?? "";
  if (unit === "year" && amount.count === 0.5)
    return found(amount.end + 1, { kind: "lasting", unit: "month", count: 6 });
  if (tokens[amount.end]?.kind !== "unit" || !Number.isInteger(amount.count)) return null;
  const lasting = (name: Unit, count: number): Found => found(amount.end + 1, { kind: "lasting", unit: name, count });
  if (unit === "fortnight") return lasting("week", 2 * amount.count);
  if (unit === "quarter") return lasting("month", 3 * amount.count);
  return unit === "day" || unit === "week" || unit === "month" || unit === "year" ? lasting(unit, amount.count) : null;
}

/** The pieces of a date that stand here one after the other. */
function piecesAt(tokens: readonly Token[], at: number): { pieces: readonly DatePiece[]; end: number } | null {
  const pieces: DatePiece[] = [];
  let end = at;
  for (let to = at; ; ) {
    const read = dateAt(tokens, to, true);
    const dates = (read?.facts ?? []).filter(isPiece);
    if (read === null || dates.length !== read.facts.length) break;
    pieces.push(...dates);
    end = read.end;
    to = end;
    while (/^(?:,|of|on|the)$/.test(wordAt(tokens, to))) to += 1;
  }
  return pieces.length === 0 ? null : { pieces, end };
}

/** Whether a fact tells a day, or helps to. */
export const isPiece = (fact: Fact): fact is DatePiece => pieceKinds.has(fact.kind);

const pieceKinds = new Set<string>([
  "days-on",
  "weeks-on",
  "months-on",
  "years-on",
  "year",
  "weekday",
  "month-day",
  "day-of-month",
  "end-of",
  "either",
  "month",
  "impossible",
]);

/** "Until 30 June", "through March", "ending on the 24th". */
function untilAt(tokens: readonly Token[], at: number): Found | null {
  const after =
    saysAt(tokens, at, "up to|until and including") ??
    saysAt(tokens, at, "until and including") ??
    saysAt(tokens, at, "up to|until") ??
    saysAt(tokens, at, "and|, until|ending") ??
    saysAt(tokens, at, "ending on|in|by|at|until") ??
    saysAt(tokens, at, "until|through|ending");
  if (after === null) return null;
  const read = piecesAt(
    tokens,
    /^(?:on|the)$/.test(wordAt(tokens, after)) && dateAt(tokens, after, true) === null ? after + 1 : after,
  );
  return read === null ? null : found(read.end, { kind: "until", pieces: read.pieces });
}

/** "Starting next Monday", "from 5 January", "from 5 January to 30 March", "as of tomorrow". */
function fromAt(tokens: readonly Token[], at: number): Found | null {
  for (const words of beginnings) {
    const after = saysAt(tokens, at, words);
    const read = after === null ? null : piecesAt(tokens, wordAt(tokens, after) === "the" ? after + 1 : after);
    if (read === null) continue;
    const from: Fact = { kind: "from", pieces: read.pieces };
    const to = /^(?:to|through|until|-|and)$/.test(wordAt(tokens, read.end)) ? piecesAt(tokens, read.end + 1) : null;
    return to === null ? found(read.end, from) : { facts: [from, { kind: "until", pieces: to.pieces }], end: to.end };
  }
  return null;
}

const beginnings = [
  ...["starting", "from|between", "effective", "starting from|on|in|with|at|as", "starting from|as on|of|in"],
  ...["as of|from", "from on", "with effect from", "effective from|on", "first on"],
];

/** "Except weekends", "not on Fridays", "but not on public holidays". */
function exceptAt(tokens: readonly Token[], at: number): Found | null {
  const after =
    saysAt(tokens, at, "but|and not on|in") ??
    saysAt(tokens, at, "apart|other from|than") ??
    saysAt(tokens, at, "except|excluding|excepting for|on") ??
    saysAt(tokens, at, "not on") ??
    saysAt(tokens, at, "except|excluding|excepting|but|without|skipping|skip|omitting|not|no|avoiding");
  if (after === null) return null;
  const on = wordAt(tokens, after) === "on" || wordAt(tokens, after) === "the" ? after + 1 : after;
  const holidays = saysAt(tokens, on, "public|bank|national holidays|holiday") ?? saysAt(tokens, on, "holidays");
  if (holidays !== null) return found(holidays, { kind: "holidays" });
  const list = dayListAt(tokens, on);
  return list === null ? null : found(list.end, { kind: "except", days: list.days });
}

/** "Then every 4 weeks", "repeating weekly", "and every 2 weeks after". */
function thenAt(tokens: readonly Token[], at: number): Found | null {
  const fact: Fact = { kind: "then" };
  const to = saysAt(tokens, at, "and then|repeat|repeats|repeating") ?? saysAt(tokens, at, repeating);
  if (to !== null) {
    const on = wordAt(tokens, to) === "on" || wordAt(tokens, to) === "," ? to + 1 : to;
    return recurringAt(tokens, on) === null ? null : found(on, fact);
  }
  if (!/^(?:unit|weekday)$/.test(tokens[at - 1]?.kind ?? "") && !/ly$/.test(wordAt(tokens, at - 1))) return null;
  const after =
    saysAt(tokens, at, "after that") ?? saysAt(tokens, at, "from then on") ?? saysAt(tokens, at, "from then");
  if (after !== null) return found(after, fact);
  if (/^(?:thereafter|afterwards)$/.test(wordAt(tokens, at))) return found(at + 1, fact);
  return wordAt(tokens, at) === "after" && at === tokens.length - 1 ? found(at + 1, fact) : null;
}

const repeating = "then|repeat|repeats|repeating|repeated|recurring|recurs";

/** "Here", "in this channel". */
function hereAt(tokens: readonly Token[], at: number): Found | null {
  const end =
    saysAt(tokens, at, "in|to|into|on this|the channel|chat|conversation|group|thread") ??
    saysAt(tokens, at, "here") ??
    saysAt(tokens, at, "this channel|chat|conversation|thread");
  if (end === null) return null;
  // "In the group supervision" is no place.
  const next = tokens[end];
  if (
    wordAt(tokens, end - 1) === "group" &&
    next?.kind === "word" &&
    !/^(?:at|on|every|to|about|please)$/.test(next.word)
  )
    return null;
  return found(end, { kind: "here" });
}
