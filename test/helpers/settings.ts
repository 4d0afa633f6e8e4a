/** The settings that there are, and what start-up says of wrong ones. */
import { readConfig } from "#src/config.ts";
import { BearingsError } from "#src/errors.ts";
import { slackVariables, storageVariables } from "#src/platform-config.ts";
import { teamsVariables } from "#src/teams-config.ts";

/** The name of each, but for those of secrets in files. */
export const settings = [
  "HOST",
  "PORT",
  "KNOWLEDGE_DIRS",
  ...slackVariables,
  ...storageVariables,
  ...teamsVariables,
] as const;

/** One problem a line; nothing where all is well. */
export function problemsOf(env: Readonly<Record<string, string>>): string {
  try {
    readConfig(env);
    return "";
  } catch (error) {
    if (!(error instanceof BearingsError) || error.code !== "config") throw error;
    return error.message;
  }
}
