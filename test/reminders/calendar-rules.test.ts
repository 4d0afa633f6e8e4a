/** Rules of every kind, walked by ours and by rrule-temporal, on days alone. */
import fc from "fast-check";
import { RRuleTemporal } from "rrule-temporal";
import { expect, test } from "vitest";
import { dateOf, dayOf, daysOf, readRule } from "#src/reminders/calendar/rule.ts";
import { anyRules } from "./shapes.ts";

const end = dayOf("2046-01-01");
const most = 20;

function ours(rule: string, start: number, from: number): readonly string[] {
  try {
    const days = daysOf(readRule(rule), start, from).take(most);
    return [...days].filter((day) => day < end).map(dateOf);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return [];
  }
}

function theirs(rule: string, start: number): readonly string[] {
  const dtstart = dateOf(start).replaceAll("-", "");
  const rruleString = `DTSTART;TZID=UTC:${dtstart}T000000\nRRULE:${rule};UNTIL=20451231T000000Z`;
  const found = new RRuleTemporal({ rruleString, maxIterations: 100_000 }).all((_, index) => index < most);
  return found.slice(0, most).map((time) => time.toString().slice(0, 10));
}

test("our walk over the days and rrule-temporal's come to the same days, from the start and from later on", () => {
  const starts = fc.integer({ min: dayOf("2005-01-01"), max: dayOf("2035-01-01") });
  fc.assert(
    fc.property(anyRules, starts, fc.nat(2_000), (rule, start, later) => {
      const expected = theirs(rule, start);
      expect(ours(rule, start, start)).toEqual(expected);
      const rest = expected.filter((date) => dayOf(date) >= start + later);
      expect(ours(rule, start, start + later).slice(0, rest.length)).toEqual(rest);
    }),
    { numRuns: 100 },
  );
});
