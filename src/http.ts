/**
 * One small HTTP server for every door that needs one: a table of routes, and the guards that all of them share.
 * Nothing that arrives in a body is ever put into an error, a log line or an answer from here.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { BearingsError } from "./errors.ts";
import { framesOf } from "./failure.ts";
import { isLoopback } from "./loopback.ts";
import { type Refusal, refuse, refuseRaw, safeHeaders } from "./refuse.ts";

/** Does all of one request. What it throws becomes a plain 500. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type Route = {
  /** GET answers HEAD as well. */
  readonly method: "GET" | "POST";
  /** Matched exactly; an ending of `/*` stands for one further segment, which `lastSegment` reads. */
  readonly path: string;
  /** Largest body in bytes. Default 65,536, some twenty times the longest message that is read. */
  readonly limitBytes?: number;
  /** True for callers that prove themselves otherwise (Slack, Teams) and may come through a tunnel under its own name. */
  readonly anyHost?: boolean;
  readonly handle: Handler;
};

export type ServerOptions = {
  readonly routes: readonly Route[];
  /** Address to listen on. Default 127.0.0.1: this machine only. */
  readonly host?: string;
  /** 0 to 65,535; 0 takes any free one. Default 3978. */
  readonly port?: number;
  /** Longest wait for a request's headers, milliseconds. Default 10,000. */
  readonly headerMs?: number;
  /** Longest wait for a whole request, milliseconds. Default 15,000. */
  readonly requestMs?: number;
  /** Told of a handler that threw. Default: one line on standard error, with the error's name and frames, never its message. */
  readonly report?: (route: string, error: unknown) => void;
};

/** `close` stops listening, lets open requests end for at most five seconds, and may be called again. */
export type OpenServer = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

const defaultLimitBytes = 65_536;

/** A body, whole, or the reason why there is none. */
export type Body =
  | { readonly kind: "read"; readonly bytes: Buffer }
  | { readonly kind: "refused"; readonly status: Refusal };

/** Reads a body to its end, keeping at most `limitBytes` of it. */
export async function readBody(request: IncomingMessage, limitBytes = defaultLimitBytes): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // Reading on without keeping lets the caller see our answer; `requestMs` bounds how long that can go on.
      if (bytes <= limitBytes) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    return { kind: "refused", status: 408 };
  }
  return bytes <= limitBytes ? { kind: "read", bytes: Buffer.concat(chunks) } : { kind: "refused", status: 413 };
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object, or null: the message of a parser quotes what was sent, so it ends here. */
export function jsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** The path, without the query; null where the target is not a path. */
const pathOf = (request: IncomingMessage): string | null =>
  request.url?.startsWith("/") ? request.url.replace(/[?#].*$/s, "") : null;

/** What stands in place of `*` in the route's path; null where it is not well formed. */
export function lastSegment(request: IncomingMessage): string | null {
  try {
    return decodeURIComponent(pathOf(request)?.split("/").at(-1) ?? "");
  } catch {
    return null;
  }
}

/** True unless a browser says that another site's page sent this. A page cannot forge either header. */
export function isFromOurPage(request: IncomingMessage): boolean {
  const { origin, host, "sec-fetch-site": site } = request.headers;
  if (site !== undefined) return site === "same-origin";
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** Opens the server; refuses with what to do when the address cannot be had. */
export async function openServer(options: ServerOptions): Promise<OpenServer> {
  const { host = "127.0.0.1", port = 3978, headerMs = 10_000, requestMs = 15_000 } = options;
  const server = createServer({
    headersTimeout: headerMs,
    requestTimeout: requestMs,
    // How late a slow caller may be cut off: the default of 30 s would make the two limits above meaningless.
    connectionsCheckingInterval: Math.min(1_000, headerMs),
    // Ours answers in words, and with the same headers as everything else.
    requireHostHeader: false,
  });
  server.on("request", answerWith(options, isLoopback(host)));
  server.on("clientError", refuseRaw);
  try {
    await once(server.listen(port, host), "listening");
  } catch (cause) {
    throw cannotListen(host, port, cause);
  }
  const taken = (server.address() as AddressInfo).port;
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}/`, port: taken, close: closing(server) };
}

const answerWith = ({ routes, host = "127.0.0.1", report = toStandardError }: ServerOptions, onlyUs: boolean) => {
  const ours = new Set(["localhost", "127.0.0.1", "[::1]", host.toLowerCase()]);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
    const found = find(routes, request);
    if (typeof found === "number") {
      if (found === 405) response.setHeader("allow", allowed(routes, request).join(", "));
      return refuse(response, found);
    }
    // A page of another name that resolves to this machine (DNS rebinding) must not read what we answer.
    if (onlyUs && !found.anyHost && !ours.has(nameOf(request))) return refuse(response, 421);
    if (Number(request.headers["content-length"] ?? 0) > (found.limitBytes ?? defaultLimitBytes))
      return refuse(response, 413);
    try {
      await found.handle(request, response);
    } catch (error) {
      report(`${found.method} ${found.path}`, error);
      refuse(response, 500);
    }
  };
};

const nameOf = (request: IncomingMessage): string => (request.headers.host ?? "").toLowerCase().replace(/:\d*$/, "");

function find(routes: readonly Route[], request: IncomingMessage): Route | 400 | 404 | 405 {
  const path = pathOf(request);
  if (path === null || request.headers.host === undefined) return 400;
  const method = request.method === "HEAD" ? "GET" : request.method;
  const here = routes.filter((route) => fits(route.path, path));
  return here.find((route) => route.method === method) ?? (here.length > 0 ? 405 : 404);
}

function fits(pattern: string, path: string): boolean {
  if (!pattern.endsWith("/*")) return pattern === path;
  const start = pattern.slice(0, -1);
  return path.startsWith(start) && path.length > start.length && !path.includes("/", start.length);
}

const allowed = (routes: readonly Route[], request: IncomingMessage): readonly string[] =>
  routes
    .filter((route) => fits(route.path, pathOf(request) ?? ""))
    .flatMap((route) => (route.method === "GET" ? ["GET", "HEAD"] : [route.method]));

function closing(server: Server): () => Promise<void> {
  let closed: Promise<void> | null = null;
  return () => {
    closed ??= new Promise((resolve) => {
      const late = setTimeout(() => server.closeAllConnections(), 5_000);
      server.close(() => {
        clearTimeout(late);
        resolve();
      });
    });
    return closed;
  };
}

function cannotListen(host: string, port: number, cause: unknown): BearingsError {
  const code = cause instanceof Error && "code" in cause ? cause.code : "unknown";
  if (code === "EADDRINUSE")
    return new BearingsError(
      "listen",
      `Port ${port} on ${host} is already in use.`,
      `Set PORT to another number, such as PORT=${port + 1}, or stop the program that uses it.`,
      { cause },
    );
  if (code === "EACCES")
    return new BearingsError(
      "listen",
      `This user may not listen on port ${port}.`,
      "Set PORT to a number from 1024 to 65535.",
      { cause },
    );
  return new BearingsError(
    "listen",
    `Cannot listen on ${host}, port ${port} (${code}).`,
    "Set HOST to an address of this machine, such as 127.0.0.1, and PORT to a free number.",
    { cause },
  );
}

/** A message may quote what someone sent, so only the name and the frames are shown. */
function toStandardError(route: string, error: unknown): void {
  const name = error instanceof Error ? error.name : "unknown";
  // Not by `console`, which is for libraries while we serve.
  process.stderr.write(`${[`${route} failed: ${name}`, ...framesOf(error)].join("\n")}\n`);
}
