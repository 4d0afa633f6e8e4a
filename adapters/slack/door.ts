/** What every part of the Slack door works with. Opened once, by connect.ts. */
import type { Knowledge, Source } from "#src/knowledge/entry.ts";
import type { Log } from "#src/log.ts";
import type { Pace } from "#src/pace.ts";
import type { Queue } from "#src/queue.ts";
import type { Places, Settle } from "#src/reminders/desk/settle.ts";
import type { Reply, Respond } from "#src/reply.ts";
import type { Person, Said } from "#src/turn.ts";
import type { Once } from "./once.ts";
import type { Parking, Stopping } from "./parking.ts";
import type { Workspaces } from "./workspaces.ts";
import type { ZoneOf } from "./zones.ts";

/** What the core gives to the door. */
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

/** What the door asks of reminders beside `settle`. Each call may fail while the database is away. */
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

export type Door = Core & {
  readonly workspaces: Workspaces;
  readonly once: Once;
  readonly queue: Queue;
  readonly pace: Pace;
  readonly zoneOf: ZoneOf;
  readonly parking: Parking;
  readonly votes: Votes;
  readonly log: Log;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** True for an address that Slack may ask us to answer at. */
  readonly isResponseUrl: (url: string) => boolean;
};
