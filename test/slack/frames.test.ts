/** What nobody at Slack would send through the socket: ignored, noted without its words, and the connection goes on. */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { frameType } from "#adapters/slack/frames.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { envelopeOf } from "../helpers/slack/fake-socket.ts";
import { hostileFrame } from "../helpers/slack/hostile.ts";
import { slashCommand } from "../helpers/slack/interactions.ts";

let fake: FakeSlack;
let door: OpenDoor;
beforeAll(async () => {
  fake = await openFakeSlack();
  door = await openDoor(fake, { intake: "socket" });
});
beforeEach(() => fake.clear());
afterAll(async () => {
  await door.close();
  await fake.close();
});

/** Frames arrive in order, so whatever was sent before this has been dealt with. */
const answersCommands = async () => {
  const { payload } = await fake.socket.send("slash_commands", slashCommand("/bearings", "themes"));
  return JSON.stringify(payload).includes("Power differentials");
};

/** Sends these, and gives the events that are logged of them once the next command has been answered. */
async function loggedOf(...frames: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  const before = door.logged().length;
  for (const frame of frames) fake.socket.sendFrame(frame);
  expect(await answersCommands()).toBe(true);
  const lines = door.logged().slice(before).trim().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line).event);
}

const eventOfType = (type: unknown) => envelopeOf("events_api", eventEnvelope({ type }), "e1");

describe("F13, T-05: a frame that is none of Slack's", () => {
  test.each([
    ["null", "null"],
    ["a list", "[]"],
    ["half of one", '{"type":"events_api","envelope_id"'],
    ["nothing", ""],
    ["a type that is no text", '{"type":7}'],
    ["a type that nobody knows", '{"type":"quit"}'],
    ["an event without a payload", '{"type":"events_api","envelope_id":"e1"}'],
    ["a payload that is null", '{"type":"events_api","envelope_id":"e1","payload":null}'],
    ["an event that is null", '{"type":"events_api","envelope_id":"e1","payload":{"event":null}}'],
    ["an event without a type", '{"type":"events_api","envelope_id":"e1","payload":{"event":{}}}'],
    ["a command without an id", '{"type":"slash_commands","payload":{}}'],
    ["an id that is no text", '{"type":"interactive","envelope_id":{},"payload":{}}'],
    ["bytes", new Uint8Array([0, 255, 1, 2])],
    ["a right frame as bytes", Buffer.from(JSON.stringify(eventOfType("message")))],
    ["5 MB of text", "x".repeat(5_000_000)],
    ["5 MB of a right frame", JSON.stringify({ ...eventOfType("message"), padding: "x".repeat(5_000_000) })],
  ])("%s, is ignored and noted, and the next command is answered", async (_what, frame) => {
    const opened = fake.socket.opened();
    expect(await loggedOf(frame)).toEqual(["slack.socket.bad-frame"]);
    expect(fake.socket.opened()).toBe(opened);
  });

  test.each([
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
  ])("an event called %s, which the client would take for one of its own, is ignored", async (type) => {
    const opened = fake.socket.opened();
    expect(await loggedOf(JSON.stringify(eventOfType(type)))).toEqual(["slack.socket.bad-frame"]);
    expect({ opened: fake.socket.opened(), now: fake.socket.connections() }).toEqual({ opened, now: 1 });
  });

  test("an event of a kind that is new to us is acknowledged, so that it does not come again", async () => {
    const ack = await fake.socket.send("events_api", eventEnvelope({ type: "weather_changed" }));
    expect(ack.payload).toEqual({});
  });

  test("hello a second time, and a thousand times, changes nothing", async () => {
    const opened = fake.socket.opened();
    expect(await loggedOf(...Array.from({ length: 1_000 }, () => '{"type":"hello"}'))).toEqual([]);
    expect(fake.socket.opened()).toBe(opened);
  });

  test("5,000 of them, and after each fifty a command is answered through the same connection", async () => {
    const opened = fake.socket.opened();
    await fc.assert(
      fc.asyncProperty(fc.array(hostileFrame, { minLength: 50, maxLength: 50 }), async (frames) => {
        for (const frame of frames) fake.socket.sendFrame(frame);
        expect(await answersCommands()).toBe(true);
      }),
      { numRuns: 100, endOnFailure: true },
    );
    expect({ opened: fake.socket.opened(), now: fake.socket.connections() }).toEqual({ opened, now: 1 });
  });

  test("leaves none of its words in the log", async () => {
    const marked = "quince-7f3a";
    await loggedOf(
      marked,
      `{"${marked}":"${marked}"}`,
      JSON.stringify(envelopeOf("interactive", { type: marked, [marked]: marked }, marked)),
      JSON.stringify(eventOfType(marked)),
      JSON.stringify(envelopeOf("events_api", eventEnvelope(directMessage({ text: marked })), marked)),
      JSON.stringify({ type: "disconnect", reason: marked, envelope_id: 7 }),
    );
    expect(door.logged()).toContain("slack.socket.bad-frame");
    expect(door.logged()).not.toContain(marked);
  });
});

describe("what the client is trusted with", () => {
  test("is a frame of one of five types, whatever else it holds", () => {
    const types = ["hello", "disconnect", "events_api", "slash_commands", "interactive"];
    fc.assert(
      fc.property(hostileFrame, (frame) => {
        const type = frameType(frame);
        if (type === null) return;
        expect(typeof frame).toBe("string");
        expect(types).toContain(type);
        expect(JSON.parse(String(frame)).type).toBe(type);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(["hello", "disconnect"])("%s needs nothing more", (type) => {
    expect(frameType(JSON.stringify({ type }))).toBe(type);
  });

  test("an envelope has an id and a payload", () => {
    expect(frameType(JSON.stringify(envelopeOf("interactive", {}, "e1")))).toBe("interactive");
    expect(frameType(JSON.stringify(envelopeOf("slash_commands", {}, "e1")))).toBe("slash_commands");
    expect(frameType(JSON.stringify(eventOfType("message")))).toBe("events_api");
  });
});
