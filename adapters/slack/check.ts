/** What `doctor` asks of Slack: whether it can be reached, knows us, and has granted what we need. Nothing is sent there but the token. */
import { aheadBy, type CheckLine, clockLine, error, hostLine, ok, unreachedBy, warning } from "#src/check-line.ts";
import type { SlackConfig } from "#src/platform-config.ts";
import { botScopes } from "./needs.ts";

export type SlackCheckOptions = {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs?: () => number;
  /** Longest wait for Slack, milliseconds. Default 5,000. */
  readonly patienceMs?: number;
};

const apps = "https://api.slack.com/apps, your app";

/** The lines about Slack. With several workspaces each has a token of its own, so scopes are not looked at. Never rejects. */
export async function slackLines(
  { apiUrl, workspaces }: SlackConfig,
  { nowMs = Date.now, patienceMs = 5_000 }: SlackCheckOptions = {},
): Promise<readonly CheckLine[]> {
  const isOne = workspaces.kind === "one";
  const askedMs = nowMs();
  const { hostname } = new URL(apiUrl);
  try {
    const response = await fetch(`${apiUrl}${isOne ? "auth.test" : "api.test"}`, {
      method: "POST",
      headers: isOne ? { authorization: `Bearer ${workspaces.botToken}` } : {},
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    const answeredMs = nowMs();
    const said: unknown = await response.json();
    const aheadMs = aheadBy(response.headers.get("date"), askedMs, answeredMs);
    return [
      hostLine("slack", hostname, null),
      ...(aheadMs === null ? [] : [clockLine("Slack", aheadMs)]),
      ...(isOne ? tokenLines(codeIn(said), response.headers.get("x-oauth-scopes")) : []),
    ];
  } catch (cause) {
    return [hostLine("slack", hostname, unreachedBy(cause))];
  }
}

/** `ok`, or Slack's code. */
function codeIn(said: unknown): string {
  if (typeof said !== "object" || said === null) return "unreadable";
  if ("ok" in said && said.ok === true) return "ok";
  return "error" in said && typeof said.error === "string" && /^[a-z0-9_]{1,80}$/.test(said.error)
    ? said.error
    : "unreadable";
}

function tokenLines(code: string, granted: string | null): readonly CheckLine[] {
  if (code !== "ok")
    return [
      error(
        "slack token",
        `Slack refuses SLACK_BOT_TOKEN (${code}).`,
        `Copy the Bot User OAuth Token from ${apps}, OAuth & Permissions.`,
      ),
    ];
  const taken = ok("slack token", "Slack takes SLACK_BOT_TOKEN.");
  return granted === null ? [taken] : [taken, scopeLine(granted.split(",").map((scope) => scope.trim()))];
}

function scopeLine(granted: readonly string[]): CheckLine {
  const wanted = botScopes();
  const missing = wanted.filter((scope) => !granted.includes(scope));
  const fix = `Paste manifest/slack.yaml anew at ${apps}, App Manifest, and install the app again.`;
  if (missing.length > 0) return error("slack scopes", `the app lacks ${missing.join(", ")}.`, fix);
  // What is printed is Slack's, so only what looks like a scope is.
  const more = granted.filter((scope) => !wanted.includes(scope) && /^[a-z.:_]{1,60}$/.test(scope));
  return more.length > 0
    ? warning("slack scopes", `the app may do more than it needs: ${more.join(", ")}.`, fix)
    : ok("slack scopes", "granted as in the manifest, and no more.");
}
