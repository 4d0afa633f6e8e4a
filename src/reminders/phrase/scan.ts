/** Goes through a phrase and takes out what it says about time; the words that are left are the label, or are not understood. */
import { boundAt } from "./bounds.ts";
import { dateAt } from "./date.ts";
import { recurringAt } from "./every.ts";
import type { Fact, Found, Placed } from "./facts.ts";
import { lex, type Token } from "./lex.ts";
import { partIn, timeAt, wordAt } from "./time.ts";
import { fillers, isPlain, leadsIn } from "./words.ts";

/** A run of words between facts, in tokens. */
export type Run = { readonly from: number; readonly end: number };

export type Scanned = {
  readonly tokens: readonly Token[];
  readonly placed: readonly Placed[];
  readonly runs: readonly Run[];
  /** Tokens that belong to a label though they look like time, such as "weekly" in "the weekly report". */
  readonly adjectives: ReadonlySet<number>;
  /** Whether a label holds something like "the weekly report", which may be how often it is meant to come. */
  readonly isDoubtful: boolean;
};

/** Reads a whole phrase. */
export function scan(text: string): Scanned {
  const tokens = lex(text);
  const placed: Placed[] = [];
  const runs: Run[] = [];
  const adjectives = new Set<number>();
  let isDoubtful = false;
  let begun = 0;
  let label = -1;
  let group = 0;
  const close = (end: number): void => {
    if (end > begun) runs.push({ from: begun, end });
    if (tokens.slice(begun, end).some((token) => !joining.has(token.word))) group += 1;
  };
  for (let at = 0; at < tokens.length; ) {
    if (leadsIn(tokens, at)) label = at;
    const read = factAt(tokens, at, placed.at(-1), at === begun ? null : tokens.slice(begun, at));
    if (read === null) {
      at += 1;
      continue;
    }
    if (label >= begun && at > label && isAdjective(tokens, at, read)) {
      isDoubtful ||= read.facts.some((fact) => fact.kind === "every");
      for (; at < read.end; at += 1) adjectives.add(at);
      continue;
    }
    close(at);
    for (const fact of read.facts) placed.push({ fact, from: at, end: read.end, group });
    at = Math.max(read.end, at + 1);
    begun = at;
  }
  close(tokens.length);
  return { tokens, placed, runs, adjectives, isDoubtful };
}

// Words that may stand between two things that are said of one time.
const joining = new Set(", ; : - . / ( ) at on in of the a an and for".split(" "));

/** The fact that begins here. `between` are the words since the fact before, null where there are none. */
function factAt(
  tokens: readonly Token[],
  at: number,
  last: Placed | undefined,
  between: readonly Token[] | null,
): Found | null {
  const isNext = between === null || between.every((token) => token.word === "," || token.word === "on");
  const isAfterDay = isNext && last !== undefined && dayKinds.has(last.fact.kind);
  const known =
    recurringAt(tokens, at) ??
    boundAt(tokens, at) ??
    dateAt(tokens, at) ??
    timeAt(tokens, at, isAfterDay || isFirst(tokens, at));
  if (known !== null) return known;
  // "Evening" says when only beside a day or a time; an evening class is a class.
  const skipped = /^(?:in|at)$/.test(wordAt(tokens, at)) ? at + 1 : at;
  const to = wordAt(tokens, skipped) === "the" ? skipped + 1 : skipped;
  const part = partIn(tokens[to]);
  if (part === null) return null;
  const isBeside =
    (isNext && last !== undefined) || timeAt(tokens, to + 1, false) !== null || dayFollows(tokens, to + 1);
  if (!isBeside) return null;
  // "In the evenings" is every day, where no day is said.
  const isDaily = tokens[to]?.isPlural === true && !(isNext && last !== undefined && /^week/.test(last.fact.kind));
  const daily: readonly Fact[] = isDaily ? [{ kind: "every", unit: "day", count: 1 }] : [];
  return { facts: [...daily, { kind: "part", part }], end: to + 1 };
}

/** A phrase may begin with its hour: "9 every weekday", "10 tomorrow". */
function isFirst(tokens: readonly Token[], at: number): boolean {
  const isStart = tokens.slice(0, at).every((token) => fillers.has(token.word));
  const number = tokens[at];
  const isDigits = number !== undefined && number.end - number.at === number.word.length;
  return isStart && isDigits && wordAt(tokens, at - 1) !== "in" && dayFollows(tokens, at + 1);
}

const dayFollows = (tokens: readonly Token[], at: number): boolean => {
  const to = wordAt(tokens, at) === "on" ? at + 1 : at;
  return tokens[to]?.kind !== "ordinal" && (recurringAt(tokens, to) ?? dateAt(tokens, to)) !== null;
};

const dayKinds = new Set<Fact["kind"]>([
  "every",
  "weekdays",
  "nths",
  "month-days",
  "yearly-on",
  "days-on",
  "weeks-on",
  "months-on",
  "weekday",
  "month-day",
  "day-of-month",
  "either",
  "part",
  "from",
]);

/** Inside a label: "the weekly report", "my Monday meeting", "the 9am call". */
function isAdjective(tokens: readonly Token[], at: number, read: Found): boolean {
  const before = wordAt(tokens, at - 1);
  const next = tokens[read.end];
  if (next === undefined || !isPlain(next) || /^(?:remind|please)$/.test(next.word)) return false;
  return (
    /^(?:the|my|our|your|their|an?|this|next)$/.test(before) && read.facts.every((fact) => describing.has(fact.kind))
  );
}

const describing = new Set<Fact["kind"]>(["every", "weekday", "time", "part", "weekdays"]);
