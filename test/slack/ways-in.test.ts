/** Every way in, over HTTP, with signed requests and a fake Slack that keeps what is posted. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope, homeOpened, mention, messageChanged } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { messageAction, pressOnMessage, slashCommand } from "../helpers/slack/interactions.ts";
import { alice, channels } from "../helpers/slack/team.ts";

let fake: FakeSlack;
let door: OpenDoor;
beforeAll(async () => {
  fake = await openFakeSlack();
  door = await openDoor(fake);
});
afterEach(() => fake.clear());
afterAll(async () => {
  await door.close();
  await fake.close();
});

let count = 0;
/** Another message each time. */
const nextTs = () => `1700000100.${String(++count).padStart(6, "0")}`;

/** What was posted since `before` messages. */
const since = (before: number) => fake.posted().slice(before);

describe("a direct message", () => {
  test("is answered in its thread, with text, numbered sources and buttons", async () => {
    const before = fake.posted().length;
    const ts = nextTs();
    const { status } = await door.event(eventEnvelope(directMessage({ text: "who may supervise this work", ts })));
    expect(status).toBe(200);
    const [answer, ...more] = since(before);
    expect(more).toEqual([]);
    expect(answer).toMatchObject({ channel: channels.dm, thread: ts, to: null });
    expect(answer?.text).toContain("[1] Newydd, North and Rushworth (2020)");
    expect(JSON.stringify(answer?.blocks)).toContain("show/supervision");
  });

  test("about danger is answered where the person can find it again, with contacts and no list of topics", async () => {
    const before = fake.posted().length;
    await door.event(eventEnvelope(directMessage({ text: "I am going to kill myself tonight", ts: nextTs() })));
    const [reply] = since(before);
    expect(reply).toMatchObject({ channel: channels.dm, to: null });
    expect(reply?.text).toContain("911");
    expect(JSON.stringify(reply?.blocks)).not.toContain("show/");
  });

  test("is not answered when it is changed, unless it has become one about danger", async () => {
    const before = fake.posted().length;
    const edit = (text: string, ts: string) =>
      door.event(eventEnvelope(messageChanged({ text, before: "hello", ts, editedTs: nextTs() })));
    await edit("who may supervise this work", nextTs());
    expect(since(before)).toEqual([]);
    await edit("I am going to kill myself tonight", nextTs());
    expect(since(before)).toHaveLength(1);
  });
});

describe("a mention", () => {
  test("is answered in a thread, and never shown in the channel as well", async () => {
    const before = fake.posted().length;
    const ts = nextTs();
    await door.event(eventEnvelope(mention({ text: "<@U0BOT> what are the three themes?", ts })));
    expect(since(before)).toMatchObject([{ channel: channels.general, thread: ts, to: null }]);
    const [call] = fake.calls("chat.postMessage");
    expect(call?.args).not.toHaveProperty("reply_broadcast");
    expect(call?.args).toMatchObject({
      unfurl_links: "false",
      unfurl_media: "false",
      parse: "none",
      link_names: "false",
    });
  });

  test("about danger is answered to the person alone", async () => {
    const before = fake.posted().length;
    await door.event(
      eventEnvelope(mention({ text: "<@U0BOT> my client says she will kill herself tonight", ts: nextTs() })),
    );
    expect(since(before)).toMatchObject([{ channel: channels.general, to: alice.id, by: "chat.postEphemeral" }]);
    expect(fake.calls("chat.postMessage")).toEqual([]);
  });

  test("about danger, where it cannot be told there in private, goes by direct message", async () => {
    fake.fail({ method: "chat.postEphemeral", kind: "refused", error: "user_not_in_channel" });
    const before = fake.posted().length;
    await door.event(eventEnvelope(mention({ text: "<@U0BOT> I am going to kill myself tonight", ts: nextTs() })));
    expect(since(before)).toMatchObject([{ channel: channels.dm, thread: null }]);
  });

  test("in a channel that is closed to us is answered in private, and says so", async () => {
    const before = fake.posted().length;
    const text = "<@U0BOT> who may supervise this work";
    await door.event(eventEnvelope(mention({ text, channel: channels.random, ts: nextTs() })));
    const [answer] = since(before);
    expect(answer).toMatchObject({ channel: channels.dm });
    expect(answer?.text).toContain("I could not post this in the channel");
  });
});

describe("a slash command", () => {
  const ask = async (text: string, command = "/bearings") => {
    const { status, text: body } = await door.command(slashCommand(command, text));
    return { status, body: JSON.parse(body) as { response_type: string; text: string; blocks: unknown[] } };
  };

  test.each<[string, RegExp]>([
    ["ask who may supervise this work", /supervisors/i],
    ["who may supervise this work", /supervisors/i],
    ["themes", /Power differentials/],
    ["about", /curated entry/],
    ["privacy", /No question is kept/],
    ["help", /Ask in your own words/],
    ["HELP ", /Ask in your own words/],
    ["", /Ask a question/],
    ["which dose of sertraline", /does not cover/],
  ])("/bearings %s is answered in the acknowledgement, to that person alone", async (text, expected) => {
    const { status, body } = await ask(text);
    expect({ status, type: body.response_type }).toEqual({ status: 200, type: "ephemeral" });
    expect(body.text).toMatch(expected);
    expect(fake.calls()).toEqual([]);
  });

  test("shows the question again, and offers to share the answer", async () => {
    const { body } = await ask("who may supervise <!channel> this work");
    const blocks = JSON.stringify(body.blocks);
    expect(blocks).toContain("You asked: who may supervise");
    expect(blocks).toContain('"share"');
    expect(blocks).not.toContain("<!channel>");
  });

  test("about danger has the contacts, and neither the question nor anything to share", async () => {
    const { body } = await ask("my client says she will kill herself tonight");
    expect(body.text).toContain("911");
    expect(JSON.stringify(body.blocks)).not.toMatch(/You asked|"share"/);
  });

  test("that we do not know is refused at once", async () => {
    expect((await door.command(slashCommand("/nope", ""))).status).toBe(404);
  });
});

describe("Look this up, on a message", () => {
  test("is answered to the one who asked, wherever the message is", async () => {
    const before = fake.posted().length;
    const responseUrl = fake.responseUrl(channels.random, alice.id);
    const { status } = await door.interaction(
      messageAction("look-up", { text: "who may supervise this work", channel: channels.random }, { responseUrl }),
    );
    expect(status).toBe(200);
    await expect.poll(() => since(before)).toMatchObject([{ channel: channels.random, to: alice.id }]);
  });
});

describe("the Home tab", () => {
  test("has the themes, questions, reminders, what it is, what is kept, and a way to delete it", async () => {
    await door.event(eventEnvelope(homeOpened({ tab: "home" })));
    const view = JSON.stringify(fake.shown().at(-1));
    for (const part of ["Power differentials", "What are the three themes?", "reminders", "curated", "Delete my data"])
      expect(view).toContain(part);
  });

  test("opened at Messages offers questions, without the thread that Slack would ignore it for", async () => {
    await door.event(eventEnvelope(homeOpened({ tab: "messages" })));
    const hint = fake.hints().at(-1);
    expect(hint).toMatchObject({ what: "prompts", thread: null, isIgnored: false });
    expect(hint?.said).toHaveLength(4);
  });

  test("says hello once, in an empty conversation, where Slack has no place for questions", async () => {
    const before = fake.posted().length;
    const open = () => {
      fake.fail({ method: "assistant.threads.setSuggestedPrompts", kind: "refused", error: "unknown_method" });
      return door.event(eventEnvelope(homeOpened({ tab: "messages", user: "U02BOB", channel: "D02BOB" })));
    };
    await open();
    await open();
    expect(since(before)).toMatchObject([{ channel: "D02BOB" }]);
  });
});

describe("a button", () => {
  test("on a message in a channel is answered to the presser alone", async () => {
    const before = fake.posted().length;
    const responseUrl = fake.responseUrl(channels.general, alice.id);
    const pressed = { actionId: "press.0", value: "show/training" };
    await door.interaction(pressOnMessage(pressed, { threadTs: "1700000000.000100" }, { responseUrl }));
    await expect.poll(() => since(before)).toMatchObject([{ to: alice.id, thread: "1700000000.000100" }]);
  });

  test("in a direct message goes on in its thread", async () => {
    const before = fake.posted().length;
    const on = { channel: channels.dm, threadTs: "1700000000.000100" };
    await door.interaction(pressOnMessage({ actionId: "press.0", value: "show/training" }, on));
    await expect
      .poll(() => since(before))
      .toMatchObject([{ channel: channels.dm, thread: "1700000000.000100", to: null }]);
  });
});
