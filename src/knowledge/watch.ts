/** Watches the knowledge folders and loads them again after a change. A set with an error is told of and not handed on. */
import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import { BearingsError } from "../errors.ts";
import type { Finding, Knowledge } from "./entry.ts";
import { error } from "./finding.ts";
import { type Loaded, loadKnowledge } from "./load.ts";

/** Stops watching; nothing is called after it. */
export type Stop = () => void;

/** Told of each change. Whoever watches keeps the last good set by doing nothing in `onBad`. */
export type Watcher = {
  /** A set without errors that differs from the last one; `findings` are warnings. */
  readonly onGood: (knowledge: Knowledge, findings: readonly Finding[]) => void;
  /** Why the files as they are now are refused. */
  readonly onBad: (findings: readonly Finding[]) => void;
};

// Editors save in several steps; after this long without one, a file is probably whole. A half file is refused anyway.
const quietMs = 300;

// Where the system does not report changes (network folders, some containers), and when a folder is replaced by another.
const pollMs = 2_000;

/** Watches until stopped. Nothing is loaded before the first change, since the caller has loaded the folders already. */
export function watchKnowledge(dirs: readonly string[], { onGood, onBad }: Watcher): Stop {
  let stopped = false;
  let last: string | null = null;
  const stop = watchFolders(dirs, async () => {
    const { knowledge, findings } = await loadOrTell(dirs);
    if (stopped) return;
    if (knowledge === null) {
      last = null;
      onBad(findings);
    } else if (knowledge.version !== last) {
      last = knowledge.version;
      onGood(knowledge, findings);
    }
  });
  return () => {
    stopped = true;
    stop();
  };
}

/** Loads the folders. One that went away is one more reason to keep the last good set, and no reason to stop: never rejects. */
export async function loadOrTell(dirs: readonly string[]): Promise<Loaded> {
  try {
    return await loadKnowledge(dirs);
  } catch (thrown) {
    const { message, fix } =
      thrown instanceof BearingsError ? thrown : { message: "the folders cannot be read", fix: "Check the folders." };
    const at = { file: dirs.join(", "), line: 1, column: 1 };
    return { knowledge: null, findings: [error({ code: "folder", at, message, fix })] };
  }
}

/** Calls `onChange` once for each burst of changes under the folders, one call at a time. */
export function watchFolders(dirs: readonly string[], onChange: () => Promise<void>): Stop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let seen = fingerprint(dirs);
  const nudge = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      seen = fingerprint(dirs);
      // After a failure too: one bad reload must not be the last.
      running = running.then(onChange, onChange);
    }, quietMs);
  };
  const watchers = dirs.map((dir) => watchOne(dir, nudge));
  const poll = setInterval(() => {
    const now = fingerprint(dirs);
    if (now === seen) return;
    seen = now;
    nudge();
  }, pollMs);
  return () => {
    clearTimeout(timer);
    clearInterval(poll);
    for (const watcher of watchers) watcher?.close();
  };
}

/** The system's own reports, as far as it gives any; polling sees what it misses. */
function watchOne(dir: string, nudge: () => void): FSWatcher | null {
  try {
    return watch(dir, { recursive: true }, nudge).on("error", nudge);
  } catch {
    return null;
  }
}

/** Names, sizes and times of all files two levels deep: enough to see that something changed, cheap enough to repeat. */
function fingerprint(dirs: readonly string[]): string {
  const inside = ["", "entries", "boundaries", "messages"];
  return dirs.flatMap((dir) => inside.flatMap((sub) => listing(join(dir, sub)))).join("\n");
}

function listing(dir: string): readonly string[] {
  try {
    return readdirSync(dir).map((name) => {
      const stat = statSync(join(dir, name), { throwIfNoEntry: false });
      return `${dir}/${name} ${stat?.size} ${stat?.mtimeMs} ${stat?.ino}`;
    });
  } catch {
    return [`${dir} is not there`];
  }
}
