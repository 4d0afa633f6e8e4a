/** What comes again by the month in a phrase: "the 15th of each month", "the last Friday of each quarter". */
import { monthDaysAt, nthAt } from "./days.ts";
import type { Fact, Found, Nth, NthOf } from "./facts.ts";
import type { Token } from "./lex.ts";
import { wordAt } from "./time.ts";

const found = (end: number, ...facts: readonly Fact[]): Found => ({ facts, end });
const everyMonths = (count: number): Fact => ({ kind: "every", unit: "month", count });

/** "The 15th of each month", "the 1st and 15th". */
export function monthDaysOfAt(tokens: readonly Token[], at: number): Found | null {
  const isDay = wordAt(tokens, at) === "day" && tokens[at + 1]?.kind === "number" && wordAt(tokens, at + 2) === "of";
  if (isDay) return ofMonth(tokens, [tokens[at + 1]?.value ?? 0], at + 2, false);
  const isEnd =
    /^(?:end|ending)$/.test(wordAt(tokens, at)) ||
    (wordAt(tokens, at) === "the" && wordAt(tokens, at + 1) === "ending");
  if (isEnd) {
    const of = ofAt(tokens, wordAt(tokens, at) === "the" ? at + 2 : at + 1);
    return of?.of.kind === "months" && of.isEach
      ? found(of.end, { kind: "month-days", days: [-1] }, everyMonths(of.of.count))
      : null;
  }
  const days = monthDaysAt(tokens, at);
  return days === null ? null : ofMonth(tokens, days.days, days.end, false);
}

export function ofMonth(tokens: readonly Token[], days: readonly number[], at: number, isEvery: boolean): Found | null {
  const of = ofAt(tokens, at);
  const fact: Fact = { kind: "month-days", days };
  if (of?.of.kind === "months") return found(of.end, fact, everyMonths(of.of.count));
  if (of !== null) return null;
  if (/^(?:of|in)$/.test(wordAt(tokens, at))) return null;
  // One day alone comes once, unless it says that it comes again; "every 2nd" may count.
  if (days.length === 1) return isEvery && ((days[0] ?? 0) > 4 || days[0] === 1) ? found(at, fact) : null;
  return found(at, fact);
}

/** "First Monday of each month", "last Friday and first Tuesday", "first Monday of January". */
export function nthsAt(tokens: readonly Token[], at: number): Found | null {
  const nths: Nth[] = [];
  let end = at;
  for (let to = at; ; ) {
    const next = nthAt(tokens, to);
    if (next === null) break;
    nths.push(next.nth);
    end = next.end;
    to = /^(?:and|,)$/.test(wordAt(tokens, end)) ? end + 1 : end;
    if (to === end) break;
  }
  if (nths.length === 0) return null;
  const of = ofAt(tokens, end);
  // A weekday without a month, such as in "next month on the first Monday", is put together later.
  return of === null
    ? found(end, { kind: "nths", nths, of: { kind: "unsaid" } })
    : found(of.end, { kind: "nths", nths, of: of.of });
}

/** "Of the month", "of every other month", "each month", "of each quarter", "in January". */
function ofAt(tokens: readonly Token[], at: number): { of: NthOf; end: number; isEach: boolean } | null {
  const isOf = /^(?:of|in|on)$/.test(wordAt(tokens, at));
  let to = isOf ? at + 1 : at;
  const isEach = wordAt(tokens, to) === "every";
  const isThe = isOf && /^(?:the|an?)$/.test(wordAt(tokens, to));
  if (isEach || isThe) to += 1;
  const token = tokens[to];
  if (token?.kind === "month" && isOf && !isThe)
    return { of: { kind: "month", month: token.value }, end: to + 1, isEach };
  if (!isEach && !isThe && !(isOf && token?.word === "month")) return null;
  if (token?.word === "month") return { of: { kind: "months", count: 1 }, end: to + 1, isEach };
  if (token?.word === "quarter") return { of: { kind: "quarter" }, end: to + 1, isEach };
  const count = /^(?:other|alternate)$/.test(token?.word ?? "")
    ? 2
    : token?.kind === "number" || token?.kind === "ordinal"
      ? token.value
      : 0;
  if (isEach && count > 0 && wordAt(tokens, to + 1) === "month")
    return { of: { kind: "months", count }, end: to + 2, isEach };
  return null;
}
