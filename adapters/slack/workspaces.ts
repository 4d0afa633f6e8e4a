/** The workspaces that Bearings is installed in: one by its token, or as many as have installed it, sealed in the database. */
import { z } from "zod";
import { BearingsError } from "#src/errors.ts";
import { type Log, named } from "#src/log.ts";
import type { SlackWorkspaces } from "#src/platform-config.ts";
import { type ApiOptions, type Call, openCall } from "./api.ts";
import type { Workspace } from "./payload.ts";

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
  /** The app is gone from there: erases what is kept of the installation. */
  readonly erase: (workspace: Workspace) => Promise<void>;
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
  readonly remove: (platform: string, workspace: string) => Promise<void>;
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
// A token is renewed this long before it ends; Slack's live twelve hours.
const renewBeforeMs = 30 * 60_000;

/** All workspaces that have installed the app. What was found before is still used while the database is down. */
export function manyWorkspaces(options: ManyOptions): Workspaces {
  const { installs, nowMs, log } = options;
  const known = new Map<string, { readonly installed: Installed | null; readonly untilMs: number }>();

  async function look(key: string): Promise<Installed | null> {
    const remembered = known.get(key);
    if (remembered !== undefined && nowMs() < remembered.untilMs) return remembered.installed;
    try {
      const installed = await open(key, options);
      known.set(key, { installed, untilMs: nowMs() + believedMs });
      return installed;
    } catch (error) {
      log({ level: "warn", event: "slack.installs.unavailable", ...named(error) });
      if (remembered === undefined) throw error;
      return remembered.installed;
    }
  }

  return {
    async find({ team, enterprise }) {
      const installed = await look(team);
      return installed === null && enterprise !== null && enterprise !== team ? look(enterprise) : installed;
    },
    async erase({ team }) {
      known.delete(team);
      await installs.remove("slack", team);
    },
  };
}

async function open(key: string, options: ManyOptions): Promise<Installed | null> {
  const { installs, api, nowMs } = options;
  const isFresh = ({ expiresAtMs }: Installation) => expiresAtMs === null || expiresAtMs - nowMs() > renewBeforeMs;
  const found = await installs.get("slack", key);
  if (found === null) return null;
  const kept = isFresh(read(found))
    ? found
    : await installs.renew("slack", key, async (record) => {
        const old = read(record);
        return isFresh(old) ? null : renewed(old, options);
      });
  if (kept === null) return null;
  const { team, token, botUser } = read(kept);
  return { team, token, botUser, call: openCall(token, api) };
}

function read(record: string): Installation {
  const parsed = installation.safeParse(JSON.parse(record));
  if (parsed.success) return parsed.data;
  throw new BearingsError("sealed", "A kept installation cannot be read.", "Install the app in that workspace again.");
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
    log({
      level: "error",
      event: "slack.token.not-renewed",
      code: called.kind === "refused" ? called.error : called.kind,
    });
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
