/** The dispatch as it is run, into a fake that takes everything at once. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Knowledge } from "#src/knowledge/entry.ts";
import { notice } from "#src/reminders/desk/notice.ts";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import { openDispatch } from "#src/reminders/dispatch/dispatch.ts";
import type { Observed } from "#src/reminders/dispatch/meters.ts";
import type { Deliver } from "#src/reply.ts";
import { openLedger } from "#src/storage/ledger.ts";
import type { Database } from "#src/storage/tables.ts";
import { openKnowledge } from "./ours.ts";
import { door } from "./reminders-stores.ts";

const knowledge: Knowledge = await openKnowledge();
const none = new Set<string>();

/** What works out the next time, with no holidays. */
export const advance = advanceWith(() => none);

export type Watching = { readonly deliver: Deliver; readonly observe: (event: Observed) => void };

/** Begins at once. It looks at a real clock, and says aloud what it would log. */
export const startDispatch = (database: Database, { deliver, observe }: Watching) =>
  openDispatch({
    ledger: openLedger(database),
    deliver: { [door]: deliver },
    draw: (claimed, nowMs) => notice(claimed, nowMs, knowledge),
    advance,
    log: (line) => console.log(JSON.stringify(line)),
    observe,
    timers: {
      sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
      monotonicMs: () => performance.now(),
    },
  });
