/** Connections to PostgreSQL that fail soon, are replaced, and never let an error of the driver out as it is. */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import { Pool, type PoolClient, type PoolConfig, types } from "pg";
import { isLoopback } from "../loopback.ts";
import { storageError } from "./trouble.ts";

const statementMs = 5_000;
// A connection whose other end is gone without a word says nothing for ever; the server itself would have ended by now.
const silenceMs = 7_000;
// OID of int8 in PostgreSQL's catalogue. All of ours are times and counts, far below 2^53.
const int8 = 20;

/** Opens no connection yet. Encrypted unless the database is on this computer or the address says `sslmode` itself. */
export function createPool(url: string): Pool {
  const pool = new Pool({
    ...addressOf(url),
    max: 10,
    connectionTimeoutMillis: 2_000,
    statement_timeout: statementMs,
    // A replica that vanished in the middle of a transaction must not keep its locks.
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: "bearings",
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : types.getTypeParser(oid, format)) },
  });
  // A connection that ends while idle, or between two statements, tells nobody else; without a listener the process dies.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

function addressOf(url: string): PoolConfig {
  const address = new URL(url);
  // Without a host the driver would look for one in PGHOST, which is not a setting of ours.
  if (address.hostname === "" && !address.searchParams.has("host")) address.hostname = "localhost";
  const host = address.searchParams.get("host") ?? decodeURIComponent(address.hostname);
  // A host that begins with a slash is the folder of a socket.
  const isHere = host.startsWith("/") || isLoopback(host);
  const saysItself = ["sslmode", "ssl"].some((name) => address.searchParams.has(name));
  return { connectionString: address.href, ...(isHere || saysItself ? {} : { ssl: true }) };
}

/** The pool as Kysely wants it. `before` runs before each connection is lent, and a lent one rejects within 7 seconds. */
export const guard = (pool: Pool, before: () => Promise<void>): PostgresPool => ({
  options: {},
  end: () => pool.end(),
  connect: async () => {
    await before();
    try {
      return lent(await pool.connect());
    } catch (cause) {
      throw storageError(cause, "unreachable");
    }
  },
});

function lent(client: PoolClient): PostgresPoolClient {
  let isSilent = false;
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    return ask(String(text), values);
  }
  async function ask(text: string, values: readonly unknown[]): Promise<unknown> {
    if (isSilent) throw storageError(null, "lost");
    try {
      return await inTime(client.query(text, [...values]), () => {
        isSilent = true;
      });
    } catch (cause) {
      throw storageError(cause, "lost");
    }
  }
  return {
    query,
    // A silent one is not lent again: what is asked of it next would wait behind what it never answered.
    release: (destroy) => client.release(destroy === true || isSilent),
  };
}

async function inTime<T>(answer: Promise<T>, giveUp: () => void): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    giveUp();
    reject(storageError(null, "silent"));
  }, silenceMs);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
