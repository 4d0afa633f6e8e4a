/** Bearings as people see it: clicked through on local-slack's page in Chromium. `BEARINGS_SHOTS` names a folder for pictures. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSlackPage, type SlackPage } from "../helpers/slack/browser.ts";
import { channels } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";
import { openPlay, type Play } from "./on-stage.ts";

const question = "who may supervise this work";
const folder = process.env.BEARINGS_SHOTS ?? "";

whereLocalSlackIs("Bearings on local-slack's page, in Chromium", () => {
  let play: Play;
  let slack: SlackPage;
  beforeAll(async () => {
    if (folder !== "") mkdirSync(folder, { recursive: true });
    play = await openPlay("socket");
    slack = await openSlackPage(play.slack.url);
  });
  afterAll(async () => {
    await slack?.close();
    await play?.close();
  });

  let pictures = 0;
  async function picture(name: string): Promise<void> {
    pictures += 1;
    if (folder !== "") await slack.picture(join(folder, `${String(pictures).padStart(2, "0")}-${name}.png`));
  }

  const votes = () => play.door.database.db.selectFrom("feedback").selectAll().execute();
  const closed = () => slack.page.locator(".modal").waitFor({ state: "detached" });
  /** Waits until these words can be read there. */
  const reads = (where: Locator, words: string) => where.getByText(words).first().waitFor();
  /** What one person alone sees; the newest last. */
  const alone = () => slack.page.locator(".msg", { hasText: "only visible to you" });

  test("a mention is answered in its thread, and its sources open in a window that closes again", async () => {
    await slack.openConversation("general");
    await slack.mention(question);
    const thread = await slack.openThread(question);
    await reads(thread, "[1] Newydd, North and Rushworth (2020)");
    await picture("thread");
    await slack.press("Sources in full");
    const window = await slack.modal();
    await reads(window, "What it rests on, in our words");
    await reads(window, "Reference to copy");
    await picture("sources");
    await slack.dismiss();
    await closed();
  });

  test("an answer that did not help is told apart by one of a few reasons", async () => {
    await slack.press("Not helpful");
    const window = await slack.modal();
    await until("the vote", async () => (await votes()).length === 1);
    await window.getByText("It is unclear").click();
    await picture("reasons");
    await slack.submit();
    await closed();
    expect(await votes()).toMatchObject([{ vote: "down", reason: "unclear" }]);
  });

  test("a command is answered to one person, and shared once its preview has been seen", async () => {
    await slack.page.locator(".thread-pane button").first().click();
    await slack.send(`/bearings ${question}`);
    await reads(alone().last(), "You asked:");
    await picture("command");
    await alone().last().getByRole("button", { name: "Share in channel" }).click();
    await reads(await slack.modal(), "Everyone in this channel will see this");
    await picture("preview");
    await slack.submit();
    await closed();
    await picture("shared");
    const open = (await play.said(channels.general)).filter(
      ({ subtype, thread_ts }) => subtype !== "ephemeral" && thread_ts === undefined,
    );
    expect(open).toHaveLength(1);
  });

  test("a command about danger shows whom to call, and nothing to look up", async () => {
    await slack.send("/bearings my client says she will kill herself tonight");
    const reply = alone().last();
    await reads(reply, "911");
    await picture("danger");
    expect(await reply.locator(".blocks").getByRole("button").allInnerTexts()).toEqual(["This is not about risk now"]);
  });

  test("the Home tab answers an example and a theme in windows, and deletes what is kept", async () => {
    const home = await slack.openHome();
    await picture("home");
    await home.getByRole("button", { name: "Who may supervise this work?" }).click();
    await reads(await slack.modal(), "[1] Newydd");
    await picture("example");
    await slack.dismiss();
    await closed();
    await home.getByRole("button", { name: "Show" }).first().click();
    await reads(await slack.modal(), "The three themes");
    await picture("theme");
    await slack.dismiss();
    await closed();
    await home.getByRole("button", { name: "Delete my data" }).click();
    await reads(await slack.modal(), "All that I had kept about you is erased");
    await picture("deleted");
    expect(await votes()).toEqual([]);
  });

  test("none of this asked anything of another computer, or broke the page", () => {
    expect(slack.trouble()).toEqual([]);
  });
});
