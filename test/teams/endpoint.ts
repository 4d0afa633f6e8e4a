/** The endpoint alone, with Microsoft on this computer and nothing behind it. */
import type { Activity } from "#adapters/teams/activity.ts";
import { createAuthenticator } from "#adapters/teams/authenticate.ts";
import type { Answered as Reply } from "#adapters/teams/door.ts";
import { type TeamsRouteOptions, teamsRoute } from "#adapters/teams/http.ts";
import { createLog } from "#src/log.ts";
import { type Answered, openHere, type Sent, send } from "../helpers/server.ts";
import { type Json, us } from "../helpers/teams/activities.ts";
import { openMicrosoft } from "../helpers/teams/cloud.ts";

/** `token` null: without one. Default: a right one. */
export type How = { readonly token?: string | null; readonly headers?: Readonly<Record<string, string>> };

export type Endpoint = Awaited<ReturnType<typeof openEndpoint>>;

/** Opens it with these settings in place of the usual ones. */
export async function openEndpoint(more: Partial<TeamsRouteOptions> = {}, nowMs: () => number = Date.now) {
  const microsoft = await openMicrosoft();
  const { cloud } = microsoft;
  const [received, logged, reported]: [Activity[], string[], unknown[]] = [[], [], []];
  const log = createLog(
    (line) => logged.push(line),
    () => 0,
  );
  const behind: { reply: () => Promise<Reply> } = { reply: async () => ({ status: 200 }) };
  const options = {
    authenticate: createAuthenticator({ appId: us.appId, cloud, nowMs, log }),
    tenantId: us.tenant,
    isServiceUrl: cloud.isServiceUrl,
    receive: (activity: Activity) => {
      received.push(activity);
      return behind.reply();
    },
    log,
    ...more,
  } as TeamsRouteOptions;
  const server = await openHere({
    routes: [teamsRoute(options)],
    report: (route, error) => reported.push(route, error),
  });
  const post = (body: string | Uint8Array, { token, headers = {} }: How = {}): Promise<Answered> => {
    const bearer = token === undefined ? microsoft.tokenFor() : token;
    const authorization = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
    const size = "transfer-encoding" in headers ? {} : { "content-length": Buffer.byteLength(body) };
    const sent: Sent = {
      method: "POST",
      headers: { "content-type": "application/json", ...size, ...authorization, ...headers },
      body,
    };
    return send(server, "/api/messages", sent);
  };
  return {
    microsoft,
    server,
    /** What came through. */
    received,
    logged,
    reported,
    /** What is behind it: a test may change its answer. */
    behind,
    post,
    say: (activity: Json, how: How = {}) => post(JSON.stringify(activity), how),
    async close() {
      await server.close();
      await microsoft.close();
    },
  };
}
