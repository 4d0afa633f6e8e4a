/** What `doctor` asks of Microsoft: whether its hosts can be reached, and whether we get a token. Nothing is sent but what proves us. */
import { aheadBy, type CheckLine, clockLine, error, hostLine, ok, unreachedBy, warning } from "#src/check-line.ts";
import { appPage, daysLeft, fewDays, nameOf, type TeamsConfig, type TeamsIdentity } from "#src/teams-config.ts";
import { type Cloud, publicCloud } from "./cloud.ts";
import { createLogin } from "./login.ts";

export type TeamsCheckOptions = {
  readonly cloud?: Pick<Cloud, "openIdUrl" | "loginUrl" | "audience">;
  /** Where messages go. Default: the public connector. */
  readonly connectorUrl?: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs?: () => number;
  /** Longest wait for each, milliseconds. Default 5,000. */
  readonly patienceMs?: number;
};

const portal = `${appPage}, Certificates & secrets`;

/** The lines about Teams; none in the Playground. Never rejects. */
export async function teamsLines(config: TeamsConfig, options: TeamsCheckOptions = {}): Promise<readonly CheckLine[]> {
  if (config.kind === "playground") return [];
  const { cloud = publicCloud, connectorUrl = "https://smba.trafficmanager.net/", nowMs = Date.now } = options;
  const { patienceMs = 5_000 } = options;
  const [keys, connector, token] = await Promise.all([
    reached(cloud.openIdUrl, { nowMs, patienceMs }),
    reached(connectorUrl, { nowMs, patienceMs }),
    createLogin({ identity: config, cloud, nowMs, patienceMs }).token(),
  ]);
  return [
    lineOf(cloud.openIdUrl, keys),
    lineOf(connectorUrl, connector),
    tokenLine(config, cloud.loginUrl, token.kind === "ok" ? null : token.code),
    ...(typeof keys === "number" ? [clockLine("Microsoft", keys)] : []),
    endLine(config, nowMs()),
  ];
}

/** By how much its clock is ahead of ours, milliseconds; null where it answers and says no time; or why it does not. */
async function reached(
  url: string,
  { nowMs, patienceMs }: { readonly nowMs: () => number; readonly patienceMs: number },
): Promise<number | null | { readonly code: string }> {
  const askedMs = nowMs();
  try {
    // Whatever it says, it is there.
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
    await response.body?.cancel();
    return aheadBy(response.headers.get("date"), askedMs, nowMs());
  } catch (cause) {
    return { code: unreachedBy(cause) };
  }
}

const lineOf = (url: string, found: Awaited<ReturnType<typeof reached>>): CheckLine =>
  hostLine("teams", new URL(url).hostname, found !== null && typeof found === "object" ? found.code : null);

function tokenLine({ credential }: TeamsIdentity, loginUrl: string, code: string | null): CheckLine {
  if (code === null) return ok("teams token", "Microsoft lets us send.");
  if (code === "login_unreachable") return hostLine("teams token", new URL(loginUrl).hostname, code);
  const fix = `Check TEAMS_APP_ID and TEAMS_TENANT_ID, and ${nameOf(credential)} at ${portal}.`;
  return error("teams token", `Microsoft gives no token (${code}).`, fix);
}

function endLine({ credential }: TeamsIdentity, nowMs: number): CheckLine {
  if (credential.kind === "secret")
    return ok("teams secret", `when it ends cannot be asked for. It stands at ${portal}; put it into your calendar.`);
  const days = daysLeft(credential.pem, nowMs);
  const says = `it is good for ${days} more ${days === 1 ? "day" : "days"}.`;
  return days > fewDays
    ? ok("teams certificate", says)
    : warning("teams certificate", says, `Add the next one at ${portal}, and set TEAMS_APP_CERTIFICATE to it.`);
}
