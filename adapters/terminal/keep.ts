/** `backup`, `restore`, `export` and `forget`: what whoever runs Bearings does with what is kept. */
import { resolve } from "node:path";
import { readConfig } from "#src/config.ts";
import { BearingsError } from "#src/errors.ts";
import type { StorageConfig } from "#src/platform-config.ts";
import { backUp, restore } from "#src/storage/backup.ts";
import { openDatabase } from "#src/storage/database.ts";
import { look } from "#src/storage/look.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { readOptions } from "./options.ts";
import { write } from "./pipe.ts";

const usages = {
  backup: `Use: backup FILE
Writes a copy of what is kept in DATA_DIR, which must not be in use, to a new file.`,
  restore: `Use: restore FILE [--check]
Puts a copy that backup has written in the place of what is kept in DATA_DIR, and that aside. --check says what it would do.`,
  export: `Use: export PERSON
Prints all that is kept of a person as JSON. PERSON is the platform's own id, such as slack:T123:U456, or "terminal" for whoever uses this computer's.`,
  forget: `Use: forget PERSON
Erases all that is kept of a person. PERSON is the platform's own id, such as slack:T123:U456, or "terminal".`,
} as const;

const help = { help: { type: "boolean", short: "h" } } as const;
const counted = new Intl.NumberFormat("en-GB");
const rowsIn = (count: number): string => (count === 1 ? "1 row" : `${counted.format(count)} rows`);

/** Runs `backup`; gives the exit code. Throws `usage` or `storage` where no copy could be made. */
export async function runBackup(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(args, help, usages.backup);
  if (values.help) return say(usages.backup);
  const to = resolve(theOne(words, "backup"));
  const { rows } = backUp(fileOnly('pg_dump --format=custom --file=FILE "$DATABASE_URL"'), to);
  return say(`Wrote ${to} and looked it through: ${rowsIn(rows)}. It holds what people asked for, so keep it safe.`);
}

/** Runs `restore`; gives the exit code. Throws `usage` or `storage` where the copy could not be put in place. */
export async function runRestore(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(args, { ...help, check: { type: "boolean" } }, usages.restore);
  if (values.help) return say(usages.restore);
  const isCheck = values.check ?? false;
  const from = resolve(theOne(words, "restore"));
  const command = 'pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$DATABASE_URL" FILE';
  const { rows, isOlder, aside } = restore(fileOnly(command), from, { isCheck, nowMs: Date.now() });
  const lines = [
    `${from} is whole: ${rowsIn(rows)}.`,
    ...(isOlder ? ["It is of an older version; the next start brings it up to date."] : []),
    ...(aside === null ? [] : [`What was there ${isCheck ? "would be" : "is"} kept as ${aside}.`]),
    isCheck
      ? "Nothing was changed. Without --check, it would be put in place now."
      : "It is in place. A reminder that was sent since the copy was made may come once more.",
  ];
  return say(lines.join("\n"));
}

/** Runs `export`; gives the exit code. Throws `usage`, or `storage` where it cannot be read. */
export async function runExport(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(args, help, usages.export);
  if (values.help) return say(usages.export);
  const person = personIn(words, "export");
  const looked = await look(storage(), (database) => openReminderStore(database).export(person));
  switch (looked.kind) {
    case "read":
      return say(JSON.stringify(looked.value, null, 2));
    case "nothing":
      throw nothingKept();
    case "in-use":
      throw cannotRead("The file in DATA_DIR is in use, most likely by a running Bearings.", "Stop that one first.");
    case "behind":
      throw cannotRead("What is kept is of an older version.", "Start Bearings once, which brings it up to date.");
    case "away":
      throw cannotRead(`The database at DATABASE_URL does not answer (${looked.code}).`, "Try again when it does.");
    case "unusable":
      throw looked.error;
    default:
      return looked satisfies never;
  }
}

/** Runs `forget`; gives the exit code. Throws `usage`, or `storage` where it cannot be erased. */
export async function runForget(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(args, help, usages.forget);
  if (values.help) return say(usages.forget);
  const person = personIn(words, "forget");
  const where = storage();
  // A look first, so that nothing is made where nothing was.
  if ((await look(where, async () => null)).kind === "nothing") throw nothingKept();
  const database = await openDatabase(where);
  try {
    const rows = await openReminderStore(database).forget(person);
    return await say(
      rows === 0
        ? "Nothing was kept of this person. The id has to be the platform's own, such as slack:T123:U456."
        : `Erased ${rowsIn(rows)}: nothing is kept of this person any more. Copies made before still hold them.`,
    );
  } finally {
    await database.close();
  }
}

const storage = (): StorageConfig => readConfig(process.env).storage;

/** The folder of the file. PostgreSQL has tools of its own for this, of which `command` is the one to use. */
function fileOnly(command: string): string {
  const where = storage();
  if (where.kind === "sqlite") return resolve(where.dir);
  throw new BearingsError(
    "usage",
    "DATABASE_URL is set, and PostgreSQL has tools of its own for this.",
    `Use: ${command}`,
  );
}

function theOne(words: readonly string[], command: keyof typeof usages): string {
  const [word, ...more] = words;
  if (word === undefined || word === "" || more.length > 0)
    throw new BearingsError("usage", `The command ${command} takes one name, and no more.`, usages[command]);
  return word;
}

function personIn(words: readonly string[], command: "export" | "forget"): string {
  const person = theOne(words, command);
  if (/^(?:terminal|[a-z]+:[\x21-\x7e]{1,300})$/.test(person)) return person;
  throw new BearingsError("usage", "This is not the id of a person.", usages[command]);
}

const nothingKept = (): BearingsError =>
  cannotRead("Nothing is kept here yet.", "Set DATA_DIR or DATABASE_URL to where it is that you mean.");

const cannotRead = (message: string, fix: string): BearingsError => new BearingsError("storage", message, fix);

async function say(text: string): Promise<number> {
  await write(process.stdout, `${text}\n`);
  return 0;
}
