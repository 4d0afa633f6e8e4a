/** PostgreSQL 15 or newer, for several replicas. It may be away, at the start as at any time: then every use rejects soon. */
import { Kysely, PostgresDialect, sql } from "kysely";
import { BearingsError } from "../errors.ts";
import { migrate } from "./migrate.ts";
import { createPool, guard } from "./pool.ts";
import type { Database, Tables } from "./tables.ts";
import { storageError } from "./trouble.ts";

/**
 * Opens the database at an address, which begins with postgres:// or postgresql://.
 * Throws a `storage` error where its settings are wrong or its tables are not of this version, but not where it is away.
 */
export async function openPostgres(url: string): Promise<Database> {
  const pool = createPool(url);
  const kyselyOn = (before: () => Promise<void>) =>
    new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guard(pool, before) }) });
  const migrateOnce = single(async () => {
    const unchecked = kyselyOn(async () => {});
    await checkVersion(unchecked);
    await migrate(unchecked, "postgres");
  });
  const db = kyselyOn(migrateOnce);
  let ended: Promise<void> | null = null;
  const close = (): Promise<void> => {
    ended ??= pool.end();
    return ended;
  };
  try {
    await migrateOnce();
  } catch (cause) {
    const refusal = cannotUse(cause);
    if (refusal !== null) {
      await close();
      throw refusal;
    }
  }
  return { kind: "postgres", db, close, ready: () => answers(db) };
}

/** Runs the work until it has succeeded once. Whoever comes while it runs waits for that run. */
function single(work: () => Promise<void>): () => Promise<void> {
  let run: Promise<void> | null = null;
  return () => {
    run ??= work().catch((error) => {
      run = null;
      throw error;
    });
    return run;
  };
}

/** Throws a `storage` error where it is older than 15. */
export async function checkVersion(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(db);
  const version = Number(rows[0]?.version);
  if (version < 150_000)
    throw new BearingsError(
      "storage",
      `The database at DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}, and Bearings needs 15 or newer.`,
      "Give it a newer one.",
    );
}

async function answers(db: Kysely<Tables>): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}

const certificate = /^(?:CERT_|ERR_TLS|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(?:GET|VERIFY))/;

/** What whoever runs Bearings must change; null for what passes when the database is back. */
export function cannotUse(cause: unknown): BearingsError | null {
  if (cause instanceof BearingsError) return cause;
  const { code } = storageError(cause);
  const told = (message: string, fix: string) => new BearingsError("storage", `${message} (${code}).`, fix);
  if (code === "no_tls")
    return told(
      "The database at DATABASE_URL does not speak TLS",
      "Turn TLS on there, or add sslmode=disable to DATABASE_URL where the network in between is your own.",
    );
  if (certificate.test(code))
    return told(
      "The certificate of the database at DATABASE_URL is not one that this computer trusts",
      "Name the file of its authority: add sslmode=verify-full&sslrootcert=FILE to DATABASE_URL.",
    );
  if (/^28/.test(code))
    return told(
      "The database at DATABASE_URL does not let this user in",
      "Correct the user and the password in DATABASE_URL.",
    );
  if (code === "3D000")
    return told("The database named in DATABASE_URL is not there", "Create it, or correct its name.");
  if (/^(?:42|3F)/.test(code))
    return told(
      "The tables could not be made or read in the database at DATABASE_URL",
      "Give its user the right to create tables there, or give Bearings a database of its own.",
    );
  return null;
}
