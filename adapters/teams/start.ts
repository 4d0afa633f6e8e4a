/** The start: whether Microsoft lets us send is asked until it is known, and told in words. */
import type { Log } from "#src/log.ts";
import { appPage, nameOf, type TeamsConfig, type TeamsIdentity } from "#src/teams-config.ts";

/** `refused`: Microsoft does not accept what proves that it is us; `unreachable`: it does not answer. */
export type TeamsState = "connecting" | "on" | "refused" | "unreachable";

export type StartOptions = {
  readonly config: TeamsConfig;
  /** `ready` gets a token once: ok, or a code. */
  readonly connector: { readonly ready: () => Promise<"ok" | { readonly code: string }> };
  readonly tell: (line: string) => void;
  readonly log: Log;
  /** Waits; comes back at once when the signal is given. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Ends the asking. */
  readonly signal: AbortSignal;
};

export type Start = {
  /** True when messages of our own accord can go out; false when it ended before. */
  readonly ready: Promise<boolean>;
  readonly state: () => TeamsState;
};

/** First wait and longest one after a failure, milliseconds. */
const waits = { first: 5_000, most: 300_000 } as const;

/** Begins to ask, and returns at once. */
export function start(options: StartOptions): Start {
  let state: TeamsState = "connecting";
  const ready = ask(options, (now) => {
    state = now;
  });
  return { ready, state: () => state };
}

async function ask({ config, ...options }: StartOptions, note: (state: TeamsState) => void): Promise<boolean> {
  const { connector, tell, log, pause, signal } = options;
  if (config.kind === "playground") {
    tell(playground);
    note("on");
    return true;
  }
  let told = "";
  for (let failures = 0; !signal.aborted; failures += 1) {
    const got = await Promise.race([connector.ready(), given(signal)]);
    if (got === null) return false;
    if (got === "ok") {
      tell(`Teams: on, tenant ${config.tenantId}, at /api/messages`);
      note("on");
      return true;
    }
    const isRefused = /^AADSTS\d+$/.test(got.code);
    note(isRefused ? "refused" : "unreachable");
    log({ level: "warn", event: "teams.not-ready", code: got.code });
    const line = isRefused ? refused(got.code, config) : unreachable;
    if (line !== told) tell(line);
    told = line;
    await pause(Math.min(waits.most, waits.first * 2 ** failures), signal);
  }
  return false;
}

/** Null when the signal is given: whoever stops us does not wait for Microsoft. */
const given = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });

const playground = "Teams: on for the Agents Playground alone, at /api/messages";

/** Said once, where Microsoft does not answer. */
const unreachable =
  "Teams: Microsoft cannot be reached at the moment, so no answer can be sent. Trying again until it can.";

/** What to do, by the number of Microsoft's error. */
function refused(code: string, { credential }: TeamsIdentity): string {
  if (wrongApp.has(code))
    return `Teams: off. Microsoft knows no such app (${code}): check TEAMS_APP_ID and TEAMS_TENANT_ID against ${appPage}, Overview, and start again.`;
  const remedy =
    credential.kind === "secret"
      ? `make a new client secret at ${appPage}, Certificates & secrets, copy its Value, and start again`
      : `add the certificate at ${appPage}, Certificates & secrets, and start again`;
  return `Teams: off. Microsoft refused ${nameOf(credential)} (${code}): ${remedy}.`;
}

/** No such app in the tenant; no such tenant; an id that is none. */
const wrongApp: ReadonlySet<string> = new Set(["AADSTS700016", "AADSTS90002", "AADSTS900023"]);
