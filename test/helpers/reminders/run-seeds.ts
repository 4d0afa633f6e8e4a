/** Runs seeds of the simulator until one fails: `node run-seeds.ts FIRST COUNT sqlite|memory`. Prints what came of it as JSON. */
import { simulate } from "./simulate.ts";
import { openSqliteStores } from "./sqlite-store.ts";

const [first = 1, count = 1] = process.argv.slice(2, 4).map(Number);
const open = process.argv[4] === "sqlite" ? await openSqliteStores() : undefined;
let ran = 0;
let faults: readonly string[] = [];
let seed = first;
for (; ran < count && faults.length === 0; seed += 1) {
  faults = (await simulate(seed, open)).faults;
  ran += 1;
}
process.stdout.write(JSON.stringify({ ran, seed: seed - 1, faults }));
// Workers that were killed in the middle of something wait for ever.
process.exit(0);
