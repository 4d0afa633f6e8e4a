/** What is kept, as tables, and how an open database looks to the rest. No column holds what a person typed. */
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

export type Tables = {
  readonly seen: SeenTable;
  readonly installs: InstallsTable;
  readonly feedback: FeedbackTable;
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
