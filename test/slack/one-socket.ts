/** A socket with a clock that tests turn, a fake Slack to connect to, and one that falls silent. */
import { once } from "node:events";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { openSocket, type Socket, type SocketOptions } from "#adapters/slack/socket.ts";
import { createLog } from "#src/log.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { appToken } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";

// How long is waited for a greeting, for Slack to end what it said it would, and for a farewell: reached only where
// something hangs, and then when a test says so.
export const [greetingMs, leavingMs, farewellMs] = [15_000, 10_000, 2_000];
const ends: (() => Promise<unknown>)[] = [];

/** Closes all that was opened, the newest first. For `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}

/** A fake that is closed by `closeAll`. */
export async function openFake(): Promise<FakeSlack> {
  const fake = await openFakeSlack();
  ends.push(fake.close);
  return fake;
}

/** Opens a socket whose waits between tries take no time, until the clock stands at `stopAtMs`. */
export function open(apiUrl: string, { stopAtMs = Number.POSITIVE_INFINITY, ...more }: Opening = {}) {
  const clock = { nowMs: 0, stopAtMs };
  const held: { readonly ms: number; readonly go: () => void }[] = [];
  const told: string[] = [];
  const waits: number[] = [];
  const logged: string[] = [];
  const sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const isLimit = [greetingMs, leavingMs, farewellMs].includes(ms);
      const go = () => {
        held.splice(0, held.length, ...held.filter((one) => one.go !== go));
        if (!isLimit) clock.nowMs += ms;
        resolve();
      };
      if (!isLimit) waits.push(ms);
      if (signal.aborted) return resolve();
      held.push({ ms, go });
      signal.addEventListener("abort", go);
      if (!isLimit && clock.nowMs + ms <= clock.stopAtMs) setImmediate(go);
    });
  const socket: Socket = openSocket({
    appToken,
    api: { apiUrl, log: () => {} },
    receive: async () => ({ kind: "taken", say: undefined }),
    log: createLog(
      (line) => logged.push(line),
      () => 0,
    ),
    sleep,
    random: () => 0,
    nowMs: () => clock.nowMs,
    tell: (state) => told.push(state.kind === "refused" ? `refused: ${state.code}` : state.kind),
    ...more,
  });
  ends.push(socket.close);
  return {
    clock,
    told,
    waits,
    logged,
    close: socket.close,
    /** Waits that have not ended, milliseconds each. */
    pending: () => held.map(({ ms }) => ms),
    /** Ends every wait of this length. */
    pass: (ms: number) => {
      for (const one of held.filter((each) => each.ms === ms)) one.go();
    },
  };
}
/** What a test puts in place of the usual. */
export type Opening = Partial<SocketOptions> & { readonly stopAtMs?: number };

/** Waits until it has connected so often. */
export const connected = (told: readonly string[], times = 1) =>
  until("the connection", () => told.filter((state) => state === "connected").length >= times);

/** A Slack that greets and then falls silent: it neither answers pings nor takes leave. */
export async function openSilent(): Promise<{ readonly apiUrl: string; readonly opened: () => number }> {
  let opened = 0;
  const server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify({ ok: true, url: `ws://${request.headers.host}/` }));
  });
  const sockets = new WebSocketServer({ server, autoPong: false });
  sockets.on("connection", (client) => {
    opened += 1;
    client.on("error", () => {});
    client.send(JSON.stringify({ type: "hello" }), () => client.pause());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  ends.push(async () => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const at = server.address();
  return {
    apiUrl: `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}/api/`,
    opened: () => opened,
  };
}
