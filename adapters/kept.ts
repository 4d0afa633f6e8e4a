/** What is kept, opened once for every door: with the first wish for a reminder, or at the start where a platform is on. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Knowledge } from "#src/knowledge/entry.ts";
import { type Log, named } from "#src/log.ts";
import type { StorageConfig } from "#src/platform-config.ts";
import { type Holidays, nextAfter } from "#src/reminders/calendar/calendar.ts";
import { createDesk } from "#src/reminders/desk/desk.ts";
import { notice } from "#src/reminders/desk/notice.ts";
import type { Desk } from "#src/reminders/desk/settle.ts";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import { type Dispatch, openDispatch } from "#src/reminders/dispatch/dispatch.ts";
import type { Observed } from "#src/reminders/dispatch/meters.ts";
import { openPull, type Pull } from "#src/reminders/dispatch/pull.ts";
import type { Reminder } from "#src/reminders/reminder.ts";
import type { Claimed, Ledger, Reminders } from "#src/reminders/store.ts";
import type { Deliver } from "#src/reply.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { freeOrphans } from "#src/storage/orphans.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import type { Database } from "#src/storage/tables.ts";

export type Kept = {
  readonly database: Database;
  readonly store: Reminders;
  readonly ledger: Ledger;
  readonly desk: Desk;
  /** For the doors that ask for what is due. */
  readonly pull: Pull;
  /** Begins to send what is due to the doors that are sent to, by their names. */
  readonly dispatch: (deliver: Readonly<Record<string, Deliver>>, observe: (event: Observed) => void) => Dispatch;
  /** When it comes next, from now on. */
  readonly again: (reminder: Reminder) => ReturnType<typeof nextAfter>;
  readonly close: () => Promise<void>;
};

export type KeptOptions = {
  readonly storage: StorageConfig;
  /** The set in use at this moment. */
  readonly knowledge: () => Knowledge;
  /** IANA name of the zone for people whose own is not known. */
  readonly zone: string;
  readonly log: Log;
};

const timers = {
  sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {}),
  monotonicMs: () => performance.now(),
};

/** Opens it; rejects with what to do where that cannot be. */
export async function openKept({ storage, knowledge, zone, log }: KeptOptions): Promise<Kept> {
  const database = await openDatabase(storage, { waitsForRoom: true });
  const store = openReminderStore(database);
  const ledger = openLedger(database);
  // Else they are free when their leases are over.
  await freeOrphans(database, Date.now()).catch((error: unknown) =>
    log({ level: "warn", event: "reminders.not-freed", ...named(error) }),
  );
  const holidays = (): Holidays => new Set(knowledge().holidays.map(({ date }) => date));
  const advance = advanceWith(holidays);
  const draw = (claimed: Claimed, nowMs: number) => notice(claimed, nowMs, knowledge());
  return {
    database,
    store,
    ledger,
    desk: createDesk({ store, knowledge, holidays, zone }),
    pull: openPull({ ledger, draw, advance, log }),
    dispatch: (deliver, observe) => openDispatch({ ledger, deliver, draw, advance, log, observe, timers }),
    again: ({ schedule }) => nextAfter(schedule, Date.now(), holidays()),
    close: () => database.close(),
  };
}
