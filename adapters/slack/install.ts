/** How a workspace installs the app: the two pages of Slack's OAuth, by @slack/oauth, and what is kept at the end of it. */
import { createHmac } from "node:crypto";
import type { ServerResponse } from "node:http";
import { InstallProvider } from "@slack/oauth";
import { z } from "zod";
import type { Route } from "#src/http.ts";
import { named } from "#src/log.ts";
import { clientOptions } from "./api.ts";
import { botScopes } from "./needs.ts";
import { sdkLogger } from "./sdk-log.ts";
import { words } from "./words.ts";
import type { Installation, ManyOptions } from "./workspaces.ts";

/**
 * `GET /slack/install` leads to Slack; `GET /slack/oauth_redirect` is where Slack leads back to. `installed` is told of a new
 * installation once it is kept.
 */
export function installRoutes(
  { app, api, installs, nowMs, log }: ManyOptions,
  installed: (team: string, token: string) => Promise<void>,
): readonly Route[] {
  const provider = new InstallProvider({
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    // Signs the state that comes back with the visitor; another secret for another purpose.
    stateSecret: createHmac("sha256", app.secretKey).update("slack oauth state").digest("hex"),
    directInstall: true,
    clientOptions: clientOptions({ ...api }),
    logger: sdkLogger(log, "oauth"),
    installationStore: {
      async storeInstallation(given) {
        const workspace = given.isEnterpriseInstall ? given.enterprise?.id : given.team?.id;
        const { bot } = given;
        if (workspace === undefined || bot === undefined) throw new Error("no bot in the installation");
        const record: Installation = {
          team: workspace,
          token: bot.token,
          botUser: bot.userId,
          refreshToken: bot.refreshToken ?? null,
          expiresAtMs: bot.expiresAt === undefined ? null : bot.expiresAt * 1_000,
        };
        await installs.put("slack", workspace, JSON.stringify(record), nowMs());
        log({ level: "info", event: "slack.installed" });
        await installed(workspace, bot.token);
      },
      // Tokens are looked up by workspaces.ts, which also renews them.
      fetchInstallation: () => Promise.reject(new Error("not looked up here")),
    },
  });
  return [
    {
      method: "GET",
      path: "/slack/install",
      anyHost: true,
      handle: (request, response) =>
        provider.handleInstallPath(request, response, undefined, { scopes: [...botScopes()] }),
    },
    {
      method: "GET",
      path: "/slack/oauth_redirect",
      anyHost: true,
      handle: (request, response) =>
        provider.handleCallback(request, response, {
          success: (_installation, _options, _request, answer) => say(answer, 200, words.installed),
          failure: (error, _options, _request, answer) => {
            log({ level: "warn", event: "slack.not-installed", ...named(error), ...refusalIn(error) });
            say(answer, 400, words.notInstalled);
          },
        }),
    },
  ];
}

const refusal = z.looseObject({ data: z.looseObject({ error: z.string().regex(/^[a-z0-9_]{1,80}$/) }) });

/** Slack's own code, such as `bad_client_secret`, in place of one that says only that Slack refused. */
function refusalIn(error: unknown): { readonly code?: string } {
  const parsed = refusal.safeParse(error);
  return parsed.success ? { code: parsed.data.data.error } : {};
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}
