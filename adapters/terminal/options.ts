/** What the commands share about their arguments: one way to read them, one way to refuse them, and the folders they name. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { knowledgeDirsFrom } from "#src/config.ts";
import { BearingsError } from "#src/errors.ts";

const ours = fileURLToPath(new URL("../../knowledge", import.meta.url));

/** The options that most commands have. */
export const common = {
  knowledge: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/** Reads a command's arguments. Trouble is told with `usage` and never quotes an argument: it may be half of a question. */
export function readOptions<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T, usage: string) {
  // A question may begin with a dash; only what is shaped like an option is one.
  const end = args.indexOf("--") === -1 ? args.length : args.indexOf("--");
  const isWords = (arg: string, at: number) =>
    at < end && arg.startsWith("-") && !/^--?[^\s=]+(?:=.*)?$/s.test(arg) && arg !== "-";
  try {
    const { values, positionals } = parseArgs({
      args: args.filter((arg, at) => !isWords(arg, at)),
      options,
      allowPositionals: true,
    });
    return { values, words: [...args.filter(isWords), ...positionals] };
  } catch {
    throw new BearingsError(
      "usage",
      "There is an option here that this command does not have, or one without its value.",
      usage,
    );
  }
}

/** Refuses words after a command that takes none. */
export function noWords(words: readonly string[], usage: string): void {
  if (words.length > 0)
    throw new BearingsError("usage", "This command takes options only, and something else was given.", usage);
}

/** The folders of knowledge: ours, those of KNOWLEDGE_DIRS, those of `--knowledge`, as whole paths. */
export const knowledgeFolders = (given: readonly string[] = []): readonly string[] => [
  ours,
  ...[...knowledgeDirsFrom(process.env), ...given].map((dir) => resolve(dir)),
];
