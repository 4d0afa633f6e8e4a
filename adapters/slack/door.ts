/** What every part of the Slack door works with. Opened once, by connect.ts. */
import type { Core, Votes } from "#src/doors/core.ts";
import type { Once } from "#src/doors/once.ts";
import type { Log } from "#src/log.ts";
import type { Pace } from "#src/pace.ts";
import type { Queue } from "#src/queue.ts";
import type { Parking } from "./parking.ts";
import type { Workspaces } from "./workspaces.ts";
import type { ZoneOf } from "./zones.ts";

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
