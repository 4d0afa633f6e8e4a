/**
 * Slack over a socket that we open. Bolt's client does the talking; here is what it lacks: every frame is looked at before it
 * sees it, since a bad one ends the process, and a lost connection is opened again with patience and without end.
 */
import { SocketModeClient } from "@slack/socket-mode";
import { z } from "zod";
import { type Log, named } from "#src/log.ts";
import { type ApiOptions, clientOptions } from "./api.ts";
import { parsePayload } from "./parse-interaction.ts";
import type { Receive } from "./receive.ts";
import { sdkLogger } from "./sdk-log.ts";

export type SocketOptions = {
  readonly appToken: string;
  readonly api: ApiOptions;
  readonly receive: Receive;
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Told when the state changes; `refused` names Slack's code for a token that is no good. */
  readonly tell: (state: SocketState) => void;
};

export type SocketState =
  | { readonly kind: "connected" }
  | { readonly kind: "lost" }
  | { readonly kind: "refused"; readonly code: string };

/** A connection that is kept open until it is closed. */
export type Socket = { readonly close: () => Promise<void> };

/** Shortest and longest wait before the next try, and after a token was refused; milliseconds. */
const waits = { first: 1_000, most: 60_000, refused: 300_000 } as const;
// A connection that was asked for and never greeted us, milliseconds.
const greetingMs = 15_000;
// Longest wait for a polite end, milliseconds.
const farewellMs = 2_000;
const mostFrame = 1_000_000;

/** Opens the connection and keeps it open. */
export function openSocket(options: SocketOptions): Socket {
  const clients = new Set<SocketModeClient>();
  const closing = Promise.withResolvers<void>();
  let isClosed = false;
  const pause = (ms: number) => Promise.race([options.sleep(ms), closing.promise]);

  async function keep(): Promise<void> {
    for (let failures = 0; !isClosed; ) {
      const ended = await session(options, clients, closing.promise);
      if (isClosed) return;
      if (ended.kind === "refused") {
        options.tell(ended);
        await pause(waits.refused);
      } else if (ended.kind === "replaced") {
        // Slack said that it would close this connection: the next one is opened before that happens.
        failures = 0;
      } else {
        options.tell({ kind: "lost" });
        failures = ended.wasConnected ? 0 : failures + 1;
        await pause(Math.min(waits.most, waits.first * 2 ** failures) * (0.75 + options.random() / 4));
      }
    }
  }

  const kept = keep();
  return {
    async close() {
      isClosed = true;
      closing.resolve();
      const ends = [...clients].map((client) => client.disconnect().catch(() => {}));
      await Promise.race([Promise.all([kept, ...ends]), options.sleep(farewellMs)]);
    },
  };
}

type Ended =
  | { readonly kind: "ended"; readonly wasConnected: boolean }
  | { readonly kind: "replaced" }
  | { readonly kind: "refused"; readonly code: string };

/** One connection, until it is lost or about to be. */
async function session(options: SocketOptions, clients: Set<SocketModeClient>, closing: Promise<void>): Promise<Ended> {
  const { log, tell } = options;
  const client = new SocketModeClient({
    appToken: options.appToken,
    autoReconnectEnabled: false,
    logger: sdkLogger(log, "socket-mode"),
    clientOptions: clientOptions(options.api),
  });
  const lost = Promise.withResolvers<Ended>();
  clients.add(client);
  client.on("disconnected", () => {
    clients.delete(client);
    lost.resolve({ kind: "ended", wasConnected: false });
  });
  guard(client, options, () => lost.resolve({ kind: "replaced" }));
  const greeted = client.start().then(
    (): null => null,
    (error: unknown): Ended => {
      clients.delete(client);
      const { code } = refusalIn(error);
      return code === null ? { kind: "ended", wasConnected: false } : { kind: "refused", code };
    },
  );
  const late = options.sleep(greetingMs).then((): Ended => ({ kind: "ended", wasConnected: false }));
  const failed = await Promise.race([greeted, late, lost.promise]);
  if (failed !== null) {
    client.disconnect().catch(() => {});
    return failed;
  }
  tell({ kind: "connected" });
  const ended = await Promise.race([lost.promise, closing.then((): Ended => ({ kind: "ended", wasConnected: true }))]);
  return ended.kind === "ended" ? { kind: "ended", wasConnected: true } : ended;
}

/** Slack's word that a token is no good; null for anything that may pass. */
function refusalIn(error: unknown): { readonly code: string | null } {
  const data = error instanceof Error && "data" in error ? Object(error.data).error : null;
  return { code: typeof data === "string" && hopeless.has(data) ? data : null };
}

const hopeless: ReadonlySet<string> = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "missing_scope",
  "not_allowed_token_type",
]);

/** Puts our own reader in front of the client's: what is not a frame of Slack's never reaches it. */
function guard(client: SocketModeClient, { log, receive }: SocketOptions, onDisconnect: () => void): void {
  const theirs = client.listeners("ws_message");
  client.removeAllListeners("ws_message");
  client.on("ws_message", (data: unknown, isBinary: unknown) => {
    const type = frameType(data);
    if (type === null || isBinary === true) return log({ level: "warn", event: "slack.socket.bad-frame" });
    if (type === "disconnect") onDisconnect();
    for (const handle of theirs) void handle(data, isBinary);
  });
  client.on("slack_event", (given: { readonly body: unknown; readonly ack: (say?: unknown) => Promise<void> }) => {
    void takeEnvelope(given.body, given.ack, receive).catch((error: unknown) =>
      log({ level: "warn", event: "slack.socket.not-acknowledged", ...named(error) }),
    );
  });
}

async function takeEnvelope(body: unknown, ack: (say?: unknown) => Promise<void>, receive: Receive): Promise<void> {
  const payload = parsePayload(body);
  // What cannot be read now cannot be read when it comes again.
  if (payload === null) return ack();
  const acknowledged = await receive(payload, Object(body));
  // Left alone, it is brought again.
  if (acknowledged.kind !== "again") await ack(acknowledged.kind === "taken" ? acknowledged.say : undefined);
}

const envelope = z.looseObject({
  type: z.enum(["hello", "disconnect", "events_api", "slash_commands", "interactive"]),
  envelope_id: z.string().max(255).optional(),
  payload: z.looseObject({ event: z.looseObject({ type: z.string() }).optional() }).optional(),
});

// The client announces each event by its type, among these names of its own.
const theirOwn: ReadonlySet<string> = new Set([
  "error",
  "close",
  "ws_message",
  "slack_event",
  "outgoing_message",
  "connecting",
  "connected",
  "reconnecting",
  "disconnecting",
  "disconnected",
  "authenticated",
]);

/** The type of a frame that the client can be trusted with, or null. */
function frameType(data: unknown): string | null {
  if (typeof data !== "string" || data.length > mostFrame) return null;
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return null;
  }
  const read = envelope.safeParse(frame);
  if (!read.success) return null;
  const { type, envelope_id, payload } = read.data;
  if (type === "hello" || type === "disconnect") return type;
  if (envelope_id === undefined || payload === undefined) return null;
  if (type === "events_api" && (payload.event === undefined || theirOwn.has(payload.event.type))) return null;
  return type;
}
