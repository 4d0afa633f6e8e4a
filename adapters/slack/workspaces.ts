/** The workspaces that Bearings is installed in: one by its token, or as many as have installed it, sealed in the database. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { BearingsError } from "#src/errors.ts";
import { type Log, named } from "#src/log.ts";
import type { SlackWorkspaces } from "#src/platform-config.ts";
import { type ApiOptions, type Call, type Called, openCall } from "./api.ts";
import type { Gone, Workspace } from "./payload.ts";

/** A workspace that can be answered. `botUser` is the user id under which we speak there. */
export type Installed = {
  readonly team: string;
  readonly botUser: string;
  readonly token: string;
  readonly call: Call;
};

export type Workspaces = {
  /** Null where the app is not installed. Throws where it cannot be known now. */
  readonly find: (workspace: Workspace) => Promise<Installed | null>;
  /** Slack says that the app is gone from there: erases what is kept, unless it was installed anew meanwhile. */
  readonly erase: (gone: Gone) => Promise<void>;
};

/** What is kept of an installation, before it is sealed. Times are milliseconds since 1970-01-01 UTC. */
export const installation = z.strictObject({
  team: z.string(),
  token: z.string(),
  botUser: z.string(),
  refreshToken: z.string().nullable(),
  expiresAtMs: z.number().nullable(),
});

/** An installation as it is kept. */
export type Installation = z.output<typeof installation>;

/** Where installations are kept; `src/storage/installs.ts` is one. */
export type Installs = {
  readonly get: (platform: string, workspace: string) => Promise<string | null>;
  readonly put: (platform: string, workspace: string, record: string, nowMs: number) => Promise<void>;
  readonly remove: (platform: string, workspace: string, atMs: number) => Promise<void>;
  /** Lets one of all replicas replace a record, and gives the one that is in force afterwards. */
  readonly renew: (
    platform: string,
    workspace: string,
    renewal: (record: string) => Promise<string | null>,
  ) => Promise<string | null>;
};

/** One workspace, known by its token. Events of another are none of ours. */
export const oneWorkspace = (installed: Installed): Workspaces => ({
  find: async ({ team, enterprise }) => (team === installed.team || enterprise !== null ? installed : null),
  erase: async () => {},
});

export type ManyOptions = {
  readonly app: Extract<SlackWorkspaces, { kind: "many" }>;
  readonly installs: Installs;
  readonly api: ApiOptions;
  readonly nowMs: () => number;
  readonly log: Log;
};

// How long an installation is believed to be there without looking: another replica may have erased it.
const believedMs = 60_000;
// Longest wait for a look, where what was found before can be used instead; and how long that is used without another.
const patienceMs = 500;
const restMs = 5_000;
// A token is renewed this long before it ends; Slack's live twelve hours.
const renewBeforeMs = 30 * 60_000;

/** Where an installation may be kept, the nearest first: of the workspace itself, then of its whole organisation. */
type Keys = readonly string[];

const keysOf = ({ team, enterprise }: Workspace): Keys =>
  enterprise === null || enterprise === team ? [team] : [team, enterprise];

type Known = { readonly installed: Installed; readonly endsAtMs: number | null; readonly untilMs: number };

/**
 * All workspaces that have installed the app. What was found before is used while the database or a renewal makes us wait.
 * That nothing was found is not remembered: whoever has just installed the app tries it at once.
 */
export function manyWorkspaces(options: ManyOptions): Workspaces {
  const { installs, nowMs } = options;
  const { known, look } = openLooks(options);
  return {
    async find(workspace) {
      const keys = keysOf(workspace);
      const remembered = known.get(nameOf(keys));
      if (remembered !== undefined && nowMs() < remembered.untilMs) return remembered.installed;
      const found = look(keys);
      if (remembered === undefined || hasEnded(remembered.endsAtMs, nowMs())) return found;
      const first = await Promise.race([found, sleep(patienceMs, late, { ref: false })]).catch(() => late);
      if (first !== late) return first;
      known.set(nameOf(keys), { ...remembered, untilMs: nowMs() + restMs });
      return remembered.installed;
    },
    async erase({ team, enterprise, isWholeOrganisation, atMs }) {
      const key = isWholeOrganisation && enterprise !== null ? enterprise : team;
      await installs.remove("slack", key, atMs);
      for (const [name, { installed }] of known) if (installed.team === key) known.delete(name);
    },
  };
}

/** What was found, by where it was looked for; and a look in the database, one for all who ask meanwhile. */
function openLooks(options: ManyOptions) {
  const known = new Map<string, Known>();
  const looking = new Map<string, Promise<Installed | null>>();

  function look(keys: Keys): Promise<Installed | null> {
    const name = nameOf(keys);
    const found = looking.get(name) ?? lookAt(keys, name).finally(() => looking.delete(name));
    looking.set(name, found);
    return found;
  }

  async function lookAt(keys: Keys, name: string): Promise<Installed | null> {
    try {
      const kept = await open(keys, options);
      known.delete(name);
      if (kept === null) return null;
      const { team, botUser, token, expiresAtMs } = kept;
      const installed: Installed = { team, botUser, token, call: calling(token, keys) };
      known.set(name, { installed, endsAtMs: expiresAtMs, untilMs: options.nowMs() + believedMs });
      return installed;
    } catch (error) {
      options.log({ level: "warn", event: "slack.installs.unavailable", ...named(error) });
      throw error;
    }
  }

  /** Calls with this token, or with the one that another replica, or installing anew, has put in its place. */
  function calling(token: string, keys: Keys): Call {
    const call = openCall(token, options.api);
    return async (method, args) => {
      const called = await call(method, args);
      if (!isDead(called)) return called;
      const now = await look(keys).catch(() => null);
      return now === null || now.token === token ? called : openCall(now.token, options.api)(method, args);
    };
  }

  return { known, look };
}

const nameOf = (keys: Keys): string => keys.join("/");

const late = "late" as const;

const hasEnded = (endsAtMs: number | null, nowMs: number): boolean => endsAtMs !== null && endsAtMs <= nowMs;

const deadTokens: ReadonlySet<string> = new Set(["invalid_auth", "token_revoked", "token_expired", "account_inactive"]);

/** Slack takes this token no more. */
const isDead = (called: Called): boolean => called.kind === "refused" && deadTokens.has(called.error);

/** The first installation there is under these keys, its token renewed where it is time. Null where there is none. */
async function open(keys: Keys, options: ManyOptions): Promise<Installation | null> {
  const { installs, nowMs } = options;
  const isFresh = ({ expiresAtMs }: Installation) => expiresAtMs === null || expiresAtMs - nowMs() > renewBeforeMs;
  for (const key of keys) {
    const found = await installs.get("slack", key);
    if (found === null) continue;
    const installed = read(found, key);
    if (isFresh(installed)) return installed;
    const kept = await installs.renew("slack", key, async (record) => {
      const old = read(record, key);
      return isFresh(old) ? null : renewed(old, options);
    });
    if (kept !== null) return read(kept, key);
  }
  return null;
}

function read(record: string, key: string): Installation {
  const parsed = installation.safeParse(jsonIn(record));
  if (parsed.success && parsed.data.team === key) return parsed.data;
  throw new BearingsError("sealed", "A kept installation cannot be read.", "Install the app in that workspace again.");
}

/** Null where it is not JSON: the message of a parser quotes what it read, and that may be a token. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const answer = z.looseObject({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() });

/** The record with a new token, or null to go on with the old one: it may have some minutes left. */
async function renewed(old: Installation, { app, api, nowMs, log }: ManyOptions): Promise<string | null> {
  if (old.refreshToken === null) return null;
  const called = await openCall("", api)("oauth.v2.access", {
    client_id: app.clientId,
    client_secret: app.clientSecret,
    grant_type: "refresh_token",
    refresh_token: old.refreshToken,
  });
  const parsed = answer.safeParse(called.kind === "ok" ? called.data : null);
  if (!parsed.success) {
    const code = called.kind === "refused" ? called.error : called.kind === "ok" ? "unreadable" : called.kind;
    log({ level: "error", event: "slack.token.not-renewed", code });
    // Nothing can be answered now; Slack brings it again. Refused, it will not be otherwise, and the app is probably gone.
    if (hasEnded(old.expiresAtMs, nowMs()) && called.kind !== "refused") throw new Error("the token has ended");
    return null;
  }
  const { access_token, refresh_token, expires_in } = parsed.data;
  const fresh: Installation = {
    ...old,
    token: access_token,
    refreshToken: refresh_token,
    expiresAtMs: nowMs() + expires_in * 1_000,
  };
  return JSON.stringify(fresh);
}
