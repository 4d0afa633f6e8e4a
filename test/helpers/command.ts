/** The real command line in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What came of a run; `code` is null when a signal ended it. */
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

export type RunOptions = {
  /** What is piped into it. Default: nothing, as from /dev/null. */
  readonly input?: string | Uint8Array;
  /** Default: the whole command line. `start.ts` is what `npm start` runs. */
  readonly program?: "main.ts" | "start.ts";
  /** Variables beside those of this process, less any that are settings of ours. */
  readonly env?: Readonly<Record<string, string>>;
  /** When it is ended if it has not, milliseconds. Default: a minute. */
  readonly lifeMs?: number;
};

/** Starts `node adapters/main.ts` with these arguments and leaves it running. */
export function start(args: readonly string[], options: RunOptions = {}): ChildProcess {
  const { program = "main.ts", env = {}, lifeMs = 60_000 } = options;
  const ours =
    /^(?:HOST|PORT|NO_COLOR|FORCE_COLOR|DATA_DIR|DATABASE_URL|SECRET_KEY|TIME_ZONE|(?:KNOWLEDGE|SLACK|TEAMS)_.*)$/;
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name));
  // Whoever works on this may have reminders of their own in the usual folder.
  const dir = join(tmpdir(), `bearings-command-${randomUUID()}`);
  const all = { ...Object.fromEntries(theirs), DATA_DIR: dir, ...env };
  // Longer than any test: none may outlive the tests that started it.
  const child = spawn(process.execPath, [join(root, "adapters", program), ...args], {
    cwd: root,
    env: all,
    timeout: lifeMs,
  });
  child.once("exit", () => rmSync(dir, { recursive: true, force: true }));
  return child;
}

/** Runs `node adapters/main.ts` to its end. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = start(args, options);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  // A command that refuses its arguments ends before it reads what is piped in.
  child.stdin?.on("error", () => {});
  child.stdin?.end(options.input ?? "");
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out: out(), err: err() };
}

/** Gathers what a stream says; the function gives all of it so far. */
export function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

/** Waits until the text that a function gives matches; fails after 20 seconds. */
export async function until(text: () => string, wanted: RegExp): Promise<RegExpMatchArray> {
  const endMs = Date.now() + 20_000;
  for (;;) {
    const found = wanted.exec(text());
    if (found) return found;
    if (Date.now() > endMs) throw new Error(`Nothing matched ${wanted} within 20 seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
