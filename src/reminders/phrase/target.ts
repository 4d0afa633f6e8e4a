/** Which reminder a command means: "2", "my tuesday 10am one", "the next one", "all". */

import type { Target, Weekday } from "../wish.ts";
import { timeMeant } from "./clock.ts";
import { lex, type Token } from "./lex.ts";
import { timeAt } from "./time.ts";

/** The target; `isNext`: the next time of it, so many words; null where it is not clear. */
export type Meant = { readonly target: Target; readonly isNext: boolean };

const weekdays: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** The weekday by its number, Monday being 1. */
export const weekdayCode = (weekday: number): Weekday => weekdays[weekday - 1] ?? "MO";

const empty = new Set(
  `my our the a an reminder reminders one ones please number no nr num for to at on of it its this that these session sessions
  supervision supervisions again now , . ; : - # ! ? ' " ( ) from and me us about with just entry item series called named
  appointment i thanks recurring whole entire current upcoming scheduled existing time day date`.split(/\s+/),
);
const everything =
  /^(?:(?:please|my|the|of|our|them|reminders?|supervisions?|sessions?|now|and|,|\.)\s*)*(?:all|everything|every reminder|the lot)(?:\s*(?:of|my|our|them|the|these|those|reminders?|supervisions?|sessions?|please|now|\.))*$/i;

const several = /^(?:(?:my|our|the|these|those|supervision)\s+)*reminders$/i;

/** Reads the words after a command; null where they do not say which. */
export function targetIn(text: string): Meant | null {
  if (everything.test(text.trim()) || several.test(text.trim())) return { target: { kind: "all" }, isNext: false };
  const tokens = lex(text);
  const numbers: number[] = [];
  const days = new Set<number>();
  const words: string[] = [];
  let time: string | null = null;
  let isNext = false;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined) break;
    const clock = isOne(token) ? null : timeAt(tokens, at, days.size > 0 && time === null && !isLabelled(tokens, at));
    if (clock !== null) {
      const meant = timeMeant(clock.facts);
      if (time !== null || meant.kind !== "time") return null;
      time = meant.time;
      at = clock.end;
      continue;
    }
    at += 1;
    if (token.kind === "number" && !isOne(token)) numbers.push(token.value);
    else if (token.kind === "number" && /^(?:number|reminder|no|nr)$/.test(tokens[at - 2]?.word ?? ""))
      numbers.push(token.value);
    else if (token.kind === "weekday") days.add(token.value);
    else if (token.word === "next") isNext = true;
    else if (token.kind === "word" && /\p{L}/u.test(token.word) && !empty.has(token.word)) words.push(token.word);
    else if (!empty.has(token.word) && !isOne(token) && token.kind !== "mark") return null;
  }
  if (words.some((word) => unclear.has(word.replace(/'s$/, "")))) return null;
  return meantBy(numbers, [...days], time, words, isNext);
}

// "The one", and "1" written as a word.
const isOne = (token: Token): boolean => token.kind === "number" && token.value === 1 && token.end - token.at === 3;
const isLabelled = (tokens: readonly Token[], at: number): boolean =>
  /^(?:number|reminder|no|nr|#)$/.test(tokens[at - 1]?.word ?? "");

// Words that say when or how often, which a reminder is not known by, or that leave out what they say.
const unclear = new Set(
  `daily weekly fortnightly monthly quarterly yearly every today tomorrow tonight yesterday weekday weekdays weekend weekends
  until through starting ending except but not or only week once twice after before last previous first other another
  some any few both either because if unless while when noon midnight half alternate and-then`.split(/\s+/),
);

function meantBy(
  numbers: readonly number[],
  days: readonly number[],
  time: string | null,
  words: readonly string[],
  isNext: boolean,
): Meant | null {
  const [number] = numbers;
  const [day] = days;
  const hasOther = days.length > 0 || time !== null || words.length > 0;
  if (numbers.length > 1 || days.length > 1) return null;
  if (number !== undefined) {
    return hasOther || number < 1 || number > 9_999 || isNext ? null : { target: { kind: "number", number }, isNext };
  }
  if (!hasOther) return { target: { kind: "only" }, isNext };
  return { target: { kind: "like", weekday: day === undefined ? null : weekdayCode(day), time, words }, isNext };
}
