/** How the server answers in JSON, and how it says no: in plain words, with safe headers, never quoting what was sent. */
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

const words = {
  400: "That request could not be read.",
  401: "This request is not signed as it has to be, or not of this moment.",
  403: "This request did not come from Bearings' own page.",
  404: "There is nothing at this address.",
  405: "This address does not take that kind of request.",
  408: "The request took too long to arrive.",
  413: "That is more than Bearings reads at once. Please send less.",
  415: "Please send JSON, with the content type application/json.",
  421: "Bearings answers here only to this machine's own address, such as http://127.0.0.1.",
  431: "The request's headers are too long.",
  500: "Something went wrong in Bearings. Nothing that was sent has been kept.",
  503: "Bearings cannot take this at the moment. Please send it again.",
} as const;

/** The kinds of no that this server says. */
export type Refusal = keyof typeof words;

/** On every answer. A page that needs more, such as its own scripts, sets its own content-security-policy. */
export const safeHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

const jsonType = "application/json; charset=utf-8";

/** Sends a value as JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { "content-type": jsonType, "content-length": body.length }).end(body);
}

/** Says no in plain words: `{ "error": "…" }`. Says nothing where an answer has begun or the caller has gone. */
export function refuse(response: ServerResponse, status: Refusal): void {
  if (!response.headersSent && !response.destroyed) sendJson(response, status, { error: words[status] });
}

/** For what never became a request: too slow, too long, not HTTP. There is no response object yet, only the socket. */
export function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const codes: Readonly<Record<string, Refusal>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };
  const status = codes[error.code ?? ""] ?? 400;
  const body = JSON.stringify({ error: words[status] });
  const headers = {
    ...safeHeaders,
    "content-type": jsonType,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
}
