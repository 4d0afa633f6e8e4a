/** The environment, read once and whole before anything opens. All its problems are told together, and no value of it. */
import { isIP } from "node:net";
import { delimiter } from "node:path";
import { type Environment, misspelt, setting } from "./environment.ts";
import { BearingsError } from "./errors.ts";
import { isLoopback } from "./loopback.ts";
import {
  type SlackConfig,
  type StorageConfig,
  slackFrom,
  slackVariables,
  storageFrom,
  storageVariables,
  zoneFrom,
} from "./platform-config.ts";
import { secretFiles, withSecretFiles } from "./secret-files.ts";
import { daysLeft, fewDays, type TeamsConfig, teamsFrom, teamsVariables } from "./teams-config.ts";

/** What `npm start` needs to know. */
export type Config = {
  /** Address or name to listen on. Default 127.0.0.1, which only this computer can reach. */
  readonly host: string;
  /** TCP port, 0 to 65535; 0 lets the system choose. Default 3978. */
  readonly port: number;
  /** Folders of knowledge added after ours, from KNOWLEDGE_DIRS. */
  readonly knowledgeDirs: readonly string[];
  /** Null where Slack is off. */
  readonly slack: SlackConfig | null;
  /** Null where Teams is off. */
  readonly teams: TeamsConfig | null;
  readonly storage: StorageConfig;
  /** IANA name of the zone for people whose platform does not say one. */
  readonly zone: string;
  /** A line for each door that is off. */
  readonly doors: readonly string[];
  /** What whoever starts it should know, such as that others can reach the page. */
  readonly warnings: readonly string[];
};

const ours = ["KNOWLEDGE_DIRS", ...slackVariables, ...storageVariables, ...teamsVariables, ...secretFiles];

/** Reads the settings. Throws one error that names every problem; it never prints a value, since some are secrets. */
export function readConfig(given: Environment): Config {
  const problems: string[] = [];
  const env = withSecretFiles(given, problems);
  const host = hostFrom(env, problems);
  const slack = slackFrom(env, problems);
  const teams = teamsFrom(env, host, problems);
  const config: Config = {
    host,
    port: portFrom(env, problems),
    knowledgeDirs: knowledgeDirsFrom(env),
    slack,
    teams,
    storage: storageFrom(env, problems),
    zone: zoneFrom(env, problems),
    doors: [
      ...(slack === null ? ["Slack: off. docs/slack.md says how to turn it on."] : []),
      ...(teams === null ? ["Teams: off. docs/teams.md says how to turn it on."] : []),
    ],
    warnings: [...pageWarnings(host), ...slackWarnings(env, slack), ...teamsWarnings(teams)],
  };
  problems.push(...misspelt(env, ours));
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

const pageWarnings = (host: string): readonly string[] =>
  isLoopback(host)
    ? []
    : ["HOST lets other computers reach this page, and the page has no sign-in: put it behind something that has."];

const slackWarnings = (env: Environment, slack: SlackConfig | null): readonly string[] =>
  slack?.intake.kind === "socket" && slack.workspaces.kind === "one" && setting(env, "SLACK_SIGNING_SECRET")
    ? ["SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: events come by Socket Mode, and the secret is not used."]
    : [];

function teamsWarnings(teams: TeamsConfig | null): readonly string[] {
  if (teams === null) return [];
  if (teams.kind === "playground")
    return [
      "TEAMS_PLAYGROUND is set: any program on this computer can write to /api/messages as anyone. It is for trying out.",
    ];
  const { credential } = teams;
  const days = credential.kind === "certificate" ? daysLeft(credential.pem, Date.now()) : null;
  return days === null || days > fewDays
    ? []
    : [`TEAMS_APP_CERTIFICATE ends in ${days} ${days === 1 ? "day" : "days"}: make the next one, and add it in Azure.`];
}
