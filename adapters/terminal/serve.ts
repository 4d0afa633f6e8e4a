/** `serve`: the web page and whichever chat platforms are set, until a signal says to stop. */
import type { Assistant } from "#adapters/bot.ts";
import { openService } from "#adapters/service.ts";
import { webRoutes } from "#adapters/web/chat.ts";
import { readConfig } from "#src/config.ts";
import { openServer } from "#src/http.ts";
import type { Knowledge } from "#src/knowledge/entry.ts";
import { common, knowledgeFolders, noWords, readOptions } from "./options.ts";
import { signalled } from "./signals.ts";

const usage = `Use: serve [--watch] [--knowledge DIR]...
--watch reads the knowledge again when a file changes; a change with errors is told and not used.
HOST and PORT say where it listens; the default is http://127.0.0.1:3978/`;

/** Runs `serve`; gives the exit code once it has stopped. */
export async function runServe(
  args: readonly string[],
  open: (dirs: readonly string[], tell?: (line: string) => void) => Promise<Assistant>,
): Promise<number> {
  const { values, words } = readOptions(args, { ...common, watch: { type: "boolean" } }, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  noWords(words, usage);
  const config = readConfig(process.env);
  const dirs = knowledgeFolders(values.knowledge);
  const assistant = await (values.watch ? open(dirs, console.log) : open(dirs));
  const { respond, knowledge } = assistant;
  const later = tellLater();
  const service = await openService(config, assistant, { tell: later.tell });
  const routes = [...webRoutes({ respond, knowledge, nowMs: Date.now, reminders: service.web }), ...service.routes];
  // Listened for before the address is printed: whoever reads it may already send the signal.
  const stop = signalled();
  const server = await openServer({ routes, host: config.host, port: config.port }).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  console.log(
    [
      `Web page: on, ${server.url}`,
      ...(config.slack === null ? [] : ["Slack: connecting."]),
      ...(config.teams === null ? [] : ["Teams: connecting."]),
      ...config.doors,
      described(knowledge()),
      ...[...config.warnings, ...contactWarnings(knowledge())].map((warning) => `Warning: ${warning}`),
      "To stop it, press Ctrl-C.",
    ].join("\n"),
  );
  later.begin();
  await stop;
  assistant.stop();
  // What has begun is finished while the server can still answer for it.
  await service.close();
  await server.close();
  return 0;
}

/** Lines that are kept until the first ones have been printed. */
function tellLater() {
  const kept: string[] = [];
  let print = (line: string): void => void kept.push(line);
  return {
    tell: (line: string) => print(line),
    begin() {
      print = console.log;
      for (const line of kept.splice(0)) print(line);
    },
  };
}

const described = ({ entries, sources, version }: Knowledge): string =>
  `Knowledge: ${count(entries, "entry", "entries")} from ${count(sources, "source", "sources")}, version ${version}`;

/** The crisis reply names the organisation's own contact first, and only the organisation can add it. */
const contactWarnings = ({ crisis }: Knowledge): readonly string[] =>
  crisis.contacts.some(({ country }) => country === null)
    ? []
    : ["The crisis reply names no contact of your own organisation yet. docs/safety.md says how to add one."];

const count = (all: readonly unknown[], one: string, several: string): string =>
  `${all.length} ${all.length === 1 ? one : several}`;
