/** A cry for help is answered to the one who wrote it, at once, and nobody else can tell what the answer is. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { until } from "../helpers/slack/until.ts";
import {
  alice,
  channelMention,
  chats,
  chosenOn,
  dialogSent,
  edited,
  executed,
  groupMention,
  type Json,
  personalMessage,
  searched,
  someoneElse,
  submitted,
} from "../helpers/teams/activities.ts";
import { chatWith } from "../helpers/teams/connector.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

const danger = "I am going to kill myself tonight.";
const number = "911";

let stage: TeamsStage;
beforeAll(async () => {
  stage = await teamsStage();
});
afterEach(() => {
  stage.microsoft.clear();
  stage.kept.references.clear();
});
afterAll(() => stage.close());

let count = 0;
const ofItsOwn = () => `a:danger-${++count}`;
/** Someone whom no other test has met. */
const stranger = () => someoneElse(`29:1stranger-${++count}`);
const filler = "We talked about the rota for the week and about who brings the keys. ";

/** What is posted there, when its card is there too. */
const toldIn = (conversation: string) =>
  until("it is told", () => stage.posted(conversation).find(({ card }) => card !== null));

/** A paste of 40,000 characters with the cry at this place. */
function paste(at: "start" | "middle" | "end"): string {
  const whole = filler.repeat(600).slice(0, 40_000 - danger.length - 1);
  const cut = { start: 0, middle: filler.length * 290, end: whole.length }[at];
  return `${whole.slice(0, cut)} ${danger}${whole.slice(cut)}`;
}

describe("F53: in a personal chat", () => {
  test.each(["start", "middle", "end"] as const)("at the %s of a long paste it is answered in place", async (at) => {
    const conversation = ofItsOwn();
    expect((await stage.say(personalMessage(paste(at), { conversation }))).status).toBe(200);
    expect(stage.posted(conversation)).toMatchObject([{ text: expect.stringContaining(number) }]);
  });

  test("in an edit it is answered", async () => {
    const conversation = ofItsOwn();
    await stage.say(edited(danger, { conversation }));
    expect(stage.posted(conversation)).toMatchObject([{ text: expect.stringContaining(number) }]);
  });

  test.each([502, 503])(
    "F25: it is tried for some seconds while Teams answers %i, and not given up at once",
    async (status) => {
      const conversation = ofItsOwn();
      stage.microsoft.fail({ what: "send", kind: "status", status, conversation, times: 2 });
      expect((await stage.say(personalMessage(danger, { conversation }))).status).toBe(200);
      expect(stage.posted(conversation)).toMatchObject([{ text: expect.stringContaining(number) }]);
    },
  );

  test("no database is waited for: not for who answers it, and not for where", async () => {
    const never = () => new Promise<never>(() => {});
    const claimed: string[] = [];
    const claim = (id: string) => {
      claimed.push(id);
      return never();
    };
    const silent = await teamsStage({
      microsoft: stage.microsoft,
      storage: {
        seen: { claim, done: never, release: never },
        references: { put: never, find: never, ofPerson: never, ofTenant: never, erase: never, forget: never },
        answers: { put: never, entries: never },
      },
      drainMs: 0,
    });
    const conversation = ofItsOwn();
    expect((await silent.say(personalMessage(danger, { conversation }))).status).toBe(200);
    expect(stage.posted(conversation)).toHaveLength(1);
    const from = stranger();
    expect((await silent.say(groupMention(danger, { from }))).status).toBe(200);
    expect(stage.posted(chatWith(from.id))).toHaveLength(1);
    expect(claimed).toEqual([]);
    await silent.close();
  });
});

describe("F53: where others read along", () => {
  test.each([
    ["a channel", channelMention],
    ["a group chat", groupMention],
  ])("in %s it is answered in the chat with the person, which is opened for it", async (_, mention) => {
    const from = stranger();
    expect((await stage.say(mention(danger, { from }))).status).toBe(200);
    expect(stage.posted()).toMatchObject([{ conversation: chatWith(from.id), text: expect.stringContaining(number) }]);
    expect(stage.microsoft.calls("create")).toHaveLength(1);
  });

  test("the chat that is known already is used", async () => {
    const conversation = ofItsOwn();
    const from = stranger();
    await stage.say(personalMessage("hello", { conversation, from }));
    await stage.say(channelMention(danger, { from }));
    expect(stage.posted(conversation).at(-1)?.text).toContain(number);
    expect(stage.posted(chats.channel)).toEqual([]);
    expect(stage.microsoft.calls("create")).toEqual([]);
  });

  test.each([
    ["opened", { what: "create", status: 403, code: "BotNotInConversationRoster" }],
    ["written in", { what: "send", status: 403, code: "BotDisabledByUser" }],
  ] as const)(
    "F27: where it cannot be %s, a line in the thread says where to write, and nothing else",
    async (_, fault) => {
      const from = stranger();
      stage.microsoft.fail({ kind: "status", ...fault });
      await stage.say(channelMention(danger, { from, thread: "1700000000009" }));
      expect(stage.posted()).toMatchObject([{ conversation: chats.channel, thread: "1700000000009" }]);
      const [line] = stage.posted();
      expect(line?.text).toContain("open a chat with me");
      expect(line?.raw).not.toMatch(/911|988|suicid|risk|danger|kill|crisis|safe|urgent|alive/i);
    },
  );
});

test("F25, F53: where their chat cannot be had for a moment, the thread says how to open it, and the answer follows there", async () => {
  const from = stranger();
  stage.microsoft.fail({ what: "create", kind: "status", status: 503, code: null, times: 2 });
  await stage.say(channelMention(danger, { from }));
  expect(stage.posted(chats.channel)).toMatchObject([{ text: expect.stringContaining("open a chat with me") }]);
  expect((await toldIn(chatWith(from.id))).text).toContain(number);
});

describe("F53: in whatever else can be typed in", () => {
  const bodyOf = async (activity: Json) => (await stage.say(activity)).text;

  test.each(["personal", "group", "channel"] as const)(
    "in a form's field, in a %s, it is answered in place for the presser alone, and to be found again in the chat with them",
    async (kind) => {
      const data = { verb: "save-form", token: "r/filled", label: danger };
      const from = stranger();
      expect(await bodyOf(executed(data, "1", { kind, from }))).toContain(number);
      expect((await toldIn(kind === "personal" ? chats.personal : chatWith(from.id))).text).toContain(number);
      expect(stage.posted()).toHaveLength(1);
    },
  );

  test("in a form's field it is answered in place though nothing can be sent, and the thread hears nothing", async () => {
    stage.microsoft.fail({ what: "*", kind: "status", status: 403, code: "Forbidden", times: 9 });
    const data = { verb: "save-form", token: "r/filled", label: danger };
    expect(await bodyOf(executed(data, "1", { kind: "channel", from: stranger() }))).toContain(number);
    await until("it was tried", () => stage.microsoft.calls("create").length > 0);
    expect(stage.microsoft.calls("send")).toEqual([]);
  });

  test("in a form's field, from an older client, it goes to the chat with the person", async () => {
    const from = stranger();
    await stage.say(submitted({ verb: "save-form", token: "r/filled", label: danger }, "1", { kind: "channel", from }));
    expect(stage.posted()).toMatchObject([{ conversation: chatWith(from.id), text: expect.stringContaining(number) }]);
  });

  test("in a search while typing it is answered in words, with nothing to put into a message", async () => {
    const { json } = await stage.say(searched(danger));
    expect(json).toMatchObject({ composeExtension: { type: "message", text: expect.stringContaining(number) } });
    expect(JSON.stringify(json)).not.toContain("attachments");
  });

  test("in a message that is looked up, and in a dialog's field, it is answered in the dialog", async () => {
    expect(await bodyOf(chosenOn("lookUp", `<p>${danger}</p>`))).toContain(number);
    expect(await bodyOf(dialogSent("remind", { verb: "save-form", token: "r/filled", label: danger }))).toContain(
      number,
    );
    expect(stage.posted()).toEqual([]);
  });

  test("a person is answered with the numbers of their country first", async () => {
    const conversation = ofItsOwn();
    await stage.say(personalMessage(danger, { conversation, locale: "en-GB", from: alice }));
    const text = stage.posted(conversation)[0]?.text ?? "";
    expect(text).toContain("999");
  });
});
