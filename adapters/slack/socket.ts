/**
 * Slack over a socket that we open. Bolt's client does the talking; here is what it lacks: every frame is looked at before it
 * sees it, since a bad one ends the process, and a lost connection is opened again with patience and without end.
 */
import { SocketModeClient } from "@slack/socket-mode";
import { type Log, named } from "#src/log.ts";
import { type ApiOptions, clientOptions } from "./api.ts";
import { frameType } from "./frames.ts";
import { parsePayload } from "./parse-interaction.ts";
import type { Receive } from "./receive.ts";
import { sdkLogger } from "./sdk-log.ts";

export type SocketOptions = {
  readonly appToken: string;
  readonly api: ApiOptions;
  readonly receive: Receive;
  readonly log: Log;
  /** Waits; comes back at once when the signal is given. Never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Milliseconds on a clock that never goes back. */
  readonly nowMs: () => number;
  /** Told when the state changes; `refused` names Slack's code for a token that is no good. */
  readonly tell: (state: SocketState) => void;
  /** How long our pings may go unanswered, and how long Slack may send none. Default 5,000 and 30,000. */
  readonly pings?: { readonly oursMs: number; readonly theirsMs: number };
};

export type SocketState =
  | { readonly kind: "connected" }
  | { readonly kind: "lost" }
  | { readonly kind: "refused"; readonly code: string };

/** A connection that is kept open until it is closed. */
export type Socket = {
  /** Acknowledges what has been taken, and hangs up. */
  readonly close: () => Promise<void>;
};

/** Shortest and longest wait before the next try, and after a token was refused; milliseconds. */
const waits = { first: 1_000, most: 60_000, refused: 300_000 } as const;
// A connection that was asked for and never greeted us, milliseconds.
const greetingMs = 15_000;
// One that has lasted so long was a good one, and the next may be opened without patience, milliseconds.
const lastingMs = 60_000;
// Slack ends what it said it would within so long, milliseconds. Until then what came through it is acknowledged through it.
const leavingMs = 10_000;
// Longest wait for a polite end, milliseconds.
const farewellMs = 2_000;

/** What all connections of one socket share. */
type Line = {
  readonly options: SocketOptions;
  /** Connections that have not ended. */
  readonly clients: Set<SocketModeClient>;
  /** What has been taken and not yet acknowledged. */
  readonly taking: Set<Promise<void>>;
  /** Given when the socket is closed. */
  readonly signal: AbortSignal;
};

/** Opens the connection and keeps it open. */
export function openSocket(options: SocketOptions): Socket {
  const stopping = new AbortController();
  const line: Line = { options, clients: new Set(), taking: new Set(), signal: stopping.signal };
  const kept = keep(line);
  return {
    async close() {
      stopping.abort();
      await within(Promise.allSettled(line.taking), farewellMs, options);
      await Promise.all([...line.clients].map((client) => hangUp(client, line)));
      await kept;
    },
  };
}

async function keep(line: Line): Promise<void> {
  const { options, signal } = line;
  for (let failures = 0; !signal.aborted; ) {
    const begunMs = options.nowMs();
    const ended = await session(line);
    if (signal.aborted) return;
    const hasLasted = options.nowMs() - begunMs >= lastingMs;
    failures = hasLasted ? 1 : failures + 1;
    // Slack said that it would close this connection: the next one is opened before that happens.
    if (ended.kind === "replaced" && hasLasted) continue;
    if (ended.kind === "refused") options.tell(ended);
    if (ended.kind === "lost") options.tell({ kind: "lost" });
    await options.sleep(waitAfter(ended, failures, options.random()), signal);
  }
}

function waitAfter(ended: Ended, failures: number, chance: number): number {
  if (ended.kind === "refused") return waits.refused;
  const waitMs = Math.min(waits.most, waits.first * 2 ** (failures - 1)) * (0.75 + chance / 4);
  return ended.kind === "lost" ? Math.max(ended.afterMs, waitMs) : waitMs;
}

/** `afterMs`: Slack does not want to be asked again before that. */
type Ended =
  | { readonly kind: "lost"; readonly afterMs: number }
  | { readonly kind: "replaced" }
  | { readonly kind: "refused"; readonly code: string };

const lost: Ended = { kind: "lost", afterMs: 0 };

/** One connection, until it is lost or about to be. */
async function session(line: Line): Promise<Ended> {
  const { options, clients } = line;
  const client = clientOf(line);
  const over = Promise.withResolvers<Ended>();
  clients.add(client);
  client.on("disconnected", () => {
    clients.delete(client);
    over.resolve(lost);
  });
  guard(client, line, () => over.resolve({ kind: "replaced" }));
  const patience = new AbortController();
  const greeted = client.start().then((): null => null, failureIn);
  const late = options.sleep(greetingMs, patience.signal).then(() => lost);
  const failed = await Promise.race([greeted, late, over.promise]);
  patience.abort();
  if (failed === null) options.tell({ kind: "connected" });
  const ended = failed ?? (await over.promise);
  if (ended.kind === "replaced") void leave(client, line);
  else await hangUp(client, line);
  return ended;
}

function clientOf({ options, signal }: Line): SocketModeClient {
  const { appToken, api, log, pings = { oursMs: 5_000, theirsMs: 30_000 } } = options;
  const ours = clientOptions(api);
  return new SocketModeClient({
    appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: pings.oursMs,
    serverPingTimeout: pings.theirsMs,
    logger: sdkLogger(log, "socket-mode"),
    clientOptions: {
      ...ours,
      // Closed while Slack is being asked for an address, the client would connect to it all the same.
      fetch: (url, init) => ours.fetch(url, { ...init, signal: AbortSignal.any([signal, ...signalsIn(init)]) }),
    },
  });
}

const signalsIn = (init: RequestInit | undefined): readonly AbortSignal[] => (init?.signal ? [init.signal] : []);

/** Slack has said that it will end this one; should it forget to, we do. */
async function leave(client: SocketModeClient, line: Line): Promise<void> {
  await line.options.sleep(leavingMs, line.signal);
  if (!line.signal.aborted) await hangUp(client, line);
}

/** Takes leave of the other side, and goes without its answer when none comes. */
async function hangUp(client: SocketModeClient, { options, clients }: Line): Promise<void> {
  await within(client.disconnect(), farewellMs, options);
  // The second time, the client waits for nobody.
  if (clients.has(client)) await client.disconnect();
}

/** Waits for it, but no longer than so many milliseconds. */
async function within(step: Promise<unknown>, ms: number, { sleep }: Pick<SocketOptions, "sleep">): Promise<void> {
  const patience = new AbortController();
  await Promise.race([step, sleep(ms, patience.signal)]);
  patience.abort();
}

/** What a failed start means: a token that is no good by Slack's word, or something that may pass. */
function failureIn(error: unknown): Ended {
  const { data, retryAfter }: Failure = Object(error);
  const code = data?.error;
  if (typeof code === "string" && hopeless.has(code)) return { kind: "refused", code };
  return { kind: "lost", afterMs: typeof retryAfter === "number" ? retryAfter * 1_000 : 0 };
}

type Failure = { readonly data?: { readonly error?: unknown }; readonly retryAfter?: unknown };

const hopeless: ReadonlySet<string> = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "team_disabled",
  "user_removed_from_team",
  "token_revoked",
  "token_expired",
  "missing_scope",
  "not_allowed_token_type",
]);

/** Puts our own reader in front of the client's: what is not a frame of Slack's never reaches it. */
function guard(client: SocketModeClient, { options, taking }: Line, onDisconnect: () => void): void {
  const { log, receive } = options;
  const theirs = client.listeners("ws_message");
  client.removeAllListeners("ws_message");
  client.on("ws_message", (data: unknown, isBinary: unknown) => {
    const type = frameType(data);
    if (type === null || isBinary === true) return log({ level: "warn", event: "slack.socket.bad-frame" });
    // The client would hang up at once, and what came through this connection could no longer be acknowledged.
    if (type === "disconnect") return onDisconnect();
    for (const handle of theirs) void handle(data, isBinary);
  });
  client.on("slack_event", (given: { readonly body: unknown; readonly ack: (say?: unknown) => Promise<void> }) => {
    const taken = takeEnvelope(given.body, given.ack, receive).catch((error: unknown) =>
      log({ level: "warn", event: "slack.socket.not-acknowledged", ...named(error) }),
    );
    taking.add(taken);
    void taken.finally(() => taking.delete(taken));
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
