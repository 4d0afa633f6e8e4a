/**
 * Reminders as people see them: set, received and deleted on local-slack's page in Chromium, with all that `serve` puts behind
 * it. `BEARINGS_SHOTS` names a folder for pictures.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSlackPage, type SlackPage } from "../helpers/slack/browser.ts";
import { alice, bob, channels, us } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";
import { shownIn } from "./drawn.ts";
import { buttonNamed } from "./on-stage.ts";
import { openReminding, type Reminding } from "./reminding.ts";

const folder = process.env.BEARINGS_SHOTS ?? "";
const danger = "I am going to kill myself tonight";

whereLocalSlackIs("reminders on local-slack's page, in Chromium", () => {
  let play: Reminding;
  let slack: SlackPage;
  beforeAll(async () => {
    if (folder !== "") mkdirSync(folder, { recursive: true });
    play = await openReminding();
    // The page shows a direct message that is there.
    await play.slack.control.dm(alice.id);
    slack = await openSlackPage(play.slack.url);
  });
  afterAll(async () => {
    await slack?.close();
    await play?.close();
  });

  let pictures = 0;
  async function picture(name: string): Promise<void> {
    pictures += 1;
    if (folder !== "") await slack.picture(join(folder, `reminders-${String(pictures).padStart(2, "0")}-${name}.png`));
  }

  /** Waits until all of these can be read there. */
  async function reads(where: Locator, ...parts: readonly string[]): Promise<void> {
    for (const part of parts) await where.getByText(part).first().waitFor();
  }
  const messages = () => slack.page.locator(".messages:not(.thread-pane *) .msg");
  /** What one person alone sees, once it has these words; the newest. */
  const alone = (words: string) =>
    slack.page.locator(".msg", { hasText: "only visible to you" }).filter({ hasText: words }).last();
  const buttonsIn = (where: Locator) => where.locator(".bk-button").allInnerTexts();
  const press = (where: Locator, name: string) => where.getByRole("button", { name, exact: true }).last().click();
  /** In a window too, by the page's own way: the page draws buttons there, and does nothing when they are pressed. */
  async function pressInWindow(name: string): Promise<void> {
    const view = await until(`a window with ${name}`, () => {
      const top = play.slack.ui.modal();
      return shownIn(top?.blocks).includes(name) ? top : null;
    });
    play.slack.ui.pressInView({ user: alice.id, where: "modal", ...buttonNamed(view, name) });
  }
  const field = (form: Locator, label: string) =>
    form.locator(".bk-input", { hasText: label }).locator("input, select");
  const mine = () => play.remindersOf(alice.id);
  const inPrivate = () => slack.openConversation(alice.realName);

  /** Types a command, and gives what is said to it once it has these words. */
  async function command(text: string, words: string): Promise<Locator> {
    await slack.send(`/supervision ${text}`);
    await alone(words).waitFor();
    return alone(words);
  }

  const leave = () => slack.page.locator(".thread-pane button").first().click();

  test("a command is read back with what can be done about it, and Undo takes it back", async () => {
    await slack.openConversation("general");
    const set = await command("every 2 weeks on Tuesday at 10:00", "Set, as number 1.");
    await reads(set, "Every 14 days from Tuesday", "Europe/Berlin time", "It comes to you alone.", "Next: Tuesday");
    expect(await buttonsIn(set)).toEqual(["Undo", "Change"]);
    await picture("read-back");
    expect(await mine()).toHaveLength(1);
    await press(set, "Undo");
    await alone("Taken back.").waitFor();
    expect(await mine()).toEqual([]);
  });

  test("a command alone opens the form; what was filled in is read back, and Change opens it again", async () => {
    await slack.send("/supervision");
    const window = await slack.modal();
    await reads(window, "Times are in Europe/Berlin.");
    await field(window, "How often").selectOption({ label: "Every week" });
    await field(window, "Time").fill("14:30");
    await field(window, "About").fill("peer group");
    await picture("form");
    await slack.submit();
    await reads(window, "Set, as number 1.", "Peer group.", "14:30");
    await picture("form-read-back");
    await pressInWindow("Change");
    await field(window, "About").waitFor();
    expect(await field(window, "About").inputValue()).toBe("peer group");
    await field(window, "Time").fill("15:00");
    await slack.submit();
    await reads(window, "Changed number 1.", "15:00");
    await slack.dismiss();
    expect((await mine()).map(({ schedule }) => schedule.start.slice(11))).toEqual(["15:00"]);
  });

  test("a plain message sets one too, and what is saved meanwhile waits for it", async () => {
    await inPrivate();
    await slack.send("remind me tomorrow at 9am with Maria");
    await reads(await slack.openThread("remind me tomorrow"), "Set, as number 2.", "Supervision with Maria.", "9:00");
    await leave();
    await slack.send("who may supervise this work");
    const thread = await slack.openThread("who may supervise");
    await reads(thread, "Newydd");
    await press(thread, "Save for supervision");
    await reads(thread, "Kept for your next supervision.");
    await picture("saved");
    await leave();
  });

  test("it comes in private with a cited sentence, is put off, comes again, and is done", async () => {
    await play.comes(alice.id, 2);
    const came = messages().filter({ hasText: "Supervision with Maria is due" });
    await reads(came, "To bring along:", "[1]", "Sources", "Newydd", "Saved for supervision");
    expect(await buttonsIn(came)).toEqual([
      ...["Done", "Snooze 1 h", "Snooze to tomorrow", "Skip", "Change"],
      ...["Who should supervise", "Sources in full"],
    ]);
    await picture("arrived");
    await press(came, "Snooze 1 h");
    await reads(await slack.openThread("is due"), "It comes once more on");
    await leave();
    await play.snoozedComes();
    const again = messages().filter({ hasText: "once more as you asked" });
    await press(again, "Done");
    const thread = await slack.openThread("once more as you asked");
    await reads(thread, "I have noted for you alone that it took place.");
    await picture("done");
    expect(await play.kept.store.lastDone(`slack:${us.team}:${alice.id}`)).not.toBeNull();
    expect(await came.count()).toBe(1);
    await leave();
  });

  test("they are listed by command and on the Home tab, where one is shown and deleted", async () => {
    await reads(await command("list", "You have one reminder."), "Peer group (number 1)", "Next:");
    const home = await slack.openHome();
    await reads(home, "Your reminders", "Peer group (number 1)");
    await home.locator(".bk-section", { hasText: "Peer group" }).scrollIntoViewIfNeeded();
    await picture("home");
    await home.locator(".bk-section", { hasText: "Peer group" }).getByRole("button", { name: "Show" }).click();
    const window = await slack.modal();
    await reads(window, "Number 1: Peer group.");
    await picture("one");
    await pressInWindow("Delete");
    await reads(window, "Deleted number 1.");
    await slack.dismiss();
    await reads(home, "You have no reminders yet.");
    expect(await mine()).toEqual([]);
  });

  test("all are deleted once that was asked, and none before", async () => {
    await slack.openConversation("general");
    await command("tomorrow at 9am", "Set, as number 1.");
    await command("every Friday at 3pm", "Set, as number 2.");
    const question = "Shall I delete all 2 of your reminders?";
    await press(await command("delete all", question), "Keep them");
    await alone("Your reminders stay as they are.").waitFor();
    expect(await mine()).toHaveLength(2);
    await press(await command("delete all", question), "Yes, delete all");
    await alone("Deleted 2 reminders.").waitFor();
    expect(await mine()).toEqual([]);
  });

  test("one for a channel comes there, and somebody else may stop it, which its owner is told in private", async () => {
    await slack.mention("remind us here every Monday at 9am");
    await reads(await slack.openThread("remind us here"), "Set, as number 1.", "where anyone may stop it");
    await leave();
    await play.comes(alice.id, 1);
    const came = messages().filter({ hasText: "Supervision is due" });
    await reads(came, "Anyone here may stop this reminder.");
    expect(await came.getByText("only visible to you").count()).toBe(0);
    await slack.page.locator(".actas select").selectOption({ label: bob.realName });
    await picture("in-channel");
    await press(came, "Stop this reminder");
    await alone("It does not come here any more.").waitFor();
    expect(await mine()).toMatchObject([{ state: "parked", why: "stopped", next: null }]);
    await slack.page.locator(".actas select").selectOption({ label: alice.realName });
    await inPrivate();
    await reads(messages(), "You can start it again, change where it goes, or delete it.");
    await picture("stopped");
  });

  test("its owner starts it again, and is told in private when the channel has been archived", async () => {
    await slack.openConversation("general");
    await command("resume 1", "Number 1 comes again.");
    play.proxy.fail({ method: "chat.postMessage", kind: "refused", error: "is_archived" });
    await play.comes(alice.id, 1);
    await inPrivate();
    await reads(messages(), "the channel it goes to has been archived.");
    await picture("archived");
    expect(await mine()).toMatchObject([{ state: "parked", why: "is_archived" }]);
    const sent = (await play.slack.control.messages(channels.general)).filter(({ text }) =>
      /is due/.test(String(text)),
    );
    expect(sent).toHaveLength(1);
  });

  test("a wish with danger in it gets whom to call, and sets nothing", async () => {
    const before = await mine();
    await slack.send(`remind me every Tuesday at 10:00. ${danger}`);
    await reads(messages().last(), "988");
    await command(`every Tuesday at 10:00, ${danger}`, "988");
    expect(await mine()).toEqual(before);
  });

  test("none of this asked anything of another computer, broke the page, or told the log what was typed", () => {
    expect(slack.trouble()).toEqual([]);
    const lines = play.logged().split("\n");
    expect(lines.filter((line) => !line.includes('"info"'))).toEqual([
      expect.stringContaining('"event":"reminders.parked","code":"is_archived"'),
    ]);
    expect(play.logged()).not.toMatch(/maria|peer|supervis|kill/i);
  });
});
