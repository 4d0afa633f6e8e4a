/** What reminders are measured beside: a plain table and a loop that claims 50 for a while, has each take effect and marks it done. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import type { Where } from "#src/storage/database.ts";

/** Jobs that are due, in a table of their own. */
export type Bare = {
  /** Runs the effect of each, until none is left. */
  readonly drain: (effect: (job: string) => Promise<unknown>) => Promise<void>;
  readonly close: () => Promise<void>;
};

type Job = { readonly id: string };

/** A claim of 50, and what marks some of them. */
type Statements = { readonly claim: () => Promise<readonly Job[]>; readonly done: (ids: string[]) => Promise<unknown> };

const leaseMs = 60_000;

const table = [
  `create table jobs (id text primary key, place text not null, due_ms bigint not null, state text not null,
    ready_ms bigint, fence integer not null)`,
  "create index jobs_ready on jobs (ready_ms, id) where ready_ms is not null",
];

/**
 * Makes the table in an empty place, with `count` jobs that are due. `atOnce` says how many are marked together: with more
 * than one, a loop that is killed has up to so many take effect again.
 */
export const openBareLoop = (where: Where, count: number, atOnce: number): Promise<Bare> =>
  where.kind === "sqlite" ? onSqlite(where.dir, count, atOnce) : onPostgres(where.url, count, atOnce);

async function onSqlite(dir: string, count: number, atOnce: number): Promise<Bare> {
  mkdirSync(dir, { recursive: true });
  const sqlite = new DatabaseSync(join(dir, "bare.sqlite"));
  sqlite.exec("pragma locking_mode = exclusive; pragma journal_mode = wal");
  sqlite.exec("pragma synchronous = full; pragma secure_delete = on");
  for (const text of table) sqlite.exec(text);
  sqlite.exec(`insert into jobs with recursive n(at) as (select 0 union all select at + 1 from n where at < ${count - 1})
    select lower(hex(randomblob(11))), 'to ' || at, 1000, 'queued', 1000, 0 from n`);
  const claim = sqlite.prepare(`update jobs set state = 'sending', ready_ms = ?, fence = fence + 1
    where id in (select id from jobs where ready_ms <= ? order by ready_ms, id limit 50) returning id, fence`);
  const done = sqlite.prepare(
    "update jobs set state = 'sent', ready_ms = null where id in (select value from json_each(?))",
  );
  return {
    drain: drainWith(atOnce, {
      claim: async () => claim.all(Date.now() + leaseMs, Date.now()).map(({ id }) => ({ id: String(id) })),
      done: async (ids) => done.run(JSON.stringify(ids)),
    }),
    close: async () => sqlite.close(),
  };
}

async function onPostgres(url: string, count: number, atOnce: number): Promise<Bare> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const text of table) await client.query(text);
  await client.query(`insert into jobs select substr(md5(at::text), 1, 22), 'to ' || at, 1000, 'queued', 1000, 0
    from generate_series(1, ${count}) as n(at)`);
  await client.query("vacuum analyze jobs");
  await client.query("checkpoint");
  const claim = `update jobs set state = 'sending', ready_ms = $1, fence = fence + 1 where id in (select id from jobs
    where ready_ms <= $2 order by ready_ms, id limit 50 for update skip locked) returning id, fence`;
  return {
    drain: drainWith(atOnce, {
      claim: async () => (await client.query<Job>(claim, [Date.now() + leaseMs, Date.now()])).rows,
      done: (ids) => client.query("update jobs set state = 'sent', ready_ms = null where id = any($1)", [ids]),
    }),
    close: () => client.end(),
  };
}

const drainWith =
  (atOnce: number, { claim, done }: Statements): Bare["drain"] =>
  async (effect) => {
    for (let jobs = await claim(); jobs.length > 0; jobs = await claim())
      for (let at = 0; at < jobs.length; at += atOnce) {
        const some = jobs.slice(at, at + atOnce);
        for (const { id } of some) await effect(id);
        await done(some.map(({ id }) => id));
      }
  };
