/** What every chat platform's door is given, and what it asks of what is kept. */
import type { Knowledge, Source } from "../knowledge/entry.ts";
import type { Places, Settle } from "../reminders/desk/settle.ts";
import type { Whose } from "../reminders/store.ts";
import type { Reply, Respond } from "../reply.ts";
import type { Person, Said } from "../turn.ts";

/** What the core gives to a door of a chat platform. */
export type Core = {
  readonly respond: Respond;
  /** Whether someone may be at risk now: the first step of `respond` alone, for when there is no room for the rest. */
  readonly isDanger: (said: Said) => boolean;
  readonly knowledge: () => Knowledge;
  /** A source in APA, for people to copy. */
  readonly apaOf: (source: Source) => Promise<string>;
  /** Completes a reply with what is kept: called after `respond`, and never for a reply to danger. */
  readonly settle: Settle;
  readonly reminders: KeptReminders;
};

/** What a door asks of reminders beside `settle`. Each call may fail while the database is away. */
export type KeptReminders = Stopping & {
  /** A person's reminders, as rows with a button each; or how to set one. */
  readonly mine: (person: Person, places: Places) => Promise<Reply>;
  /** Erases all that is kept of a person's reminders, by the person's id, and says how many rows that were. */
  readonly forget: (person: string) => Promise<number>;
};

/** A person's word on one answer; the last one counts. `place` is the message's address, `reason` one of a fixed list. */
export type Vote = {
  readonly person: string;
  readonly place: string;
  readonly entries: readonly string[];
  readonly vote: "up" | "down";
  readonly reason: string | null;
  readonly atMs: number;
};

/** Where votes are kept; `src/storage/feedback.ts` is one. Each call may fail. */
export type Votes = {
  readonly put: (vote: Vote) => Promise<void>;
  readonly reason: (person: string, place: string, reason: string) => Promise<void>;
  readonly forget: (person: string) => Promise<number>;
};

/** Stopping all reminders of a workspace or a person, and going on with them. Each call says how many they were, and may fail. */
export type Stopping = {
  /** `why` is a code. */
  readonly park: (whose: Whose, why: string) => Promise<number>;
  /** Goes on with those that were stopped for one of these reasons. */
  readonly unpark: (whose: Whose, whys: readonly string[]) => Promise<number>;
};
