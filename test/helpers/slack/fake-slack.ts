/** A whole Slack in memory, for tests of faults: Web API, Socket Mode, addresses to respond at, installations. */
import { type ApiServer, openApiServer } from "./api-server.ts";
import { createFakeOauth, type FakeOauth } from "./fake-oauth.ts";
import { type FakeSocket, openFakeSocket } from "./fake-socket.ts";
import { createMemory, type Hint, type Memory, methods, type Posted, postedOf, type Shown } from "./memory.ts";
import { appToken, botToken, type Identity, type Json, objectOf, us } from "./team.ts";

export type FakeSlack = Omit<ApiServer, "server"> & {
  readonly socket: FakeSocket;
  readonly oauth: FakeOauth;
  /** People and closed channels, for a test to change. */
  readonly memory: Pick<Memory, "people" | "closed" | "longestPage">;
  /** Every message there is, in the order in which they came. */
  readonly posted: () => readonly Posted[];
  /** Windows and Home tabs, each time one was drawn. */
  readonly shown: () => readonly Shown[];
  /** Statuses and suggested prompts. */
  readonly hints: () => readonly Hint[];
  /** A new address to respond at, for `user` in `channel`. Plan its faults under the method `response_url`. */
  readonly responseUrl: (channel: string, user: string) => string;
  /** How often Socket Mode was asked for. */
  readonly asked: () => number;
  /** Forgets all that was posted and called, so that a long run does not fill the memory. */
  readonly forget: () => void;
};

export type FakeSlackOptions = {
  /** Scopes that Slack says were granted, in the header `x-oauth-scopes`. Default: the header is not sent. */
  readonly scopes?: readonly string[];
  /** Default: any that is free. Given, a fake can come back where another was. */
  readonly port?: number;
};

/** Opens one on a free port of this computer. */
export async function openFakeSlack({ scopes, port = 0 }: FakeSlackOptions = {}): Promise<FakeSlack> {
  const memory = createMemory();
  const oauth = createFakeOauth(new Map([[botToken, us]]));
  const places = new Map<string, { readonly channel: string; readonly user: string }>();
  const api = await openApiServer({
    port,
    headers: scopes === undefined ? {} : { "x-oauth-scopes": scopes.join(",") },
    check: (token, method) => wrongToken(token, method, oauth.tokens),
    handle: async ({ method, args, token }) => {
      if (method === "apps.connections.open") return { ok: true, url: socket.ticket() };
      if (method === "oauth.v2.access") return oauth.access(args);
      if (method === "response_url") return respond(args, places, memory);
      return methods[method]?.(args, oauth.tokens.get(token) ?? us, memory) ?? { ok: false, error: "unknown_method" };
    },
  });
  const socket = openFakeSocket(api.server, api.url);
  return {
    ...api,
    socket,
    oauth,
    memory,
    posted: () => memory.posted,
    shown: () => memory.shown,
    hints: () => memory.hints,
    responseUrl(channel, user) {
      const id = `r${places.size + 1}`;
      places.set(id, { channel, user });
      // Under /api/, so that faults and the log of calls are the same as for any other call.
      return `${api.url}/api/response_url?id=${id}`;
    },
    asked: () => api.calls("apps.connections.open").length,
    forget() {
      memory.posted.length = 0;
      api.clear();
    },
    async close() {
      await socket.close();
      await api.close();
    },
  };
}

/** The error for a token that is unknown, or of the wrong kind for this method; null where it is good. */
export function wrongToken(token: string, method: string, good: ReadonlyMap<string, Identity>): string | null {
  const isForSockets = method === "apps.connections.open";
  if (token === appToken) return isForSockets ? null : "not_allowed_token_type";
  if (!good.has(token)) return "invalid_auth";
  return isForSockets ? "not_allowed_token_type" : null;
}

type Places = ReadonlyMap<string, { readonly channel: string; readonly user: string }>;

function respond(args: Json, places: Places, memory: Memory): Json {
  const place = places.get(String(args.id));
  if (place === undefined) return { ok: false, error: "expired_url" };
  const to = args.response_type === "in_channel" ? null : place.user;
  const message = { ...objectOf(args), channel: place.channel };
  memory.posted.push(postedOf(message, { ts: memory.nextTs(), team: us.team, method: "response_url", to }));
  return { ok: true };
}
