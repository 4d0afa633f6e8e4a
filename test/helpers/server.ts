/** A server on a free port, and requests that say more than fetch allows. */
import { once } from "node:events";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { type OpenServer, openServer, type ServerOptions } from "#src/http.ts";

/** What came back. `json` is null where the body is not JSON. */
export type Answered = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
};

/** What to send beside the path. Default: a GET without a body. */
export type Sent = {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
};

/** Opens a server on a free port of this machine. */
export const openHere = (options: Omit<ServerOptions, "host" | "port">): Promise<OpenServer> =>
  openServer({ ...options, host: "127.0.0.1", port: 0 });

/** Sends one request with exactly these headers. */
export async function send(server: OpenServer, path: string, { method = "GET", headers = {}, body }: Sent = {}) {
  const asked = request({ host: "127.0.0.1", port: server.port, path, method, headers, agent: false });
  asked.end(body);
  const [response] = await once(asked, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return { status: response.statusCode, headers: response.headers, text, json: parsed(text) } as Answered;
}

/** Sends raw bytes and reads until the server hangs up. */
export async function sendRaw(server: OpenServer, bytes: string): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => {});
  socket.write(bytes);
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
