/** What the test Slack delivers: signatures, payloads that our own reader understands, and Socket Mode with Slack's client. */
import { createHmac } from "node:crypto";
import { SocketModeClient } from "@slack/socket-mode";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { parsePayload } from "#adapters/slack/parse-interaction.ts";
import {
  appRateLimited,
  appUninstalled,
  botMessage,
  channelJoin,
  channelMessage,
  directMessage,
  eventEnvelope,
  homeOpened,
  mention,
  messageChanged,
  messageDeleted,
  tokensRevoked,
} from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { hostileEnvelope, hostileFrame } from "../helpers/slack/hostile.ts";
import {
  messageAction,
  pressInView,
  pressOnMessage,
  slashCommand,
  viewSubmission,
} from "../helpers/slack/interactions.ts";
import { signedEvent, signedForm } from "../helpers/slack/signed.ts";
import { silent } from "../helpers/slack/silent.ts";
import { appToken, type Json, signingSecret } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";

describe("a signed request", () => {
  const signatureOf = (body: string, atSec: number, secret = signingSecret) =>
    `v0=${createHmac("sha256", secret).update(`v0:${atSec}:${body}`).digest("hex")}`;

  test("carries the signature of exactly its body, at the time it names", () => {
    const { headers, body } = signedForm({ command: "/bearings", text: "who & what" }, { atSec: 1_700_000_000 });
    expect(body).toBe("command=%2Fbearings&text=who+%26+what");
    expect(headers["x-slack-signature"]).toBe(signatureOf(body, 1_700_000_000));
    expect(headers["x-slack-request-timestamp"]).toBe("1700000000");
  });

  test("says which repeat it is, and may be signed wrongly", () => {
    const repeated = signedEvent({}, { retryNum: 2, retryReason: "http_error" });
    expect(repeated.headers).toMatchObject({ "x-slack-retry-num": "2", "x-slack-retry-reason": "http_error" });
    const forged = signedEvent({}, { atSec: 1, secret: "another" });
    expect(forged.headers["x-slack-signature"]).toBe(signatureOf("{}", 1, "another"));
  });
});

test.each<[string, Json, string]>([
  ["a direct message", eventEnvelope(directMessage({ text: "x" })), "message"],
  ["a message in a channel", eventEnvelope(channelMessage({ text: "x" })), "message"],
  ["a mention", eventEnvelope(mention({ text: "<@U0BOT> x" })), "mention"],
  ["an edit", eventEnvelope(messageChanged({ before: "x", text: "y" })), "message"],
  ["a deletion", eventEnvelope(messageDeleted({ text: "x" })), "message"],
  ["someone's arrival", eventEnvelope(channelJoin()), "message"],
  ["another bot's message", eventEnvelope(botMessage({ text: "x" })), "message"],
  ["the Home tab", eventEnvelope(homeOpened()), "home"],
  ["an uninstallation", eventEnvelope(appUninstalled()), "gone"],
  ["revoked tokens", eventEnvelope(tokensRevoked()), "gone"],
  ["events held back", appRateLimited(), "other"],
  ["a command", slashCommand("/bearings", "themes"), "command"],
  ["a press on a message", pressOnMessage({ actionId: "press", value: "themes" }), "press"],
  ["a press on one that one person sees", pressOnMessage({ actionId: "press" }, { isEphemeral: true }), "press"],
  ["a press in the Home tab", pressInView({ actionId: "press" }, { type: "home" }), "press"],
  ["a press in a window", pressInView({ actionId: "press" }, { type: "modal" }), "press"],
  ["a window sent off", viewSubmission({ callbackId: "share", values: { b: { a: { value: "x" } } } }), "submit"],
  ["a shortcut", messageAction("look-up", { text: "x" }), "look-up"],
])("%s is read by the door", (_what, body, kind) => {
  expect(parsePayload(JSON.parse(JSON.stringify(body)))?.kind).toBe(kind);
});

describe("what is hostile", () => {
  test("is sometimes readable and often not, so that both ways are walked", () => {
    const read = fc.sample(hostileEnvelope, { numRuns: 600, seed: 1 }).map((body) => parsePayload(body) !== null);
    const share = read.filter(Boolean).length / read.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.95);
  });

  test("holds text and bytes, and JSON that is no frame", () => {
    const frames = fc.sample(hostileFrame, { numRuns: 400, seed: 1 });
    expect(frames.some((frame) => typeof frame !== "string")).toBe(true);
    expect(frames).toContain("null");
  });
});

describe("Socket Mode of the fake", () => {
  let fake: FakeSlack | null = null;
  let client: SocketModeClient | null = null;
  afterEach(async () => {
    await client?.disconnect();
    await fake?.close();
    fake = client = null;
  });

  async function connect(): Promise<{ readonly slack: FakeSlack; readonly sdk: SocketModeClient }> {
    const slack = await openFakeSlack();
    const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
    const sdk = new SocketModeClient({ appToken, autoReconnectEnabled: false, logger: silent, clientOptions });
    fake = slack;
    client = sdk;
    await sdk.start();
    return { slack, sdk };
  }

  test("brings an envelope and hands back what it is acknowledged with", async () => {
    const { slack, sdk } = await connect();
    sdk.on("slack_event", ({ body, ack }) => ack({ text: `got ${body.command}` }));
    const ack = await slack.socket.send("slash_commands", slashCommand("/bearings", "x"), { envelopeId: "e1" });
    expect(ack).toEqual({ envelopeId: "e1", payload: { text: "got /bearings" } });
    expect(slack.asked()).toBe(1);
    expect(slack.socket.connections()).toBe(1);
  });

  test("says which repeat of an event it is", async () => {
    const { slack, sdk } = await connect();
    const attempts: unknown[] = [];
    sdk.on("slack_event", async ({ ack, retry_num, retry_reason }) => {
      attempts.push([retry_num, retry_reason]);
      await ack();
    });
    const event = eventEnvelope(directMessage({ text: "x" }));
    await slack.socket.send("events_api", event, { retryAttempt: 1, retryReason: "timeout" });
    expect(attempts).toEqual([[1, "timeout"]]);
  });

  test("is cut, and refuses the next handshake when told to", async () => {
    const { slack, sdk } = await connect();
    const lost = new Promise((resolve) => sdk.once("disconnected", resolve));
    slack.socket.cut();
    await lost;
    await until("the connection is gone", () => slack.socket.connections() === 0);
    slack.socket.refuse(503);
    const status = await fetch(slack.socket.ticket().replace("ws:", "http:"), { method: "GET" }).then(
      ({ status }) => status,
    );
    expect(status).toBe(404);
    const socket = new WebSocket(slack.socket.ticket());
    const failed = await new Promise((resolve) => {
      socket.onerror = () => resolve("refused");
      socket.onopen = () => resolve("open");
    });
    expect(failed).toBe("refused");
  });

  test("hears nothing while it is half open", async () => {
    const { slack, sdk } = await connect();
    const brought = new Promise((resolve) => sdk.once("slack_event", ({ ack }) => ack().then(resolve, resolve)));
    slack.socket.halfOpen(true);
    void slack.socket.send("events_api", eventEnvelope(directMessage({ text: "x" })));
    await brought;
    expect(slack.socket.acks()).toEqual([]);
    expect(slack.socket.connections()).toBe(1);
  });
});
