/** What every part of the Teams door works with. Opened once, by open.ts. */
import type { Busy } from "#src/doors/busy.ts";
import type { Core, Votes } from "#src/doors/core.ts";
import type { Once } from "#src/doors/once.ts";
import type { Entry } from "#src/knowledge/entry.ts";
import type { Log } from "#src/log.ts";
import type { Pace } from "#src/pace.ts";
import type { Queue } from "#src/queue.ts";
import type { Connector } from "./connector.ts";

/** Where a conversation is reached, so that a reminder finds it: ids and an address, no words. */
export type Reference = {
  readonly tenant: string;
  /** Id of the chat or channel, without a thread. */
  readonly conversation: string;
  /** The person of a personal chat, as in `personId`; null where several read along. */
  readonly person: string | null;
  readonly serviceUrl: string;
  /** Our own id there. */
  readonly bot: string;
  /** The person's time zone when they last wrote: IANA, or null. Of personal chats alone. */
  readonly zone: string | null;
};

/** Where references are kept; `src/storage/references.ts` is one. Each call may fail. */
export type References = {
  /** Keeps it in place of what was known of this conversation. A zone that is not known leaves the one that is. */
  readonly put: (reference: Reference, nowMs: number) => Promise<void>;
  /** Null where the conversation was never heard of. */
  readonly find: (tenant: string, conversation: string) => Promise<Reference | null>;
  /** The personal chat with someone. */
  readonly ofPerson: (person: string) => Promise<Reference | null>;
  /** Any of the tenant, the newest: for its service address. */
  readonly ofTenant: (tenant: string) => Promise<Reference | null>;
  /** Erases one conversation. */
  readonly erase: (tenant: string, conversation: string) => Promise<void>;
  /** Erases all of a person, and says how many rows that were. */
  readonly forget: (person: string) => Promise<number>;
};

/** Which entries an answer showed, so that a vote on it can be kept: Teams says only the message's address. */
export type Answers = {
  readonly put: (address: string, entries: readonly string[], nowMs: number) => Promise<void>;
  /** Empty where nothing is known of it. */
  readonly entries: (address: string) => Promise<readonly string[]>;
};

export type Door = Core & {
  /** Entries that words may mean, best first: also of words that are typed only in part. */
  readonly find: (text: string, most: number) => readonly Entry[];
  readonly connector: Connector;
  readonly once: Once;
  readonly queue: Queue;
  readonly pace: Pace;
  readonly busy: Busy;
  readonly references: References;
  readonly answers: Answers;
  readonly votes: Votes;
  /** IANA name of the zone for people whose own is not known. */
  readonly zone: string;
  readonly log: Log;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

/** How one activity is answered over HTTP. */
export type Answered = { readonly status: number; readonly body?: unknown };
