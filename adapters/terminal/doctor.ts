/** `doctor`: whether Bearings can run here, and what to do where it cannot. It changes nothing, and `npm start` may be running. */

import { type CheckLine, error, ok, warning } from "#src/check-line.ts";
import { type Config, readConfig } from "#src/config.ts";
import { BearingsError } from "#src/errors.ts";
import { knowledgeLines } from "./doctor-knowledge.ts";
import { folderLines, storageLines } from "./doctor-storage.ts";
import { common, knowledgeFolders, noWords, readOptions } from "./options.ts";
import { write } from "./pipe.ts";

const usage = `Use: doctor [--json] [--knowledge DIR]...
It looks at the settings, what is kept, reminders and the knowledge, and asks the chat platforms that are set whether they
know Bearings. It changes nothing.`;

/** Asks the chat platforms. Never rejects. */
type Outside = (config: Config) => Promise<readonly CheckLine[]>;

/** Runs `doctor`; gives the exit code: 1 when any line is an error. */
export async function runDoctor(args: readonly string[], outside: Outside): Promise<number> {
  const { values, words } = readOptions(args, { ...common, json: { type: "boolean" } }, usage);
  if (values.help) {
    await write(process.stdout, `${usage}\n`);
    return 0;
  }
  noWords(words, usage);
  const lines = [
    ...(await settingLines(outside)),
    ...(await knowledgeLines(knowledgeFolders(values.knowledge), today())),
  ];
  const isFit = lines.every(({ status }) => status !== "error");
  await write(process.stdout, `${values.json ? JSON.stringify({ ok: isFit, checks: lines }) : asText(lines)}\n`);
  return isFit ? 0 : 1;
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** The settings, and what hangs on them; with wrong ones, nobody knows where to look. */
async function settingLines(outside: Outside): Promise<readonly CheckLine[]> {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (thrown) {
    if (!(thrown instanceof BearingsError)) throw thrown;
    const left = "what is kept was not looked at, since it depends on the settings.";
    return [error("settings", thrown.message.replaceAll("\n", " "), thrown.fix), warning("database", left, null)];
  }
  return [
    ok("settings", "all that are set can be used."),
    ...config.warnings.map((says) => warning("settings", says, null)),
    ...config.doors.map((says) => ok("settings", says)),
    ...(config.storage.kind === "sqlite" ? folderLines(config.storage.dir) : []),
    ...(await storageLines(config)),
    ...(await outside(config)),
  ];
}

const asText = (lines: readonly CheckLine[]): string => [...lines.map(textOf), counts(lines)].join("\n");

const textOf = ({ status, check, says, fix }: CheckLine): string =>
  `${status.padEnd(9)}${check}: ${says}${fix === null ? "" : `  Fix: ${fix}`}`;

function counts(lines: readonly CheckLine[]): string {
  const of = (wanted: CheckLine["status"]) => lines.filter(({ status }) => status === wanted).length;
  const [errors, warnings] = [of("error"), of("warning")];
  return `${errors} ${errors === 1 ? "error" : "errors"}, ${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
}
