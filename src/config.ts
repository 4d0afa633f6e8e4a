/** The environment, read once and whole before anything opens. All its problems are told together, and no value of it. */
import { isIP } from "node:net";
import { delimiter } from "node:path";
import { BearingsError } from "./errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What `npm start` needs to know. */
export type Config = {
  /** Address or name to listen on. Default 127.0.0.1, which only this computer can reach. */
  readonly host: string;
  /** TCP port, 0 to 65535; 0 lets the system choose. Default 3978. */
  readonly port: number;
  /** Folders of knowledge added after ours, from KNOWLEDGE_DIRS. */
  readonly knowledgeDirs: readonly string[];
  /** A line for each door that is not a page or a terminal: whether it is on. */
  readonly doors: readonly string[];
  /** What whoever starts it should know, such as that others can reach the page. */
  readonly warnings: readonly string[];
};

// Doors of later versions. Their variables are known so that a misspelling is told now and not on the day it matters.
const laterDoors = {
  Slack: {
    needs: ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"],
    also: ["SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_API_URL"],
  },
  Teams: { needs: ["TEAMS_APP_ID", "TEAMS_TENANT_ID", "TEAMS_APP_PASSWORD"], also: ["TEAMS_PLAYGROUND"] },
} as const;

const ours = [
  "KNOWLEDGE_DIRS",
  ...Object.values(laterDoors).flatMap(({ needs, also }): readonly string[] => [...needs, ...also]),
];
const prefixes = /^(?:KNOWLEDGE|SLACK|TEAMS)_/;
// Two letters wrong is a slip; more is likely to be a variable of some other program.
const mostSlips = 2;

/** Reads the settings. Throws one error that names every problem; it never prints a value, since some are secrets. */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const host = hostFrom(env, problems);
  const config: Config = {
    host,
    port: portFrom(env, problems),
    knowledgeDirs: knowledgeDirsFrom(env),
    doors: Object.entries(laterDoors).map(([name, { needs }]) => doorLine(name, needs, env)),
    warnings: isLoopback(host)
      ? []
      : ["HOST lets other computers reach this page, and the page has no sign-in: put it behind something that has."],
  };
  problems.push(...misspelt(env));
  if (problems.length > 0)
    throw new BearingsError("config", problems.join("\n"), "Correct or unset these variables, then start again.");
  return config;
}

/** Folders of knowledge to add after ours, separated as in PATH. The only setting that `ask`, `chat`, `lint` and `eval` have. */
export const knowledgeDirsFrom = (env: Environment): readonly string[] =>
  (env.KNOWLEDGE_DIRS ?? "").split(delimiter).filter((dir) => dir.trim() !== "");

function hostFrom(env: Environment, problems: string[]): string {
  const host = setting(env, "HOST") ?? "127.0.0.1";
  const isName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i.test(host);
  // A name made of digits and dots alone is a mistyped address, such as 127.0.0.
  if (isIP(host) === 0 && (!isName || /^[\d.]+$/.test(host)))
    problems.push(
      "HOST is not an address or a host name, such as 127.0.0.1 or localhost; leave out http:// and the port.",
    );
  return host;
}

function portFrom(env: Environment, problems: string[]): number {
  const written = setting(env, "PORT") ?? "3978";
  const port = /^\d{1,5}$/.test(written) ? Number(written) : Number.NaN;
  if (port <= 65_535) return port;
  problems.push("PORT is not a whole number from 0 to 65535.");
  return 0;
}

const variables = new Intl.ListFormat("en-GB");

function doorLine(name: string, needs: readonly string[], env: Environment): string {
  const given = needs.filter((variable) => setting(env, variable) !== undefined);
  const off = `${name}: off. It comes in a later version.`;
  return given.length === 0
    ? off
    : `${off} ${variables.format(given)} ${given.length === 1 ? "is" : "are"} set, and not used yet.`;
}

/** True where only this machine can reach an address or a name. */
export const isLoopback = (host: string): boolean =>
  host.toLowerCase() === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

/** What is set, without spaces around it; a variable set to nothing counts as not set. */
function setting(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}

function misspelt(env: Environment): readonly string[] {
  const strangers = Object.keys(env).filter((name) => prefixes.test(name) && !ours.includes(name));
  return strangers.flatMap((name) => {
    const meant = ours.find((known) => slips(name, known) <= mostSlips);
    return meant === undefined ? [] : [`${name} is not a variable of Bearings; ${meant} is.`];
  });
}

/** Letters to add, drop or change to get from one name to the other (Levenshtein). */
function slips(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? 0;
}
