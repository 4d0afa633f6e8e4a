/**
 * Plants bugs into a copy of the code, one at a time, and says whether the simulator catches each: `node
 * test/reminders/planted-bugs.ts`. Leaves with 1 where one is missed, or where its place in the code is not there any more.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

type Edit = readonly [file: string, from: string, to: string];
/** Those of the storage are judged on SQLite, and the others where that is quicker. */
type Bug = { readonly name: string; readonly edits: readonly Edit[] };

const bugs: readonly Bug[] = [
  {
    name: "it does not look before it sends again",
    edits: [["src/reminders/dispatch/try.ts", "triedMs: claimed.triedMs }", "triedMs: null }"]],
  },
  {
    name: "the lease is shorter than a try",
    edits: [
      ["src/reminders/dispatch/try.ts", "leaseMs = 60_000", "leaseMs = 8_000"],
      ["src/reminders/dispatch/try.ts", "marginMs = 10_000", "marginMs = -30_000"],
    ],
  },
  {
    name: "it is noted as sent before it is",
    edits: [
      [
        "src/reminders/dispatch/sender.ts",
        ": await parts.tryOnce(claimed, time)",
        ': (void parts.tryOnce(claimed, time), { kind: "sent" as const, atMs: time.nowMs(), isAsked: false })',
      ],
    ],
  },
  {
    name: "another try does not know that it may be there",
    edits: [["src/reminders/dispatch/retry.ts", "mayBeThere: true", "mayBeThere: false"]],
  },
  {
    name: "a refusal makes it forget that it may be there",
    edits: [["src/reminders/dispatch/retry.ts", "claimed.triedMs !== null", "false"]],
  },
  {
    name: "what is late comes one by one",
    edits: [["src/reminders/dispatch/dispatch.ts", "leaseMs, lateMs, most", "leaseMs, lateMs: 1e15, most"]],
  },
  {
    name: "results are let go when the database fails",
    edits: [
      ["src/reminders/dispatch/recorder.ts", "waiting.push(...batch)", "for (const { done } of batch) done(false)"],
    ],
  },
  {
    name: "it goes by the clock of this computer",
    edits: [["src/reminders/dispatch/dispatch.ts", "await clock()", "Date.now()"]],
  },
  {
    name: "it begins a try with a lease that is nearly over",
    edits: [["src/reminders/dispatch/try.ts", "if (leaseMs - time.sinceMs() < tryMs + marginMs)", "if (leaseMs < 0)"]],
  },
  {
    name: "the oldest is sent after an outage, and the newest is lost",
    edits: [["src/reminders/dispatch/advance.ts", "times[came - 1]", "times[0]"]],
  },
  {
    name: "a try begins again at once when nobody knows",
    edits: [["src/reminders/dispatch/retry.ts", "settleMs = 15 * secondMs", "settleMs = 0"]],
  },
  {
    name: "whoever has lost it may still note what came of it",
    edits: [["src/storage/record.ts", "row.fence !== fence", "fence < 0"]],
  },
  {
    name: "the next time is set though nothing was queued",
    edits: [["src/storage/queued.ts", "{conflict}`.execute(tx)", "{conflict}`.execute(tx).catch(() => {})"]],
  },
  {
    name: "what was cancelled is claimed all the same",
    edits: [["src/storage/claim.ts", "row.cancelled === 1 || ", ""]],
  },
  {
    name: "one time is queued twice",
    edits: [
      [
        "src/storage/queued.ts",
        "[reminder, kind, due.local, due.atMs]",
        "[reminder, kind, due.local, due.atMs, Math.random()]",
      ],
    ],
  },
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const seeds = { memory: 2_000, sqlite: 500 };
const run = promisify(execFile);

/** A copy of the code with a bug in it. */
function copyWith({ name, edits }: Bug): string {
  const folder = mkdtempSync(join(tmpdir(), "bearings-bug-"));
  for (const part of ["src", "test/helpers", "package.json"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [file, from, to] of edits) {
    const text = readFileSync(join(folder, file), "utf8");
    if (!text.includes(from)) throw new Error(`"${name}" has no place in ${file} any more`);
    writeFileSync(join(folder, file), text.replace(from, to));
  }
  return folder;
}

let missed = 0;
for (const bug of bugs) {
  const folder = copyWith(bug);
  try {
    const store = bug.edits.some(([file]) => file.startsWith("src/storage/")) ? "sqlite" : "memory";
    const script = join(folder, "test/helpers/reminders/run-seeds.ts");
    const { stdout } = await run(process.execPath, [script, "1", String(seeds[store]), store]);
    const { ran, seed, faults } = JSON.parse(stdout) as { ran: number; seed: number; faults: readonly string[] };
    if (ran === 0) throw new Error("no seed was run");
    if (faults.length === 0) missed += 1;
    const came = faults.length === 0 ? `MISSED in ${ran} seeds` : `caught by seed ${seed}: ${faults[0]}`;
    process.stdout.write(`${bug.name}: ${came}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.stdout.write(`${bugs.length - missed} of ${bugs.length} caught\n`);
process.exitCode = missed === 0 ? 0 : 1;
