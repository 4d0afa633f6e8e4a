/** What chat platforms' doors are given, and what they ask of what is kept. */
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

/** A person's word on one reply; the last one counts. */
export type Vote = {
  /** The platform's id of the person. */
  readonly person: string;
  /** Address of the reply; opaque. */
  readonly place: string;
  /** Ids of the entries that the reply showed. */
  readonly entries: readonly string[];
  readonly vote: "up" | "down";
  /** One of the door's fixed list, or null. */
  readonly reason: string | null;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
};

/** Where votes are kept; `src/storage/feedback.ts` is one. Each call rejects while the database is away. */
export type Votes = {
  /** Keeps a vote in place of any before it. */
  readonly put: (vote: Vote) => Promise<void>;
  /** Adds a reason to a vote against. Does nothing where the vote was taken back or turned round meanwhile. */
  readonly reason: (person: string, place: string, reason: string) => Promise<void>;
  /** Erases every vote of a person, and says how many that were. */
  readonly forget: (person: string) => Promise<number>;
};

/** Where a conversation is reached, for platforms that do not say it by the id alone: ids and an address, no words. */
export type Reference = {
  /** Id of the organisation. */
  readonly tenant: string;
  /** Id of the chat or channel, without a thread. */
  readonly conversation: string;
  /** The person of a personal chat, by the id that reminders have of them; null where several read along. */
  readonly person: string | null;
  readonly serviceUrl: string;
  /** Our own id there. */
  readonly bot: string;
  /** The person's time zone when they last wrote: IANA, or null. Of personal chats alone. */
  readonly zone: string | null;
};

/** Where references are kept; `src/storage/references.ts` is one. Each call rejects while the database is away. */
export type References = {
  /**
   * Keeps it in place of what was known of this conversation, from this moment (milliseconds since 1970-01-01 UTC). A zone
   * that is not known leaves the one that is.
   */
  readonly put: (reference: Reference, nowMs: number) => Promise<void>;
  /** Null where the conversation was never heard of. */
  readonly find: (tenant: string, conversation: string) => Promise<Reference | null>;
  /** The personal chat with someone, the newest where there are several; null where there is none. */
  readonly ofPerson: (person: string) => Promise<Reference | null>;
  /** The newest of a tenant, of whatever kind, for its service address; null where nothing of it was heard of. */
  readonly ofTenant: (tenant: string) => Promise<Reference | null>;
  /** Erases one conversation. */
  readonly erase: (tenant: string, conversation: string) => Promise<void>;
  /** Erases all of a person, and says how many rows that were. */
  readonly forget: (person: string) => Promise<number>;
};

/**
 * Which entries an answer showed, so that a vote on it can be kept where the platform says only the message's address;
 * `src/storage/answers.ts` is one. Each call rejects while the database is away.
 */
export type Answers = {
  /** Keeps the ids of the entries, in place of those of before. */
  readonly put: (address: string, entries: readonly string[], nowMs: number) => Promise<void>;
  /** Empty where nothing is known of it. */
  readonly entries: (address: string) => Promise<readonly string[]>;
};

/** Stopping all reminders of a workspace or a person, and going on with them. Each call says how many they were, and may fail. */
export type Stopping = {
  /** `why` is a code. */
  readonly park: (whose: Whose, why: string) => Promise<number>;
  /** Goes on with those that were stopped for one of these reasons. */
  readonly unpark: (whose: Whose, whys: readonly string[]) => Promise<number>;
};
