/** Socket Mode through the proxy: frames of local-slack's are repaired on their way, and a test may put in some of its own. */
import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import { type Ack, type EnvelopeType, envelopeOf } from "./fake-socket.ts";
import { type Json, objectOf, textOf } from "./team.ts";

export type Relay = {
  /** An address of ours in front of this one. */
  readonly inFrontOf: (upstream: string) => string;
  readonly connections: () => number;
  /** Sends an envelope of the test's own; resolves with what comes back for it. */
  readonly inject: (type: EnvelopeType, payload: Json) => Promise<Ack>;
  readonly close: () => void;
};

/** How bodies are changed: those for the bot, and those that it acknowledges with. */
export type Repairs = { readonly forBot: (body: Json) => Json; readonly fromBot: (answer: Json) => Json };

// A client of Slack's gives a connection up after half a minute without a ping.
const pingEveryMs = 5_000;

/** Takes the upgrades of this server. */
export function openRelay(server: Server, url: string, { forBot, fromBot }: Repairs): Relay {
  const sockets = new WebSocketServer({ noServer: true });
  const upstreams = new Map<string, string>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (ack: Ack) => void>();
  // local-slack sends each envelope to every connection; Slack to one.
  const taken = new Set<string>();

  function down(raw: string, client: WebSocket): void {
    const frame = objectOf(JSON.parse(raw));
    const id = textOf(frame.envelope_id);
    if (id !== "" && taken.has(id)) return;
    taken.add(id);
    const retry = frame.type === "events_api" ? { retry_attempt: 0, retry_reason: "" } : {};
    client.send(id === "" ? raw : JSON.stringify({ ...frame, ...retry, payload: forBot(objectOf(frame.payload)) }));
  }

  function up(raw: string, upstream: WebSocket): void {
    const frame = objectOf(JSON.parse(raw));
    const id = textOf(frame.envelope_id);
    const ours = waiting.get(id);
    if (ours === undefined) {
      const payload = frame.payload === undefined ? {} : { payload: fromBot(objectOf(frame.payload)) };
      return void upstream.send(JSON.stringify({ ...frame, ...payload }));
    }
    waiting.delete(id);
    ours({ envelopeId: id, payload: frame.payload });
  }

  server.on("upgrade", (request, socket, head) => {
    const ticket = new URL(request.url ?? "/", url).searchParams.get("ticket") ?? "";
    const address = upstreams.get(ticket);
    upstreams.delete(ticket);
    if (address === undefined) return void socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
    const upstream = new WebSocket(address);
    upstream.on("error", () => socket.destroy());
    upstream.once("open", () => {
      // Nothing is heard before the client is there to hear it.
      upstream.pause();
      sockets.handleUpgrade(request, socket, head, (client) => {
        open.add(client);
        upstream.on("message", (data) => down(String(data), client));
        client.on("message", (data) => up(String(data), upstream));
        client.on("error", () => {});
        client.on("close", () => {
          open.delete(client);
          upstream.close();
        });
        upstream.on("close", () => client.close());
        upstream.resume();
      });
    });
  });

  const pinging = setInterval(() => {
    for (const client of open) client.ping();
  }, pingEveryMs).unref();

  return {
    inFrontOf(upstream) {
      const ticket = randomUUID();
      upstreams.set(ticket, upstream);
      return `${url.replace(/^http/, "ws")}/link/?ticket=${ticket}`;
    },
    connections: () => open.size,
    inject(type, payload) {
      const client = [...open].at(-1);
      if (client === undefined) return Promise.reject(new Error("nobody is connected"));
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<Ack>();
      waiting.set(id, resolve);
      client.send(JSON.stringify(envelopeOf(type, payload, id)));
      return promise;
    },
    close() {
      clearInterval(pinging);
      for (const client of open) client.terminate();
      sockets.close();
    },
  };
}
