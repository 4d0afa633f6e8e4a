/** `migrate`: makes the tables of what is kept, or brings them up to date, and ends. For replicas that are started together. */
import { readConfig } from "#src/config.ts";
import { BearingsError } from "#src/errors.ts";
import { openDatabase } from "#src/storage/database.ts";
import { type Looked, look } from "#src/storage/look.ts";
import { noWords, readOptions } from "./options.ts";
import { write } from "./pipe.ts";

const usage = `Use: migrate
Makes the tables in DATABASE_URL or DATA_DIR, or brings them up to date, says which, and ends. serve does the same at its start.`;

/** Runs `migrate`; gives the exit code. Throws `storage` where the tables could not be brought up to date. */
export async function runMigrate(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(args, { help: { type: "boolean", short: "h" } }, usage);
  if (values.help) {
    await write(process.stdout, `${usage}\n`);
    return 0;
  }
  noWords(words, usage);
  const { storage } = readConfig(process.env);
  const did = before(await look(storage, async () => null));
  const database = await openDatabase(storage);
  try {
    // A server that went away in between has been opened all the same.
    if (!(await database.ready())) throw away("unreachable");
  } finally {
    await database.close();
  }
  await write(process.stdout, `${did}\n`);
  return 0;
}

/** What there will be to say once it is done. Throws where it cannot be. */
function before(looked: Looked<null>): string {
  switch (looked.kind) {
    case "nothing":
      return "The tables have been made.";
    case "behind":
      return `The tables have been brought up to date, from the step ${looked.step} on.`;
    case "read":
      return "The tables are of this version already. Nothing was changed.";
    case "in-use":
      throw new BearingsError(
        "storage",
        "The file in DATA_DIR is in use, most likely by a running Bearings, which brought it up to date at its start.",
        "Stop that one first.",
      );
    case "away":
      throw away(looked.code);
    case "unusable":
      throw looked.error;
    default:
      return looked satisfies never;
  }
}

const away = (code: string): BearingsError =>
  new BearingsError("storage", `The database at DATABASE_URL does not answer (${code}).`, "Try again when it does.");
