/** What `doctor` asks of the chat platforms that are set, each within a few seconds. */
import type { CheckLine } from "#src/check-line.ts";
import type { Config } from "#src/config.ts";

/** The lines about each of them. Never rejects. */
export async function outsideLines({ slack, teams }: Pick<Config, "slack" | "teams">): Promise<readonly CheckLine[]> {
  const lines = await Promise.all([
    slack === null ? [] : (await import("./slack/check.ts")).slackLines(slack),
    teams === null ? [] : (await import("./teams/check.ts")).teamsLines(teams),
  ]);
  return lines.flat();
}
