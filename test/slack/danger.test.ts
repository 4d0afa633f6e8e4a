/** A cry for help gets through whatever it is wrapped in and whatever has failed; and what nobody expects to be typed is answered too. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope, mention, messageChanged } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { messageAction, slashCommand } from "../helpers/slack/interactions.ts";
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
const nextTs = () => `1700000900.${String(++count).padStart(6, "0")}`;
const danger = "I am going to kill myself tonight.";
const filler = "We talked about the rota for the week and about who brings the keys. ";
const most = 40_000;

/** A paste of as many characters as Slack takes, with the cry at this place. */
function paste(at: "start" | "middle" | "end"): string {
  const whole = filler.repeat(Math.ceil(most / filler.length)).slice(0, most - danger.length - 1);
  const cut = { start: 0, middle: Math.floor(whole.length / 2 / filler.length) * filler.length, end: whole.length }[at];
  return `${whole.slice(0, cut)} ${danger}${whole.slice(cut)}`;
}

/** The one message that came of it, which has to have the contacts in it. */
async function expectHelp(
  deliver: () => Promise<{ readonly status: number }>,
  where: Readonly<Record<string, unknown>>,
) {
  const before = fake.posted().length;
  expect((await deliver()).status).toBe(200);
  await expect.poll(() => fake.posted().slice(before)).toMatchObject([where]);
  expect(fake.posted().at(-1)?.text).toContain("911");
  expect(JSON.stringify(fake.posted().at(-1)?.blocks)).not.toMatch(/show\/|browse/);
}

describe("F53: a cry for help", () => {
  test.each(["start", "middle", "end"] as const)("at the %s of a paste of 40,000 characters is heard", async (at) => {
    const text = paste(at);
    expect(text.length).toBe(most);
    const event = eventEnvelope(directMessage({ text, ts: nextTs() }));
    await expectHelp(() => door.event(event), { channel: channels.dm, to: null });
    const { text: said } = await door.command(slashCommand("/bearings", text));
    expect(said).toContain("911");
  });

  test("in what is forwarded with a message is heard, be the message empty or not", async () => {
    for (const text of ["", "can you look at this please"]) {
      const more = { attachments: [{ text: danger, fallback: "[no preview]", author_name: "Bob", is_share: true }] };
      const event = eventEnvelope(directMessage({ text, ts: nextTs(), more }));
      await expectHelp(() => door.event(event), { channel: channels.dm });
    }
  });

  test("in a mention is heard, and answered to that person alone", async () => {
    const event = eventEnvelope(mention({ text: `<@U0BOT> ${danger}`, ts: nextTs() }));
    await expectHelp(() => door.event(event), { channel: channels.general, to: alice.id });
  });

  test("in a message that someone looks up is heard", async () => {
    const responseUrl = fake.responseUrl(channels.general, alice.id);
    await expectHelp(() => door.interaction(messageAction("look-up", { text: danger }, { responseUrl })), {
      to: alice.id,
    });
  });

  test.each(["/bearings", "/supervision"])("after %s is heard", async (command) => {
    for (const text of [danger, `ask ${danger}`]) {
      const { text: said } = await door.command(slashCommand(command, text));
      expect(said).toContain("911");
    }
  });

  test("that comes into a message by an edit is heard, once", async () => {
    const event = eventEnvelope(messageChanged({ text: danger, before: "hello", ts: nextTs(), editedTs: nextTs() }));
    await expectHelp(() => door.event(event), { channel: channels.dm });
    const after = fake.posted().length;
    await door.event(event, { retryNum: 1 });
    expect(fake.posted()).toHaveLength(after);
  });
});

describe("F31, F32, F34: with a database that", () => {
  const rejects = () => Promise.reject(new Error("down"));
  const hangs = () => new Promise<never>(() => {});
  test.each([
    ["fails", rejects],
    ["does not answer", hangs],
  ])("%s, questions and cries for help are answered, once each", async (_what, broken) => {
    const own = await openDoor(fake, { storage: { seen: { claim: broken, done: broken, release: broken } } });
    const before = fake.posted().length;
    for (const text of [danger, "who may supervise this work"]) {
      const event = eventEnvelope(directMessage({ text, ts: nextTs() }));
      expect((await own.event(event)).status).toBe(200);
      expect((await own.event(event, { retryNum: 1 })).status).toBe(200);
    }
    expect(fake.posted().slice(before)).toHaveLength(2);
    expect(own.logged()).toContain("seen.unavailable");
    await own.close();
  });
});

describe("F52: a message of", () => {
  test.each<[string, string]>([
    ["40,000 characters", "supervision ".repeat(3_400).slice(0, most)],
    ["one word of 40,000 letters", "a".repeat(most)],
    ["single letters", "a b c d e f g h ".repeat(2_500)],
    ["emoji", "\u{1f600}\u{1f468}\u200d\u{1f469}\u200d\u{1f467}"],
    ["emoji as Slack writes them", ":wave: :heart:"],
    ["Arabic", "من يمكنه الإشراف على هذا العمل"],
    ["characters without width", "\u200b\u200c\u200d\ufeff\u2060"],
    ["characters that turn the line round", "\u202ewho may supervise\u202c"],
    ["halves of pairs", "\ud800 who \udc00"],
    ["zeros", "\u0000\u0000who\u0000"],
    ["punctuation", "?!… --- ((("],
    ["code", "```const a = <b>&amp;</b>;```"],
    ["a name that every object has", "__proto__"],
    ["another one", "constructor"],
    ["entities", "&amp;&lt;&gt;&amp;lt;"],
    ["names", "<@U02BOB> <#C01GEN|general> <!here>"],
  ])("%s is answered with something that Slack takes", async (_what, text) => {
    const before = fake.posted().length;
    const { status } = await door.event(eventEnvelope(directMessage({ text, ts: nextTs() })));
    expect(status).toBe(200);
    expect(fake.posted().slice(before)).toHaveLength(1);
    expect(fake.calls("chat.postMessage")).toHaveLength(1);
    const command = await door.command(slashCommand("/bearings", text));
    expect(command.status).toBe(200);
    expect(JSON.parse(command.text)).toMatchObject({
      response_type: "ephemeral",
      text: expect.stringMatching(/\w{3}/),
    });
  });

  test("nothing is not answered, but a mention of nothing is", async () => {
    const before = fake.posted().length;
    for (const text of ["", " ", "\n\t "]) await door.event(eventEnvelope(directMessage({ text, ts: nextTs() })));
    expect(fake.posted()).toHaveLength(before);
    await door.event(eventEnvelope(mention({ text: "<@U0BOT>", ts: nextTs() })));
    expect(fake.posted()).toHaveLength(before + 1);
  });
});
