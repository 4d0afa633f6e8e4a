/** Changes of reminders that people make, and taking the last one back. */
import type { Due, Reminder } from "../reminders/reminder.ts";
import type { Reminders } from "../reminders/store.ts";
import { isThere } from "../reminders/there.ts";
import type { Place } from "../turn.ts";
import { readList } from "./json.ts";
import { freeNumber } from "./numbers.ts";
import { dropQueued, enqueue, moveQueued, queueAgain } from "./queued.ts";
import {
  type Changeable,
  changeableJson,
  changeableOf,
  isComing,
  nextColumns,
  placeOf,
  readChangeable,
  reminderOf,
} from "./reminder-rows.ts";
import { beforeJson, dueIn, nextLocalIn, resumesIn } from "./resumes.ts";
import type { Database, RemindersTable } from "./tables.ts";
import { noticeFor } from "./tick.ts";
import { lockPerson, type Transact, type Tx } from "./transact.ts";

type Kind = Database["kind"];
type Again = (reminder: Reminder) => Due | null;

const dayMs = 24 * 60 * 60 * 1_000;

/** Opens that part of the calendar. */
export function openChanges(transact: Transact): Pick<Reminders, "change" | "undo" | "zoneOf" | "setZone"> {
  const { kind } = transact;
  return {
    change: (changed, nowMs, how) =>
      transact.write((tx, isRepeat) => change(tx, kind, { changed, nowMs, ...how, isRepeat })),
    undo: (id, person, version, nowMs, again) =>
      transact.write((tx, isRepeat) => undo(tx, kind, { id, person, version, nowMs, again, isRepeat })),
    async zoneOf(person) {
      const found = await transact.read((db) =>
        db.selectFrom("people").select("zone").where("person", "=", person).executeTakeFirst(),
      );
      return found?.zone ?? null;
    },
    setZone: (person, zone, nowMs) => transact.write((tx) => setZone(tx, kind, { person, zone, nowMs })),
  };
}

type Changing = {
  readonly changed: Reminder;
  readonly nowMs: number;
  readonly cancels: boolean;
  readonly tells?: boolean;
  readonly isRepeat: boolean;
};

async function change(tx: Tx, kind: Kind, changing: Changing): Promise<Reminder | null> {
  const { changed, nowMs, cancels, tells = false, isRepeat } = changing;
  const { id, person, schedule, place, direct, next } = changed;
  await lockPerson(tx, kind, person);
  const row = await rowFor(tx, kind, id);
  if (row === null) return null;
  if (isRepeat && isKeptAlready(row, changed)) return reminderOf(row);
  if (row.version !== changed.version || row.state === "deleted") return null;
  const after = changeableOf(changed);
  const kept = await keep(tx, row, after, {
    nowMs,
    number: isThere(row.state) || !isThere(after.state) ? row.number : await freeNumber(tx, row.person),
    next,
    before: beforeJson(row),
  });
  if (kept === null) return null;
  if (cancels) await dropQueued(tx, kind, [row], { nowMs });
  else {
    await queueDue(tx, kind, row, { skips: schedule.skips, place, next, nowMs });
    await moveQueued(tx, kind, row, place);
    const before = readList(row.skips) ?? [];
    const locals = schedule.skips.filter((local) => !before.includes(local));
    if (locals.length > 0) await dropQueued(tx, kind, [row], { nowMs, locals });
  }
  if (tells) await enqueue(tx, kind, [noticeFor({ id, person, place: direct }, nowMs)]);
  return reminderOf(kept);
}

type Becoming = {
  readonly skips: readonly string[];
  readonly place: Place;
  readonly next: Due | null;
  readonly nowMs: number;
};

/** What fell due and no tick has seen is queued before another time takes its place. */
async function queueDue(
  tx: Tx,
  kind: Kind,
  { id, person, state, next_local: local, next_ms: atMs }: RemindersTable,
  { skips, place, next, nowMs }: Becoming,
): Promise<void> {
  if (!isComing(state) || local === null || atMs === null || atMs > nowMs || skips.includes(local)) return;
  // The same time on the wall, be it in another zone: it comes then.
  if (next?.local === local) return;
  const due = { reminder: id, person, kind: "due", due: { local, atMs }, missed: 0, place } as const;
  await enqueue(tx, kind, [due], { revives: true });
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
    resumes: row.state === "parked" && after.state === "parked" ? resumesIn(row.resumes, after.zone) : null,
    version: row.version + 1,
    since_ms: after.state === row.state ? row.since_ms : nowMs,
    changed_ms: nowMs,
  };
  await tx.updateTable("reminders").set(changes).where("id", "=", row.id).execute();
  return { ...row, ...changes };
}

type Undoing = {
  readonly id: string;
  readonly person: string;
  readonly version: number;
  readonly nowMs: number;
  readonly again: Again;
  readonly isRepeat: boolean;
};

async function undo(tx: Tx, kind: Kind, undoing: Undoing): Promise<Reminder | null> {
  const { id, person, version, nowMs, again, isRepeat } = undoing;
  await lockPerson(tx, kind, person);
  const row = await rowFor(tx, kind, id);
  if (row === null || row.person !== person) return null;
  if (isRepeat && row.version === version + 1 && row.before === null) return reminderOf(row);
  const isNew = row.version === 1;
  const before = isNew ? { ...row, state: "deleted" as const } : readChangeable(row.before);
  if (row.version !== version || before === null || nowMs - row.changed_ms > dayMs) return null;
  const number = isThere(row.state) || !isThere(before.state) ? row.number : await freeNumber(tx, row.person);
  const { state, next } = backTo(row, before, again);
  const kept = await keep(tx, row, { ...changeableOnly(before), state }, { nowMs, number, next, before: null });
  if (kept === null) return null;
  if (state === "active" || state === "ended") {
    const place = placeOf(before.door, before.place, before.is_private);
    await queueAgain(tx, kind, [{ id, person, atMs: row.changed_ms }]);
    await queueDue(tx, kind, row, { skips: readList(before.skips) ?? [], place, next, nowMs });
    await moveQueued(tx, kind, row, place);
  } else await dropQueued(tx, kind, [row], { nowMs });
  return reminderOf(kept);
}

/**
 * When it comes after a change is taken back. What was to come stands again: if that has passed, it is due. Where it came
 * meanwhile, by the same wall clock, it goes on from there; by another, only `again` can tell.
 */
function backTo(row: RemindersTable, before: Changeable, again: Again): Coming {
  const byRow = comingOf({ ...row, ...before }, again);
  if (before.state !== "active") return byRow;
  const isSame = isSameClock(row, before);
  if (isSame && row.state === "ended") return { state: "ended", next: null };
  const isGoing = row.state === "active" || (row.state === "ended" && row.since_ms > row.changed_ms);
  if (isGoing && !isSame) return byRow;
  const local = isGoing ? row.next_local : nextLocalIn(row.before);
  const next = local === null ? null : dueIn(local, before.zone);
  return next === null ? byRow : { state: "active", next };
}

/** Whether the same is due on the wall, whichever zone the wall is in. */
const isSameClock = (a: Changeable, b: Changeable): boolean =>
  (["start_local", "rule", "ends", "skips", "skips_holidays"] as const).every((name) => a[name] === b[name]);

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

type ZoneChange = { readonly person: string; readonly zone: string; readonly nowMs: number };

/** The wall clock stays: what comes next is the same time there, and none comes again or is left out. */
async function setZone(tx: Tx, kind: Kind, { person, zone, nowMs }: ZoneChange): Promise<readonly Reminder[]> {
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
    const { number, next_local: local, next_ms: atMs } = row;
    const next = local === null || atMs === null ? null : (dueIn(local, zone) ?? { local, atMs });
    const after = { ...changeableOnly(row), zone };
    const kept = await keep(tx, row, after, { nowMs, number, next, before: beforeJson(row) });
    const reminder = kept === null ? null : reminderOf(kept);
    if (reminder !== null) moved.push(reminder);
  }
  return moved;
}
