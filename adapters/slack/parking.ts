/** Reminders of a workspace that the app has left: they stop when it goes, and go on when it is installed again. */

import type { Stopping } from "#src/doors/core.ts";
import { keepNewest } from "#src/keep-newest.ts";
import { type Log, named } from "#src/log.ts";
import type { Gone } from "./payload.ts";
import type { Installed, Workspaces } from "./workspaces.ts";

export type Parking = {
  /** Slack says that the app is gone: erases the installation and stops the reminders. Rejects where Slack should tell it again. */
  readonly gone: (gone: Gone, workspaces: Workspaces) => Promise<void>;
  /** The app is installed there with this token: what had stopped goes on. Never rejects; does nothing when it is known already. */
  readonly back: (team: string, token: string) => Promise<void>;
};

/** Reasons for which reminders stop that an installation puts right: of ours, and codes of Slack's. */
const undone = ["uninstalled", "not_installed", "account_inactive", "token_revoked", "missing_scope"] as const;

// As many workspaces as one process is likely to serve.
const mostKnown = 10_000;

/** Opens the parking. */
export function createParking({ reminders, log }: { readonly reminders: Stopping; readonly log: Log }): Parking {
  const known = new Map<string, string>();
  return {
    async gone(gone, workspaces) {
      await workspaces.erase(gone);
      // News that comes late must not stop what has been installed anew.
      if (await isStillThere(await workspaces.find(gone).catch(unsure))) return;
      await reminders.park({ workspace: startOf(gone.team) }, "uninstalled");
    },
    async back(team, token) {
      if (known.get(team) === token) return;
      keepNewest(known, team, token, mostKnown);
      try {
        await reminders.unpark({ workspace: startOf(team) }, undone);
      } catch (error) {
        known.delete(team);
        log({ level: "warn", event: "slack.reminders.not-resumed", ...named(error) });
      }
    },
  };
}

/** How the ids of a workspace's people begin. */
const startOf = (team: string): string => `slack:${team}:`;

const unsure = () => "unsure" as const;

/** Whether the app may still speak there. Where nobody can say, yes: the next reminder finds out. */
async function isStillThere(installed: Installed | "unsure" | null): Promise<boolean> {
  if (installed === null || installed === "unsure") return installed === "unsure";
  return (await installed.call("auth.test", {})).kind !== "refused";
}
