/** Commands, Look this up, the Home tab and windows in a real local-slack, by Socket Mode and over HTTP. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isWish } from "#src/conversation/respond.ts";
import type { Settle } from "#src/reminders/desk/settle.ts";
import { eventEnvelope, homeOpened } from "../helpers/slack/events.ts";
import { messageAction } from "../helpers/slack/interactions.ts";
import { noteOf } from "../helpers/slack/kept.ts";
import { alice, bob, channels, type Json, listOf, objectOf, textOf } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";
import { shownIn } from "./drawn.ts";
import { buttonNamed, type Mode, modes, openPlay, type Play } from "./on-stage.ts";

/** Says what it knows of the person. */
const settle: Settle = async ({ person }, { reply }) =>
  isWish(reply) ? noteOf(`Times are in ${person.zone?.name ?? "no zone"}.`) : reply;

const question = "who may supervise this work";
const danger = "my client says she will kill herself tonight";

whereLocalSlackIs("commands and windows in local-slack, by socket and over http", () => {
  describe.each(modes)("in local-slack, by %s,", commands);
});

function commands(mode: Mode): void {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(mode, { core: { settle } });
  });
  afterEach(async () => {
    await play.slack.control.reset();
    play.proxy.clear();
  });
  afterAll(() => play?.close());

  /** Types a command in #general, and gives the one message that came of it. */
  async function typed(command: string, text: string, user: string = alice.id): Promise<Json> {
    await play.slack.control.command(channels.general, user, command, text);
    const [answer = {}, ...more] = await play.saidAtLeast(1, channels.general);
    expect(more).toEqual([]);
    return answer;
  }

  const press = (message: Json, label: string, type?: string) =>
    play.slack.control.press({
      channel: textOf(message.channel) || channels.general,
      ts: textOf(message.ts),
      user: alice.id,
      ...buttonNamed(message, label),
      ...(type === undefined ? {} : { type }),
    });

  const window = (title: string) =>
    until(`the window ${title}`, () => {
      const view = play.slack.ui.modal();
      return view !== null && objectOf(view.title).text === title ? view : null;
    });

  describe("/bearings", () => {
    test.each<[string, RegExp]>([
      [`ask ${question}`, /supervisors/i],
      [question, /supervisors/i],
      ["themes", /Power differentials/],
      ["about", /curated entry/],
      ["privacy", /No question is kept/],
      ["help", /Ask in your own words/],
      ["", /Ask a question/],
      ["which dose of sertraline", /does not cover/],
    ])("%s is answered to that person alone", async (text, expected) => {
      const answer = await typed("/bearings", text);
      expect(answer).toMatchObject({ subtype: "ephemeral", ephemeral_to: alice.id });
      expect(answer.text).toMatch(expected);
      expect(play.proxy.calls()).toEqual([]);
    });

    test("about danger has contacts; neither the question nor anything to share", async () => {
      const answer = await typed("/bearings", danger);
      expect(answer).toMatchObject({ ephemeral_to: alice.id });
      expect(answer.text).toContain("9-8-8");
      expect(shownIn(answer.blocks)).not.toMatch(/You asked|Share/);
    });
  });

  test.each([alice, bob])("/supervision reads times in the zone of $name's profile", async ({ id, zone }) => {
    const answer = await typed("/supervision", "every 2 weeks on Tuesday at 10:00", id);
    expect(answer).toMatchObject({ ephemeral_to: id });
    expect(shownIn(answer.blocks)).toContain(`Times are in ${zone}.`);
  });

  test("an answer is shared as its preview showed it, and without the question", async () => {
    await press(await typed("/bearings", `ask ${question} please`), "Share in channel");
    const preview = await window("Share in channel");
    play.slack.ui.submit(alice.id, {});
    const posted = await until("what was shared", async () =>
      (await play.said(channels.general)).find(({ subtype }) => subtype !== "ephemeral"),
    );
    await until("the window's end", () => play.slack.ui.modal() === null);
    expect(JSON.stringify(posted)).not.toContain("please");
    const readable = listOf(posted.blocks).filter(({ type }) => type !== "actions");
    const shown = listOf(preview.blocks).map(({ block_id: _, ...block }) => block);
    for (const { block_id: _, ...block } of readable) expect(shown).toContainEqual(block);
  });

  test("the sources of an answer are a window with its passages and the reference to copy", async () => {
    await press(await typed("/bearings", question), "Sources in full");
    const shown = shownIn((await window("Sources")).blocks);
    expect(shown).toContain("What it rests on, in our words");
    expect(shown).toContain("Reference to copy");
  });

  test("a vote against an answer opens the reasons, and one is kept with it", async () => {
    const channel = await play.slack.control.dm(alice.id);
    const ts = await play.slack.control.message(channel, alice.id, question);
    const [answer = {}] = await play.saidIn(channel, ts);
    await press({ ...answer, channel }, "Not helpful");
    const view = await window("What was wrong?");
    const votes = () => play.door.database.db.selectFrom("feedback").selectAll().execute();
    await until("the vote", async () => (await votes()).length === 1);
    const input = listOf(view.blocks).find(({ type }) => type === "input") ?? {};
    const [option] = listOf(objectOf(input.element).options);
    const block = textOf(input.block_id);
    play.slack.ui.submit(alice.id, { [block]: { reason: { type: "radio_buttons", selected_option: option } } });
    await until("the window's end", () => play.slack.ui.modal() === null);
    // The window ends when the reason is kept.
    expect(await votes()).toMatchObject([{ vote: "down", reason: "wrong-topic" }]);
  });

  test("Look this up answers the one who asked, about what someone else wrote", async () => {
    const { control } = play.slack;
    const ts = await control.message(channels.general, bob.id, question);
    const responseUrl = play.proxy.responseUrl(channels.general, alice.id);
    await play.proxy.bring("interactive", messageAction("look-up", { text: question, ts }, { responseUrl }));
    const text = expect.stringContaining("[1] Newydd, North and Rushworth (2020)");
    expect(await play.saidAtLeast(1, channels.general)).toMatchObject([{ ephemeral_to: alice.id, text }]);
  });

  test("Look this up on a message about danger gives its contacts to the one who asked", async () => {
    const responseUrl = play.proxy.responseUrl(channels.general, alice.id);
    await play.proxy.bring("interactive", messageAction("look-up", { text: danger }, { responseUrl }));
    const text = expect.stringContaining("9-8-8");
    expect(await play.saidAtLeast(1, channels.general)).toMatchObject([{ ephemeral_to: alice.id, text }]);
  });

  test("the Home tab is each person's own, and a theme and an example open in a window", async () => {
    const { control, ui } = play.slack;
    await control.openHome(alice.id);
    const home = await until("the Home tab", () => ui.home(alice.id));
    expect(ui.home(bob.id)).toBeNull();
    for (const part of ["Power differentials", "What are the three themes?", "Your reminders", "What is kept"])
      expect(shownIn(home.blocks)).toContain(part);
    const example = buttonNamed(home, "Who may supervise this work?");
    ui.pressInView({ user: alice.id, where: "home", ...example });
    expect(shownIn((await window("Bearings")).blocks)).toMatch(/supervisors/i);
    ui.closeView(alice.id);
    await until("the window's end", () => ui.modal() === null);
    ui.pressInView({ user: alice.id, where: "home", ...buttonNamed(home, "Show") });
    expect(shownIn((await window("Bearings")).blocks)).toContain("Power differentials");
  });

  test("the Messages tab offers four questions, each of which is answered", async () => {
    const channel = await play.slack.control.dm(alice.id);
    await play.proxy.bring("events_api", eventEnvelope(homeOpened({ channel, tab: "messages" })));
    const prompts = await until("the questions", () => play.proxy.hints().at(-1)?.said);
    const asked = listOf(prompts).map(({ message }) => textOf(message));
    expect(asked).toHaveLength(4);
    for (const text of asked) await play.slack.control.message(channel, alice.id, text);
    const answers = await play.saidAtLeast(asked.length, channel);
    expect(answers.map(({ text }) => text)).toEqual(asked.map(() => expect.stringContaining("[1] Newydd")));
  });
}
