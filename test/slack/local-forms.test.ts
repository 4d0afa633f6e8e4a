/** Forms in a real local-slack, by Socket Mode and over HTTP: opened by a command and by a button, filled in and sent. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isWish } from "#src/conversation/respond.ts";
import type { Settle } from "#src/reminders/desk/settle.ts";
import { reveal } from "#src/turn.ts";
import { replies } from "../helpers/replies.ts";
import { noteOf } from "../helpers/slack/kept.ts";
import { alice, channels, type Json, listOf, objectOf, textOf } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";
import { shownIn } from "./drawn.ts";
import { buttonNamed, type Mode, modes, openPlay, type Play } from "./on-stage.ts";

whereLocalSlackIs("forms in local-slack, by socket and over http", () => {
  describe.each(modes)("in local-slack, by %s,", forms);
});

const form = replies.form ?? noteOf("no form");

/** Shows the form for a wish, and reads back what was filled in; a day that is over brings the form again. */
const settle: Settle = async ({ said }, { reply }) => {
  if (!isWish(reply)) return reply;
  if (said.kind !== "filled") return form;
  const fields = Object.entries(said.fields).map(([name, value]) => `${name}: ${reveal(value)}`);
  return fields.includes("day: 2020-01-01")
    ? { ...form, say: "That day is over." }
    : noteOf(fields.join("\n"), { buttons: [{ label: "Change", token: "r/form" }] });
};

function forms(mode: Mode): void {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(mode, { core: { settle } });
  });
  afterEach(async () => {
    await play.slack.control.reset();
    play.proxy.clear();
  });
  afterAll(() => play?.close());

  /** The window on top, once it shows these words. */
  const window = (shows: string): Promise<Json> =>
    until(`a window with ${shows}`, () => {
      const view = play.slack.ui.modal();
      return view !== null && shownIn(view.blocks).includes(shows) ? view : null;
    });
  const fields = (view: Json) => listOf(view.blocks).filter(({ type }) => type === "input");
  const fill = (values: Json) => play.slack.ui.submit(alice.id, values);
  const day = (selected_date: string): Json => ({
    "field.day": { "field.day": { type: "datepicker", selected_date } },
  });

  test("a command opens it; what is sent is read back, what is wrong brings it again, and Change too", async () => {
    await play.slack.control.command(channels.general, alice.id, "/supervision", "");
    expect(fields(await window(form.say))).toHaveLength(5);
    expect(await play.said(channels.general)).toEqual([]);
    fill(day("2020-01-01"));
    expect(fields(await window("That day is over."))).toHaveLength(5);
    const time = { "field.time": { "field.time": { type: "plain_text_input", value: "11:15" } } };
    fill({ ...day("2026-12-01"), ...time });
    const done = await window("every: fortnight\nday: 2026-12-01\ntime: 11:15\nends: \nabout: supervision");
    const { actionId, value } = buttonNamed(done, "Change");
    play.slack.ui.pressInView({ user: alice.id, where: "modal", actionId, value });
    expect(fields(await window(form.say))).toHaveLength(5);
  });

  test("a message that wants one is answered with a button that opens it", async () => {
    const channel = await play.slack.control.dm(alice.id);
    const ts = await play.slack.control.message(channel, alice.id, "set a reminder");
    const [answer = {}] = await play.saidIn(channel, ts);
    const press = { channel, ts: textOf(answer.ts), user: alice.id, ...buttonNamed(answer, "Open the form") };
    await play.slack.control.press(press);
    expect(objectOf((await window(form.say)).title).text).toBe("Reminder");
  });
}
