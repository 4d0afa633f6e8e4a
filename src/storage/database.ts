/** Opens what Bearings keeps: one SQLite file in a folder, or PostgreSQL. */
import type { Database } from "./tables.ts";

/** Where things are kept. `dir` is made where it is not there; `url` begins with postgres:// or postgresql://. */
export type Where =
  | { readonly kind: "sqlite"; readonly dir: string }
  | { readonly kind: "postgres"; readonly url: string };

/**
 * Opens it and brings its tables up to date. Throws a `storage` error, with what to do, where that cannot be put right by
 * waiting. A PostgreSQL that does not answer is opened all the same: its tables are brought up to date at the first use
 * that succeeds, and until then every use rejects. With `waitsForRoom` it is so for a file on a full disk as well.
 */
export async function openDatabase(where: Where, { waitsForRoom = false } = {}): Promise<Database> {
  // Each engine is loaded when it is used: pg takes longer to load than SQLite takes to open.
  return where.kind === "sqlite"
    ? (await import("./sqlite.ts")).openSqlite(where.dir, waitsForRoom)
    : (await import("./postgres.ts")).openPostgres(where.url);
}
