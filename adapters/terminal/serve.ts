/** `serve`: the web page and whichever chat platforms are set, until a signal says to stop. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Assistant } from "#adapters/bot.ts";
import { openService } from "#adapters/service.ts";
import { webRoutes } from "#adapters/web/chat.ts";
import { type Config, readConfig } from "#src/config.ts";
import { openServer } from "#src/http.ts";
import { contactAges } from "#src/knowledge/contact-rules.ts";
import type { Knowledge } from "#src/knowledge/entry.ts";
import { createLog } from "#src/log.ts";
import { capturePrinting } from "./captured.ts";
import { common, knowledgeFolders, noWords, readOptions } from "./options.ts";
import { onHangUp, stopsWhenAsked } from "./signals.ts";

const usage = `Use: serve [--watch] [--knowledge DIR]...
--watch reads the knowledge again when a file changes, and so does the signal SIGHUP; a change with errors is told and not used.
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
  const log = createLog((line) => process.stderr.write(`${line}\n`), Date.now);
  capturePrinting(log, Date.now);
  const later = tellLater();
  const assistant = await (values.watch ? open(dirs, later.tell) : open(dirs));
  const service = await openService(config, assistant, { tell: later.tell, log });
  const { respond, web, routes } = service;
  const { knowledge } = assistant;
  // Listened for before the address is printed: whoever reads it may already send the signal.
  const stopping = stopsWhenAsked();
  const server = await openServer({
    routes: [...webRoutes({ respond, knowledge, nowMs: Date.now, reminders: web }), ...routes],
    host: config.host,
    port: config.port,
  }).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  onHangUp(async () => later.tell(await assistant.readAgain()));
  print(openingLines(config, server.url, knowledge()));
  later.begin();
  await stopping.asked;
  assistant.stop();
  // What has begun is finished while the server can still answer for it.
  await Promise.race([service.close().then(server.close), sleep(drainMs)]);
  return stopping.code();
}

/** Longest from a signal to the end. What has begun has less, so that its leases can be given back within this. */
const drainMs = 20_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What is on, and what whoever starts it should know. */
const openingLines = (config: Config, url: string, knowledge: Knowledge): string =>
  [
    `Web page: on, ${url}`,
    ...(config.slack === null ? [] : ["Slack: connecting."]),
    ...(config.teams === null ? [] : ["Teams: connecting."]),
    ...config.doors,
    described(knowledge),
    ...[...config.warnings, ...contactWarnings(knowledge)].map((warning) => `Warning: ${warning}`),
    "To stop it, press Ctrl-C.",
  ].join("\n");

/** Lines that are kept until the first ones have been printed. */
function tellLater() {
  const kept: string[] = [];
  let say = (line: string): void => void kept.push(line);
  return {
    tell: (line: string) => say(line),
    begin() {
      say = print;
      for (const line of kept.splice(0)) print(line);
    },
  };
}

const described = ({ entries, sources, version }: Knowledge): string =>
  `Knowledge: ${count(entries, "entry", "entries")} from ${count(sources, "source", "sources")}, version ${version}`;

/** The crisis reply names the organisation's own contact first, and only the organisation can add it. Numbers age unseen. */
const contactWarnings = ({ crisis: { contacts } }: Knowledge): readonly string[] => [
  ...(contacts.some(({ country }) => country === null)
    ? []
    : ["The crisis reply names no contact of your own organisation yet. docs/safety.md says how to add one."]),
  ...(contactAges(contacts, new Date().toISOString().slice(0, 10)).old === 0
    ? []
    : ["Some crisis contacts were not checked for three months. npm run lint names them."]),
];

const count = (all: readonly unknown[], one: string, several: string): string =>
  `${all.length} ${all.length === 1 ? one : several}`;
