/** Messages and mentions are answered where they were written, and what goes wrong on the way is dealt with. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { until } from "../helpers/slack/until.ts";
import {
  activityOf,
  alice,
  bob,
  channelMention,
  chats,
  edited,
  groupMention,
  invoke,
  personalMessage,
  us,
} from "../helpers/teams/activities.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

const question = "who may supervise this work";
const sentence = "supervis";

let stage: TeamsStage;
beforeAll(async () => {
  stage = await teamsStage();
});
afterEach(() => stage.microsoft.clear());
afterAll(() => stage.close());

let count = 0;
/** A chat that no other test writes in. */
const ofItsOwn = () => `a:messages-${++count}`;

describe("an answer", () => {
  test("stands in the personal chat, and Teams hears so once it is there", async () => {
    const conversation = ofItsOwn();
    expect((await stage.say(personalMessage(question, { conversation }))).status).toBe(200);
    expect(stage.posted(conversation)).toMatchObject([{ how: "send", thread: null }]);
    expect(stage.posted(conversation)[0]?.text).toContain(sentence);
  });

  test("stands in the thread of the channel's message", async () => {
    await stage.say(channelMention(question, { id: "1700000000001" }));
    await stage.say(channelMention("which themes are there", { thread: "1700000000001" }));
    expect(stage.posted(chats.channel)).toMatchObject([{ thread: "1700000000001" }, { thread: "1700000000001" }]);
  });

  test("stands in the group chat", async () => {
    await stage.say(groupMention(question));
    expect(stage.posted(chats.group)).toMatchObject([{ thread: null }]);
  });

  test("is noted with the entries that it shows, by the address of the message", async () => {
    const conversation = ofItsOwn();
    await stage.say(personalMessage(question, { conversation }));
    const [answer] = stage.posted(conversation);
    const address = [us.tenant, conversation, answer?.id].join(":");
    const entries = await until("it is noted", () => stage.kept.answers.get(address));
    expect(entries).toContain("supervisors");
  });

  test("is none to what names somebody else, to an edit, or to an activity that nobody stands behind", async () => {
    const conversation = ofItsOwn();
    const all = [
      activityOf("message", { kind: "group", more: { text: question } }),
      edited(question, { conversation }),
      activityOf("typing", { conversation }),
      activityOf("conversationUpdate", { conversation, more: { membersAdded: [{ id: bob.id }] } }),
    ];
    for (const activity of all) expect((await stage.say(activity)).status).toBe(200);
    expect((await stage.say(invoke("unknown/invoke", {}))).status).toBe(501);
    expect(stage.posted()).toEqual([]);
  });

  test("comes in the order of the questions of one conversation", async () => {
    const conversation = ofItsOwn();
    const words = ["hello", "help", "thanks", "goodbye"];
    await Promise.all(
      words.map((text, index) =>
        stage.say(personalMessage(text, { conversation, more: { localTimestamp: `2026-11-25T10:00:0${index}Z` } })),
      ),
    );
    const texts = stage.posted(conversation).map(({ text }) => text);
    expect(texts).toHaveLength(4);
    expect(texts[0]).toMatch(/^Hello/);
    expect(texts[3]).toMatch(/^Goodbye/);
  });
});

describe("a reference", () => {
  test("of each conversation is kept, with the person and the zone in a personal chat alone", async () => {
    const conversation = ofItsOwn();
    await stage.say(personalMessage("hello", { conversation, zone: "Europe/Berlin" }));
    await stage.say(groupMention("hello again"));
    const of = (id: string) => stage.kept.references.get(JSON.stringify([us.tenant, id]));
    await until("both are kept", () => of(conversation) && of(chats.group));
    const person = `teams:${us.tenant}:${alice.aad}`;
    expect(of(conversation)).toMatchObject({ person, zone: "Europe/Berlin", bot: us.bot });
    expect(of(chats.group)).toMatchObject({ person: null, zone: null, serviceUrl: stage.microsoft.serviceUrl });
  });

  test("F26: a new service URL takes the place of the old one, and what follows goes there", async () => {
    const conversation = ofItsOwn();
    const { serviceUrl, otherServiceUrl } = stage.microsoft;
    await stage.say(personalMessage("hello", { conversation }));
    await stage.say(personalMessage("help", { conversation, serviceUrl: otherServiceUrl }));
    expect(stage.posted(conversation).map((one) => one.serviceUrl)).toEqual([serviceUrl, otherServiceUrl]);
    const key = JSON.stringify([us.tenant, conversation]);
    await until("the new one is kept", () => stage.kept.references.get(key)?.serviceUrl === otherServiceUrl);
  });
});

describe("when Teams does not take it", () => {
  test("F25: 429 and 412 are waited out, and the answer comes once", async () => {
    const conversation = ofItsOwn();
    for (const status of [429, 412])
      stage.microsoft.fail({ what: "send", kind: "status", status, retryAfter: "1", conversation });
    expect((await stage.say(personalMessage(question, { conversation }))).status).toBe(200);
    expect(
      await until("it is there", () => stage.posted(conversation).length > 0 && stage.posted(conversation)),
    ).toHaveLength(1);
  });

  test.each([500, 502, 503, 504])(
    "F25: after %i it is sent once more, and says that it may be there twice",
    async (status) => {
      const conversation = ofItsOwn();
      stage.microsoft.fail({ what: "send", kind: "status", status, conversation, when: "after" });
      expect((await stage.say(personalMessage(question, { conversation }))).status).toBe(200);
      const texts = stage.posted(conversation).map(({ text }) => text);
      expect(texts).toHaveLength(2);
      expect(texts[0]).not.toContain("see it twice");
      expect(texts[1]).toContain("see it twice");
    },
  );

  test("F30: what is too large is sent in words alone", async () => {
    const conversation = ofItsOwn();
    stage.microsoft.fail({ what: "send", kind: "status", status: 413, code: "MessageSizeTooBig", conversation });
    await stage.say(personalMessage(question, { conversation }));
    const [answer] = stage.posted(conversation);
    expect(answer?.text).toContain(sentence);
    expect(answer?.activity.attachments ?? []).toEqual([]);
  });

  test("F27: where we may not write it is over, and the log has the code", async () => {
    const conversation = ofItsOwn();
    stage.microsoft.fail({ what: "send", kind: "status", status: 403, code: "BotDisabledByUser", conversation });
    const activity = personalMessage(question, { conversation });
    expect((await stage.say(activity)).status).toBe(200);
    expect((await stage.say(activity)).status).toBe(200);
    expect(stage.posted(conversation)).toEqual([]);
    expect(stage.microsoft.calls("send")).toHaveLength(1);
    expect(stage.logged()).toContain("BotDisabledByUser");
  });

  test("F23, F29: without a token it is not acknowledged, and answered when Teams brings it again", async () => {
    const conversation = ofItsOwn();
    stage.microsoft.fail({ what: "token", kind: "status", status: 503, code: null, times: 99 });
    const activity = personalMessage(question, { conversation });
    const fresh = await teamsStage({ microsoft: stage.microsoft, waits: false });
    expect((await fresh.say(activity)).status).toBe(503);
    stage.microsoft.clear();
    await until("it can send again", async () => (await fresh.say(activity)).status === 200);
    expect(stage.posted(conversation)).toHaveLength(1);
    await fresh.close();
  });
});

test("what takes long is acknowledged, so that Teams does not bring it again, and answered all the same", async () => {
  let isAcknowledged = false;
  const slow = await teamsStage({
    microsoft: stage.microsoft,
    patience: { message: 50, press: 50, dialog: 50 },
    core: {
      settle: async (_turn, { reply }) => {
        await until("it is acknowledged", () => isAcknowledged);
        return reply;
      },
    },
  });
  const conversation = ofItsOwn();
  expect((await slow.say(personalMessage(question, { conversation }))).status).toBe(200);
  expect(slow.posted(conversation)).toEqual([]);
  isAcknowledged = true;
  await slow.door.close();
  expect(slow.posted(conversation)).toHaveLength(1);
  await slow.close();
});

describe("at the end", () => {
  test("what has begun is ended, and nothing more is taken", async () => {
    const short = await teamsStage({ microsoft: stage.microsoft });
    const conversation = ofItsOwn();
    stage.microsoft.fail({ what: "send", kind: "slow", ms: 200, conversation });
    const first = short.say(personalMessage(question, { conversation }));
    await until("it is under way", () => stage.microsoft.calls("send").length > 0);
    await short.door.close();
    expect(stage.posted(conversation)).toHaveLength(1);
    expect((await first).status).toBe(200);
    expect((await short.say(personalMessage("hello", { conversation }))).status).toBe(503);
    await short.close();
  });
});
