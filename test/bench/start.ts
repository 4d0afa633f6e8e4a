/** How long the first answer takes from a cold start, against starting Node alone, and where that time goes. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median, timed } from "./measure.ts";
import { ms, showTable, times } from "./show.ts";

const runs = 10;
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const ask = [path("../../adapters/main.ts"), "ask"];
const question = "what does it say about supervision";

/** Runs Node to its end; gives what it printed. */
function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`It ended with ${status}: ${stderr}`);
  return stdout;
}

const ways = [
  { name: "node -e 0", args: ["-e", "0"] },
  { name: "ask", args: [...ask, question] },
  { name: "ask --json", args: [...ask, "--json", question] },
].map((way) => ({ ...way, taken: [] as number[] }));

const phases = {
  begunMs: "Node starts",
  codeMs: "load the code",
  knowledgeMs: "read and check the knowledge",
  indexMs: "build the index",
  safetyMs: "open safety",
  replyMs: "the first reply",
} as const;

type Phases = Record<keyof typeof phases, number>;

const within: Phases[] = [];

// The first of each brings the files into the system's cache and does not count.
for (let round = 0; round <= runs; round++) {
  for (const { args, taken } of ways) {
    const took = timed(() => run(args));
    if (round > 0) taken.push(took);
  }
  if (round % 2 === 1) within.push(JSON.parse(run([path("phases.ts")])));
}

const alone = median(ways[0]?.taken ?? []);
showTable(
  `Cold start, from the command to the end of the process; median of ${runs}`,
  ["", "ms", "against node -e 0"],
  ways.map(({ name, taken }) => [name, ms(median(taken)), times(median(taken) / alone)]),
);

const rows = Object.entries(phases).map(([phase, name]) => {
  return { name, took: median(within.map((one) => one[phase as keyof Phases])) };
});
const whole = rows.reduce((sum, { took }) => sum + took, 0);
showTable(
  `Where it goes, from within; median of ${within.length}`,
  ["", "ms", "share"],
  rows.map(({ name, took }) => [name, ms(took), `${((100 * took) / whole).toFixed(0)} %`]),
);
