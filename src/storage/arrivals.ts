/** What people say of what was sent to them. */
import { sql } from "kysely";
import type { Due } from "../reminders/reminder.ts";
import type { Reminders, Sent } from "../reminders/store.ts";
import { enqueue } from "./queued.ts";
import { placeOf, reminderOf } from "./reminder-rows.ts";
import type { OccurrencesTable, RemindersTable } from "./tables.ts";
import type { Transact, Tx } from "./transact.ts";

const recentMs = 2 * 24 * 60 * 60 * 1_000;

type Arrivals = Pick<Reminders, "lastDone" | "lastSent" | "sentAs" | "answer" | "snooze">;

/** Opens that part of the calendar. */
export function openArrivals({ kind, read, write }: Transact, clock: () => Promise<number>): Arrivals {
  return {
    async lastDone(person) {
      const { rows } = await read((db) =>
        sql<{ atMs: number | null }>`select max(done_ms) as "atMs" from (
          select done_ms from people where person = ${person}
          union all select max(said_ms) from occurrences where person = ${person} and said = 'done') as dones`.execute(
          db,
        ),
      );
      return rows[0]?.atMs ?? null;
    },
    async lastSent(person) {
      const sinceMs = (await clock()) - recentMs;
      const { rows } = await read((db) =>
        sql<OccurrencesTable>`select occurrences.* from occurrences
          join reminders on reminders.id = occurrences.reminder and reminders.state <> 'deleted'
          where occurrences.person = ${person} and occurrences.state = 'sent' and occurrences.main is null
            and occurrences.kind <> 'notice' and occurrences.at_ms > ${sinceMs}
          order by occurrences.at_ms desc, occurrences.due_ms desc, occurrences.id limit 1`.execute(db),
      );
      return sentOf(read, rows[0]);
    },
    async sentAs(occurrence) {
      // It may stand there and be answered before anybody has noted that it was sent.
      const { rows } = await read((db) =>
        sql<OccurrencesTable>`select * from occurrences
          where id = ${occurrence} and fence > 0 and state in ('sent', 'unknown', 'sending', 'queued')`.execute(db),
      );
      return sentOf(read, rows[0]);
    },
    answer: (occurrence, person, said, nowMs) => write((tx) => hear(tx, { occurrence, said, nowMs, person })),
    snooze: (occurrence, due, nowMs) => write((tx) => bringAgain(tx, kind, { occurrence, due, nowMs })),
  };
}

async function sentOf(read: Transact["read"], row: OccurrencesTable | undefined): Promise<Sent | null> {
  if (row === undefined) return null;
  const found = await read((db) =>
    db
      .selectFrom("reminders")
      .selectAll()
      .where("id", "=", row.reminder)
      .where("state", "<>", "deleted")
      .executeTakeFirst(),
  );
  const reminder = found === undefined ? null : reminderOf(found);
  const sentMs = row.at_ms ?? row.began_ms;
  return reminder === null || sentMs === null ? null : { occurrence: occurrenceOf(row), reminder, sentMs };
}

type Snooze = { readonly occurrence: string; readonly due: Due; readonly nowMs: number };
type Owner = Pick<RemindersTable, "id" | "person" | "door" | "place" | "is_private">;

async function bringAgain(tx: Tx, of: Transact["kind"], { occurrence, due, nowMs }: Snooze): Promise<void> {
  const { rows } = await sql<Owner>`select r.id, r.person, r.door, r.place, r.is_private from reminders r
    join occurrences o on o.reminder = r.id where o.id = ${occurrence} and r.state <> 'deleted'`.execute(tx);
  const [owner] = rows;
  if (owner === undefined) return;
  const place = placeOf(owner.door, owner.place, owner.is_private);
  const added = { reminder: owner.id, person: owner.person, kind: "snooze" as const, due, missed: 0, place };
  await enqueue(tx, of, [added], { revives: true });
  // Anyone may put it off where all read it; what it spoke for of other people is theirs to answer.
  await hear(tx, { occurrence, said: "snoozed", nowMs, person: owner.person });
}

type Heard = {
  readonly occurrence: string;
  readonly said: NonNullable<OccurrencesTable["said"]>;
  readonly nowMs: number;
  /** Whose they are. */
  readonly person: string;
};

/** Notes what was said, of it and of those that it spoke for, as far as they are this person's. Nobody is asked about them any more. */
async function hear(tx: Tx, { occurrence, said, nowMs, person }: Heard): Promise<void> {
  const { rows } = await sql<{ reminder: string }>`update occurrences set said = ${said}, said_ms = ${nowMs}
    where (id = ${occurrence} or main = ${occurrence}) and person = ${person} returning reminder`.execute(tx);
  if (rows.length === 0) return;
  await tx
    .updateTable("reminders")
    .set({ unanswered: 0, is_asked: 0 })
    .where("id", "in", [...new Set(rows.map(({ reminder }) => reminder))])
    .execute();
}

/** The occurrence that a row of the ledger holds. */
export const occurrenceOf = (row: OccurrencesTable): Sent["occurrence"] => ({
  id: row.id,
  reminder: row.reminder,
  kind: row.kind,
  due: { local: row.due_local, atMs: row.due_ms },
  missed: row.missed,
});
