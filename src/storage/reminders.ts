/** The calendar: what people asked to be reminded of. */
import type { Added, NewReminder, Reminders } from "../reminders/store.ts";
import { openArrivals } from "./arrivals.ts";
import { openChanges } from "./changes.ts";
import { freeNumber } from "./numbers.ts";
import { openParking } from "./parking.ts";
import { changeableOf, nextColumns, reminderOf, remindersOf } from "./reminder-rows.ts";
import { openRetention } from "./retention.ts";
import { openSaved } from "./saved.ts";
import type { Database } from "./tables.ts";
import { lockPerson, openClock, openTransact, type Transact, type Tx } from "./transact.ts";
import { storageError } from "./trouble.ts";

export type ReminderStoreOptions = {
  /** In place of the database's own clock, for tests; milliseconds since 1970-01-01 UTC. */
  readonly clock?: () => number | Promise<number>;
};

/** Opens it on either engine. */
export function openReminderStore(database: Database, { clock }: ReminderStoreOptions = {}): Reminders {
  const transact = openTransact(database);
  const theClock = openClock(transact, clock);
  return {
    clock: theClock,
    async list(person) {
      const rows = await transact.read((db) =>
        db
          .selectFrom("reminders")
          .selectAll()
          .where("person", "=", person)
          .where("state", "<>", "deleted")
          .orderBy("number")
          .orderBy("id")
          .execute(),
      );
      return remindersOf(rows);
    },
    async find(id) {
      const row = await transact.read((db) =>
        db.selectFrom("reminders").selectAll().where("id", "=", id).where("state", "<>", "deleted").executeTakeFirst(),
      );
      return row === undefined ? null : reminderOf(row);
    },
    add: (reminder, nowMs) => transact.write((tx) => add(tx, transact, reminder, nowMs)),
    ...openChanges(transact),
    ...openParking(transact),
    ...openArrivals(transact, theClock),
    ...openSaved(transact),
    ...openRetention(transact),
  };
}

async function add(tx: Tx, { kind }: Transact, reminder: NewReminder, nowMs: number): Promise<Added> {
  await lockPerson(tx, kind, reminder.person);
  const there = await tx.selectFrom("reminders").selectAll().where("id", "=", reminder.id).executeTakeFirst();
  if (there !== undefined) return { kind: "added", reminder: readable(there) };
  const number = await freeNumber(tx, reminder.person);
  if (number === null) return { kind: "full" };
  const state = reminder.next === null ? "ended" : "active";
  const row = {
    id: reminder.id,
    person: reminder.person,
    number,
    ...changeableOf({ ...reminder, state, pausedUntil: null, why: null }),
    ...nextColumns(state, reminder.next),
    version: 1,
    before: null,
    resumes: null,
    sent: 0,
    unanswered: 0,
    is_asked: 0,
    since_ms: nowMs,
    changed_ms: nowMs,
  };
  await tx.insertInto("reminders").values(row).execute();
  return { kind: "added", reminder: readable(row) };
}

function readable(row: Parameters<typeof reminderOf>[0]) {
  const reminder = reminderOf(row);
  if (reminder === null) throw storageError(null, "unreadable");
  return reminder;
}
