/** What is sent of our own accord, such as reminders: one try, to where the person or the conversation is reached by then. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openPlace, placeOf } from "#adapters/teams/read.ts";
import { parkedFor } from "#src/reminders/desk/say.ts";
import type { Reply } from "#src/reply.ts";
import { replies } from "../helpers/replies.ts";
import { noteOf } from "../helpers/slack/kept.ts";
import { until } from "../helpers/slack/until.ts";
import { channelMention, chats, groupMention, personalMessage, someoneElse, us } from "../helpers/teams/activities.ts";
import { chatWith } from "../helpers/teams/connector.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

const minute = 60_000;
let stage: TeamsStage;
beforeAll(async () => {
  stage = await teamsStage();
});
afterEach(() => stage.microsoft.clear());
afterAll(() => stage.close());

let count = 0;
const stranger = () => someoneElse(`29:1own-${++count}`);
const reminder = noteOf("Supervision is due.");
const placeOfPerson = ({ id, aad }: { id: string; aad: string | null }, tenant: string = us.tenant) =>
  placeOf({ kind: "person", tenant, user: id, account: aad });
const nobody = { id: "29:1x", aad: null };
const placeOfConversation = (conversation: string) =>
  placeOf({ kind: "conversation", tenant: us.tenant, conversation });
const send = (place: ReturnType<typeof placeOf>, reply: Reply = reminder, triedMs: number | null = null) =>
  stage.door.deliver(place, reply, { id: "an-id", triedMs });

/** Someone who has written to us in a chat of their own; gives their place and the chat. */
async function known() {
  const from = stranger();
  const conversation = `a:own-${count}`;
  await stage.say(personalMessage("hello", { from, conversation }));
  const key = JSON.stringify([us.tenant, conversation]);
  await until("it is kept", () => stage.kept.references.has(key));
  stage.microsoft.clear();
  return { place: placeOfPerson(from), conversation, key };
}

describe("it goes", () => {
  test("to the chat with the person, by the newest address", async () => {
    const { place, conversation, key } = await known();
    expect(await send(place)).toEqual({ kind: "sent" });
    const reference = stage.kept.references.get(key) ?? expect.fail("no reference");
    stage.kept.references.set(key, { ...reference, serviceUrl: stage.microsoft.otherServiceUrl });
    await send(place);
    expect(stage.posted(conversation).map(({ serviceUrl }) => serviceUrl)).toEqual([
      stage.microsoft.serviceUrl,
      stage.microsoft.otherServiceUrl,
    ]);
  });

  test("to a person whom we have met among others alone: the chat is opened, and known from then on", async () => {
    const from = stranger();
    await stage.say(channelMention("hello", { from }));
    await until("it is kept", () => stage.kept.references.size > 0);
    stage.microsoft.clear();
    for (let times = 0; times < 2; times += 1) expect(await send(placeOfPerson(from))).toEqual({ kind: "sent" });
    expect(stage.posted(chatWith(from.id))).toHaveLength(2);
    expect(stage.microsoft.calls("create")).toHaveLength(1);
  });

  test("to a group chat or a channel, outside of threads", async () => {
    await stage.say(groupMention("hello"));
    await stage.say(channelMention("hello"));
    for (const conversation of [chats.group, chats.channel]) {
      await until("it is kept", () => stage.kept.references.has(JSON.stringify([us.tenant, conversation])));
      stage.microsoft.clear();
      expect(await send(placeOfConversation(conversation))).toEqual({ kind: "sent" });
      expect(stage.posted(conversation)).toMatchObject([{ thread: null }]);
    }
  });

  test("never where others read along, when it is a reply to danger", async () => {
    await stage.say(groupMention("hello"));
    stage.microsoft.clear();
    expect(await send(placeOfConversation(chats.group), replies.crisis)).toEqual({
      kind: "gone",
      why: "nobody_to_tell",
    });
    expect(stage.posted()).toEqual([]);
  });
});

describe("F27: it is over", () => {
  test.each([
    [403, "BotDisabledByUser", "bot_blocked"],
    [404, "ConversationNotFound", "conversation_gone"],
    [400, "BadArgument", "BadArgument"],
  ])("after %i, with a code, and words for those that people can do something about", async (status, code, why) => {
    const { place, conversation } = await known();
    stage.microsoft.fail({ what: "send", kind: "status", status, code, conversation, times: 2 });
    expect(await send(place)).toEqual({ kind: "gone", why });
  });

  test("where nothing was ever heard of the tenant or the conversation, or the place is none of ours", async () => {
    expect(await send(placeOfPerson(nobody, "00000000-0000-4000-8000-000000000000"))).toEqual({
      kind: "gone",
      why: "not_installed",
    });
    expect(await send(placeOfConversation("19:never@thread.v2"))).toEqual({ kind: "gone", why: "not_installed" });
    expect(await send({ door: "slack", key: "{}", isPrivate: true })).toEqual({ kind: "gone", why: "bad_place" });
    expect(() => openPlace({ door: "teams", key: "{", isPrivate: true })).toThrow();
  });

  test("and each code of ours has words", () => {
    for (const why of ["bot_blocked", "conversation_gone", "not_installed", "uninstalled", "unauthorised"])
      expect(parkedFor(why)).not.toBe(parkedFor("no such code"));
  });

  test("F24: a stale token is renewed once and it is sent; where that does not help it is over", async () => {
    const { place, conversation } = await known();
    stage.microsoft.revoke();
    expect(await send(place)).toEqual({ kind: "sent" });
    stage.microsoft.fail({ what: "send", kind: "status", status: 401, code: "Unauthorized", conversation, times: 2 });
    expect(await send(place)).toEqual({ kind: "gone", why: "unauthorised" });
    expect(stage.posted(conversation)).toHaveLength(1);
  });
});

describe("F25: it comes again later", () => {
  test.each([
    [429, "7", 7_000],
    [412, undefined, 1_000],
  ])("after %i, when Teams says, or soon", async (status, retryAfter, afterMs) => {
    const { place, conversation } = await known();
    const when = retryAfter === undefined ? {} : { retryAfter };
    stage.microsoft.fail({ what: "send", kind: "status", status, conversation, ...when });
    expect(await send(place)).toEqual({ kind: "retry", afterMs });
    expect(stage.posted(conversation)).toEqual([]);
  });

  test("where its words are there and its buttons are held up by a limit, those follow in a moment", async () => {
    const { place, conversation } = await known();
    stage.microsoft.fail({ what: "send", kind: "status", status: 429, retryAfter: "1", conversation, skip: 1 });
    const withButton = { ...reminder, buttons: [{ label: "Done", token: "r/done/a" }] };
    expect(await send(place, withButton)).toEqual({ kind: "sent" });
    expect(stage.posted(conversation)).toMatchObject([{ raw: expect.stringContaining("r/done/a") }]);
  });

  test("where the conversation must rest for long, it is not sent before", async () => {
    const { place, conversation } = await known();
    stage.microsoft.fail({ what: "send", kind: "status", status: 429, retryAfter: "30", conversation });
    await send(place);
    const again = await send(place);
    expect(again.kind === "retry" && again.afterMs).toBeGreaterThan(2_000);
    expect(stage.microsoft.calls("send")).toHaveLength(1);
  });

  test.each([500, 502, 503, 504])("after %i it may have landed, and nobody can look", async (status) => {
    const { place, conversation } = await known();
    stage.microsoft.fail({ what: "send", kind: "status", status, conversation, when: "after" });
    expect(await send(place)).toEqual({ kind: "unknown", canLook: false });
    const early = await send(place, reminder, Date.now() - 9 * minute);
    expect(early.kind === "retry" && early.afterMs).toBeGreaterThan(50_000);
    expect(await send(place, reminder, Date.now() - 10 * minute)).toEqual({ kind: "sent" });
    const texts = stage.posted(conversation).map(({ text }) => text);
    expect([texts.length, texts[1]?.includes("see it twice")]).toEqual([2, true]);
  });

  test("while the database is away, and while there is no chat to send it in yet", async () => {
    const away = () => Promise.reject(new Error("away"));
    const broken = await teamsStage({
      microsoft: stage.microsoft,
      storage: { references: { put: away, find: away, ofPerson: away, ofTenant: away, erase: away, forget: away } },
    });
    expect(await broken.door.deliver(placeOfPerson(nobody), reminder, { id: "an-id", triedMs: null })).toMatchObject({
      kind: "retry",
    });
    await broken.close();
    const from = stranger();
    await stage.say(groupMention("hello", { from }));
    stage.microsoft.fail({ what: "create", kind: "status", status: 503 });
    expect(await send(placeOfPerson(from))).toMatchObject({ kind: "retry" });
  });
});
