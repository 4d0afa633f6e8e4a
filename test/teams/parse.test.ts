/** What Teams sends, as the little that is read of it. */
import { describe, expect, test } from "vitest";
import type { Acted } from "#adapters/teams/activity.ts";
import { headOf, parseActivity } from "#adapters/teams/parse.ts";
import {
  activityOf,
  alice,
  channelMention,
  chats,
  edited,
  groupMention,
  type Json,
  mentionOf,
  personalMessage,
  searched,
  serviceUrl,
  submitted,
  us,
} from "../helpers/teams/activities.ts";

const data: Json = { verb: "press", token: "themes" };

/** The same activity, which has to be one that someone stands behind. */
function acted(body: Json): Acted {
  const activity = parseActivity(body);
  if (activity === null || activity.kind === "other") throw new Error(`read as ${activity?.kind}`);
  return activity;
}

describe("who and where", () => {
  test("of a personal chat", () => {
    expect(parseActivity(personalMessage("who may supervise", { id: "17" }))).toEqual({
      kind: "message",
      id: "17",
      from: { tenant: us.tenant, user: alice.id, account: alice.aad, zone: "Europe/London", country: "GB" },
      where: { serviceUrl, conversation: chats.personal, kind: "personal", thread: null, bot: us.bot },
      text: "who may supervise",
      mentions: [],
      isEdit: false,
      sentAt: "2026-11-25T10:00:00.1234567+00:00",
    });
  });

  test("of a group chat", () => {
    const { where } = acted(groupMention("who may supervise"));
    expect(where).toMatchObject({ conversation: chats.group, kind: "group", thread: null });
  });

  test("of a thread in a channel", () => {
    const { where } = acted(channelMention("who may supervise", { id: "17", thread: "16" }));
    expect(where).toMatchObject({ conversation: chats.channel, kind: "channel", thread: "16" });
  });

  test("of a message in a channel that begins a thread", () => {
    expect(acted(channelMention("x", { id: "17" })).where.thread).toBe("17");
    const bare = activityOf("message", { kind: "channel", id: "17", more: { text: "x" } });
    const conversation = { id: chats.channel, conversationType: "channel", tenantId: us.tenant, isGroup: true };
    expect(acted({ ...bare, conversation }).where).toMatchObject({ conversation: chats.channel, thread: "17" });
    const unnamed = { ...conversation, id: `${chats.channel};messageid=` };
    expect(acted({ ...bare, conversation: unnamed }).where).toMatchObject({
      conversation: chats.channel,
      thread: "17",
    });
    // What is no message begins none.
    expect(acted({ ...searched("x", { kind: "channel" }), conversation }).where.thread).toBeNull();
  });

  test.each<[Json, string]>([
    [{}, "personal"],
    [{ isGroup: false }, "personal"],
    [{ isGroup: true }, "group"],
    [{ conversationType: "meeting" }, "group"],
    [{ conversationType: "personal", isGroup: true }, "personal"],
  ])("of a conversation that says %j of itself is %s", (said, kind) => {
    const conversation = { id: chats.personal, tenantId: us.tenant, ...said };
    expect(acted(personalMessage("x", { more: { conversation } })).where.kind).toBe(kind);
  });

  test.each([chats.group, chats.channel])(
    "of %s, which says nothing of itself, is never a chat with one person",
    (id) => {
      const conversation = { id, tenantId: us.tenant };
      expect(acted(personalMessage("x", { more: { conversation } })).where.kind).not.toBe("personal");
    },
  );

  test("a channel that does not call itself one is told by its team", () => {
    const conversation = { id: chats.channel, tenantId: us.tenant, isGroup: true };
    expect(acted(channelMention("x", { more: { conversation } })).where.kind).toBe("channel");
  });

  test("a message extension between two people is not in a chat of ours, though Teams calls that personal too", () => {
    const kindIn = (id: string) => acted(searched("x", { conversation: id })).where.kind;
    expect(kindIn("19:aaaaaaaa_bbbbbbbb@unq.gbl.spaces")).toBe("group");
    // Their own notes.
    expect(kindIn("48:notes")).toBe("group");
    expect(kindIn(`19:aaaaaaaa_${us.appId}@unq.gbl.spaces`)).toBe("personal");
    // Of the Playground.
    expect(kindIn("personal-chat-id")).toBe("personal");
    expect(kindIn(chats.personal)).toBe("personal");
    expect(acted(personalMessage("x", { conversation: "19:aaaaaaaa@unq.gbl.spaces" })).where.kind).toBe("personal");
  });

  test("the organisation is said in either of two places, and nothing is read where they differ", () => {
    const conversation = { id: chats.personal, conversationType: "personal" };
    const channelData = { tenant: { id: us.tenant } };
    const elsewhere = { tenant: { id: "00000000-0000-4000-8000-000000000000" } };
    for (const more of [{ conversation }, { channelData: {} }]) {
      expect(acted(personalMessage("x", { more })).from.tenant).toBe(us.tenant);
      expect(headOf(personalMessage("x", { more }))).toEqual({ serviceUrl, channelId: "msteams", tenant: us.tenant });
    }
    for (const body of [
      personalMessage("x", { more: { channelData: elsewhere } }),
      searched("x", { more: { channelData: elsewhere } }),
    ]) {
      expect(parseActivity(body)).toBeNull();
      expect(headOf(body)).toBeNull();
    }
    const none = personalMessage("x", { more: { conversation, channelData: {} } });
    expect(parseActivity(none)).toBeNull();
    expect(headOf(none)).toMatchObject({ tenant: null });
    expect(headOf({ ...personalMessage("x"), channelData })).not.toBeNull();
  });

  test.each<[string, Json]>([
    ["no type", { type: undefined }],
    ["no sender", { from: undefined }],
    ["a sender without an id", { from: { name: "Alice" } }],
    ["no conversation", { conversation: undefined }],
    ["a conversation without an id", { conversation: { tenantId: us.tenant } }],
    ["no address", { serviceUrl: undefined }],
    ["an address that is no text", { serviceUrl: ["https://example.org"] }],
    ["nobody it is for", { recipient: undefined }],
    ["a text that is a number", { text: 5 }],
    ["an id without end", { from: { id: "2".repeat(1_001) } }],
  ])("with %s is no activity", (_what, more) => {
    expect(parseActivity(personalMessage("x", { more }))).toBeNull();
  });
});

describe("the zone and the country", () => {
  const client = (more: Json) => ({ entities: [{ type: "clientInfo", ...more }] });
  test.each<[string, Json, string | null, string | null]>([
    ["are said in so many words", {}, "Europe/London", "GB"],
    ["are known by their own names", { localTimezone: "europe/berlin", locale: "de-at" }, "Europe/Berlin", "AT"],
    ["are those of the client otherwise", { localTimezone: undefined, locale: "en" }, "Europe/London", "GB"],
    [
      "come from the client alone",
      { localTimezone: null, locale: null, ...client({ timezone: "Asia/Amman", country: "jo" }) },
      "Asia/Amman",
      "JO",
    ],
    [
      "come from the client's language",
      { localTimezone: "Nowhere/City", locale: 7, ...client({ locale: "en-IE" }) },
      null,
      "IE",
    ],
    ["are not known", { localTimezone: undefined, locale: "en", entities: [] }, null, null],
    [
      "are no offset and no part of the world",
      { localTimezone: "+02:00", locale: "es-419", entities: null },
      null,
      null,
    ],
    ["are not guessed", { localTimezone: "", locale: "not a language", entities: "x" }, null, null],
  ])("%s", (_what, more, zone, country) => {
    expect(acted(personalMessage("x", { more })).from).toMatchObject({ zone, country });
  });
});

describe("a message", () => {
  test("names others by the characters that stand for them", () => {
    const activity = acted(groupMention("ask <at>Bob Baker</at>", { more: {} }));
    expect(activity).toMatchObject({ mentions: [{ id: us.bot, text: "<at>Bearings</at>" }] });
    const entities = [
      mentionOf({ id: "29:1bob", name: "Bob" }),
      { type: "mention", mentioned: { id: "29:2", name: "Eve" } },
    ];
    expect(acted(groupMention("x", { more: { entities: [...entities, { type: "mention" }, null, 7] } }))).toMatchObject(
      {
        mentions: [
          { id: "29:1bob", text: "<at>Bob</at>" },
          { id: "29:2", text: "<at>Eve</at>" },
        ],
      },
    );
  });

  test("without text is one with no words", () => {
    expect(acted(personalMessage("x", { more: { text: null } }))).toMatchObject({ kind: "message", text: "" });
    expect(acted(personalMessage("x", { more: { text: undefined } }))).toMatchObject({ text: "" });
  });

  test("says when it was sent, as well as Teams knows it", () => {
    const sentAt = (more: Json) => acted(personalMessage("x", { more }));
    expect(sentAt({ localTimestamp: undefined })).toMatchObject({ sentAt: "2026-11-25T10:00:00.1234567Z" });
    expect(sentAt({ localTimestamp: 1, timestamp: undefined })).toMatchObject({ sentAt: null });
  });

  test("F53: that forwards another holds its words as well, once", () => {
    const content =
      '<p>see</p><blockquote itemtype="http://schema.skype.com/Forward"><p>she wants&nbsp;to</p><p>end it</p></blockquote>';
    const attachments = [
      { contentType: "image/png", contentUrl: "x" },
      { contentType: "text/html", content },
    ];
    const read = (text: string) => acted(personalMessage("x", { more: { text, attachments } }));
    expect(read("see")).toMatchObject({ text: "see\nshe wants to\nend it" });
    expect(read("")).toMatchObject({ text: "she wants to\nend it" });
    expect(read("see\r\n\r\nshe wants to\r\nend it")).toMatchObject({ text: "see\r\n\r\nshe wants to\r\nend it" });
  });

  test("that quotes another is read without what Teams repeats of it beside the text", () => {
    const content =
      '<blockquote itemtype="http://schema.skype.com/Reply"><strong itemprop="mri">Bob</strong><p>old</p></blockquote><p>new</p>';
    const more = { text: "new", attachments: [{ contentType: "text/html", content }] };
    expect(acted(personalMessage("x", { more }))).toMatchObject({ text: "new" });
  });

  test("F6: that was reworded is one, and any other change of a message is not", () => {
    expect(parseActivity(edited("new words", { id: "17" }))).toMatchObject({
      kind: "message",
      id: "17",
      isEdit: true,
      text: "new words",
    });
    const channelData = { eventType: "undeleteMessage", tenant: { id: us.tenant } };
    expect(parseActivity(edited("x", { more: { channelData } }))).toEqual({ kind: "other", isInvoke: false });
  });

  test("with a value and no text is a button of an older client", () => {
    expect(parseActivity(submitted({ ...data, what: "x", n: 7 }, "18"))).toMatchObject({
      kind: "press",
      data: { verb: "press", token: "themes", inputs: { what: "x" } },
      isExecute: false,
      message: "18",
    });
    expect(parseActivity(submitted({ what: "x" }, "18"))).toEqual({ kind: "other", isInvoke: false });
    // Some clients repeat the label as the text of a message.
    expect(parseActivity(submitted({ what: "x" }, "18", { more: { text: "hello" } }))).toMatchObject({
      kind: "message",
    });
  });
});
