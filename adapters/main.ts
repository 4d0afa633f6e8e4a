#!/usr/bin/env node
/** The whole command line. Each command is loaded when it is called for, so that `ask` waits for nothing it does not use. */
import { enableCompileCache } from "node:module";
import { BearingsError, type ErrorCode } from "#src/errors.ts";
import type { Assistant } from "./bot.ts";
import type { OpenKept } from "./terminal/kept.ts";

// Compiled code alone is kept, in the system's folder for such things; it saves a tenth of the start.
enableCompileCache();

type Command = { readonly does: string; readonly run: (args: readonly string[]) => Promise<number> };

const open = async (dirs: readonly string[], tell?: (line: string) => void) =>
  (await import("./bot.ts")).openAssistant(dirs, tell);

/** A conversation may lead to reminders, over the knowledge that it answers from. */
async function withReminders(
  converse: (opening: (dirs: readonly string[]) => Promise<Assistant>, kept: OpenKept) => Promise<number>,
): Promise<number> {
  const { personalKept } = await import("./personal.ts");
  const opened = Promise.withResolvers<Assistant>();
  const opening = async (dirs: readonly string[]): Promise<Assistant> => {
    const assistant = await open(dirs);
    opened.resolve(assistant);
    return assistant;
  };
  return converse(opening, personalKept(opened.promise));
}

const commands: Readonly<Record<string, Command>> = {
  serve: {
    does: "serve the web page; this is what happens without a command",
    run: async (args) => (await import("./terminal/serve.ts")).runServe(args, open),
  },
  ask: {
    does: "ask one question, or one a line from a pipe; --json, --explain",
    run: (args) =>
      withReminders(async (opening, kept) => (await import("./terminal/ask.ts")).runAsk(args, opening, kept)),
  },
  chat: {
    does: "talk with it here",
    run: (args) =>
      withReminders(async (opening, kept) => (await import("./terminal/chat.ts")).runChat(args, opening, kept)),
  },
  lint: {
    does: "check the knowledge; --json, --watch",
    run: async (args) => (await import("./terminal/lint.ts")).runLint(args),
  },
  eval: {
    does: "measure it on the labelled questions",
    run: async (args) => (await import("./terminal/eval.ts")).runEval(args),
  },
  when: {
    does: "read a reminder's dates back, and keep nothing; --json, --now, --zone",
    run: async (args) => (await import("./terminal/when.ts")).runWhen(args),
  },
  doctor: {
    does: "say whether it can run here, and what to do where it cannot; --json",
    run: async (args) =>
      (await import("./terminal/doctor.ts")).runDoctor(args, (await import("./outside.ts")).outsideLines),
  },
  migrate: {
    does: "bring the tables of what is kept up to date, and end",
    run: async (args) => (await import("./terminal/migrate.ts")).runMigrate(args),
  },
  backup: {
    does: "write a copy of what is kept to FILE",
    run: async (args) => (await import("./terminal/keep.ts")).runBackup(args),
  },
  restore: {
    does: "put such a copy back; --check",
    run: async (args) => (await import("./terminal/keep.ts")).runRestore(args),
  },
  export: {
    does: "print all that is kept of a PERSON",
    run: async (args) => (await import("./terminal/keep.ts")).runExport(args),
  },
  forget: {
    does: "erase all that is kept of a PERSON",
    run: async (args) => (await import("./terminal/keep.ts")).runForget(args),
  },
  manifest: {
    does: "write the manifest of the Slack app, or with --teams the package for Teams; --check, --url https://ADDRESS",
    run: async (args) => (await import("./terminal/manifest.ts")).runManifest(args),
  },
  help: { does: "show this", run: help },
};

async function help(): Promise<number> {
  const listed = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(10)}${does}`);
  console.log(
    [
      "Bearings answers questions from a published evidence review, every sentence with its source.",
      "",
      ...listed,
      "",
      "serve, ask, chat, lint and eval take --knowledge DIR, as often as needed, to add folders of your own.",
    ].join("\n"),
  );
  return 0;
}

async function run([first, ...rest]: readonly string[]): Promise<number> {
  if (first === "--help" || first === "-h") return help();
  // Options without a command belong to the one that is meant when nothing is said.
  const [name, args] = first === undefined || first.startsWith("-") ? ["serve", process.argv.slice(2)] : [first, rest];
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command.run(args);
  throw new BearingsError(
    "usage",
    "There is no such command.",
    `Use one of: ${Object.keys(commands).join(", ")}. To ask something: npm run ask -- "your question"`,
  );
}

const exitCodes: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  knowledge: 2,
  stale: 1,
  listen: 69,
  storage: 75,
  config: 78,
  sealed: 78,
};
const defect = 70;

/** Tells whoever runs Bearings what went wrong. The message of an error that is not ours may quote what someone typed. */
function tell(error: unknown): number {
  if (error instanceof BearingsError) {
    process.stderr.write(`${error.message}\n${error.fix}\n`);
    return exitCodes[error.code];
  }
  const name = error instanceof Error ? error.name : "unknown";
  const code = error instanceof Error && "code" in error ? `, ${error.code}` : "";
  process.stderr.write(
    `Something went wrong inside Bearings (${name}${code}).\nPlease report it, with what you ran.\n`,
  );
  return defect;
}

// Whoever reads may stop reading, as `head` does; that is not an error. A server goes on serving.
const serves = process.argv[2] === undefined || process.argv[2] === "serve" || process.argv[2].startsWith("-");
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!serves) process.exit(error.code === "EPIPE" ? 0 : 74);
  });
process.on("uncaughtException", (error) => process.exit(tell(error)));

process.exitCode = await run(process.argv.slice(2)).catch(tell);
// A platform that does not hang up must not keep us: everything that was begun has ended.
if (serves) process.exit();
