/** Secrets from files, as container platforms hand them out: `NAME_FILE` in place of `NAME`. */
import { readFileSync } from "node:fs";
import { type Environment, setting } from "./environment.ts";

/** Every variable that may be given as a file. */
export const secrets = [
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_CLIENT_SECRET",
  "TEAMS_APP_PASSWORD",
  "SECRET_KEY",
  "DATABASE_URL",
] as const;

/** The names of their files' variables. */
export const secretFiles = secrets.map((name) => `${name}_FILE` as const);

// No secret of ours is nearly as long.
const mostCharacters = 100_000;

/** The environment with the secrets that stand in files. Adds a problem for each that cannot be read, and quotes none. */
export function withSecretFiles(env: Environment, problems: string[]): Environment {
  const read = secrets.flatMap((name) => {
    const file = setting(env, `${name}_FILE`);
    if (file === undefined) return [];
    if (setting(env, name) !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: unset one of them.`);
      return [];
    }
    const secret = textIn(file);
    if (secret !== null) return [[name, secret]];
    problems.push(`${name}_FILE is not a file with a secret in it that can be read: give its path.`);
    return [];
  });
  return read.length === 0 ? env : { ...env, ...Object.fromEntries(read) };
}

/** What stands in the file, without space around it; null where that is nothing, far too much, or cannot be read. */
function textIn(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8").trim();
    return text === "" || text.length > mostCharacters ? null : text;
  } catch {
    return null;
  }
}
