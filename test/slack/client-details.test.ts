/** A question with a client's details is answered to the one who asked, with fields that stand in the message itself. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { actionIds, fieldId } from "#adapters/slack/action-ids.ts";
import { askWithout, deleteMessage } from "#src/copy.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope, mention } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { messageAction, pressOnMessage, slashCommand } from "../helpers/slack/interactions.ts";
import { alice, channels, type Json, listOf, objectOf } from "../helpers/slack/team.ts";

let fake: FakeSlack;
let door: OpenDoor;
beforeAll(async () => {
  fake = await openFakeSlack();
  door = await openDoor(fake);
});
let before = 0;
beforeEach(() => {
  fake.clear();
  before = fake.posted().length;
});
/** What this test has led to. */
const posted = () => fake.posted().slice(before);
afterAll(async () => {
  await door.close();
  await fake.close();
});

let count = 0;
const nextTs = () => `1700000700.${String(++count).padStart(6, "0")}`;
const typed = "Amina Yusuf, dob 12/03/1990, NHS no 943 476 5919. Who may supervise this work?";
const cleaned = "my client. Who may supervise this work?";
const named = /Amina|Yusuf|12\/03|943 476/;

/** The field of the message, and the button that sends it. */
function formIn(blocks: unknown): { readonly value: unknown; readonly token: unknown } {
  const all = listOf(blocks);
  const field = all.find(({ type }) => type === "input");
  const button = all.flatMap(({ elements }) => listOf(elements)).find((one) => one.action_id === actionIds.sendForm);
  expect(objectOf(button?.text).text).toBe(askWithout.send);
  return { value: objectOf(field?.element).initial_value, token: button?.value };
}

/** What Slack sends when the button is pressed with this in the field. */
const sent = (value: string | null, on: Json, responseUrl: string): Json =>
  pressOnMessage({ actionId: actionIds.sendForm, value: "ask-without", actionTs: nextTs() }, on, {
    responseUrl,
    more: {
      state: { values: { [fieldId("question")]: { [fieldId("question")]: { type: "plain_text_input", value } } } },
    },
  });

describe("a question with a client's details", () => {
  test("in a channel is answered to the one who asked, below the message, and repeats none of them", async () => {
    const event = eventEnvelope(mention({ text: `<@U0BOT> ${typed}`, ts: nextTs() }));
    expect((await door.event(event)).status).toBe(200);
    await expect.poll(() => posted()).toMatchObject([{ by: "chat.postEphemeral", to: alice.id, thread: null }]);
    const [first] = posted();
    expect(formIn(first?.blocks)).toEqual({ value: cleaned, token: "ask-without" });
    expect(first?.text).toContain(deleteMessage);
    expect(JSON.stringify(first)).not.toMatch(named);
    expect(door.logged()).not.toMatch(named);
  });

  test("in a channel that is closed to us is answered by direct message", async () => {
    fake.fail({ method: "chat.postEphemeral", kind: "refused", error: "not_in_channel" });
    await door.event(eventEnvelope(mention({ text: `<@U0BOT> ${typed}`, ts: nextTs() })));
    await expect.poll(() => posted()).toMatchObject([{ by: "chat.postMessage", channel: channels.dm }]);
    expect(formIn(posted()[0]?.blocks).value).toBe(cleaned);
  });

  test("in a direct message is answered there, and not folded away", async () => {
    await door.event(eventEnvelope(directMessage({ text: typed, ts: nextTs() })));
    await expect.poll(() => posted()).toMatchObject([{ channel: channels.dm, to: null, thread: null }]);
    expect(formIn(posted()[0]?.blocks).value).toBe(cleaned);
  });

  test("after a command is answered in the acknowledgement, without its words, and opens no window", async () => {
    const answer = await door.command(slashCommand("/bearings", typed));
    expect(formIn(JSON.parse(answer.text).blocks).value).toBe(cleaned);
    expect(JSON.stringify(answer)).not.toMatch(named);
    expect(fake.calls("views.open")).toEqual([]);
  });

  test("in a message that is looked up is answered to the one who did", async () => {
    const responseUrl = fake.responseUrl(channels.general, alice.id);
    await door.interaction(messageAction("look-up", { text: typed }, { responseUrl }));
    await expect.poll(() => posted()).toMatchObject([{ to: alice.id }]);
    expect(formIn(posted()[0]?.blocks).value).toBe(cleaned);
  });
});

describe("what is sent from the field", () => {
  const where = { channel: channels.general, isEphemeral: true };
  const send = async (value: string | null): Promise<void> => {
    await door.interaction(sent(value, where, fake.responseUrl(channels.general, alice.id)));
    await expect.poll(() => posted()).toMatchObject([{ to: alice.id }]);
  };

  test("is answered to the same person, with a way to share it", async () => {
    await send(cleaned);
    expect(JSON.stringify(posted()[0]?.blocks)).toContain(actionIds.share);
    expect(fake.calls("views.open")).toEqual([]);
  });

  test("with details once more comes back as a field", async () => {
    await send(typed);
    expect(formIn(posted()[0]?.blocks).value).toBe(cleaned);
  });

  test("F53: that speaks of danger is answered with help", async () => {
    await send("I am going to kill myself tonight.");
    expect(posted()[0]?.text).toContain("911");
  });

  test("empty, or not sent along at all, is answered with what to do", async () => {
    await send(null);
    expect(posted()[0]?.text).toMatch(/no words that I can read/);
  });

  test("in a direct message is answered once, however often it is pressed", async () => {
    const body = sent(cleaned, { channel: channels.dm, threadTs: nextTs() }, fake.responseUrl(channels.dm, alice.id));
    await Promise.all([door.interaction(body), door.interaction(body)]);
    await expect.poll(() => posted()).toHaveLength(1);
    expect(posted()[0]?.text).toMatch(/supervis/);
  });

  test("F53: in a direct message that speaks of danger is answered with help that is not folded away", async () => {
    const on = { channel: channels.dm, ts: nextTs() };
    await door.interaction(sent("I am going to kill myself tonight.", on, fake.responseUrl(channels.dm, alice.id)));
    await expect.poll(() => posted()).toMatchObject([{ channel: channels.dm, thread: null }]);
    expect(posted()[0]?.text).toContain("911");
  });
});
