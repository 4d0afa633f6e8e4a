/** Which messages of Slack's are for us, and what they say. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePayload } from "#adapters/slack/parse-interaction.ts";
import type { MessageEvent } from "#adapters/slack/payload.ts";
import { openPlace, placeOf, placesOf, readMessage, textOf } from "#adapters/slack/read.ts";
import { reveal } from "#src/turn.ts";

const us = { botUser: "U0BOT", nowMs: 1_000 };

/** An event as Slack sends it, read. */
function eventOf(event: Record<string, unknown>): MessageEvent {
  const payload = parsePayload({
    type: "event_callback",
    team_id: "T1",
    event_id: "Ev1",
    authorizations: [{ team_id: "T1", enterprise_id: null, user_id: "U0BOT", is_bot: true }],
    event: { user: "U1", ts: "1700000000.000100", ...event },
  });
  if (payload?.kind !== "message" && payload?.kind !== "mention") throw new Error(`read as ${payload?.kind}`);
  return payload;
}

const direct = (event: Record<string, unknown>) =>
  eventOf({ type: "message", channel: "D1", channel_type: "im", ...event });
const mention = (event: Record<string, unknown>) => eventOf({ type: "app_mention", channel: "C1", ...event });

function saidIn(event: MessageEvent): string {
  const read = readMessage(event, us);
  if (read.kind === "ignored") return `ignored: ${read.why}`;
  const { said } = read.turn;
  return said.kind === "text" ? reveal(said.text) : said.kind === "pressed" ? `pressed: ${said.token}` : "filled";
}

describe("a message", () => {
  test("in private is a turn in a thread of its own", () => {
    const read = readMessage(direct({ text: "who may supervise" }), us);
    expect(read).toMatchObject({
      kind: "turn",
      turn: {
        id: "slack:T1:D1:1700000000.000100",
        person: { id: "slack:T1:U1", zone: null },
        place: { isPrivate: true },
      },
    });
    if (read.kind === "turn") expect(openPlace(read.turn.place)).toMatchObject({ thread: "1700000000.000100" });
  });

  test("in a thread stays in that thread", () => {
    const read = readMessage(mention({ text: "<@U0BOT> themes", thread_ts: "1600000000.000001" }), us);
    if (read.kind !== "turn") throw new Error(read.kind);
    expect(openPlace(read.turn.place)).toEqual({
      team: "T1",
      enterprise: null,
      channel: "C1",
      thread: "1600000000.000001",
      isPrivate: false,
    });
  });

  test("that arrives as a mention and as a message is the same turn", () => {
    const text = "<@U0BOT> who may supervise";
    const ids = [mention({ text }), eventOf({ type: "message", channel: "C1", channel_type: "channel", text })].map(
      (event) => {
        const read = readMessage(event, us);
        return read.kind === "ignored" ? read.why : read.turn.id;
      },
    );
    expect(new Set(ids).size).toBe(1);
  });

  test("with a mention and nothing else is a knock on the door", () => {
    expect(saidIn(mention({ text: " <@U0BOT> " }))).toBe("pressed: start");
  });

  test.each<[string, MessageEvent, string]>([
    ["our own", direct({ user: "U0BOT", text: "hello" }), "our own message"],
    ["another bot's", direct({ bot_id: "B2", text: "hello" }), "another bot's message"],
    ["another bot's in a channel", mention({ bot_id: "B2", text: "<@U0BOT> hello" }), "another bot's message"],
    [
      "of a bot without a user",
      direct({ user: undefined, subtype: "bot_message", bot_id: "B2", text: "x" }),
      "another bot's message",
    ],
    ["someone's arrival", direct({ subtype: "channel_join", text: "<@U1> has joined" }), "not a message from a person"],
    ["a new topic", direct({ subtype: "channel_topic", text: "x" }), "not a message from a person"],
    ["without text", direct({ text: "" }), "no text"],
    ["of spaces", direct({ text: " \u00a0 " }), "no text"],
    [
      "in a channel that does not name us",
      eventOf({ type: "message", channel: "C1", channel_type: "channel", text: "who may supervise" }),
      "a channel message that does not name us",
    ],
    ["a mention of another", mention({ text: "<@U2> who may supervise" }), "a channel message that does not name us"],
    [
      "a mention of one whose id begins like ours",
      mention({ text: "<@U0BOTTOM> x" }),
      "a channel message that does not name us",
    ],
  ])("is ignored when it is %s", (_what, event, why) => {
    expect(readMessage(event, us)).toEqual({ kind: "ignored", why });
  });

  test.each(["file_share", "thread_broadcast", "me_message"])("of subtype %s is from a person", (subtype) => {
    expect(saidIn(direct({ subtype, text: "who may supervise" }))).toBe("who may supervise");
  });

  test("that forwards another holds its words as well", () => {
    const event = direct({ text: "", attachments: [{ fallback: "[old]", text: "she wants to end it" }] });
    expect(saidIn(event)).toBe("she wants to end it");
  });
});

describe("F6: an edit", () => {
  const edit = (before: string, after: string, more: Record<string, unknown> = {}) =>
    direct({
      subtype: "message_changed",
      message: { user: "U1", ts: "1700000000.000100", text: after, edited: { ts: "1700000009.000000" } },
      previous_message: { user: "U1", ts: "1700000000.000100", text: before },
      ...more,
    });

  test("is told from a message, with an id of its own", () => {
    const read = readMessage(edit("hello", "I want to die"), us);
    expect(read).toMatchObject({ kind: "edit", turn: { id: "slack:T1:D1:1700000009.000000" } });
  });

  test("that changed no words, such as Slack's own for a link, is ignored", () => {
    expect(readMessage(edit("same", "same"), us)).toEqual({ kind: "ignored", why: "an edit that changed no words" });
  });

  test("of our own message is ignored", () => {
    const event = edit("a", "b", { message: { user: "U0BOT", ts: "1.1", text: "b", edited: { ts: "2.1" } } });
    expect(readMessage(event, us)).toEqual({ kind: "ignored", why: "our own message" });
  });

  test("deleting is nothing to answer", () => {
    const body = {
      type: "event_callback",
      team_id: "T1",
      event: { type: "message", subtype: "message_deleted", channel: "D1", channel_type: "im", deleted_ts: "1.1" },
    };
    expect(parsePayload(body)).toEqual({ kind: "other", type: "message" });
  });
});

describe("the text", () => {
  test.each<[string, string]>([
    ["<@U0BOT> who may supervise", "who may supervise"],
    ["hey <@U0BOT|bearings>, who may supervise", "hey , who may supervise"],
    ["<@U0BOT> <@U2> asked who may supervise", "@someone asked who may supervise"],
    ["<@U0BOT> what of <#C2|supervision> and <#C3>", "what of #supervision and #channel"],
    [
      "<@U0BOT> see <https://example.org/a?b=c|the page> and <https://example.org>",
      "see the page and https://example.org",
    ],
    ["<@U0BOT> run `supervise &lt;who&gt;` &amp;amp; go", "run `supervise <who>` &amp; go"],
    ["<@U0BOT> <!here> <!subteam^S1|@team> hi", "@team hi"],
    ["<@U0BOT>\nwho\nmay", "who\nmay"],
    ["a < b and c > d", "a < b and c > d"],
    ["<@>", "<@>"],
    ["&lt;@U0BOT&gt; hi", "<@U0BOT> hi"],
  ])("of %j is %j", (encoded, expected) => expect(textOf(encoded, "U0BOT")).toBe(expected));

  test("is read in time that grows with its length alone (T-16)", () => {
    for (const piece of ["<@", "<@U0BOT", "<a|", "&amp", "<<<", "|||"]) {
      const long = piece.repeat(30_000);
      expect(textOf(long, "U0BOT").length).toBeLessThanOrEqual(long.length);
    }
  });

  test("never fails, whatever is typed", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof textOf(text, "U0BOT") === "string"));
  });
});

test("a place is opened as it was sealed, and by this door alone", () => {
  const at = { team: "T1", enterprise: null, channel: "C1", thread: null, isPrivate: true };
  expect(openPlace(placeOf(at))).toEqual(at);
  expect(openPlace(placeOf({ ...at, enterprise: "E1" }))).toEqual({ ...at, enterprise: "E1" });
  expect(() => openPlace({ door: "teams", key: "[]", isPrivate: true })).toThrow();
});

test("a place that was sealed before organisations were is still opened", () => {
  const old = { door: "slack", key: '["T1","C1","1.2"]', isPrivate: false };
  expect(openPlace(old)).toEqual({ team: "T1", enterprise: null, channel: "C1", thread: "1.2", isPrivate: false });
  const none = { team: "T1", enterprise: null, channel: "C1", thread: "1.2", isPrivate: false };
  expect(placeOf(none)).toEqual(old);
});

test("a reminder may go to a channel that it is set in, and to nobody else's conversation", () => {
  const from = { team: "T1", enterprise: "E1", user: "U1" };
  const direct = { team: "T1", enterprise: "E1", channel: "U1", thread: null, isPrivate: true };
  const { direct: mine, here } = placesOf(from, "C1");
  expect(openPlace(mine)).toEqual(direct);
  expect(here === null ? null : openPlace(here)).toEqual({ ...direct, channel: "C1", isPrivate: false });
  for (const channel of ["D1", null]) expect(placesOf(from, channel).here).toBeNull();
});
