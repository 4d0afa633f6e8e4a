/** Everything that comes through a socket, with the whole door behind it: answered, then acknowledged, and once. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSeen } from "#src/storage/seen.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope, mention } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { envelopeOf } from "../helpers/slack/fake-socket.ts";
import { messageAction, pressOnMessage, slashCommand, viewSubmission } from "../helpers/slack/interactions.ts";
import { alice, channels } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";

let fake: FakeSlack;
let door: OpenDoor;
beforeAll(async () => {
  fake = await openFakeSlack();
  door = await openDoor(fake, { intake: "socket" });
});
afterEach(() => fake.clear());
afterAll(async () => {
  await door.close();
  await fake.close();
});

let count = 0;
/** Another message each time. */
const nextTs = () => `1700000300.${String(++count).padStart(6, "0")}`;
const question = (ts: string, channel: string = channels.dm) =>
  eventEnvelope(directMessage({ text: "who may supervise this work", ts, channel }));

/** Closes another door, and waits until its connection has gone from the fake, which sends through the newest. */
async function end(other: OpenDoor): Promise<void> {
  await other.close();
  await until("its connection has gone", () => fake.socket.connections() === 1);
}

/** What was posted in answer to the message with this time. */
const answersTo = (ts: string) => fake.posted().filter(({ thread }) => thread === ts);

describe("through the socket", () => {
  test("a question is answered, and acknowledged only then", async () => {
    fake.fail({ method: "chat.postMessage", kind: "slow", ms: 100 });
    const ts = nextTs();
    const before = fake.socket.acks().length;
    const ack = fake.socket.send("events_api", question(ts));
    await until("the answer is on its way", () => fake.calls("chat.postMessage").length > 0);
    expect(fake.socket.acks().length).toBe(before);
    await ack;
    expect(answersTo(ts)).toMatchObject([{ channel: channels.dm, to: null }]);
  });

  test("a question that could not be answered is not acknowledged, so that Slack brings it again", async () => {
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "600" });
    const ts = nextTs();
    // A conversation of its own: nothing more is sent to it for ten minutes.
    void fake.socket.send("events_api", question(ts, "D03CAROL"), { envelopeId: "left alone" });
    await until("it is left alone", () => door.logged().includes("slack.not-delivered"));
    await fake.socket.send("slash_commands", slashCommand("/bearings", "help"), { envelopeId: "later" });
    const acked = fake.socket.acks().map(({ envelopeId }) => envelopeId);
    expect(acked.at(-1)).toBe("later");
    expect(acked).not.toContain("left alone");
    expect(answersTo(ts)).toEqual([]);
  });

  test("a command is answered in the acknowledgement", async () => {
    const { payload } = await fake.socket.send("slash_commands", slashCommand("/bearings", "themes"));
    expect(payload).toMatchObject({ response_type: "ephemeral", text: expect.stringMatching(/Power differentials/) });
    expect(fake.calls()).toEqual([]);
  });

  test("a press is acknowledged without a word, and answered", async () => {
    const on = { channel: channels.random, threadTs: nextTs() };
    const responseUrl = fake.responseUrl(on.channel, alice.id);
    const pressed = { actionId: "press.0", value: "show/training" };
    const { payload } = await fake.socket.send("interactive", pressOnMessage(pressed, on, { responseUrl }));
    expect(payload).toEqual({});
    await until("the answer", () => answersTo(on.threadTs).length === 1);
    expect(answersTo(on.threadTs)).toMatchObject([{ to: alice.id, by: "response_url" }]);
  });

  test("a shortcut is acknowledged without a word, and answered", async () => {
    const before = fake.posted().length;
    const responseUrl = fake.responseUrl(channels.general, alice.id);
    const look = messageAction("look-up", { text: "who may supervise this work" }, { responseUrl });
    expect((await fake.socket.send("interactive", look)).payload).toEqual({});
    await until("the answer", () => fake.posted().length > before);
    expect(fake.posted().at(-1)).toMatchObject({ channel: channels.general, to: alice.id });
  });

  test("a window that shares is acknowledged once it is shared, or with what went wrong", async () => {
    const thread = nextTs();
    const share = (channel: string) =>
      fake.socket.send(
        "interactive",
        viewSubmission({
          callbackId: "share",
          metadata: JSON.stringify({ channel, thread, token: "show/supervision" }),
        }),
      );
    expect((await share(channels.general)).payload).toEqual({});
    expect(answersTo(thread)).toMatchObject([{ channel: channels.general, to: null }]);
    expect((await share(channels.random)).payload).toMatchObject({ response_action: "update" });
  });

  test("a command that nobody knows, and what nobody can read, are acknowledged, so that they do not come again", async () => {
    expect((await fake.socket.send("slash_commands", slashCommand("/nope", ""))).payload).toEqual({});
    expect((await fake.socket.send("interactive", { type: "block_actions", actions: [] })).payload).toEqual({});
  });
});

test("no port is listened on beside the one that serves the page", async () => {
  const servers = () => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;
  const before = servers();
  const other = await openDoor(fake, { intake: "socket" });
  const during = servers();
  await end(other);
  expect(during - before).toBe(1);
});

test("F14: a message whose socket dies before the acknowledgement is answered once, though it comes again", async () => {
  fake.fail({ method: "chat.postMessage", kind: "slow", ms: 200 });
  const ts = nextTs();
  const opened = fake.socket.opened();
  void fake.socket.send("events_api", question(ts), { envelopeId: "first" });
  await until("the answer is on its way", () => fake.calls("chat.postMessage").length > 0);
  fake.socket.cut();
  await until("the next connection", () => fake.socket.opened() > opened && fake.socket.connections() > 0);
  await fake.socket.send("events_api", question(ts), { envelopeId: "second", retryAttempt: 1, retryReason: "timeout" });
  expect(fake.socket.acks().map(({ envelopeId }) => envelopeId)).not.toContain("first");
  expect(answersTo(ts)).toHaveLength(1);
});

test("F15: of two replicas that get the same message at the same moment, one answers", async () => {
  const seen = openSeen(door.database, { owner: randomUUID() });
  const other = await openDoor(fake, { intake: "socket", storage: { seen } });
  const stamps = Array.from({ length: 20 }, nextTs);
  for (const ts of stamps) fake.socket.sendFrame(JSON.stringify(envelopeOf("events_api", question(ts), ts, {})));
  await until("every answer", () => stamps.every((ts) => answersTo(ts).length > 0));
  // Closed, so that nothing is still under way.
  await end(other);
  await until("an acknowledgement of each", () =>
    stamps.every((ts) => fake.socket.acks().some(({ envelopeId }) => envelopeId === ts)),
  );
  expect(stamps.filter((ts) => answersTo(ts).length !== 1)).toEqual([]);
});

describe("danger", () => {
  test("is answered through the socket although the database does not answer", async () => {
    const never = () => new Promise<never>(() => {});
    const seen = { claim: never, done: never, release: never };
    const other = await openDoor(fake, { intake: "socket", storage: { seen } });
    const before = fake.posted().length;
    const said = mention({ text: "<@U0BOT> my client says she will kill herself tonight", ts: nextTs() });
    await fake.socket.send("events_api", eventEnvelope(said));
    expect(fake.posted().slice(before)).toMatchObject([{ to: alice.id, by: "chat.postEphemeral" }]);
    await end(other);
  });
});
