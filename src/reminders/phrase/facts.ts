/** What a phrase says about time, piece by piece, before it is put together. */

export type Part = "morning" | "afternoon" | "evening" | "night";

export type Clock = {
  readonly kind: "time";
  /** 0 to 23, as it was said. */
  readonly hour: number;
  readonly minute: number;
  /** Which half of the day is meant: told by am, pm or 24 hours; the usual one, as in "at 10"; or open, as in "at 5". */
  readonly half: "told" | "usual" | "open";
};

/** A day, or what helps to tell one. Which one it is depends on the others and on the moment it was said. */
export type DatePiece =
  /** Days from today. */
  | { readonly kind: "days-on"; readonly days: number }
  | { readonly kind: "weeks-on"; readonly weeks: number; readonly isWhole: boolean }
  | { readonly kind: "months-on"; readonly months: number; readonly isWhole: boolean }
  | { readonly kind: "years-on"; readonly years: number; readonly isWhole: boolean }
  | { readonly kind: "year"; readonly year: number }
  /** `weeks` is counted on from the next such day. */
  | {
      readonly kind: "weekday";
      readonly weekday: number;
      readonly which: "plain" | "this" | "next";
      readonly weeks: number;
    }
  | { readonly kind: "month-day"; readonly month: number; readonly day: number; readonly year: number | null }
  | { readonly kind: "day-of-month"; readonly day: number }
  | { readonly kind: "nth"; readonly nth: Nth; readonly month: number | null; readonly year: number | null }
  | { readonly kind: "end-of"; readonly of: "month" | "year" | number }
  /** Numbers alone, that may be day and month or month and day. */
  | { readonly kind: "either"; readonly one: number; readonly two: number; readonly year: number | null }
  | { readonly kind: "month"; readonly month: number; readonly year: number | null }
  | { readonly kind: "impossible" };

/** One of several such days in a month, such as the first Monday. Negative places are counted from the end. */
export type Nth = {
  readonly places: readonly number[];
  readonly days: readonly number[];
  /** Whether the places are taken among all of these days together, as in "first working day". */
  readonly isTogether: boolean;
};

export type Unit = "day" | "week" | "month" | "quarter" | "year";

export type Fact =
  | Clock
  | DatePiece
  | { readonly kind: "bad-time" }
  | { readonly kind: "midnight" }
  /** "Then every 2 weeks": what was said before is the first day. */
  | { readonly kind: "then" }
  | { readonly kind: "part"; readonly part: Part }
  | { readonly kind: "every"; readonly unit: Unit; readonly count: number }
  /** Days of the week again and again; `interval` null where "every second Tuesday" may mean either. */
  | {
      readonly kind: "weekdays";
      readonly days: readonly number[];
      readonly interval: number;
      /** The place that "every second Tuesday" may mean instead; 0 where it is clear. */
      readonly orNth: number;
      readonly isEvery: boolean;
    }
  | { readonly kind: "nths"; readonly nths: readonly Nth[]; readonly of: NthOf }
  | { readonly kind: "month-days"; readonly days: readonly number[] }
  | { readonly kind: "yearly-on"; readonly month: number; readonly day: number }
  | { readonly kind: "minutes-on"; readonly minutes: number }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "lasting"; readonly unit: Unit; readonly count: number }
  | { readonly kind: "from"; readonly pieces: readonly DatePiece[] }
  | { readonly kind: "until"; readonly pieces: readonly DatePiece[] }
  | { readonly kind: "endless" }
  | { readonly kind: "except"; readonly days: readonly number[] }
  | { readonly kind: "holidays" }
  | { readonly kind: "here" }
  /** "Twice a week": how often, but not when. */
  | { readonly kind: "times-per"; readonly times: number; readonly unit: Unit }
  | { readonly kind: "sub-daily" };

/** Of each month, of each so many months, of each quarter, of a month of the year; or of a month that is not said. */
export type NthOf =
  | { readonly kind: "months"; readonly count: number }
  | { readonly kind: "quarter" }
  | { readonly kind: "month"; readonly month: number }
  | { readonly kind: "unsaid" };

/** A fact, or several, read from tokens up to `end`, which is not included. */
export type Found = { readonly facts: readonly Fact[]; readonly end: number };

/** Where in the phrase a fact stood, in tokens. */
export type Placed = {
  readonly fact: Fact;
  readonly from: number;
  readonly end: number;
  /** Those with no other words between them have the same. */
  readonly group: number;
};
