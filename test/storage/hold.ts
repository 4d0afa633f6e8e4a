/** A process that opens the folder it is given, says so, and holds on until it is stopped; with a word, it writes meanwhile. */
import { openDatabase } from "#src/storage/database.ts";
import { openSeen } from "#src/storage/seen.ts";

const [, , dir = "", word] = process.argv;

try {
  const database = await openDatabase({ kind: "sqlite", dir });
  console.log(`ready: ${await database.ready()}`);
  process.stdin.resume();
  const seen = openSeen(database, { owner: "hold" });
  for (let at = 0; word !== undefined; at += 1) {
    await seen.claim(`${word}-${at}`, 0);
    await seen.done(`${word}-${at}`, 1);
    console.log(`${word}-${at}`);
    // Lets what was said leave this process before it is killed.
    await new Promise((resolve) => setImmediate(resolve));
  }
} catch (error) {
  if (!(error instanceof Error && "code" in error && "fix" in error)) throw error;
  console.log(`refused: ${error.code}: ${error.message} ${error.fix}`);
}
