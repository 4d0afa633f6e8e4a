/** Messages and mentions in a real local-slack, by Socket Mode and over HTTP: who is answered, where, how often, and who sees it. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { botMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { alice, bob, channels, type Json, objectOf } from "../helpers/slack/team.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";
import { buttonsOf, type Mode, modes, openPlay, type Play } from "./on-stage.ts";

const question = "who may supervise this work";
const danger = "my client says she will kill herself tonight";

whereLocalSlackIs("messages in local-slack, by socket and over http", () => {
  describe.each(modes)("in local-slack, by %s,", messages);
});

function messages(mode: Mode): void {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(mode);
  });
  afterEach(async () => {
    await play.slack.control.reset();
    play.proxy.clear();
    play.heard.clear();
  });
  afterAll(() => play?.close());

  /** Once a later question has been answered, nothing more comes for an earlier one: a channel has one line. */
  async function restIn(channel: string): Promise<void> {
    const text = channel.startsWith("D") ? question : `<@U0BOT> ${question}`;
    const ts = await play.slack.control.message(channel, bob.id, text);
    expect(await play.saidIn(channel, ts)).toHaveLength(1);
  }

  describe("a direct message", () => {
    test("is answered in its thread, once, and our own answer is not answered", async () => {
      const channel = await play.slack.control.dm(alice.id);
      const ts = await play.slack.control.message(channel, alice.id, question);
      const [answer] = await play.saidIn(channel, ts);
      await restIn(channel);
      expect(await play.said(channel)).toHaveLength(2);
      expect(answer?.text).toContain("[1] Newydd, North and Rushworth (2020)");
      expect(answer).not.toHaveProperty("ephemeral_to");
    });

    test("in a thread goes on in that thread", async () => {
      const channel = await play.slack.control.dm(alice.id);
      const ts = await play.slack.control.message(channel, alice.id, question);
      await play.slack.control.message(channel, alice.id, "what are the three themes?", ts);
      expect(await play.saidAtLeast(2, channel)).toMatchObject([{ thread_ts: ts }, { thread_ts: ts }]);
    });

    test("of one person is not seen by another", async () => {
      const [hers, his] = [await play.slack.control.dm(alice.id), await play.slack.control.dm(bob.id)];
      const ts = await play.slack.control.message(his, bob.id, question);
      await play.saidIn(his, ts);
      expect(await play.said(hers)).toEqual([]);
    });

    test("that is changed or taken back is not answered again", async () => {
      const { control } = play.slack;
      const channel = await control.dm(alice.id);
      const ts = await control.message(channel, alice.id, "hello");
      await play.saidIn(channel, ts);
      await control.editMessage(channel, alice.id, ts, question);
      await control.reaction(channel, alice.id, ts, "thumbsup");
      await control.deleteMessage(channel, alice.id, ts);
      await restIn(channel);
      expect(play.proxy.calls("chat.postMessage")).toHaveLength(2);
    });

    test("that becomes one about danger when it is changed is answered", async () => {
      const { control } = play.slack;
      const channel = await control.dm(alice.id);
      const ts = await control.message(channel, alice.id, "hello");
      await play.saidIn(channel, ts);
      await control.editMessage(channel, alice.id, ts, danger);
      const [, reply] = await play.saidAtLeast(2, channel);
      expect(reply).toMatchObject({ text: expect.stringContaining("9-8-8") });
      expect(reply).not.toHaveProperty("thread_ts");
    });

    test("of another bot is not answered", async () => {
      const channel = await play.slack.control.dm(alice.id);
      const asPerson = { user: "U03OTHER", subtype: undefined };
      await play.proxy.bring("events_api", eventEnvelope(botMessage({ text: question, channel, more: asPerson })));
      await restIn(channel);
      expect(await play.said(channel)).toHaveLength(1);
    });

    test("about danger is answered where it can be found again, with contacts and without topics", async () => {
      const channel = await play.slack.control.dm(alice.id);
      await play.slack.control.message(channel, alice.id, danger);
      const [reply, ...more] = await play.saidAtLeast(1, channel);
      expect(more).toEqual([]);
      expect(reply).not.toHaveProperty("ephemeral_to");
      // In a thread it would be folded away.
      expect(reply).not.toHaveProperty("thread_ts");
      expect(reply?.text).toContain("9-8-8");
      expect(labels(reply)).toEqual(["This is not about risk now"]);
    });

    test("is one of many in a row, and each is answered, in order", async () => {
      const { control } = play.slack;
      const channel = await control.dm(alice.id);
      const burst = ["hello", question, "what are the three themes?", "power differentials", "thank you", "training"];
      // The first answer needs a second try, and the others could overtake it.
      play.proxy.fail({ method: "chat.postMessage", kind: "reset" });
      await Promise.all(burst.map((text) => control.message(channel, alice.id, text)));
      const answers = await play.saidAtLeast(burst.length, channel);
      // Over HTTP they travel side by side, and Slack says nothing of their order but when each arrives.
      expect(answers.map(({ thread_ts }) => thread_ts)).toEqual([...play.heard.keys()]);
    });
  });

  describe("a mention", () => {
    test("is answered once, in its thread, though it arrives as two events", async () => {
      const ts = await play.slack.control.message(channels.general, alice.id, `<@U0BOT> ${question}`);
      const [answer] = await play.saidIn(channels.general, ts);
      await restIn(channels.general);
      expect(await play.said(channels.general)).toHaveLength(2);
      expect(play.proxy.calls("chat.postMessage")).toHaveLength(2);
      expect(answer).not.toHaveProperty("ephemeral_to");
      expect(labels(answer)).not.toContain("Share in channel");
    });

    test("in a thread is answered in that thread", async () => {
      const root = await play.slack.control.message(channels.general, bob.id, "a word on supervision");
      await play.slack.control.message(channels.general, alice.id, `<@U0BOT> ${question}`, root);
      expect(await play.saidIn(channels.general, root)).toHaveLength(1);
    });

    test("is needed in a channel: what else is said there is none of ours", async () => {
      await play.slack.control.message(channels.general, alice.id, question);
      await play.slack.control.message(channels.general, alice.id, `<@${bob.id}> ${question}`);
      await restIn(channels.general);
      expect(await play.said(channels.general)).toHaveLength(1);
    });

    test("about danger is answered to the person alone: nothing of it stands in the channel", async () => {
      await play.slack.control.message(channels.general, alice.id, `<@U0BOT> ${danger}`);
      await play.saidAtLeast(1, channels.general);
      await restIn(channels.general);
      const [reply, ...others] = await play.said(channels.general);
      expect(reply).toMatchObject({ subtype: "ephemeral", ephemeral_to: alice.id });
      // In a thread that has not begun, Slack takes it and never shows it.
      expect(reply).not.toHaveProperty("thread_ts");
      expect(reply?.text).toContain("9-8-8");
      expect(others).toHaveLength(1);
      expect(play.proxy.calls("chat.postMessage")).toHaveLength(1);
    });

    test("about danger in a thread is answered there, to the person alone", async () => {
      const root = await play.slack.control.message(channels.general, bob.id, "a hard week");
      await play.slack.control.message(channels.general, alice.id, `<@U0BOT> ${danger}`, root);
      const [reply] = await play.saidIn(channels.general, root);
      expect(reply).toMatchObject({ subtype: "ephemeral", ephemeral_to: alice.id });
    });
  });
}

const labels = (message: Json = {}): readonly unknown[] => buttonsOf(message).map(({ text }) => objectOf(text).text);
