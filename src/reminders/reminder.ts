/** What a reminder is: when it falls due, whose it is, and where it goes. Types alone. */
import type { Place, UserText } from "../turn.ts";

/** A moment on somebody's wall clock, such as 2026-10-06T10:00; no zone, no seconds. */
export type Local = string;

/** A day on somebody's calendar, such as 2026-10-06. */
export type LocalDate = string;

/** When a reminder falls due. The wall clock counts: 10:00 stays 10:00 through every change of the clocks. */
export type Schedule = {
  /** The first one: its time of day is the time of all, and intervals and counts are counted from it. */
  readonly start: Local;
  /** Recurrence rule of RFC 5545 (RRULE), such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`, without COUNT and UNTIL; null for once. */
  readonly rule: string | null;
  /** IANA name. */
  readonly zone: string;
  readonly ends: Ends;
  /** Those that are left out (EXDATE). */
  readonly skips: readonly Local[];
  /** Whether it leaves out the days that the team lists as holidays. */
  readonly skipsHolidays: boolean;
};

/** After how many, skipped ones counted; or on which day at the latest, that day included; or never. */
export type Ends =
  | { readonly kind: "never" }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "until"; readonly date: LocalDate };

/** One time that a schedule falls due: on the wall clock, and in milliseconds since 1970-01-01 UTC. */
export type Due = { readonly local: Local; readonly atMs: number };

/** `parked`: it cannot be brought to where it goes, and `why` is a code that says why. `ended`: nothing is to come. */
export type ReminderState = "active" | "paused" | "parked" | "ended" | "deleted";

/** What a person wants, before it is kept. Labels are short, and never about a client. */
export type Draft = {
  readonly schedule: Schedule;
  /** What it is about, at most 60 characters; null means supervision. */
  readonly label: UserText | null;
  /** With whom, at most 40 characters. */
  readonly partner: UserText | null;
  /** Whether it goes to the conversation it was asked for in, rather than to the person alone. */
  readonly isHere: boolean;
};

/** A reminder as it is kept. */
export type Reminder = Omit<Draft, "isHere"> & {
  /** Opaque; at most 22 characters of A-Z a-z 0-9 _ and -. */
  readonly id: string;
  /** What its owner calls it: the lowest number from 1 that was free. */
  readonly number: number;
  /** The owner: the platform's own id, as in `Turn`. */
  readonly person: string;
  /** Where it goes. */
  readonly place: Place;
  /** Where the owner is told in private what has become of it; the same as `place` for most. */
  readonly direct: Place;
  readonly state: ReminderState;
  /** First day on which a paused one comes again; null while it is not known. */
  readonly pausedUntil: LocalDate | null;
  /** Why it is parked: a code; null otherwise. */
  readonly why: string | null;
  /** Null where none is to come, such as while it is paused without an end. */
  readonly next: Due | null;
  /** Counts the changes, from 1. */
  readonly version: number;
  /** How many have been sent in all: what is brought along takes turns by it. */
  readonly sent: number;
  /** How many in a row were sent and neither done, skipped nor put off. */
  readonly unanswered: number;
  /** Whether the owner has been asked about these, which happens once. */
  readonly isAsked: boolean;
};

/** `due` comes from the schedule; `snooze` was put off by a person; `notice` tells the owner that it was parked. */
export type OccurrenceKind = "due" | "snooze" | "notice";

/** One time that a reminder is to be sent: a row of the ledger. */
export type Occurrence = {
  /** Opaque; at most 22 characters. It stands in the message's metadata and in its buttons. */
  readonly id: string;
  readonly reminder: string;
  readonly kind: OccurrenceKind;
  /** For one that was put off: when it is to come now. */
  readonly due: Due;
  /** How many before it were passed over, because nothing could be sent for a while. */
  readonly missed: number;
};
