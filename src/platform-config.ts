/** The settings of chat platforms and of what they keep. Each reader adds its problems to the list; none quotes a value. */
import { type Environment, setting } from "./environment.ts";
import { isLoopback } from "./loopback.ts";

/** Which workspaces of Slack Bearings serves: one, by its token, or every one that installs it. */
export type SlackWorkspaces =
  | { readonly kind: "one"; readonly botToken: string }
  | { readonly kind: "many"; readonly clientId: string; readonly clientSecret: string; readonly secretKey: Buffer };

/** How events arrive: through a socket that we open, or posted to our server and signed. */
export type SlackIntake =
  | { readonly kind: "socket"; readonly appToken: string }
  | { readonly kind: "http"; readonly signingSecret: string };

export type SlackConfig = {
  readonly workspaces: SlackWorkspaces;
  readonly intake: SlackIntake;
  /** Ends with a slash. Default https://slack.com/api/ */
  readonly apiUrl: string;
};

/** Where things are kept: one SQLite file in a folder, or PostgreSQL. */
export type StorageConfig =
  | { readonly kind: "sqlite"; readonly dir: string }
  | { readonly kind: "postgres"; readonly url: string };

/** Every variable of the Slack door. */
export const slackVariables = [
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_CLIENT_ID",
  "SLACK_CLIENT_SECRET",
  "SLACK_API_URL",
] as const;

/** Every variable about what is kept. */
export const storageVariables = ["DATA_DIR", "DATABASE_URL", "SECRET_KEY", "TIME_ZONE"] as const;

const page = "https://api.slack.com/apps";

/** The Slack door, or null where none of its variables is set. */
export function slackFrom(env: Environment, problems: string[]): SlackConfig | null {
  if (slackVariables.every((name) => setting(env, name) === undefined)) return null;
  const before = problems.length;
  const workspaces = workspacesFrom(env, problems);
  const intake = intakeFrom(env, problems);
  const apiUrl = apiUrlFrom(env, problems);
  return problems.length > before || workspaces === null || intake === null ? null : { workspaces, intake, apiUrl };
}

function workspacesFrom(env: Environment, problems: string[]): SlackWorkspaces | null {
  const botToken = setting(env, "SLACK_BOT_TOKEN");
  const clientId = setting(env, "SLACK_CLIENT_ID");
  const clientSecret = setting(env, "SLACK_CLIENT_SECRET");
  if (botToken !== undefined && (clientId !== undefined || clientSecret !== undefined)) {
    problems.push(
      "SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID with SLACK_CLIENT_SECRET for several: set one or the other.",
    );
    return null;
  }
  if (botToken !== undefined) {
    if (/^(?:xoxb-|xoxe\.xoxb-)/.test(botToken)) return { kind: "one", botToken };
    problems.push(
      `SLACK_BOT_TOKEN does not begin with xoxb-. Copy the Bot User OAuth Token from ${page}, your app, OAuth & Permissions.`,
    );
    return null;
  }
  const secretKey = secretKeyFrom(env, problems);
  if (clientId !== undefined && clientSecret !== undefined && secretKey !== null)
    return { kind: "many", clientId, clientSecret, secretKey };
  if (clientId === undefined && clientSecret === undefined)
    problems.push(
      `SLACK_BOT_TOKEN is missing: install the app at ${page}, your app, Install App, and copy the Bot User OAuth Token.`,
    );
  else if (clientId === undefined || clientSecret === undefined)
    problems.push(
      `${clientId === undefined ? "SLACK_CLIENT_ID" : "SLACK_CLIENT_SECRET"} is missing: it is at ${page}, your app, Basic Information, App Credentials.`,
    );
  else if (setting(env, "SECRET_KEY") === undefined)
    problems.push(
      "SECRET_KEY is missing: it seals the tokens of the workspaces. Make one with: node -e \"console.log(crypto.randomBytes(32).toString('base64'))\"",
    );
  return null;
}

/** 32 bytes in base64, or null where it is not set or not that. */
function secretKeyFrom(env: Environment, problems: string[]): Buffer | null {
  const written = setting(env, "SECRET_KEY");
  if (written === undefined) return null;
  const key = /^[A-Za-z0-9+/_-]{43}=?$/.test(written) ? Buffer.from(written, "base64") : Buffer.alloc(0);
  if (key.length === 32) return key;
  problems.push(
    "SECRET_KEY is not 32 bytes in base64. Make one with: node -e \"console.log(crypto.randomBytes(32).toString('base64'))\"",
  );
  return null;
}

function intakeFrom(env: Environment, problems: string[]): SlackIntake | null {
  const appToken = setting(env, "SLACK_APP_TOKEN");
  const signingSecret = setting(env, "SLACK_SIGNING_SECRET");
  if (appToken !== undefined) {
    if (appToken.startsWith("xapp-")) return { kind: "socket", appToken };
    problems.push(
      `SLACK_APP_TOKEN does not begin with xapp-. Make an app-level token with the scope connections:write at ${page}, your app, Basic Information, App-Level Tokens.`,
    );
    return null;
  }
  if (signingSecret !== undefined) return { kind: "http", signingSecret };
  problems.push(
    `Slack needs SLACK_APP_TOKEN for Socket Mode (${page}, your app, Basic Information, App-Level Tokens, scope connections:write) or SLACK_SIGNING_SECRET for HTTP (the same page, App Credentials).`,
  );
  return null;
}

function apiUrlFrom(env: Environment, problems: string[]): string {
  const written = setting(env, "SLACK_API_URL") ?? "https://slack.com/api/";
  const url = URL.canParse(written) ? new URL(written) : null;
  const isSafe = url !== null && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname)));
  if (!isSafe || url.username !== "" || url.search !== "" || url.hash !== "") {
    problems.push(
      "SLACK_API_URL is not an address such as https://slack.com/api/; plain http is for this computer alone.",
    );
    return written;
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}

/** Where things are kept. */
export function storageFrom(env: Environment, problems: string[]): StorageConfig {
  const url = setting(env, "DATABASE_URL");
  if (url === undefined) return { kind: "sqlite", dir: setting(env, "DATA_DIR") ?? "./data" };
  if (URL.canParse(url) && /^postgres(?:ql)?:$/.test(new URL(url).protocol)) return { kind: "postgres", url };
  problems.push("DATABASE_URL is not the address of a PostgreSQL database, such as postgres://user@host/bearings.");
  return { kind: "postgres", url: "" };
}

/** The zone in which times are read where a platform does not say one: IANA. Default: this computer's. */
export function zoneFrom(env: Environment, problems: string[]): string {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const written = setting(env, "TIME_ZONE") ?? here;
  try {
    return Intl.DateTimeFormat("en-GB", { timeZone: written }).resolvedOptions().timeZone;
  } catch {
    problems.push("TIME_ZONE is not the name of a time zone, such as Europe/London or America/Toronto.");
    return here;
  }
}
