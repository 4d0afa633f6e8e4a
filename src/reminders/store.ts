/** What reminders need of storage. src/storage/reminders.ts and src/storage/ledger.ts are it. All times are milliseconds since 1970-01-01 UTC. */
import type { Place } from "../turn.ts";
import type { Due, Occurrence, Reminder } from "./reminder.ts";

/** A reminder that is not kept yet: the rest begins at nothing. */
export type NewReminder = Pick<
  Reminder,
  "id" | "person" | "place" | "direct" | "label" | "partner" | "schedule" | "next"
>;

/** `full`: a person may have 50 that have not ended. */
export type Added = { readonly kind: "added"; readonly reminder: Reminder } | { readonly kind: "full" };

/** The calendar: what people asked for. Each call rejects when the database is away. */
export type Reminders = {
  /** The database's own clock, which all replicas share. */
  readonly clock: () => Promise<number>;
  /** A person's, by number; none that is deleted. */
  readonly list: (person: string) => Promise<readonly Reminder[]>;
  /** Null where it is deleted or was never there. */
  readonly find: (id: string) => Promise<Reminder | null>;
  /** Keeps it. One of the same id is given back as it stands, so that a repeat adds nothing. */
  readonly add: (reminder: NewReminder, nowMs: number) => Promise<Added>;
  /**
   * Keeps a changed one in place of the version it was made from, which is remembered for `undo`. With `cancels`, what is due
   * or queued of it and has not begun is not sent any more; else it is, but for what is left out from now on. With `tells`,
   * its owner gets a `notice` in private. Null where somebody changed it meanwhile, or it is gone.
   */
  readonly change: (
    changed: Reminder,
    nowMs: number,
    how: { readonly cancels: boolean; readonly tells?: boolean },
  ) => Promise<Reminder | null>;
  /**
   * Takes the last change back, if it led to this version; a new one is deleted, a deleted one stands again. What was dropped
   * by it is queued again. `again` works out what is to come where that is not known. Null where that is not so any more,
   * where it is another person's, and where it was done more than a day ago.
   */
  readonly undo: (
    id: string,
    person: string,
    version: number,
    nowMs: number,
    again: (reminder: Reminder) => Due | null,
  ) => Promise<Reminder | null>;
  /** Parks every reminder of one person, or of a workspace (the start of a person's id, such as `slack:T1:`), and holds up what is queued of them. */
  readonly park: (whose: Whose, why: string, nowMs: number) => Promise<number>;
  /**
   * Makes those active again that were parked for this reason, or for one of these. What was due meanwhile is due still;
   * `again` works out what is to come where that is not known.
   */
  readonly unpark: (
    whose: Whose,
    why: string | readonly string[],
    nowMs: number,
    again: (reminder: Reminder) => Due | null,
  ) => Promise<number>;
  /** The zone that a person chose; null where they chose none. */
  readonly zoneOf: (person: string) => Promise<string | null>;
  /** Keeps the zone that a person chose, and moves all of theirs to it: the wall clock stays. What is past there is due at once. */
  readonly setZone: (person: string, zone: string, nowMs: number) => Promise<readonly Reminder[]>;
  /** When a person last said that it was done; null where they never did. */
  readonly lastDone: (person: string) => Promise<number | null>;
  /** What was sent last of a person's own, of the last two days, answered or not. */
  readonly lastSent: (person: string) => Promise<Sent | null>;
  /** What was sent under this id. */
  readonly sentAs: (occurrence: string) => Promise<Sent | null>;
  /** Notes what a person says of what was sent, and that they did say something. The last word counts. Only the owner's counts. */
  readonly answer: (occurrence: string, person: string, said: "done" | "skipped", nowMs: number) => Promise<void>;
  /** Brings what was sent once more, at another time. The same again adds nothing. What it spoke for of other people stays open. */
  readonly snooze: (occurrence: string, due: Due, nowMs: number) => Promise<void>;
  /** Keeps ids of entries for the next supervision; the same again adds nothing. At most 50 are kept. */
  readonly save: (person: string, entries: readonly string[], nowMs: number) => Promise<void>;
  /** Oldest first. */
  readonly saved: (person: string) => Promise<readonly string[]>;
  /** All that is kept of a person, as plain data. */
  readonly export: (person: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Erases all that is kept of a person, and says how many rows that were. */
  readonly forget: (person: string) => Promise<number>;
  /** Erases what has had its time: deleted for a day, parked for 30 days, ended for 90 days, sent 90 days ago. Says how many rows. */
  readonly purge: (nowMs: number) => Promise<number>;
};

export type Whose = { readonly person: string } | { readonly workspace: string };

/** An occurrence that was sent, with its reminder. */
export type Sent = { readonly occurrence: Occurrence; readonly reminder: Reminder; readonly sentMs: number };

/** What is to be done with a reminder that fell due: what to send now, if anything, and when it comes next. */
export type Advance = {
  readonly send: { readonly due: Due; readonly missed: number } | null;
  /** Null: nothing is to come, and it has ended. */
  readonly next: Due | null;
};

/** An occurrence that one worker has for the length of a lease. */
export type Claimed = {
  readonly occurrence: Occurrence;
  readonly reminder: Reminder;
  /** Grows with every claim: a record with an older one is refused (fencing token). */
  readonly fence: number;
  /** Until when nobody else gets it. */
  readonly untilMs: number;
  /** When the first try began that may have landed; null where none was made. */
  readonly triedMs: number | null;
  /** How many tries there were before this one. */
  readonly tries: number;
  /** Ids of entries that the owner saved; empty where others read along. */
  readonly saved: readonly string[];
  /** Others of the same place that are late as well: one message speaks for all, and what comes of it comes of them. */
  readonly also: readonly Reminder[];
};

/** What came of a try. `retry`: at the earliest then; `mayBeThere` says whether it may have landed. */
export type Outcome =
  | { readonly kind: "sent"; readonly atMs: number; readonly isAsked: boolean }
  | { readonly kind: "retry"; readonly atMs: number; readonly mayBeThere: boolean }
  /** Tried twice, and nobody knows whether it is there. It is not tried again. */
  | { readonly kind: "unknown"; readonly atMs: number }
  /** Will never get there: the reminder is parked, and its owner is told where it was not meant for them in private. */
  | { readonly kind: "parked"; readonly why: string; readonly atMs: number };

/** With a `place`, it is noted only where it goes there: whoever is heard of it from may speak for that place alone. */
export type Recorded = {
  readonly id: string;
  readonly fence: number;
  readonly outcome: Outcome;
  readonly place?: Place;
};

/** How the ledger stands, for whoever runs Bearings. */
export type LedgerState = {
  /** Due and not sent, whether a tick has queued them yet or not. */
  readonly due: number;
  /** How long the oldest of these has been due, milliseconds; 0 where there is none. */
  readonly oldestDueMs: number;
  readonly sending: number;
  readonly unknown: number;
  /** Reminders that are parked. */
  readonly parked: number;
  /** Where they are 10,000 or more, as counted in the last five minutes. */
  readonly active: number;
};

/** The ledger: what is to be sent, and what has come of it. Any number of workers share it. */
export type Ledger = {
  readonly clock: () => Promise<number>;
  /**
   * Moves up to `most` reminders that are due into the ledger, in one transaction: their occurrence is queued and their next
   * time set, or neither. A paused one whose day has come is active again. Says how many it moved. Where `advance` throws,
   * that reminder is parked as `defect` and the others go on.
   */
  readonly tick: (
    nowMs: number,
    most: number,
    advance: (reminder: Reminder, nowMs: number) => Advance,
  ) => Promise<number>;
  /**
   * Takes up to `most` occurrences that are due and that nobody has, oldest first, never two for one place at a time.
   * Either for places of these doors, or for one place. Those of one place that have been due for longer than `lateMs` and
   * were never tried are joined to the first of them for good, and stand in its `also`.
   */
  readonly claim: (how: {
    readonly nowMs: number;
    readonly leaseMs: number;
    readonly lateMs: number;
    readonly most: number;
    readonly to: { readonly doors: readonly string[] } | { readonly place: Place };
  }) => Promise<readonly Claimed[]>;
  /** Notes what came of them, in one transaction. Gives the ids of those that this worker had lost meanwhile, where nothing is noted. */
  readonly record: (results: readonly Recorded[]) => Promise<readonly string[]>;
  /** When something is to be done next; null where nothing is. */
  readonly nextMs: () => Promise<number | null>;
  /**
   * `due` and `oldestDueMs` are of places of these doors, which are sent to: what waits for a page to be opened is late by
   * no fault. The rest is of all.
   */
  readonly state: (nowMs: number, doors: readonly string[]) => Promise<LedgerState>;
};
