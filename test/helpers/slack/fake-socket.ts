/** The Socket Mode side of a fake Slack: connections that a test can greet, use, disturb and cut. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { appId, type Json, objectOf, textOf } from "./team.ts";

/** The kinds of envelope. */
export type EnvelopeType = "events_api" | "slash_commands" | "interactive";

/** What came back for an envelope. `payload` is undefined where there was none. */
export type Ack = { readonly envelopeId: string; readonly payload: unknown };

export type SendOptions = {
  /** The same for every delivery of one thing. Default: a new one. */
  readonly envelopeId?: string;
  /** For an event that is brought again. */
  readonly retryAttempt?: number;
  readonly retryReason?: string;
};

export type FakeSocket = {
  /** Connections that are open now. */
  readonly connections: () => number;
  /** Connections that were ever opened. */
  readonly opened: () => number;
  /** Everything that came back, in order. */
  readonly acks: () => readonly Ack[];
  /** Sends an envelope to the newest connection; resolves with what comes back for it. Rejects where nobody is connected. */
  readonly send: (type: EnvelopeType, payload: unknown, options?: SendOptions) => Promise<Ack>;
  /** Sends exactly this to every connection: text as a text frame, bytes as a binary one. */
  readonly sendFrame: (raw: string | Uint8Array) => void;
  /** Says that the connections will end. As Slack does, they are closed a little later by `cut`, or by the other side. */
  readonly disconnect: (reason: "warning" | "refresh_requested" | "link_disabled") => void;
  /** Ends every connection, without a farewell. */
  readonly cut: () => void;
  /** While on, nothing is answered, not even pings, and nothing is heard; the connections stay open. */
  readonly halfOpen: (isOn: boolean) => void;
  /** New handshakes are refused with this status; null takes them again. */
  readonly refuse: (status: number | null) => void;
  /** While off, new connections are not greeted with `hello`. */
  readonly greet: (isOn: boolean) => void;
  /** A new address for one connection. */
  readonly ticket: () => string;
  readonly close: () => Promise<void>;
};

// Slack pings its clients; they give a connection up after half a minute without.
const pingEveryMs = 5_000;

/** Takes the upgrades of this server. */
export function openFakeSocket(server: Server, url: string): FakeSocket {
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (ack: Ack) => void>();
  const acks: Ack[] = [];
  const tickets = new Set<string>();
  const state = { opened: 0, isHalfOpen: false, greets: true, refusal: null as number | null };

  const hear = (raw: string): void => {
    const frame = objectOf(parsed(raw));
    const ack = { envelopeId: textOf(frame.envelope_id), payload: frame.payload };
    acks.push(ack);
    waiting.get(ack.envelopeId)?.(ack);
    waiting.delete(ack.envelopeId);
  };

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const ticket = new URL(request.url ?? "/", url).searchParams.get("ticket") ?? "";
    if (state.refusal !== null || !tickets.delete(ticket))
      return void socket.end(
        `HTTP/1.1 ${state.refusal ?? 403} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
    sockets.handleUpgrade(request, socket, head, (client) => {
      open.add(client);
      state.opened += 1;
      client.on("close", () => open.delete(client));
      client.on("error", () => {});
      client.on("ping", (data) => state.isHalfOpen || client.pong(data));
      client.on("message", (data) => state.isHalfOpen || hear(String(data)));
      if (state.greets) client.send(JSON.stringify(hello(open.size)));
    });
  });

  const pinging = setInterval(() => {
    if (!state.isHalfOpen) for (const client of open) client.ping();
  }, pingEveryMs).unref();

  return {
    connections: () => open.size,
    opened: () => state.opened,
    acks: () => acks,
    send(type, payload, { envelopeId = randomUUID(), retryAttempt = 0, retryReason = "" } = {}) {
      const client = [...open].at(-1);
      if (client === undefined) return Promise.reject(new Error("nobody is connected"));
      const { promise, resolve } = Promise.withResolvers<Ack>();
      waiting.set(envelopeId, resolve);
      const retry = { retry_attempt: retryAttempt, retry_reason: retryReason };
      client.send(JSON.stringify(envelopeOf(type, payload, envelopeId, type === "events_api" ? retry : {})));
      return promise;
    },
    sendFrame(raw) {
      for (const client of open) client.send(raw, { binary: typeof raw !== "string" });
    },
    disconnect(reason) {
      const frame = JSON.stringify({ type: "disconnect", reason, debug_info: { host: "applink-1" } });
      for (const client of open) client.send(frame);
    },
    cut() {
      for (const client of open) client.terminate();
    },
    halfOpen(isOn) {
      state.isHalfOpen = isOn;
    },
    refuse(status) {
      state.refusal = status;
    },
    greet(isOn) {
      state.greets = isOn;
    },
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${url.replace(/^http/, "ws")}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    async close() {
      clearInterval(pinging);
      for (const client of open) client.terminate();
      sockets.close();
    },
  };
}

const hello = (count: number): Json => ({
  type: "hello",
  num_connections: count,
  debug_info: { host: "applink-1", build_number: 12, approximate_connection_time: 18_060 },
  connection_info: { app_id: appId },
});

/** An envelope as Slack sends it. */
export const envelopeOf = (type: EnvelopeType, payload: unknown, envelopeId: string, retry: Json = {}): Json => ({
  envelope_id: envelopeId,
  payload,
  type,
  accepts_response_payload: type !== "events_api",
  ...retry,
});

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
