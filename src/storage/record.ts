/** Noting what came of tries. */
import { sql } from "kysely";
import type { Ledger, Outcome, Recorded } from "../reminders/store.ts";
import { readList } from "./json.ts";
import { parkSome } from "./parking.ts";
import { enqueue } from "./queued.ts";
import { placeOf } from "./reminder-rows.ts";
import type { Database, OccurrencesTable, RemindersTable } from "./tables.ts";
import { noticeFor } from "./tick.ts";
import { among, isAtOneOf, isOneOf, locked, rowsOf, type Transact, type Tx } from "./transact.ts";

type Kind = Database["kind"];
type Noted<K extends Outcome["kind"]> = {
  readonly row: OccurrencesTable;
  /** Those that it speaks for. */
  readonly joined: readonly OccurrencesTable[];
  readonly outcome: Extract<Outcome, { kind: K }>;
};

type Over = Omit<Noted<"sent">, "outcome"> & { readonly outcome: Exclude<Outcome, { kind: "retry" }> };

/** Opens that part of the ledger. */
export const openRecord =
  ({ kind, write }: Transact): Ledger["record"] =>
  (results) =>
    results.length === 0 ? Promise.resolve([]) : write((tx) => note(tx, kind, results));

async function note(tx: Tx, kind: Kind, results: readonly Recorded[]): Promise<readonly string[]> {
  const ids = results.map(({ id }) => id);
  const rows = await lockRows(tx, kind, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byMain = Map.groupBy(rows, ({ state, main }) => (state === "joined" ? main : null));
  const lost: string[] = [];
  const noted: Noted<Outcome["kind"]>[] = [];
  for (const { id, fence, outcome, place } of results) {
    const row = byId.get(id);
    if (row === undefined || row.fence !== fence || !isAt(row, place)) lost.push(id);
    // Else the answer to this very note was lost, and it is made again.
    else if (row.state === "sending") noted.push({ row, joined: byMain.get(id) ?? [], outcome });
  }
  const of = <K extends Outcome["kind"]>(which: K): readonly Noted<K>[] =>
    noted.flatMap(({ row, joined, outcome }) => (isOf(outcome, which) ? [{ row, joined, outcome }] : []));
  await noteOver(tx, kind, [...of("sent"), ...of("unknown"), ...of("parked")]);
  await noteSent(tx, kind, of("sent"));
  await noteRetry(tx, kind, of("retry"));
  for (const one of of("parked")) await notePlaceGone(tx, kind, one);
  return lost;
}

const isAt = (row: OccurrencesTable, place: Recorded["place"]): boolean =>
  place === undefined || (row.door === place.door && row.place === place.key);

const isOf = <K extends Outcome["kind"]>(outcome: Outcome, kind: K): outcome is Extract<Outcome, { kind: K }> =>
  outcome.kind === kind;

/** The rows, and those that they speak for. Reminders are locked with them, as whoever changes one locks it first. */
async function lockRows(tx: Tx, kind: Kind, ids: readonly string[]): Promise<readonly OccurrencesTable[]> {
  const those = async (column: string, wanted: readonly string[]) => {
    const { rows } = await sql<OccurrencesTable>`select o.* from occurrences o join reminders r on r.id = o.reminder
      where ${among(kind, column, wanted)} order by r.id, o.id ${locked(kind, "for update")}`.execute(tx);
    return rows;
  };
  const rows = await those("o.id", ids);
  const mains = rows.flatMap(({ id, speaks }) => (speaks === 1 ? [id] : []));
  return mains.length === 0 ? rows : [...rows, ...(await those("o.main", mains))];
}

const over = { id: "text", state: "text", at_ms: "bigint" } as const;

/** What comes of one comes of all that it speaks for. */
async function noteOver(tx: Tx, kind: Kind, noted: readonly Over[]): Promise<void> {
  const rows = noted.flatMap(({ row, joined, outcome }) =>
    [row, ...joined].map(({ id }) => ({ id, state: outcome.kind, at_ms: outcome.atMs })),
  );
  if (rows.length === 0) return;
  await sql`update occurrences set state = v.state, at_ms = v.at_ms, ready_ms = null
    from ${rowsOf(kind, over, rows)} where ${isOneOf(kind, "occurrences.id", rows)}`.execute(tx);
}

const counted = { id: "text", sent: "bigint", unanswered: "bigint", asked: "bigint" } as const;

async function noteSent(tx: Tx, kind: Kind, noted: readonly Noted<"sent">[]): Promise<void> {
  const all = noted.filter(({ row }) => row.kind !== "notice");
  const each = all.flatMap(({ row, joined, outcome }) =>
    [row, ...joined].map((one) => ({ ...one, isAsked: outcome.isAsked && one === row })),
  );
  if (each.length === 0) return;
  const rows = [...Map.groupBy(each, ({ reminder }) => reminder)].map(([id, theirs]) => {
    // What was answered before this was noted is not unanswered.
    const open = theirs.filter(({ said, is_private }) => said === null && is_private === 1);
    const asked = open.some(({ isAsked }) => isAsked) ? 1 : 0;
    return { id, sent: theirs.length, unanswered: open.length, asked };
  });
  await sql`update reminders set sent = reminders.sent + v.sent, unanswered = reminders.unanswered + v.unanswered,
      is_asked = case when v.asked > 0 then 1 else reminders.is_asked end
    from ${rowsOf(kind, counted, rows)} where ${isOneOf(kind, "reminders.id", rows)}`.execute(tx);
  await takeBrought(
    tx,
    kind,
    all.map(({ row }) => row),
  );
}

/** What was brought along is not brought again. */
async function takeBrought(tx: Tx, kind: Kind, rows: readonly OccurrencesTable[]): Promise<void> {
  const brought = rows.flatMap(({ person, saved }) =>
    (saved === null ? [] : (readList(saved) ?? [])).map((entry) => ({ person, entry })),
  );
  if (brought.length === 0) return;
  await sql`delete from saved where exists (select 1 from ${rowsOf(kind, { person: "text", entry: "text" }, brought)}
    where v.person = saved.person and v.entry = saved.entry) and ${among(
      kind,
      "person",
      brought.map(({ person }) => person),
    )}`.execute(tx);
}

const retried = { id: "text", door: "text", place: "text", ready_ms: "bigint", tried_ms: "bigint" } as const;

async function noteRetry(tx: Tx, kind: Kind, noted: readonly Noted<"retry">[]): Promise<void> {
  if (noted.length === 0) return;
  const rows = noted.map(({ row, outcome }) => ({
    id: row.id,
    door: row.door,
    place: row.place,
    ready_ms: Math.max(outcome.atMs, row.due_ms),
    tried_ms: row.tried_ms ?? (outcome.mayBeThere ? row.began_ms : null),
  }));
  // One that was cancelled meanwhile is claimed once more, and dropped then.
  await sql`update occurrences set state = 'queued', ready_ms = v.ready_ms, tried_ms = v.tried_ms
    from ${rowsOf(kind, retried, rows)} where ${isOneOf(kind, "occurrences.id", rows)}`.execute(tx);
  // The limits of platforms are by place: others for it would meet the same. What may have landed met none. With the plus,
  // SQLite looks for the place, rather than through all that are ready.
  const limited = rows.filter((_, at) => noted[at]?.outcome.mayBeThere === false);
  if (limited.length === 0) return;
  await sql`update occurrences set ready_ms = v.ready_ms from ${rowsOf(kind, retried, limited)}
    where ${isAtOneOf(kind, limited)} and occurrences.state = 'queued' and +occurrences.ready_ms < v.ready_ms`.execute(
    tx,
  );
}

/** It will never get there: it is parked with all that it spoke for. */
async function notePlaceGone(tx: Tx, kind: Kind, noted: Noted<"parked">): Promise<void> {
  const { row, joined, outcome } = noted;
  const { why, atMs } = outcome;
  const { rows } = await sql<RemindersTable>`select * from reminders where ${among(
    kind,
    "id",
    [row, ...joined].map(({ reminder }) => reminder),
  )}`.execute(tx);
  const isHere = (one: RemindersTable) => row.kind === "notice" || (one.door === row.door && one.place === row.place);
  for (const reminder of rows)
    if (isHere(reminder)) await park(tx, kind, row, { reminder, why, nowMs: atMs });
    else await sendElsewhere(tx, row, reminder, atMs);
}

type Parking = { readonly reminder: RemindersTable; readonly why: string; readonly nowMs: number };

/** Parks it and tells its owner elsewhere; or all that go to the owner in private, where that is the place. */
async function park(tx: Tx, kind: Kind, row: OccurrencesTable, { reminder, why, nowMs }: Parking): Promise<void> {
  const { id, person, state, direct_door: door, direct_place: key, direct_private } = reminder;
  if (state !== "deleted" && state !== "parked") await parkSome(tx, kind, [id], { why, nowMs, isEndedToo: true });
  // What cannot be drawn says nothing about the place.
  const isDirect = row.door === door && row.place === key;
  if (isDirect && why !== "defect") {
    const { rows } = await sql<{ id: string }>`select id from reminders
      where person = ${person} and door = ${door} and place = ${key} and state in ('active', 'paused')`.execute(tx);
    await parkSome(
      tx,
      kind,
      rows.map((one) => one.id),
      { why, nowMs },
    );
  } else if (row.kind !== "notice" && state !== "deleted" && state !== "parked") {
    await enqueue(tx, kind, [noticeFor({ id, person, place: placeOf(door, key, direct_private) }, nowMs)]);
  }
}

/** Its owner wanted it elsewhere while it was being sent. */
async function sendElsewhere(tx: Tx, row: OccurrencesTable, reminder: RemindersTable, nowMs: number): Promise<void> {
  const { id, door, place, is_private } = reminder;
  await sql`update occurrences set state = 'queued', main = null, at_ms = null, ready_ms = ${nowMs}, tried_ms = null,
      door = ${door}, place = ${place}, is_private = ${is_private}
    where reminder = ${id} and (id = ${row.id} or main = ${row.id})`.execute(tx);
}
