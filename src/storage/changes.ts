/** Changes of reminders that people make, and taking the last one back. */
import type { Due, Reminder } from "../reminders/reminder.ts";
import type { Reminders } from "../reminders/store.ts";
import { freeNumber } from "./numbers.ts";
import { dropQueued, moveQueued } from "./queued.ts";
import {
  type Changeable,
  changeableJson,
  changeableOf,
  isComing,
  isThere,
  nextColumns,
  placeOf,
  readChangeable,
  reminderOf,
} from "./reminder-rows.ts";
import type { Database, RemindersTable } from "./tables.ts";
import { lockPerson, type Transact, type Tx } from "./transact.ts";

type Kind = Database["kind"];
type Again = (reminder: Reminder) => Due | null;

/** Opens that part of the calendar. */
export function openChanges(transact: Transact): Pick<Reminders, "change" | "undo" | "zoneOf" | "setZone"> {
  const { kind } = transact;
  return {
    change: (changed, nowMs, { cancels }) =>
      transact.write(async (tx, isRepeat) => {
        await lockPerson(tx, kind, changed.person);
        const row = await rowFor(tx, kind, changed.id);
        if (row === null) return null;
        if (isRepeat && isKeptAlready(row, changed)) return reminderOf(row);
        if (row.version !== changed.version || row.state === "deleted") return null;
        const after = changeableOf(changed);
        const kept = await keep(tx, row, after, {
          nowMs,
          number: isThere(row.state) || !isThere(after.state) ? row.number : await freeNumber(tx, row.person),
          next: changed.next,
          before: changeableJson(row),
        });
        if (kept === null) return null;
        if (cancels) await dropQueued(tx, kind, [row], nowMs);
        else await moveQueued(tx, kind, row, changed.place);
        return reminderOf(kept);
      }),
    undo: (id, version, nowMs, again) =>
      transact.write((tx, isRepeat) => undo(tx, kind, { id, version, nowMs, again, isRepeat })),
    async zoneOf(person) {
      const found = await transact.read((db) =>
        db.selectFrom("people").select("zone").where("person", "=", person).executeTakeFirst(),
      );
      return found?.zone ?? null;
    },
    setZone: (person, zone, nowMs, again) => transact.write((tx) => setZone(tx, kind, { person, zone, nowMs, again })),
  };
}

async function rowFor(tx: Tx, kind: Kind, id: string): Promise<RemindersTable | null> {
  const found = tx.selectFrom("reminders").selectAll().where("id", "=", id);
  return (await (kind === "postgres" ? found.forUpdate() : found).executeTakeFirst()) ?? null;
}

/** Whether this very change stands already: the answer to it was lost, and it is made again. */
function isKeptAlready(row: RemindersTable, changed: Reminder): boolean {
  return row.version === changed.version + 1 && changeableJson(row) === changeableJson(changeableOf(changed));
}

type Keeping = {
  readonly nowMs: number;
  /** Null: there is none left, and nothing is kept. */
  readonly number: number | null;
  readonly next: Due | null;
  readonly before: string | null;
};

/** Writes the next version of a row, and gives it. */
async function keep(
  tx: Tx,
  row: RemindersTable,
  after: Changeable,
  { nowMs, number, next, before }: Keeping,
): Promise<RemindersTable | null> {
  if (number === null) return null;
  const changes = {
    ...after,
    ...nextColumns(after.state, next),
    number,
    before,
    resumes: null,
    version: row.version + 1,
    since_ms: after.state === row.state ? row.since_ms : nowMs,
    changed_ms: nowMs,
  };
  await tx.updateTable("reminders").set(changes).where("id", "=", row.id).execute();
  return { ...row, ...changes };
}

type Undoing = {
  readonly id: string;
  readonly version: number;
  readonly nowMs: number;
  readonly again: Again;
  readonly isRepeat: boolean;
};

async function undo(tx: Tx, kind: Kind, { id, version, nowMs, again, isRepeat }: Undoing): Promise<Reminder | null> {
  const owner = await tx.selectFrom("reminders").select("person").where("id", "=", id).executeTakeFirst();
  if (owner === undefined) return null;
  await lockPerson(tx, kind, owner.person);
  const row = await rowFor(tx, kind, id);
  if (row === null) return null;
  if (isRepeat && row.version === version + 1 && row.before === null) return reminderOf(row);
  const isNew = row.version === 1;
  const before = isNew ? { ...row, state: "deleted" as const } : readChangeable(row.before);
  if (row.version !== version || before === null) return null;
  const number = isThere(row.state) || !isThere(before.state) ? row.number : await freeNumber(tx, row.person);
  const { state, next } = comingOf({ ...row, ...before }, again);
  const kept = await keep(tx, row, { ...changeableOnly(before), state }, { nowMs, number, next, before: null });
  if (kept === null) return null;
  if (state === "active") await moveQueued(tx, kind, row, placeOf(before.door, before.place, before.is_private));
  else await dropQueued(tx, kind, [row], nowMs);
  return reminderOf(kept);
}

/** Of a whole row, what a change can change. */
const changeableOnly = (row: Changeable): Changeable => readChangeable(changeableJson(row)) ?? row;

type Coming = { readonly state: RemindersTable["state"]; readonly next: Due | null };

/** When it comes again; one of which nothing is to come has ended. */
export function comingOf(row: RemindersTable, again: Again): Coming {
  const reminder = reminderOf(row);
  if (reminder === null || !isComing(row.state)) return { state: row.state, next: null };
  const next = again(reminder);
  return { state: next === null && row.state === "active" ? "ended" : row.state, next };
}

type ZoneChange = {
  readonly person: string;
  readonly zone: string;
  readonly nowMs: number;
  readonly again: Again;
};

async function setZone(tx: Tx, kind: Kind, { person, zone, nowMs, again }: ZoneChange): Promise<readonly Reminder[]> {
  await lockPerson(tx, kind, person);
  await tx
    .insertInto("people")
    .values({ person, zone, done_ms: null })
    .onConflict((conflict) => conflict.column("person").doUpdateSet({ zone }))
    .execute();
  const theirs = tx
    .selectFrom("reminders")
    .selectAll()
    .where("person", "=", person)
    .where("state", "not in", ["ended", "deleted"])
    .orderBy("number");
  const moved: Reminder[] = [];
  for (const row of await (kind === "postgres" ? theirs.forUpdate() : theirs).execute()) {
    const { state, next } = comingOf({ ...row, zone }, again);
    const after = { ...changeableOnly(row), zone, state };
    const { number } = row;
    const kept = await keep(tx, row, after, { nowMs, number, next, before: changeableJson(row) });
    const reminder = kept === null ? null : reminderOf(kept);
    if (reminder !== null) moved.push(reminder);
  }
  return moved;
}
