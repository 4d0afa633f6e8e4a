/** What is wrong with settings, as start-up says it. */
import { readConfig } from "#src/config.ts";
import { BearingsError } from "#src/errors.ts";

/** One problem a line; nothing where all is well. */
export function problemsOf(env: Record<string, string>): string {
  try {
    readConfig(env);
    return "";
  } catch (error) {
    if (!(error instanceof BearingsError) || error.code !== "config") throw error;
    return error.message;
  }
}
