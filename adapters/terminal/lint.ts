/** `lint`: everything that is wrong in the knowledge folders, at once. */
import { BearingsError } from "#src/errors.ts";
import type { Finding } from "#src/knowledge/entry.ts";
import { anyError, formatFinding } from "#src/knowledge/finding.ts";
import { lintKnowledge } from "#src/knowledge/lint.ts";
import { watchFolders } from "#src/knowledge/watch.ts";
import { common, knowledgeFolders, readOptions } from "./options.ts";
import { write } from "./pipe.ts";
import { signalled } from "./signals.ts";

const usage = "Use: lint [--json] [--watch] [--knowledge DIR]... [DIR]...";

/** Runs `lint`; gives the exit code: 1 when any finding is an error. */
export async function runLint(args: readonly string[]): Promise<number> {
  const options = { ...common, json: { type: "boolean" }, watch: { type: "boolean" } } as const;
  const { values, words } = readOptions(args, options, usage);
  if (values.help) {
    await write(process.stdout, `${usage}\n`);
    return 0;
  }
  const dirs = knowledgeFolders([...(values.knowledge ?? []), ...words]);
  const draw = values.json ? asJson : asText;
  const findings = await lintKnowledge(dirs, today());
  await write(process.stdout, `${draw(findings)}\n`);
  if (values.watch) return keepLinting(dirs, draw);
  return anyError(findings) ? 1 : 0;
}

/** Checks again after each change, until a signal says to stop. */
async function keepLinting(dirs: readonly string[], draw: (findings: readonly Finding[]) => string): Promise<number> {
  const stop = watchFolders(dirs, async () => write(process.stdout, `${await lintAgain(dirs, draw)}\n`));
  const end = signalled();
  console.error("Watching for changes. To stop, press Ctrl-C.");
  await end;
  stop();
  return 0;
}

/** A folder may be gone for a moment, while it is replaced by another; that is told and waited out. */
async function lintAgain(dirs: readonly string[], draw: (findings: readonly Finding[]) => string): Promise<string> {
  try {
    return draw(await lintKnowledge(dirs, today()));
  } catch (error) {
    if (error instanceof BearingsError) return `${error.message}\n${error.fix}`;
    throw error;
  }
}

const today = (): string => new Date().toISOString().slice(0, 10);

const asJson = (findings: readonly Finding[]): string => JSON.stringify(findings);

const asText = (findings: readonly Finding[]): string => [...findings.map(formatFinding), counts(findings)].join("\n");

function counts(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  return `${errors} ${errors === 1 ? "error" : "errors"}, ${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
}
