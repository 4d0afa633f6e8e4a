/** Taking what is due, so that one worker has it for the length of a lease. */
import { sql } from "kysely";
import type { Reminder } from "../reminders/reminder.ts";
import type { Claimed, Ledger } from "../reminders/store.ts";
import { occurrenceOf } from "./arrivals.ts";
import { readList } from "./json.ts";
import { moveQueued, release } from "./queued.ts";
import { reminderOf } from "./reminder-rows.ts";
import type { Database, OccurrencesTable, RemindersTable } from "./tables.ts";
import { among, isAtOneOf, isOneOf, rowsOf, type Transact, type Tx } from "./transact.ts";

type Kind = Database["kind"];
type How = Parameters<Ledger["claim"]>[0];

/** A row that is free to be sent, with its reminder. */
type Free = { readonly row: OccurrencesTable; readonly reminder: Reminder };

/** Opens that part of the ledger. */
export function openClaim({ kind, write }: Transact): Ledger["claim"] {
  let turn = 0;
  return (how) =>
    write(async (tx) => {
      // A crowd that has just come is in no statistics yet, and PostgreSQL would read and sort all of it each time.
      if (kind === "postgres") await sql`set local enable_sort = off`.execute(tx);
      const rows: OccurrencesTable[] = [];
      // Each door is the first to be asked in its turn, so that a crowd before one does not keep the others waiting.
      const to =
        "doors" in how.to ? rotated(how.to.doors, turn++).map((door) => sql`o.door = ${door}`) : [atPlace(how.to)];
      for (const where of to)
        if (rows.length < how.most)
          rows.push(...(await ready(tx, kind, how.nowMs, { where, most: how.most - rows.length })));
      if (rows.length === 0) return [];
      const free = await sift(tx, kind, rows.toSorted(byAge), how.nowMs);
      return take(tx, kind, free, how);
    });
}

const byAge = (a: OccurrencesTable, b: OccurrencesTable): number => a.due_ms - b.due_ms || (a.id < b.id ? -1 : 1);

const rotated = <T>(all: readonly T[], by: number): readonly T[] =>
  all.map((_, at) => all[(at + by) % all.length]).filter((one) => one !== undefined);

const atPlace = ({ place }: Extract<How["to"], { place: unknown }>) =>
  sql`o.door = ${place.door} and o.place = ${place.key}`;

type Among = { readonly where: ReturnType<typeof sql>; readonly most: number };

/**
 * Those that have been ready longest, which are the oldest but for what is tried again: the first of each place, and none
 * of a place that somebody is sending to. One that waits for another try does not hold up those after it. Written so that PostgreSQL looks at the place of each in turn and stops when it
 * has enough, rather than reading all places first; the plus keeps SQLite from
 * looking through all that are ready.
 */
async function ready(tx: Tx, kind: Kind, nowMs: number, { where, most }: Among): Promise<readonly OccurrencesTable[]> {
  const lock = kind === "postgres" ? sql`for update of o skip locked` : sql``;
  const { rows } = await sql<OccurrencesTable>`select o.* from occurrences o
    where ${where} and o.ready_ms <= ${nowMs} and (
      select 1 from occurrences p where p.door = o.door and p.place = o.place and p.ready_ms is not null
        and p.id <> o.id and (p.state = 'sending' or (o.state = 'queued' and +p.ready_ms <= ${nowMs}
          and (p.due_ms < o.due_ms or (p.due_ms = o.due_ms and p.id < o.id)))) limit 1) is null
    order by o.ready_ms, o.due_ms, o.id limit ${most} ${lock}`.execute(tx);
  return rows;
}

/** Leaves out those that are not to be sent, or not there, and puts each right. */
async function sift(tx: Tx, kind: Kind, rows: readonly OccurrencesTable[], nowMs: number): Promise<readonly Free[]> {
  const found = await sql<RemindersTable>`select * from reminders
    where ${among(
      kind,
      "id",
      rows.map(({ reminder }) => reminder),
    )}`.execute(tx);
  const byId = new Map(found.rows.map((row) => [row.id, row]));
  const free: Free[] = [];
  const dropped: string[] = [];
  for (const row of rows) {
    const theirs = byId.get(row.reminder);
    const reminder = theirs === undefined ? null : reminderOf(theirs);
    if (theirs !== undefined && reminder === null) await parkUnreadable(tx, theirs.id, nowMs);
    if (reminder === null || row.cancelled === 1 || !isWanted(row, reminder)) dropped.push(row.id);
    else if (row.kind !== "notice" && isElsewhere(row, reminder)) await sendElsewhere(tx, kind, row, reminder);
    else free.push({ row, reminder });
  }
  if (dropped.length > 0) {
    await sql`update occurrences set state = 'dropped', ready_ms = null, at_ms = ${nowMs}
      where ${among(kind, "id", dropped)}`.execute(tx);
    await release(tx, kind, dropped);
  }
  return free;
}

const isWanted = ({ kind }: OccurrencesTable, { state }: Reminder): boolean =>
  state !== "deleted" && (state !== "parked" || kind === "notice");

const isElsewhere = ({ door, place }: OccurrencesTable, reminder: Reminder): boolean =>
  reminder.place.door !== door || reminder.place.key !== place;

/** Its owner wanted it elsewhere while it was being sent: it is queued for there. */
async function sendElsewhere(tx: Tx, kind: Kind, row: OccurrencesTable, reminder: Reminder): Promise<void> {
  await tx.updateTable("occurrences").set({ state: "queued" }).where("id", "=", row.id).execute();
  await moveQueued(tx, kind, reminder, reminder.place);
}

async function parkUnreadable(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx
    .updateTable("reminders")
    .set({ state: "parked", why: "defect", next_local: null, next_ms: null, since_ms: nowMs })
    .where("id", "=", id)
    .where("state", "<>", "deleted")
    .execute();
}

const columns = { id: "text", saved: "text" } as const;

async function take(tx: Tx, kind: Kind, free: readonly Free[], how: How): Promise<readonly Claimed[]> {
  if (free.length === 0) return [];
  const { nowMs, leaseMs } = how;
  const untilMs = nowMs + leaseMs;
  const saved = await savedFor(tx, kind, free);
  const rows = free.map(({ row }) => {
    const entries = saved.get(row.id) ?? [];
    return { id: row.id, saved: entries.length === 0 ? null : JSON.stringify(entries) };
  });
  // A lease that ran out: whoever had it may have sent it.
  await sql`update occurrences set state = 'sending', ready_ms = ${untilMs}, fence = fence + 1, began_ms = ${nowMs},
      tried_ms = case when state = 'sending' then coalesce(tried_ms, began_ms) else tried_ms end, saved = v.saved
    from ${rowsOf(kind, columns, rows)} where ${isOneOf(kind, "occurrences.id", rows)}`.execute(tx);
  const joined = await join(tx, kind, free, how);
  const speaking = free.filter(({ row }) => row.speaks === 1 || joined.has(row.id));
  const also = await spokenFor(tx, kind, speaking);
  return free.map(({ row, reminder }) => {
    const { others, more } = also.get(row.id) ?? { others: [], more: 0 };
    const occurrence = occurrenceOf(row);
    return {
      occurrence: { ...occurrence, missed: occurrence.missed + more },
      reminder,
      fence: row.fence + 1,
      untilMs,
      triedMs: row.state === "sending" ? (row.tried_ms ?? row.began_ms) : row.tried_ms,
      tries: row.fence,
      saved: saved.get(row.id) ?? [],
      also: others,
    };
  });
}

/** What goes with each: what its owner has saved, or what went with a try that may have landed. */
async function savedFor(tx: Tx, kind: Kind, free: readonly Free[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const alone = free.filter(({ row, reminder }) => row.kind !== "notice" && reminder.place.isPrivate);
  const people = [...new Set(alone.map(({ row }) => row.person))];
  if (people.length === 0) return new Map();
  const { rows } = await sql<{ person: string; entry: string }>`select person, entry from saved
    where ${among(kind, "person", people)} order by at_ms, position, entry`.execute(tx);
  const byPerson = Map.groupBy(rows, ({ person }) => person);
  return new Map(
    alone.map(({ row }) => {
      const mayBeThere = row.tried_ms !== null || row.state === "sending";
      const theirs = () => (byPerson.get(row.person) ?? []).map(({ entry }) => entry);
      return [row.id, mayBeThere ? (readList(row.saved ?? "[]") ?? []) : theirs()];
    }),
  );
}

/** One that is late speaks for all others of its place that are, for good. What may be there already speaks for nobody new. */
async function join(tx: Tx, kind: Kind, free: readonly Free[], how: How): Promise<ReadonlySet<string>> {
  const beforeMs = how.nowMs - how.lateMs;
  const late = free.filter(
    ({ row }) => row.state === "queued" && row.tried_ms === null && row.kind !== "notice" && row.due_ms < beforeMs,
  );
  if (late.length === 0) return new Set();
  const mains = late.map(({ row: { id, door, place } }) => ({ id, door, place }));
  const { rows } = await sql<{ id: string }>`update occurrences set state = 'joined', ready_ms = null, main = v.id
    from ${rowsOf(kind, { id: "text", door: "text", place: "text" }, mains)}
    where ${isAtOneOf(kind, mains)}
      and occurrences.state = 'queued' and occurrences.tried_ms is null and occurrences.kind <> 'notice'
      and occurrences.cancelled = 0 and occurrences.due_ms < ${beforeMs} returning occurrences.main as id`.execute(tx);
  const speaking = [...new Set(rows.map(({ id }) => id))];
  if (speaking.length > 0)
    await sql`update occurrences set speaks = 1 where ${among(kind, "id", speaking)}`.execute(tx);
  return new Set(speaking);
}

type Spoken = { readonly others: readonly Reminder[]; readonly more: number };

/** The reminders of those that each speaks for, and how many of these are of its own reminder. */
async function spokenFor(tx: Tx, kind: Kind, free: readonly Free[]): Promise<ReadonlyMap<string, Spoken>> {
  if (free.length === 0) return new Map();
  const ids = free.map(({ row }) => row.id);
  const { rows } = await sql<RemindersTable & { readonly main: string; readonly passed: number }>`select
      o.main, o.missed + 1 as passed, r.* from occurrences o join reminders r on r.id = o.reminder
    where ${among(kind, "o.main", ids)} and o.state = 'joined'
      and r.state <> 'deleted' and r.state <> 'parked'
    order by o.due_ms, o.id`.execute(tx);
  const byMain = Map.groupBy(rows, ({ main }) => main);
  return new Map(
    free.map(({ row }) => {
      const joined = byMain.get(row.id) ?? [];
      const own = joined.filter(({ id }) => id === row.reminder);
      const others = new Map(joined.flatMap((one) => (one.id === row.reminder ? [] : [[one.id, one] as const])));
      return [
        row.id,
        {
          others: [...others.values()].flatMap((one) => reminderOf(one) ?? []),
          more: own.reduce((sum, { passed }) => sum + passed, 0),
        },
      ];
    }),
  );
}
