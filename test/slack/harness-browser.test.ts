/** local-slack's page in Chromium, with a bot of a few lines behind it: every move that other tests make there works. */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SocketModeClient } from "@slack/socket-mode";
import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSlackPage, type SlackPage } from "../helpers/slack/browser.ts";
import { silent } from "../helpers/slack/silent.ts";
import { type LocalStage, openLocalStage } from "../helpers/slack/stage.ts";
import { alice, appToken, botToken, type Json, listOf, objectOf, textOf } from "../helpers/slack/team.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const input = {
  type: "input",
  block_id: "b",
  label: plain("Why"),
  element: { type: "plain_text_input", action_id: "q" },
};
const window = { type: "modal", callback_id: "w", title: plain("Why"), submit: plain("Send"), blocks: [input] };
const home = { type: "home", blocks: [{ type: "actions", elements: [button("Themes", "themes")] }] };

function button(text: string, action_id: string) {
  return { type: "button", text: plain(text), action_id, value: "v" };
}

/** Answers a mention in its thread with a button, opens a window when that is pressed, and says what was sent off. */
async function startBot({ proxy }: LocalStage, seen: Json[]): Promise<SocketModeClient> {
  const client = new WebClient(botToken, { slackApiUrl: proxy.apiUrl, logger: silent });
  const socket = new SocketModeClient({ appToken, clientOptions: { slackApiUrl: proxy.apiUrl }, logger: silent });
  socket.on("slack_event", async ({ body, ack }) => {
    await ack(body.command === undefined ? undefined : { response_type: "ephemeral", text: `got ${body.text}` });
    seen.push(body);
    const event = objectOf(body.event);
    const blocks = [
      { type: "markdown", text: "**Found** it" },
      { type: "actions", elements: [button("Why", "why")] },
    ];
    if (event.type === "app_mention")
      await client.apiCall("chat.postMessage", {
        channel: event.channel,
        thread_ts: event.ts,
        text: "Found it",
        blocks,
      });
    if (event.type === "app_home_opened") await client.apiCall("views.publish", { user_id: event.user, view: home });
    if (listOf(body.actions)[0]?.action_id === "why")
      await client.apiCall("views.open", { trigger_id: body.trigger_id, view: window });
    if (body.type === "view_submission") await client.chat.postMessage({ channel: alice.id, text: "Thank you" });
  });
  await socket.start();
  return socket;
}

whereLocalSlackIs("local-slack's page", () => {
  let stage: LocalStage;
  let bot: SocketModeClient;
  let slack: SlackPage;
  let folder: string;
  const seen: Json[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "bearings-pictures-"));
    stage = await openLocalStage("socket");
    bot = await startBot(stage, seen);
    slack = await openSlackPage(stage.slack.url);
  });
  afterAll(async () => {
    await slack?.close();
    await bot?.disconnect();
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("takes a mention, shows the thread, opens a window, sends it off, and draws the Home tab", async () => {
    await slack.openConversation("general");
    await slack.mention("who may supervise");
    const thread = await slack.openThread("who may supervise");
    await thread.getByText("Found it").waitFor();
    await slack.press("Why");
    await (await slack.modal()).locator("input, textarea").first().fill("because");
    await slack.submit();
    await slack.page.locator(".modal").waitFor({ state: "detached" });
    expect(seen.findLast(({ type }) => type === "view_submission")).toMatchObject({
      view: { callback_id: "w", state: { values: { b: { q: { value: "because" } } } } },
    });
    await slack.openConversation(alice.realName);
    await slack.page.getByText("Thank you").waitFor();
    const tab = await slack.openHome();
    await tab.getByRole("button", { name: "Themes" }).click();
    await expect.poll(() => textOf(objectOf(seen.at(-1)?.container).type)).toBe("view");
  });

  test("takes a command, and marks what one person alone should see", async () => {
    await slack.openConversation("general");
    await slack.send("/bearings themes");
    await slack.page.getByText("got themes").waitFor();
    expect((await slack.shown()).at(-1)).toContain("only visible to you");
  });

  test("is pictured, asks nothing of another computer, and has no errors", async () => {
    const path = join(folder, "general.png");
    await slack.picture(path);
    expect((await stat(path)).size).toBeGreaterThan(5_000);
    expect(slack.trouble()).toEqual([]);
  });
});
