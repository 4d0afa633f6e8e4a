/** The end of Socket Mode: what was taken is acknowledged, nobody is waited for in vain, and nothing is left behind. */
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSlack, type SlackOptions } from "#adapters/slack/connect.ts";
import { openReal } from "../helpers/assistant.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import type { FakeSlack } from "../helpers/slack/fake-slack.ts";
import { slashCommand } from "../helpers/slack/interactions.ts";
import { noReminders, settleNothing } from "../helpers/slack/kept.ts";
import { appToken, botToken } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { closeAll, connected, farewellMs, open, openFake, openSilent } from "./one-socket.ts";

/** Before anything was opened. */
let idle: Readonly<Record<string, number>>;
beforeAll(() => {
  idle = resources();
});
afterEach(async () => {
  await closeAll();
  // What one test leaves behind would hide what the next one does.
  await nothingLeft(idle);
});

const question = (ts: string) => eventEnvelope(directMessage({ text: "who may supervise this work", ts }));

/** How many sockets, servers and timers this process has. */
function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { TCPSocketWrap: 0, TCPServerWrap: 0, Timeout: 0 };
  for (const name of process.getActiveResourcesInfo()) if (name in counts) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Waits until there are no more of any kind than before. */
const nothingLeft = (before: Readonly<Record<string, number>>) =>
  until("what is left behind", () =>
    Object.entries(resources()).every(([name, count]) => count <= (before[name] ?? 0)),
  );

describe("a socket that is closed", () => {
  test("acknowledges first what has been taken", async () => {
    const fake = await openFake();
    const [taken, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { told, close } = open(fake.apiUrl, {
      receive: async () => {
        taken.resolve();
        await answer.promise;
        return { kind: "taken", say: { text: "in time" } };
      },
    });
    await connected(told);
    const ack = fake.socket.send("slash_commands", slashCommand("/bearings", "themes"));
    await taken.promise;
    const closed = close();
    answer.resolve();
    expect((await ack).payload).toEqual({ text: "in time" });
    await closed;
    expect(told).toEqual(["connected"]);
  });

  test("does not wait for a peer that never takes its leave", async () => {
    const silent = await openSilent();
    const before = resources();
    // So seldom that it is not the pings that end it.
    const pings = { oursMs: 600_000, theirsMs: 600_000 };
    const { told, close, pass, pending } = open(silent.apiUrl, { pings });
    await connected(told);
    let isClosed = false;
    void close().then(() => {
      isClosed = true;
    });
    await until("it is closed", () => {
      pass(farewellMs);
      return isClosed;
    });
    // The socket on the server's side remains: it is the one that hears nothing.
    expect(resources().Timeout).toBeLessThanOrEqual(before.Timeout ?? 0);
    expect(pending()).toEqual([]);
  });

  test("while it asks for an address, does not connect to it any more", async () => {
    const fake = await openFake();
    fake.fail({ method: "apps.connections.open", kind: "slow", ms: 150 });
    const before = resources();
    const { told, close } = open(fake.apiUrl);
    await until("it is asking", () => fake.asked() === 1);
    await close();
    // The request has been given up on both sides.
    await nothingLeft(before);
    expect({ opened: fake.socket.opened(), told }).toEqual({ opened: 0, told: [] });
  });

  test.each([
    ["after a failure", { kind: "status", status: 503 }],
    ["after a token was refused", { kind: "refused", error: "invalid_auth" }],
    ["for as long as Slack said", { kind: "limited", retryAfter: "600" }],
  ] as const)("while it waits %s, ends at once", async (_what, fault) => {
    const fake = await openFake();
    fake.fail({ method: "apps.connections.open", times: 9, ...fault });
    const { told, close, pending } = open(fake.apiUrl, { stopAtMs: 0 });
    await until("it waits", () => told.length > 0 && pending().length > 0);
    await close();
    expect({ pending: pending(), asked: fake.asked() }).toEqual({ pending: [], asked: 1 });
  });

  test("after many connections, leaves no timer, and no wait of ours", async () => {
    const fake = await openFake();
    const before = resources();
    const { told, close, pending } = open(fake.apiUrl);
    for (let times = 1; times <= 10; times += 1) {
      await connected(told, times);
      if (times % 2 === 0) fake.socket.disconnect("warning");
      else fake.socket.cut();
    }
    await connected(told, 11);
    await close();
    await until("every connection has gone", () => fake.socket.connections() === 0);
    await fake.close();
    await nothingLeft(before);
    expect(pending()).toEqual([]);
  });
});

describe("the whole door, closed", () => {
  let core: SlackOptions["core"];
  beforeAll(async () => {
    core = { ...(await openReal()), apaOf: async () => "", settle: settleNothing, reminders: noReminders() };
  });

  /** The door without what `serve` puts around it, so that it can be closed before it is on. */
  function openBare(fake: FakeSlack, more: Partial<SlackOptions> = {}) {
    const told: string[] = [];
    const logged: string[] = [];
    const nothing = async () => {};
    const door = openSlack({
      config: {
        apiUrl: fake.apiUrl,
        intake: { kind: "socket", appToken },
        workspaces: { kind: "one", botToken },
      },
      core,
      storage: {
        seen: { claim: async () => "yours", done: nothing, release: nothing },
        votes: { put: nothing, reason: nothing, forget: async () => 0 },
        installs: () => ({ get: async () => null, put: nothing, remove: nothing, renew: async () => null }),
      },
      zone: "Europe/Berlin",
      log: ({ event }) => logged.push(event),
      tell: (line) => told.push(line),
      gapMs: 0,
      ...more,
    });
    return { ...door, told, logged };
  }

  test("while an answer is being posted, posts it and acknowledges the message", async () => {
    const fake = await openFake();
    const door: OpenDoor = await openDoor(fake, { intake: "socket" });
    fake.fail({ method: "chat.postMessage", kind: "slow", ms: 150 });
    const ack = fake.socket.send("events_api", question("1700000400.000001"), { envelopeId: "e1" });
    await until("it is being posted", () => fake.calls("chat.postMessage").length === 1);
    await door.close();
    expect(fake.posted()).toHaveLength(1);
    expect(await ack).toEqual({ envelopeId: "e1", payload: {} });
  });

  test("leaves no socket, no port and no timer", async () => {
    const before = resources();
    const fake = await openFake();
    const door = await openDoor(fake, { intake: "socket" });
    await fake.socket.send("events_api", question("1700000400.000002"));
    fake.socket.disconnect("warning");
    await until("the next connection", () => fake.socket.opened() === 2);
    await door.close();
    await fake.close();
    await nothingLeft(before);
  });

  test("before Slack has said who we are, does not wait for it", async () => {
    const fake = await openFake();
    fake.fail({ method: "auth.test", kind: "hang" });
    const door = openBare(fake);
    await until("it is asking", () => fake.calls("auth.test").length === 1);
    await door.close();
    // An answer that is waited for to the end is noted.
    expect({ logged: door.logged, told: door.told }).toEqual({ logged: [], told: [] });
  });

  test("does not wait for an answer that Slack will not take for minutes", async () => {
    const fake = await openFake();
    const door = openBare(fake, { drainMs: 50 });
    await until("it is on", () => fake.socket.connections() === 1 && door.told.length > 0);
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "30" });
    void fake.socket.send("events_api", question("1700000400.000003"));
    await until("it is held", () => fake.calls("chat.postMessage").length === 1);
    await door.close();
    expect(fake.posted()).toEqual([]);
  });
});
