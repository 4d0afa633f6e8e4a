/** What a person wants of reminders, as read from their words. Types alone; phrase.ts reads. */
import type { Draft, Local, LocalDate } from "./reminder.ts";

/** Which of a person's reminders is meant: by its number, by words of its own such as "tuesday 10:00", the only one, or all. */
export type Target =
  | { readonly kind: "number"; readonly number: number }
  | {
      readonly kind: "like";
      readonly weekday: Weekday | null;
      readonly time: string | null;
      readonly words: readonly string[];
    }
  | { readonly kind: "only" }
  | { readonly kind: "all" };

export type Weekday = "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU";

/** What a reminder is moved to: any of these, and at least one. A full schedule stands in `draft`. */
export type Move = {
  readonly weekday: Weekday | null;
  readonly date: LocalDate | null;
  /** HH:MM */
  readonly time: string | null;
  readonly draft: Draft | null;
};

/** One reading of words that have several: the words for its button, and what it means. */
export type Reading = { readonly label: string; readonly draft: Draft };

export type Wish =
  | { readonly kind: "create"; readonly draft: Draft }
  /** Something is missing or can be read in two ways. `draft` is what was understood, to fill the form in with. */
  | {
      readonly kind: "ask";
      readonly about: AskAbout;
      readonly draft: Partial<Draft>;
      readonly readings: readonly Reading[];
      /** A whole phrase that works, near to what was said. */
      readonly example: string;
    }
  | { readonly kind: "refuse"; readonly why: RefusedFor; readonly example: string }
  | { readonly kind: "list" }
  | { readonly kind: "pause"; readonly target: Target; readonly until: LocalDate | null }
  | { readonly kind: "resume"; readonly target: Target }
  /** Leaves out the next one. */
  | { readonly kind: "skip"; readonly target: Target }
  /** Puts off the one that came last. */
  | { readonly kind: "snooze"; readonly by: SnoozeBy }
  | { readonly kind: "move"; readonly target: Target; readonly to: Move }
  | { readonly kind: "delete"; readonly target: Target }
  /** The session that was last reminded of took place. */
  | { readonly kind: "done" }
  /** "When was my last supervision?" */
  | { readonly kind: "last" }
  | { readonly kind: "zone"; readonly zone: string | null }
  | { readonly kind: "form" }
  | { readonly kind: "help" };

export type SnoozeBy =
  | { readonly kind: "minutes"; readonly minutes: number }
  | { readonly kind: "until"; readonly local: Local };

/** What has to be asked. `words`: some could not be read, and guessing what they mean for the day or time would be wrong. */
export type AskAbout =
  | "day"
  | "time"
  | "am-pm"
  | "several"
  | "fortnight-or-nth"
  | "date-order"
  | "words"
  /** Said to come again, and not how often. */
  | "how-often"
  /** The date falls on another day of the week. */
  | "weekday-or-date"
  /** Done and snoozed is what came last: it has no number. */
  | "last-only"
  | "target"
  | "new-time";

/** Why it cannot be done. `client`: the label looks like a client's name; `note`: it looks like a note about somebody. */
export type RefusedFor =
  | "past"
  | "impossible"
  /** With the end or the number that was said. */
  | "never"
  | "sub-daily"
  | "too-far"
  | "language"
  | "client"
  | "note"
  | "no-schedule"
  | "bad-zone"
  | "bad-time";
