/** What every part of the Teams door works with. Opened once, by open.ts. */
import type { Busy } from "#src/doors/busy.ts";
import type { Answers, Core, References, Votes } from "#src/doors/core.ts";
import type { Once } from "#src/doors/once.ts";
import type { Entry } from "#src/knowledge/entry.ts";
import type { Log } from "#src/log.ts";
import type { Pace } from "#src/pace.ts";
import type { Queue } from "#src/queue.ts";
import type { Connector } from "./connector.ts";

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
