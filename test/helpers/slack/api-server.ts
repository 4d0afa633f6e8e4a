/** The HTTP side of a Slack for tests: reads Web API calls as the SDK sends them, checks tokens, strikes as planned, keeps a log. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isCarriedOut } from "../fault-plan.ts";
import { createFaults, type Fault, type Planned, spoil } from "./faults.ts";
import { type Json, objectOf } from "./team.ts";

/** One call as it arrived. `args` has its JSON fields parsed; the token is apart. */
export type Call = {
  readonly method: string;
  readonly args: Json;
  readonly token: string;
  readonly contentType: string;
  /** Milliseconds on the clock of `performance.now()`. */
  readonly atMs: number;
  /** The fault that struck it, or null. */
  readonly fault: Fault["kind"] | null;
  /** What was made of it, or null where it was not carried out (yet). */
  readonly answer: Json | null;
};

/** What a Slack for tests has in common, fake or proxy. */
export type ApiServer = {
  /** Without a slash at its end. */
  readonly url: string;
  /** For SLACK_API_URL: ends with `/api/`. */
  readonly apiUrl: string;
  readonly server: Server;
  readonly calls: (method?: string) => readonly Call[];
  readonly fail: (planned: Planned) => void;
  /** Forgets the calls and the faults that have not struck. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
};

export type ApiServerOptions = {
  /** The error for this token, or null where it is good. */
  readonly check: (token: string, method: string) => string | null;
  /** Carries a call out. */
  readonly handle: (call: Pick<Call, "method" | "args" | "token">) => Promise<Json>;
  /** Headers of every answer, such as `x-oauth-scopes`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Any other path. `read` gives the body. Default: 404. */
  readonly other?: (path: string, body: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** 0 for any that is free. */
  readonly port?: number;
};

// Called with a client's id and secret, by a secret address, or with nothing at all.
const withoutToken: ReadonlySet<string> = new Set(["oauth.v2.access", "response_url", "api.test"]);

/** Serves on this computer alone. */
export async function openApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const faults = createFaults();
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    take(request, response, { ...options, faults, calls }).catch(() => response.destroy());
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    url,
    apiUrl: `${url}/api/`,
    server,
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    fail: faults.plan,
    clear() {
      calls.length = 0;
      faults.clear();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}

type Taking = ApiServerOptions & { readonly faults: ReturnType<typeof createFaults>; readonly calls: Call[] };

async function take(request: IncomingMessage, response: ServerResponse, taking: Taking): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://slack.test");
  const body = await textIn(request);
  if (!pathname.startsWith("/api/")) {
    if (taking.other !== undefined) return taking.other(pathname, body, request, response);
    return void response.writeHead(404).end();
  }
  const method = pathname.slice("/api/".length);
  const contentType = request.headers["content-type"] ?? "";
  const { token: written, ...args } = argsIn(body, contentType, searchParams);
  const bearer = /^Bearer (.*)$/.exec(request.headers.authorization ?? "")?.[1];
  const token = bearer ?? (typeof written === "string" ? written : "");
  const fault = taking.faults.take(method);
  const call = { method, args, token, contentType, atMs: performance.now(), fault: fault?.kind ?? null };
  // Noted at once, so that a test sees a call whose answer never comes.
  const at = taking.calls.push({ ...call, answer: null }) - 1;
  const entry = taking.calls[at];
  const answer = isCarriedOut(fault) ? await answerTo(call, taking) : { ok: false };
  const isStillThere = taking.calls[at] === entry;
  if (isCarriedOut(fault) && isStillThere) taking.calls[at] = { ...call, answer };
  if (fault !== null && (await spoil(fault, response))) return;
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", ...taking.headers });
  response.end(JSON.stringify(answer));
}

async function answerTo(call: Pick<Call, "method" | "args" | "token">, { check, handle }: Taking): Promise<Json> {
  if (!withoutToken.has(call.method)) {
    const wrong = call.token === "" ? "not_authed" : check(call.token, call.method);
    if (wrong !== null) return { ok: false, error: wrong };
  }
  return handle(call);
}

/** The whole body as text. */
export async function textIn(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

// Sent by the SDK as JSON inside a form.
const structured: ReadonlySet<string> = new Set(["attachments", "blocks", "chunks", "metadata", "prompts", "view"]);

function argsIn(body: string, contentType: string, query: URLSearchParams): Json {
  const args: Record<string, unknown> = Object.fromEntries(query);
  if (contentType.includes("json")) return { ...args, ...objectOf(parsed(body)) };
  for (const [name, value] of new URLSearchParams(body)) args[name] = structured.has(name) ? parsed(value) : value;
  return args;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
