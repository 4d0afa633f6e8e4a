/** Which messages of Teams' are for us, and what they say. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Acted, Typed } from "#adapters/teams/activity.ts";
import { parseActivity } from "#adapters/teams/parse.ts";
import { openPlace, personId, placeOf, placesOf, readMessage, textOf } from "#adapters/teams/read.ts";
import { isReminder } from "#src/conversation/reminder-words.ts";
import { reveal } from "#src/turn.ts";
import {
  activityOf,
  alice,
  bob,
  channelMention,
  chats,
  edited,
  executed,
  groupMention,
  type Json,
  known,
  mentionOf,
  openedFrom,
  personalMessage,
  searched,
  us,
} from "../helpers/teams/activities.ts";

function messageOf(body: Json): Typed {
  const activity = parseActivity(body);
  if (activity?.kind !== "message") throw new Error(`read as ${activity?.kind}`);
  return activity;
}

const readOf = (body: Json) => readMessage(messageOf(body), 1_000);

function turnOf(body: Json) {
  const read = readOf(body);
  if (read.kind === "ignored") throw new Error(read.why);
  return read.turn;
}

function saidIn(body: Json): string {
  const read = readOf(body);
  if (read.kind === "ignored") return `ignored: ${read.why}`;
  const { said } = read.turn;
  return said.kind === "text" ? reveal(said.text) : said.kind === "pressed" ? `pressed: ${said.token}` : "filled";
}

describe("a message", () => {
  test("in private is a turn of that person, in the chat with them", () => {
    const turn = turnOf(personalMessage("who may supervise", { id: "17" }));
    expect(turn).toMatchObject({
      id: `teams:${us.tenant}:${chats.personal}:17`,
      atMs: 1_000,
      person: {
        id: personId(known(alice)),
        zone: { name: "Europe/London", from: "profile" },
        country: "GB",
      },
      place: { door: "teams", isPrivate: true },
    });
    expect(openPlace(turn.place)).toEqual({ kind: "person", ...known(alice) });
  });

  test("of someone whose zone and country nobody says leaves them out", () => {
    const { person } = turnOf(personalMessage("x", { more: { locale: "en", localTimezone: undefined, entities: [] } }));
    expect(person).toEqual({ id: personId(known(alice)), zone: null });
  });

  test("in a channel is a turn in that channel, without its thread", () => {
    const { place } = turnOf(channelMention("who may supervise", { thread: "16" }));
    expect(place.isPrivate).toBe(false);
    expect(openPlace(place)).toEqual({ kind: "conversation", tenant: us.tenant, conversation: chats.channel });
  });

  test("that is brought again is the same turn, and each message another", () => {
    const first = personalMessage("who may supervise", { id: "17" });
    expect(turnOf(first).id).toBe(turnOf(first).id);
    expect(turnOf(personalMessage("who may supervise", { id: "18" })).id).not.toBe(turnOf(first).id);
    // One without an id has the time that it was sent at.
    const bare = { more: { id: undefined } };
    expect(turnOf(personalMessage("x", bare)).id).toBe(turnOf(personalMessage("x", bare)).id);
  });

  test("with a mention and nothing else is a knock on the door", () => {
    expect(saidIn(channelMention("\n"))).toBe("pressed: start");
    const more = { text: "<at>Bearings</at>&nbsp;", entities: [mentionOf({ id: us.bot, name: us.name })] };
    expect(saidIn(personalMessage("x", { more }))).toBe("pressed: start");
  });

  const bot = (id: string) => ({ from: { id, aad: "x", name: "Robot" } });
  test.each<[string, Json, string]>([
    ["our own", personalMessage("hello", bot(us.bot)), "our own message"],
    ["another bot's", groupMention("hello", bot("28:another")), "another bot's message"],
    ["without text", personalMessage("", {}), "no text"],
    ["of spaces", personalMessage(" &nbsp;\u00a0\r\n "), "no text"],
    [
      "in a channel and does not name us",
      activityOf("message", { kind: "channel", more: { text: "who may supervise" } }),
      "a message of several people that does not name us",
    ],
    [
      "in a group chat and names another",
      groupMention("x", { more: { entities: [mentionOf(bob)] } }),
      "a message of several people that does not name us",
    ],
    [
      "in a group chat and names one whose id begins like ours",
      groupMention("x", { more: { entities: [mentionOf({ id: `${us.bot}6`, name: us.name })] } }),
      "a message of several people that does not name us",
    ],
  ])("is ignored when it is %s", (_what, body, why) => expect(readOf(body)).toEqual({ kind: "ignored", why }));
});

describe("F6: an edit", () => {
  test("is told from a message, with an id of its own for each", () => {
    const at = (localTimestamp: string) => readOf(edited("new", { id: "17", more: { localTimestamp } }));
    const ids = [at("2026-11-25T10:00:00Z"), at("2026-11-25T10:00:05Z"), readOf(personalMessage("old", { id: "17" }))];
    expect(ids.map(({ kind }) => kind)).toEqual(["edit", "edit", "turn"]);
    expect(new Set(ids.map((read) => (read.kind === "ignored" ? read.why : read.turn.id))).size).toBe(3);
    expect(at("2026-11-25T10:00:00Z")).toEqual(at("2026-11-25T10:00:00Z"));
  });

  test("where several people read along is one too, since someone may be in danger", () => {
    const update = { channelData: { eventType: "editMessage", tenant: { id: us.tenant } } };
    expect(readOf({ ...channelMention("x"), type: "messageUpdate", ...update })).toMatchObject({ kind: "edit" });
  });
});

describe("the text", () => {
  const ours = { id: us.bot, text: "<at>Bearings</at>" };
  const bobs = { id: bob.id, text: "<at>Bob Baker</at>" };
  test.each<[string, string]>([
    ["<at>Bearings</at> who may supervise", "who may supervise"],
    ["hey <at>Bearings</at>, who may supervise <at>Bearings</at>", "hey , who may supervise"],
    ["<at>Bearings</at> <at>Bob Baker</at> asked who may", "@someone asked who may"],
    ['<at id="0">Bearings</at> <at id="1">Bob&nbsp;Baker</at> asked', "@someone asked"],
    ["<at>Bearings</at> what of <at>Eve</at> and bearings", "what of Eve and bearings"],
    ["<at>Bearings</at>&nbsp;is &lt;b&gt; &amp;amp; &quot;x&quot;", 'is <b> &amp; "x"'],
    ["&lt;at&gt;Bearings&lt;/at&gt; hi", "<at>Bearings</at> hi"],
    ["<at>Bearings</at>\r\n who \u00a0 \nmay", "who\nmay"],
    ['<quoted messageId="1781799016030"/>\nthis is a reply', "this is a reply"],
    [
      '\n<span class="inline-compose-card" itemid="0" itemtype="http://schema.skype.com/InputExtension">\n  <span content="0" itemprop="cardId"></span>\n</span>\nwho may supervise?',
      "who may supervise?",
    ],
    ['<attachment id="a0b1"></attachment>who may supervise?', "who may supervise?"],
    ["a < b and c > d <at> e", "a < b and c > d <at> e"],
    ["<at>Bearings", "<at>Bearings"],
  ])("of %j is %j", (written, expected) => expect(textOf(written, [ours, bobs], us.bot)).toBe(expected));

  test("tells two of one name apart by their order", () => {
    const two = [{ id: "29:1namesake", text: "<at>Bearings</at>" }, ours];
    expect(textOf("<at>Bearings</at> and <at>Bearings</at> hi", two, us.bot)).toBe("@someone and hi");
  });

  test("never fails, whatever is typed and whoever is named", () => {
    const mention = fc.record({ id: fc.constantFrom(us.bot, "29:1"), text: fc.string({ unit: "binary" }) });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(mention), (text, mentions) => {
        expect(typeof textOf(`${mentions[0]?.text ?? ""}${text}`, mentions, us.bot)).toBe("string");
      }),
      { numRuns: 500 },
    );
  });
});

describe("a command of the list that Teams shows", () => {
  test.each<[string, string]>([
    ["themes", "pressed: browse/theme"],
    ["Themes ", "pressed: browse/theme"],
    ["/help", "pressed: help"],
    ["about", "pressed: about"],
    ["Privacy.", "pressed: privacy"],
    ["topics", "pressed: browse"],
    ["help me", "help me"],
    ["ask who may supervise", "who may supervise"],
    ["ask me tomorrow at 9 about supervision", "ask me tomorrow at 9 about supervision"],
    ["constructor", "constructor"],
  ])("%j is %j", (text, said) => {
    expect(saidIn(personalMessage(text))).toBe(said);
    expect(saidIn(channelMention(text))).toBe(said);
  });

  test.each([
    "every 2 weeks Tue 10:00",
    "weekly on Monday at 9",
    "list",
    "help",
    "form",
    "new",
    "skip next",
    "pause",
    "cancel 2",
    "zone Europe/Berlin",
    "remind me tomorrow at 10",
    "tomorrow 10:00 group",
  ])("supervision %s is about reminders", (rest) => {
    const said = saidIn(personalMessage(`Supervision ${rest}`));
    expect(said).toBe(`/supervision ${rest}`);
    expect(isReminder(said)).toBe(true);
  });

  test.each([
    "supervision",
    "supervision for interpreters",
    "supervision: who may do it?",
    "supervision every week, is it enough?",
    "supervision and burnout",
    "supervision groups or one to one",
    "supervisions list",
    "/supervision",
  ])("%j stays as it is typed", (text) => expect(saidIn(personalMessage(text))).toBe(text));
});

test("a place is opened as it was sealed, and by this door alone", () => {
  for (const at of [
    { kind: "person", tenant: "t", user: '29:"x"', account: null },
    { kind: "person", tenant: "t", user: "29:x", account: alice.aad },
    { kind: "conversation", tenant: "t", conversation: chats.channel },
  ] as const)
    expect(openPlace(placeOf(at))).toEqual(at);
  expect(() => openPlace({ door: "slack", key: '["person","t","u"]', isPrivate: true })).toThrow();
  expect(() => openPlace({ door: "teams", key: '["else","t","u"]', isPrivate: true })).toThrow();
});

test("a reminder may go to a conversation that it is set in, and to nobody else's", () => {
  const actedOf = (body: Json): Acted => {
    const activity = parseActivity(body);
    if (activity === null || activity.kind === "other") throw new Error(`read as ${activity?.kind}`);
    return activity;
  };
  const press = executed({ verb: "press", token: "x" }, "18", { kind: "channel", thread: "16" });
  const { direct, here } = placesOf(actedOf(press));
  expect(openPlace(direct)).toEqual({ kind: "person", ...known(alice) });
  expect(here === null ? null : openPlace(here)).toEqual({
    kind: "conversation",
    tenant: us.tenant,
    conversation: chats.channel,
  });
  // In private there is no other place; and where the compose box is, we may not be.
  for (const body of [
    personalMessage("x"),
    searched("x", { kind: "group" }),
    openedFrom("remind", { kind: "channel" }),
  ])
    expect(placesOf(actedOf(body)).here).toBeNull();
});
