/** Which time zone a person lives in, as their Slack profile says: asked for when it is needed, remembered for a day. */
import { keepNewest } from "#src/keep-newest.ts";
import type { Zone } from "#src/turn.ts";
import type { Call } from "./api.ts";

/** The zone of one person of one workspace. Never fails: without an answer it is the default, and says so. */
export type ZoneOf = (person: { readonly team: string; readonly user: string }, call: Call) => Promise<Zone>;

const dayMs = 24 * 60 * 60 * 1_000;
// A failure is asked about again sooner.
const failureMs = 60_000;
const mostRemembered = 10_000;

/** Opens the memory of zones. `fallback` is an IANA name. */
export function createZones({ fallback, nowMs }: { readonly fallback: string; readonly nowMs: () => number }): ZoneOf {
  const known = new Map<string, { readonly zone: Promise<Zone>; untilMs: number }>();
  return ({ team, user }, call) => {
    const key = `${team}:${user}`;
    const remembered = known.get(key);
    if (remembered !== undefined && nowMs() < remembered.untilMs) return remembered.zone;
    const zone = ask(user, call).then((name) => {
      if (name !== null) return { name, from: "profile" as const };
      entry.untilMs = nowMs() + failureMs;
      return { name: fallback, from: "default" as const };
    });
    const entry = { zone, untilMs: nowMs() + dayMs };
    keepNewest(known, key, entry, mostRemembered);
    return zone;
  };
}

/** `tz` alone: `tz_offset` is right for today only. */
async function ask(user: string, call: Call): Promise<string | null> {
  const called = await call("users.info", { user });
  const tz = called.kind === "ok" ? Object(called.data.user).tz : null;
  if (typeof tz !== "string" || tz === "") return null;
  try {
    return Intl.DateTimeFormat("en-GB", { timeZone: tz }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
