/** Who we are in the one workspace whose token was given: asked until Slack says, since it may be away when we start. */
import type { Log } from "#src/log.ts";
import { type ApiOptions, type Called, openCall } from "./api.ts";
import { botScopes } from "./needs.ts";
import type { Installed } from "./workspaces.ts";

export type IdentifyOptions = {
  readonly token: string;
  readonly api: ApiOptions;
  readonly log: Log;
  readonly tell: (line: string) => void;
  /** Waits; comes back at once when the door closes. */
  readonly pause: (ms: number) => Promise<void>;
  readonly isClosed: () => boolean;
};

/** Our installation, and the workspace's name for people. */
export type Identity = { readonly installed: Installed; readonly name: string };

/** First wait after a failure, longest one, and the one after a token was refused; milliseconds. */
const waits = { first: 1_000, most: 60_000, refused: 300_000 } as const;

/** Said once, where Slack does not answer. */
export const unreachable = "Slack: it cannot be reached at the moment. Trying again until it can.";

/** Asks until it knows; null when the door was closed before. The same trouble is told once. */
export async function identify(options: IdentifyOptions): Promise<Identity | null> {
  const { token, api, log, tell, pause, isClosed } = options;
  const call = openCall(token, api);
  let told = "";
  for (let failures = 0; !isClosed(); failures += 1) {
    const called = await call("auth.test", {});
    if (called.kind === "ok") {
      const { team_id: team, user_id: botUser, team: name, response_metadata: meta } = called.data;
      if (typeof team === "string" && typeof botUser === "string") {
        const missing = missingScopes(Object(meta).scopes);
        if (missing.length > 0) tell(lacking(missing));
        return { installed: { team, botUser, token, call }, name: typeof name === "string" ? name : team };
      }
    }
    if (isClosed()) return null;
    log({ level: "warn", event: "slack.not-identified", code: called.kind === "refused" ? called.error : called.kind });
    const line = called.kind === "refused" ? refusedToken(called.error) : unreachable;
    if (line !== told) tell(line);
    told = line;
    await pause(waitAfter(called, failures));
  }
  return null;
}

function waitAfter(called: Called, failures: number): number {
  if (called.kind === "refused") return waits.refused;
  const waitMs = Math.min(waits.most, waits.first * 2 ** failures);
  return called.kind === "limited" ? Math.max(called.afterMs, waitMs) : waitMs;
}

const refusedToken = (code: string): string =>
  `Slack: off. Slack refused SLACK_BOT_TOKEN (${code}). Copy the Bot User OAuth Token from https://api.slack.com/apps, your app, OAuth & Permissions, and start again.`;

/** Scopes that were not granted; none where Slack does not say what was. */
function missingScopes(granted: unknown): readonly string[] {
  if (!Array.isArray(granted) || granted.length === 0) return [];
  return botScopes().filter((scope) => !granted.includes(scope));
}

const lacking = (missing: readonly string[]): string =>
  `Slack: the app lacks ${missing.join(", ")}. Paste manifest/slack.yaml anew at https://api.slack.com/apps, your app, App Manifest, and install the app again.`;
