/**
 * What is kept, as tables, and how an open database looks to the rest. Two columns hold what a person typed: the label and
 * the partner of a reminder, which `before` repeats. Yes and no are 1 and 0.
 */
import type { Kysely } from "kysely";

/** Messages that were answered or are being answered, so that each is answered once. Rows live for a day. */
export type SeenTable = {
  /** SHA-256 of the id, base64url: the id itself names a workspace and a channel. */
  readonly id: string;
  readonly state: "working" | "done";
  /** Which replica works on it. */
  readonly owner: string;
  /** When the claim runs out, milliseconds since 1970-01-01 UTC. */
  readonly until_ms: number;
  /** When it was claimed or done, milliseconds since 1970-01-01 UTC. */
  readonly at_ms: number;
};

/** Workspaces that installed Bearings. */
export type InstallsTable = {
  readonly platform: string;
  readonly workspace: string;
  /** The record with its tokens, as `seal.ts` writes it. */
  readonly sealed: string;
  /** When it was last put, milliseconds since 1970-01-01 UTC. A renewal leaves it alone. */
  readonly updated_ms: number;
};

/** The last vote of a person on a reply. */
export type FeedbackTable = {
  readonly person: string;
  /** Address of the reply; opaque. */
  readonly place: string;
  /** Ids of the entries that the reply showed, a JSON list. */
  readonly entries: string;
  readonly vote: "up" | "down";
  /** One of a fixed list, or null where none was given. */
  readonly reason: string | null;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at_ms: number;
};

/** Whose reminders go where, and when. All times are milliseconds since 1970-01-01 UTC. */
export type RemindersTable = {
  readonly id: string;
  readonly person: string;
  readonly number: number;
  /** Where it goes: the door, its key and whether the owner alone reads it. */
  readonly door: string;
  readonly place: string;
  readonly is_private: number;
  readonly direct_door: string;
  readonly direct_place: string;
  readonly direct_private: number;
  readonly label: string | null;
  readonly partner: string | null;
  readonly start_local: string;
  readonly rule: string | null;
  readonly zone: string;
  /** `never`, `count:6` or `until:2027-06-30`. */
  readonly ends: string;
  /** A JSON list. */
  readonly skips: string;
  readonly skips_holidays: number;
  readonly state: "active" | "paused" | "parked" | "ended" | "deleted";
  readonly paused_until: string | null;
  readonly why: string | null;
  /** Both null unless it is active or paused. */
  readonly next_local: string | null;
  readonly next_ms: number | null;
  readonly version: number;
  /** What the last change replaced, as JSON; null where it cannot be taken back. Kept for a day. */
  readonly before: string | null;
  /** What a paused one goes back to when it is not parked any more, as JSON; null otherwise. */
  readonly resumes: string | null;
  readonly sent: number;
  readonly unanswered: number;
  readonly is_asked: number;
  /** Since when it has been in this state. */
  readonly since_ms: number;
  readonly changed_ms: number;
};

/** The ledger: what is to be sent, and what has come of it. All times are milliseconds since 1970-01-01 UTC. */
export type OccurrencesTable = {
  /** Made from the reminder, the kind and the time, so that none is there twice. */
  readonly id: string;
  readonly reminder: string;
  /** The reminder's owner. */
  readonly person: string;
  readonly kind: "due" | "snooze" | "notice";
  readonly due_local: string;
  readonly due_ms: number;
  readonly missed: number;
  readonly door: string;
  readonly place: string;
  readonly is_private: number;
  /** `joined`: another one speaks for it. */
  readonly state: "queued" | "sending" | "joined" | "sent" | "unknown" | "parked" | "dropped";
  /** When it may be claimed: its time, the next try, or the end of the lease. Null where nothing is to be done. */
  readonly ready_ms: number | null;
  /** How often it was claimed. */
  readonly fence: number;
  /** When it was last claimed. */
  readonly began_ms: number | null;
  /** When the first try began that may have landed. */
  readonly tried_ms: number | null;
  /** Whether it was cancelled while a worker had it. */
  readonly cancelled: number;
  /** The one that speaks for it. */
  readonly main: string | null;
  /** Whether it has spoken for others. */
  readonly speaks: number;
  /** Ids of the entries that go with it, a JSON list; null for none. */
  readonly saved: string | null;
  /** When it was over. */
  readonly at_ms: number | null;
  readonly said: "done" | "skipped" | "snoozed" | null;
  readonly said_ms: number | null;
};

/** What is known of a person beside their reminders. */
export type PeopleTable = {
  readonly person: string;
  /** The zone that they chose. */
  readonly zone: string | null;
  /** When they last said that it was done, of what is not in the ledger any more. */
  readonly done_ms: number | null;
};

/** Entries for the next supervision. */
export type SavedTable = {
  readonly person: string;
  /** Id of the entry. */
  readonly entry: string;
  readonly at_ms: number;
  /** Its place among those saved at that moment. */
  readonly position: number;
};

/** Where conversations of Teams are reached: ids and an address, so that a reminder finds its way. */
export type ConversationsTable = {
  readonly tenant: string;
  /** Id of the chat or channel, without a thread. */
  readonly conversation: string;
  /** The person of a personal chat; null where several read along. */
  readonly person: string | null;
  readonly service_url: string;
  /** Our own id there. */
  readonly bot: string;
  /** The person's time zone when they last wrote. */
  readonly zone: string | null;
  /** When it was last put, milliseconds since 1970-01-01 UTC. */
  readonly at_ms: number;
};

/** Which entries an answer showed, for the votes on it. Rows live for 90 days. */
export type AnswersTable = {
  /** HMAC-SHA-256 of the message's address, base64url: the address itself names a chat. */
  readonly id: string;
  /** Their ids, a JSON list. */
  readonly entries: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at_ms: number;
};

export type Tables = {
  readonly seen: SeenTable;
  readonly installs: InstallsTable;
  readonly feedback: FeedbackTable;
  readonly reminders: RemindersTable;
  readonly occurrences: OccurrencesTable;
  readonly people: PeopleTable;
  readonly saved: SavedTable;
  readonly conversations: ConversationsTable;
  readonly answers: AnswersTable;
};

/** An open database. What `db` rejects with carries a name and a code, never a statement or a parameter. */
export type Database = {
  readonly kind: "sqlite" | "postgres";
  readonly db: Kysely<Tables>;
  /** Finishes what runs and lets go. Calling it again does nothing. */
  readonly close: () => Promise<void>;
  /** True when it answers and its tables are as this version needs them. Never rejects; takes 10 seconds at most. */
  readonly ready: () => Promise<boolean>;
};
