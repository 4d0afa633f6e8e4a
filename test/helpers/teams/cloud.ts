/** Microsoft on this computer: who announces keys, who gives tokens, and the connector, all of them over real HTTP. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Cloud } from "#adapters/teams/cloud.ts";
import { isCarriedOut } from "../fault-plan.ts";
import { type Json, us } from "./activities.ts";
import {
  type Answer,
  type ConnectorMemory,
  carryOut,
  createConnectorMemory,
  type Posted,
  type Request,
  readCall,
  withCards,
} from "./connector.ts";
import { createFaults, type Fault, type Planned, spoil, type What } from "./faults.ts";
import { createKey, issuer, jwkOf, rightClaims, type SigningKey, signed } from "./signing.ts";

/** One request, what it was, and the fault that struck it or null. */
export type Call = Request & {
  readonly what: What;
  /** Decoded, without the query. */
  readonly path: string;
  readonly conversation: string | null;
  /** The body as JSON; null where it is none. */
  readonly json: unknown;
  readonly fault: Fault["kind"] | null;
};

export type MicrosoftHere = {
  readonly cloud: Cloud;
  /** Ends with a slash, as Microsoft's do. */
  readonly serviceUrl: string;
  /** A second one that is allowed too. */
  readonly otherServiceUrl: string;
  /** Keys that are announced at this moment: a test may change them. The first signs. */
  readonly keys: SigningKey[];
  /** A right token for `serviceUrl`, with these claims in place of its own (`undefined`: without it). */
  readonly tokenFor: (claims?: Json, header?: Json) => string;
  readonly calls: (what?: What) => readonly Call[];
  /** Every message that was taken, in the order in which they came, each with the card that followed it. */
  readonly posted: () => readonly Posted[];
  /** How many people a conversation has; a test may change it. */
  readonly people: ConnectorMemory["people"];
  readonly fail: (planned: Planned) => void;
  /** From now on no token that was given before is good. */
  readonly revoke: () => void;
  /** Forgets calls, messages and faults that have not struck. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
};

export type MicrosoftOptions = {
  /** For the Playground: the connector takes calls without a token. Default false. */
  readonly isOpen?: boolean;
  /** Default: any that is free. Given, it can come back where it was. */
  readonly port?: number;
};

type State = ConnectorMemory & {
  readonly isOpen: boolean;
  readonly faults: ReturnType<typeof createFaults>;
  readonly calls: Call[];
  readonly keys: SigningKey[];
  readonly tokens: Set<string>;
  url: string;
};

let usual: SigningKey | null = null;

/** Opens it on this computer alone. */
export async function openMicrosoft({ isOpen = false, port = 0 }: MicrosoftOptions = {}): Promise<MicrosoftHere> {
  // Made once, since that takes a while.
  usual ??= createKey("key-1");
  const state: State = {
    ...createConnectorMemory(),
    isOpen,
    faults: createFaults(),
    calls: [],
    keys: [usual],
    tokens: new Set(),
    url: "",
  };
  const server = createServer((request, response) => {
    take(request, response, state).catch(() => response.destroy());
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  const address = server.address();
  state.url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const [serviceUrl, otherServiceUrl] = serviceUrlsAt(state.url);
  return {
    cloud: {
      openIdUrl: `${state.url}/v1/.well-known/openidconfiguration`,
      issuer,
      loginUrl: state.url,
      audience: issuer,
      isServiceUrl: (url) => url === serviceUrl || url === otherServiceUrl,
    },
    serviceUrl,
    otherServiceUrl,
    keys: state.keys,
    tokenFor: (claims = {}, header = {}) =>
      signed({ ...rightClaims(serviceUrl), ...claims }, state.keys[0] ?? createKey("key-none"), header),
    calls: (what) => state.calls.filter((call) => what === undefined || call.what === what),
    posted: () => withCards(state.posted),
    people: state.people,
    fail: state.faults.plan,
    revoke: () => state.tokens.clear(),
    clear() {
      state.calls.length = 0;
      state.posted.length = 0;
      state.faults.clear();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}

const serviceUrlsAt = (url: string): readonly [string, string] => [`${url}/uk/`, `${url}/amer/`];

async function take(message: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const { method = "", url: rawPath = "/", headers } = message;
  const request: Request = { method, rawPath, headers, body: Buffer.concat(chunks) };
  const call = readCall(request, serviceUrlsAt(state.url), state.url);
  const what = call?.what ?? officeOf(request);
  const [conversation, at] = [call?.conversation ?? null, call?.at ?? null];
  const fault = state.faults.take({ what, conversation, at });
  const path = decodeURIComponent(rawPath.replace(/\?.*$/s, ""));
  // Noted at once, so that a test sees a call whose answer never comes.
  state.calls.push({ ...request, what, path, conversation, json: jsonIn(request.body), fault: fault?.kind ?? null });
  const carry = (): Answer => {
    if (call === null) return office(what, request, state);
    return isKnown(request, state) ? carryOut(call, request, state) : unauthorised;
  };
  const answer = isCarriedOut(fault) ? carry() : null;
  if (fault !== null && (await spoil(fault, response))) return;
  const { status, body } = answer ?? notFound;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

const notFound: Answer = { status: 404, body: {} };
const unauthorised: Answer = {
  status: 401,
  body: { error: { code: "Unauthorized", message: "Authorization has been denied for this request." } },
};

const isKnown = ({ headers }: Request, { isOpen, tokens }: State): boolean =>
  isOpen || tokens.has(/^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "");

function officeOf({ method, rawPath }: Request): What {
  if (method === "GET" && rawPath === "/v1/.well-known/openidconfiguration") return "openid";
  if (method === "GET" && rawPath === "/v1/.well-known/keys") return "keys";
  return method === "POST" && /^\/[^/]+\/oauth2\/v2\.0\/token(?:\?|$)/.test(rawPath) ? "token" : "other";
}

function office(what: What, request: Request, { url, keys, tokens }: State): Answer {
  if (what === "openid")
    return {
      status: 200,
      body: { issuer, jwks_uri: `${url}/v1/.well-known/keys`, id_token_signing_alg_values_supported: ["RS256"] },
    };
  if (what === "keys") return { status: 200, body: { keys: keys.map(jwkOf) } };
  return what === "token" ? giveToken(request, tokens) : notFound;
}

/** As Microsoft's: for our app, our tenant and the audience of the connector alone, for an hour. */
function giveToken({ rawPath, body }: Request, tokens: Set<string>): Answer {
  const form = new URLSearchParams(body.toString("utf8"));
  const isProven = form.has("client_secret") || form.has("client_assertion");
  const isRight = form.get("grant_type") === "client_credentials" && form.get("scope") === `${issuer}/.default`;
  const isOurs = form.get("client_id") === us.appId && rawPath.startsWith(`/${us.tenant}/`);
  if (!isProven || !isRight || !isOurs)
    return {
      status: 401,
      body: { error: "invalid_client", error_description: "AADSTS7000215: …", error_codes: [7000215] },
    };
  const token = `token-${tokens.size + 1}-${crypto.randomUUID()}`;
  tokens.add(token);
  return { status: 200, body: { token_type: "Bearer", expires_in: 3_599, ext_expires_in: 3_599, access_token: token } };
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
