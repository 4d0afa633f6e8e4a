/** What `doctor` says of what is kept: the folder, the database, its clock and the reminders in it. */
import { accessSync, constants, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type CheckLine, clockLine, error, ok, warning } from "#src/check-line.ts";
import type { Config } from "#src/config.ts";
import type { PartState } from "#src/readiness.ts";
import { overdueMs, type Standing, standingOf } from "#src/reminders/dispatch/health.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { type Looked, look } from "#src/storage/look.ts";
import { askRunning, readinessUrl } from "./doctor-running.ts";

const elsewhere = "set DATA_DIR to another folder";

/** Whether the folder can be written, and is for its owner alone. */
export function folderLines(dir: string): readonly CheckLine[] {
  const name = "data folder";
  try {
    const found = statSync(dir, { throwIfNoEntry: false });
    if (found === undefined) {
      accessSync(nearest(resolve(dir)), constants.W_OK | constants.X_OK);
      return [ok(name, `${dir} is not there yet; the first start makes it.`)];
    }
    if (!found.isDirectory()) return [error(name, `${dir} is not a folder.`, `Move it away, or ${elsewhere}.`)];
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return [privacyOf(name, dir, found.mode, "700"), ...fileLines(join(dir, "bearings.sqlite"))];
  } catch {
    return [error(name, `${dir} cannot be read and written.`, `Let this user read and write it, or ${elsewhere}.`)];
  }
}

/** The nearest folder above that is there. */
function nearest(dir: string): string {
  const above = dirname(dir);
  return above === dir || statSync(above, { throwIfNoEntry: false }) !== undefined ? above : nearest(above);
}

function fileLines(file: string): readonly CheckLine[] {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? [] : [privacyOf("data file", file, found.mode, "600")];
}

/** Windows has no such bits. */
function privacyOf(name: string, path: string, mode: number, wanted: string): CheckLine {
  if (process.platform === "win32" || (mode & 0o077) === 0) return ok(name, `${path} is for its owner alone.`);
  const bits = (mode & 0o777).toString(8);
  return warning(name, `others on this computer can get at ${path} (mode ${bits}).`, `Run: chmod ${wanted} ${path}`);
}

/** The database, and what only it knows. */
export async function storageLines(
  config: Pick<Config, "storage" | "host" | "port" | "slack" | "teams">,
): Promise<readonly CheckLine[]> {
  const { storage } = config;
  // What the page and the terminal come for themselves is never overdue.
  const doors = (["slack", "teams"] as const).filter((door) => config[door] !== null);
  const looked = await look(storage, (database) => standingOf(openLedger(database), doors));
  if (looked.kind === "in-use") return runningLines(readinessUrl(config.host, config.port));
  if (looked.kind !== "read") return [unread(looked)];
  const clock = storage.kind === "postgres" ? [clockLine("the database", looked.value.clockAheadMs)] : [];
  // Nothing holds the file, so nothing sends. On PostgreSQL a replica may run anywhere.
  const sends = storage.kind === "postgres";
  return [
    ok("database", "it answers, and its tables are of this version."),
    ...clock,
    ...reminderLines(looked.value.state, sends),
  ];
}

function unread(looked: Exclude<Looked<Standing>, { readonly kind: "in-use" | "read" }>): CheckLine {
  switch (looked.kind) {
    case "nothing":
      return ok("database", "nothing is kept yet; the first start makes its tables.");
    case "behind":
      return ok(
        "database",
        `its tables are of an older version; the next start brings them up to date (${looked.step}).`,
      );
    case "away":
      return error(
        "database",
        `the database at DATABASE_URL does not answer (${looked.code}).`,
        "Start it, and see that this computer can reach it. Questions are answered meanwhile; reminders wait.",
      );
    case "unusable":
      return error("database", looked.error.message, looked.error.fix);
    default:
      return looked satisfies never;
  }
}

type Figures = Pick<Standing["state"], "due" | "oldestDueMs" | "unknown" | "parked" | "active">;

function reminderLines({ due, oldestDueMs, unknown, parked, active }: Figures, sends: boolean): readonly CheckLine[] {
  const lines: CheckLine[] = [];
  const waiting = `${due} due, the oldest for ${Math.round(oldestDueMs / 60_000)} minutes`;
  if (oldestDueMs > overdueMs && !sends)
    lines.push(
      warning("reminders", `${waiting}, and nothing runs that sends them.`, "Start Bearings: they come then, late."),
    );
  if (oldestDueMs > overdueMs && sends)
    lines.push(
      error(
        "reminders",
        `${waiting}.`,
        "See that Bearings runs and reaches the chat platform; its log says why a message is not sent.",
      ),
    );
  if (unknown > 0)
    lines.push(
      warning(
        "reminders",
        `of ${unknown} nobody knows whether they arrived; they are not sent again.`,
        "If the number grows, look at the network between here and the chat platform.",
      ),
    );
  // The owners of those that are parked have been told, and only they can do something about it.
  return lines.length > 0 ? lines : [ok("reminders", `${active} active, ${due} due, ${parked} parked.`)];
}

/** The file is held, so whoever holds it is asked. */
async function runningLines(url: string): Promise<readonly CheckLine[]> {
  const ready = await askRunning(url);
  if (ready === null)
    return [
      ok("database", "in use by another process, most likely a running Bearings."),
      warning(
        "running",
        `nothing that looks like Bearings answers at ${url}`,
        "Set HOST and PORT as they are set for the one that runs, and run this again.",
      ),
    ];
  return [
    ok("database", "in use by a running Bearings."),
    ...Object.entries(ready.parts).flatMap(([part, state]) => partLines(part, state)),
  ];
}

const guides = new Map([
  ["slack", "; docs/slack.md has what Slack needs"],
  ["teams", "; docs/teams.md has what Teams needs"],
]);

function partLines(part: string, state: PartState): readonly CheckLine[] {
  const figure = (name: string): number => (typeof state[name] === "number" ? state[name] : 0);
  if (part === "reminders" && typeof state.oldestDueMs === "number") {
    const { oldestDueMs } = state;
    const others = {
      due: figure("due"),
      unknown: figure("unknown"),
      parked: figure("parked"),
      active: figure("active"),
    };
    return reminderLines({ oldestDueMs, ...others }, true);
  }
  if (state.ok) return [ok(`running ${part}`, "ready.")];
  return [
    error(
      `running ${part}`,
      `not ready (${state.why ?? "no reason given"}).`,
      `Its log says more${guides.get(part) ?? ""}.`,
    ),
  ];
}
