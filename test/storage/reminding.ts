/** Reminders for tests of storage: invented people, places and times, and a ledger worked by hand. */
import { afterEach } from "vitest";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import type { Reminder, Schedule } from "#src/reminders/reminder.ts";
import type { Claimed, Ledger, NewReminder, Outcome, Reminders } from "#src/reminders/store.ts";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import type { Database } from "#src/storage/tables.ts";
import type { Place } from "#src/turn.ts";
import type { Engine } from "../helpers/databases.ts";

/** Tuesday, 6 October 2026, 10:00 UTC. Milliseconds, as all times here. */
export const ten = Date.UTC(2026, 9, 6, 10);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const daily: Schedule = {
  start: "2026-10-06T10:00",
  rule: "FREQ=DAILY",
  zone: "UTC",
  ends: { kind: "never" },
  skips: [],
  skipsHolidays: false,
};
export const once: Schedule = { ...daily, rule: null };

export const alice = "slack:T1:U1ALICE";
export const bob = "slack:T1:U2BOB";

export const dm = (key: string): Place => ({ door: "slack", key: `D${key}`, isPrivate: true });
export const channel: Place = { door: "slack", key: "C1", isPrivate: false };

/** A daily reminder of Alice's, at ten, in private. */
export const wanted = (id: string, changes: Partial<NewReminder> = {}): NewReminder => ({
  id,
  person: alice,
  place: changes.direct ?? dm("alice"),
  direct: dm("alice"),
  label: null,
  partner: null,
  schedule: daily,
  next: { local: daily.start, atMs: ten },
  ...changes,
});

/** One of hers that comes once, at this moment. */
export function wantedAt(id: string, atMs: number, changes: Partial<NewReminder> = {}): NewReminder {
  const local = new Date(atMs).toISOString().slice(0, 16);
  return wanted(id, { schedule: { ...once, start: local }, next: { local, atMs }, ...changes });
}

export const advance = advanceWith(() => new Set());

export type Opened = {
  readonly database: Database;
  readonly store: Reminders;
  readonly ledger: Ledger;
  /** Keeps them, and gives them as they are kept. */
  readonly add: (...reminders: readonly NewReminder[]) => Promise<readonly Reminder[]>;
  readonly tick: (nowMs: number) => Promise<number>;
  /** Claims for Slack with a lease of a minute; late after twelve hours. */
  readonly claim: (nowMs: number, how?: Partial<Parameters<Ledger["claim"]>[0]>) => Promise<readonly Claimed[]>;
  readonly record: (claimed: Claimed | undefined, outcome: Outcome) => Promise<readonly string[]>;
  /** Brings everything that is due at this moment to where it goes, and says what that was. */
  readonly deliver: (nowMs: number) => Promise<readonly Claimed[]>;
};

/** Opens both, with the calendar's clock at ten. */
async function openReminding(where: Where): Promise<Opened> {
  const database = await openDatabase(where);
  const store = openReminderStore(database, { clock: () => ten });
  const ledger = openLedger(database, { clock: () => ten });
  const opened: Omit<Opened, "deliver"> = {
    database,
    store,
    ledger,
    async add(...reminders) {
      const kept: Reminder[] = [];
      for (const reminder of reminders) {
        const added = await store.add(reminder, ten - day);
        if (added.kind === "added") kept.push(added.reminder);
      }
      return kept;
    },
    tick: (nowMs) => ledger.tick(nowMs, 100, advance),
    claim: (nowMs, how) =>
      ledger.claim({ nowMs, leaseMs: minute, lateMs: 12 * hour, most: 50, to: { doors: ["slack"] }, ...how }),
    record: async (claimed, outcome) =>
      claimed === undefined
        ? ["nothing was claimed"]
        : ledger.record([{ id: claimed.occurrence.id, fence: claimed.fence, outcome }]),
  };
  return {
    ...opened,
    async deliver(nowMs) {
      await opened.tick(nowMs);
      const all: Claimed[] = [];
      for (;;) {
        const claimed = await opened.claim(nowMs);
        if (claimed.length === 0) return all;
        for (const one of claimed) await opened.record(one, sent(nowMs));
        all.push(...claimed);
      }
    },
  };
}

/**
 * Opens them on an engine, empty for each test: one database for all, since PostgreSQL takes long to make one. `several` are
 * replicas on PostgreSQL, and workers of one process on SQLite.
 */
export function remindingOn({ name, empty }: Engine) {
  const open: Opened[] = [];
  let where: Where | null = null;
  const another = async (): Promise<Opened> => {
    where ??= await empty();
    const one = await openReminding(where);
    open.push(one);
    return one;
  };
  afterEach(async () => {
    for (const { database } of open.splice(0)) await database.close();
  });
  const fresh = async (): Promise<Opened> => {
    const one = await another();
    for (const table of tables) await one.database.db.deleteFrom(table).execute();
    return one;
  };
  return {
    fresh,
    several: async (many: number): Promise<readonly [Opened, ...Opened[]]> => {
      const first = await fresh();
      const others = Array.from({ length: many - 1 }, () => (name === "SQLite" ? first : another()));
      return [first, ...(await Promise.all(others))];
    },
  };
}

/** Every table that holds something of people, or of what they were answered. */
export const tables = ["reminders", "occurrences", "people", "saved", "feedback", "conversations", "answers"] as const;

export const sent = (atMs: number): Outcome => ({ kind: "sent", atMs, isAsked: false });

/** Which reminders they are of. */
export const of = (claimed: readonly Claimed[]): readonly string[] =>
  claimed.map(({ occurrence }) => occurrence.reminder);

/** Works out what is to come as the real one does. */
export const again =
  (nowMs: number) =>
  (reminder: Reminder): Reminder["next"] =>
    advance({ ...reminder, next: { local: reminder.schedule.start, atMs: ten } }, nowMs).next;
