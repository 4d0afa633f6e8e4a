/** Databases for the measurements of reminders: both engines as they are run, filled quickly with what is not measured. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { Client } from "pg";
import { localOf } from "#src/reminders/calendar/calendar.ts";
import { dateOf, dayOf } from "#src/reminders/calendar/rule.ts";
import { openDatabase, type Where } from "#src/storage/database.ts";
import type { Database } from "#src/storage/tables.ts";
import { type PostgresServer, startPostgres } from "../helpers/databases.ts";

/** An engine. `empty` gives an empty place for a database. */
export type Store = { readonly name: string; readonly kind: Where["kind"]; readonly empty: () => Promise<Where> };

export type Stores = { readonly stores: readonly Store[]; readonly close: () => Promise<void> };

/** SQLite, and PostgreSQL where it can be started; both as safe against a power cut as they come. */
export async function openStores(): Promise<Stores> {
  const folder = mkdtempSync(join(tmpdir(), "bearings-bench-"));
  const servers = mkdtempSync(join(tmpdir(), "bearings-bench-"));
  const server = await startPostgres({ folder: servers, isDurable: true }).catch((error: unknown) => {
    console.log(`PostgreSQL is left out, because it could not be started here: ${String(error)}`);
    return null;
  });
  const sqlite: Store = {
    name: "SQLite",
    kind: "sqlite",
    empty: async () => ({ kind: "sqlite", dir: mkdtempSync(join(folder, "sqlite-")) }),
  };
  return {
    stores: server === null ? [sqlite] : [sqlite, postgresOn(server)],
    async close() {
      await server?.stop();
      for (const made of [folder, servers]) rmSync(made, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const postgresOn = (server: PostgresServer): Store => ({
  name: "PostgreSQL",
  kind: "postgres",
  empty: async () => ({ kind: "postgres", url: await server.create() }),
});

/** Reminders that come every two weeks: `count` of them, `each` for one person, and next at these moments in turn. */
export type Filling = {
  readonly count: number;
  readonly each: number;
  readonly nextMs: readonly number[];
  /** Begins the names of people and of their places. */
  readonly prefix: string;
};

/** The door that all of them go through. */
export const door = "bench";

/** The person of this number, from 0; what they have goes to `placeFor`. */
export const personFor = (prefix: string, n: number): string => `${prefix}:${n}`;
export const placeFor = (person: string) => ({ door, key: `to ${person}`, isPrivate: true });

const zones = ["Europe/London", "Europe/Berlin", "Asia/Amman", "America/New_York"];
const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** Opens an empty database and fills it. */
export async function openFilled(store: Store, fillings: readonly Filling[]): Promise<Filled> {
  const where = await store.empty();
  const database = await openDatabase(where);
  for (const filling of fillings) await fill(where, database, filling);
  if (where.kind === "postgres") await onServer(where.url, ["vacuum analyze reminders", "checkpoint"]);
  return { where, database };
}

export type Filled = { readonly where: Where; readonly database: Database };

/** Fills it with one statement; on PostgreSQL not through our own connections, which give up a long one. */
export async function fill(
  where: Where,
  { kind, db }: Database,
  { count, each, nextMs, prefix }: Filling,
): Promise<void> {
  const slots = nextMs.map((atMs, n) => slotAt(n, atMs));
  const rows =
    kind === "postgres"
      ? "generate_series(0, :count - 1) as n(at)"
      : "(with recursive n(at) as (select 0 union all select at + 1 from n where at < :count - 1) select at from n) as n";
  const statements = [
    "create temporary table slots (slot integer primary key, start text, rule text, zone text, local text, ms bigint)",
    ...slots.map(
      ({ slot, start, rule, zone, local, ms }) =>
        `insert into slots values (${slot}, '${start}', '${rule}', '${zone}', '${local}', ${ms})`,
    ),
    `insert into reminders select ${kind === "postgres" ? "substr(md5(':prefix' || n.at), 1, 22)" : "lower(hex(randomblob(11)))"},
      ':prefix:' || (n.at / :each), n.at % :each + 1, '${door}', 'to :prefix:' || (n.at / :each), 1,
      '${door}', 'to :prefix:' || (n.at / :each), 1, null, 'my supervisor', s.start, s.rule, s.zone, 'never', '[]', 0,
      'active', null, null, s.local, s.ms, 1, null, null, 0, 0, 0, 0, 0
      from ${rows} join slots s on s.slot = n.at % :slots`,
    "drop table slots",
  ].map((text) =>
    text
      .replaceAll(":prefix", prefix)
      .replaceAll(":count", String(count))
      .replaceAll(":each", String(each))
      .replaceAll(":slots", String(slots.length)),
  );
  if (where.kind === "postgres") await onServer(where.url, statements);
  else
    await db.transaction().execute(async (tx) => {
      for (const text of statements) await sql.raw(text).execute(tx);
    });
}

/** A schedule that has gone on for 20 weeks, and has a time in this minute. */
function slotAt(slot: number, ms: number) {
  const zone = zones[slot % zones.length] ?? "UTC";
  const local = localOf(ms, zone);
  const day = dayOf(local.slice(0, 10));
  const start = `${dateOf(day - 140)}${local.slice(10)}`;
  const rule = `FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekdays[(((day + 3) % 7) + 7) % 7]}`;
  return { slot, start, rule, zone, local, ms };
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const text of statements) await client.query(text);
  } finally {
    await client.end();
  }
}
