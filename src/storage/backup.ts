/** Copies of the SQLite file: made whole, judged before they are trusted, and put in its place. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { BearingsError } from "../errors.ts";
import { isHeld } from "./look.ts";
import { type Applied, nextStep } from "./migrate.ts";
import { cannotOpen } from "./sqlite.ts";
import { storageError } from "./trouble.ts";

/** What a copy holds, in all its tables. `isOlder`: the next start brings its tables up to date. */
export type Judged = { readonly rows: number; readonly isOlder: boolean };

/** `aside` is where the file went that was there before; null where there was none. */
export type Restored = Judged & { readonly aside: string | null };

/**
 * Writes a whole copy of what is kept in a folder to a file that is not there yet, for its owner alone, and looks it through.
 * Throws where a process has the file, nothing is kept, or the copy cannot be made; then no file is left.
 */
export function backUp(dir: string, to: string): Judged {
  const file = fileIn(dir);
  if (!existsSync(file))
    throw new BearingsError("storage", `Nothing is kept in ${dir} yet.`, "Set DATA_DIR to the folder that you mean.");
  if (existsSync(to)) throw isThere(to);
  const part = `${to}.part`;
  const sqlite = holding(dir, file);
  try {
    rmSync(part, { force: true });
    closeSync(openSync(part, "wx", 0o600));
    sqlite.prepare("vacuum into ?").run(part);
    settle(part);
    const judged = judge(part);
    if (judged.rows !== rowsIn(sqlite)) throw notWhole(to);
    // Unlike a move, this refuses where another has made the file meanwhile.
    linkSync(part, to);
    settle(dirname(to));
    return judged;
  } catch (cause) {
    throw cannotWrite(to, cause);
  } finally {
    sqlite.close();
    rmSync(part, { force: true });
  }
}

/**
 * Puts a copy in the place of what is kept in a folder, and that aside. With `isCheck` it looks at everything and changes
 * nothing. Throws where the copy is damaged, newer or another's, or a process has the file; then all is as it was.
 */
export function restore(
  dir: string,
  from: string,
  options: { readonly isCheck: boolean; readonly nowMs: number },
): Restored {
  const judged = judge(from);
  const file = fileIn(dir);
  const stamp = new Date(options.nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const aside = existsSync(file) ? `${file}.before-${stamp}` : null;
  if (aside !== null && isInUse(file)) throw inUse(file);
  if (options.isCheck) return { ...judged, aside };
  const part = `${file}.restoring`;
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    rmSync(part, { force: true });
    closeSync(openSync(part, "wx", 0o600));
    copyFileSync(from, part);
    settle(part);
    if (judge(part).rows !== judged.rows) throw notWhole(from);
    replace(dir, file, { part, aside });
    return { ...judged, aside };
  } catch (cause) {
    throw cannotWrite(file, cause);
  } finally {
    rmSync(part, { force: true });
  }
}

const fileIn = (dir: string): string => join(dir, "bearings.sqlite");

/** Keeps the old file to this process until the new one is in its place, so that no Bearings starts in between. */
function replace(
  dir: string,
  file: string,
  { part, aside }: { readonly part: string; readonly aside: string | null },
): void {
  let held: DatabaseSync | null = null;
  try {
    if (aside !== null) {
      held = holdingIfSound(dir, file);
      // What a damaged one has in its log stays with it; a log of the old file must not be read into the new one.
      for (const end of ["-wal", "-shm"])
        if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${aside}${end}`);
      linkSync(file, aside);
    }
    renameSync(part, file);
    settle(dir);
  } finally {
    held?.close();
  }
}

/** Opens the file for this process alone, with nothing left in its log; null where it is damaged. */
function holdingIfSound(dir: string, file: string): DatabaseSync | null {
  // Opening what has lost its beginning would throw its log away, in which the last changes may stand.
  if (!startOf(file).equals(beginning)) return null;
  let sqlite: DatabaseSync | null = null;
  try {
    sqlite = holding(dir, file);
    sqlite.exec("pragma journal_mode = delete");
    return sqlite;
  } catch (cause) {
    if (sqlite?.isOpen) sqlite.close();
    if (isBusy(cause)) throw cause;
    return null;
  }
}

function startOf(file: string): Buffer {
  const start = Buffer.alloc(beginning.length);
  const handle = openSync(file, "r");
  readSync(handle, start);
  closeSync(handle);
  return start;
}

const beginning = Buffer.from("SQLite format 3\0");

function holding(dir: string, file: string): DatabaseSync {
  const sqlite = new DatabaseSync(file, { timeout: 0 });
  try {
    sqlite.exec("pragma locking_mode = exclusive; begin exclusive; commit");
    return sqlite;
  } catch (cause) {
    sqlite.close();
    throw storageError(cause).code === "SQLITE_BUSY" ? inUse(file) : cannotOpen(dir, file, cause);
  }
}

const inUse = (file: string): BearingsError =>
  new BearingsError(
    "storage",
    `${file} is in use, most likely by a running Bearings.`,
    "Stop that one, run this again, and start it anew.",
    { cause: busy },
  );

const busy = new Error("busy");
const isBusy = (error: unknown): boolean => error instanceof BearingsError && error.cause === busy;

/** A damaged file is not in use. */
function isInUse(file: string): boolean {
  try {
    return isHeld(file);
  } catch {
    return false;
  }
}

/** Looks a copy through. Throws where it is no whole database of this line of Bearings, or newer than this version. */
function judge(file: string): Judged {
  if (!existsSync(file))
    throw new BearingsError("usage", `There is no file ${file}.`, "Give the name of a copy that backup has written.");
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (log !== undefined && log.size > 0)
    throw new BearingsError(
      "storage",
      `${file} is not whole by itself: a part of it is in the log beside it.`,
      "Use a copy that backup has written.",
    );
  let sqlite: DatabaseSync | null = null;
  try {
    const address = pathToFileURL(file);
    address.searchParams.set("immutable", "1");
    sqlite = new DatabaseSync(address, { readOnly: true });
    const found = sqlite.prepare("pragma integrity_check(1)").get();
    if (found === undefined || !Object.values(found).includes("ok")) throw notWhole(file);
    return { rows: rowsIn(sqlite), isOlder: nextStep(appliedIn(sqlite)) !== null };
  } catch (cause) {
    throw cause instanceof BearingsError ? cause : notWhole(file);
  } finally {
    sqlite?.close();
  }
}

/** The steps that it has had. Throws where it is a database of something else. */
function appliedIn(sqlite: DatabaseSync): readonly Applied[] {
  const rows = sqlite.prepare("select id, checksum from bearings_migrations order by id").all();
  return rows.map(({ id, checksum }) => ({ id: String(id), checksum: String(checksum) }));
}

/** How many rows it has, in all its tables. */
function rowsIn(sqlite: DatabaseSync): number {
  const tables = sqlite.prepare("select name from sqlite_schema where type = 'table'").all();
  const counts = tables.map(({ name }) => {
    const quoted = `"${String(name).replaceAll('"', '""')}"`;
    return Number(sqlite.prepare(`select count(*) as count from ${quoted}`).get()?.count);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Waits until the disk has it. */
function settle(path: string): void {
  // Windows opens no folders, and needs none to be written out.
  if (process.platform === "win32" && statSync(path).isDirectory()) return;
  const handle = openSync(path, statSync(path).isDirectory() ? "r" : "r+");
  fsyncSync(handle);
  closeSync(handle);
}

const notWhole = (file: string): BearingsError =>
  new BearingsError(
    "storage",
    `${file} is damaged, or is not a database of Bearings.`,
    "Use another copy. Nothing was changed.",
  );

const isThere = (file: string): BearingsError =>
  new BearingsError("usage", `${file} is there already, and nothing is overwritten.`, "Give another name.");

function cannotWrite(file: string, cause: unknown): BearingsError {
  if (cause instanceof BearingsError) return cause;
  const { code } = storageError(cause);
  if (code === "EEXIST") return isThere(file);
  return new BearingsError(
    "storage",
    `${file} cannot be written (${code}).`,
    "Make room there, or let Bearings write there. Nothing was changed.",
  );
}
