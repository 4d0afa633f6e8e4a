/** The real local Slack with the proxy in front of it, driven by a bot of a few lines: what passes through, and what is put right. */
import { createServer, type Server } from "node:http";
import { SocketModeClient } from "@slack/socket-mode";
import { WebClient } from "@slack/web-api";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parsePayload } from "#adapters/slack/parse-interaction.ts";
import { textIn } from "../helpers/slack/api-server.ts";
import { messageAction } from "../helpers/slack/interactions.ts";
import { silent } from "../helpers/slack/silent.ts";
import { type LocalStage, openLocalStage } from "../helpers/slack/stage.ts";
import { alice, appToken, bob, botToken, channels, type Json, objectOf, textOf } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";

/** What the bot of these tests was brought, and what it acknowledges commands with. */
type Bot = {
  readonly brought: Json[];
  readonly client: WebClient;
  ack: Json | undefined;
  readonly stop: () => Promise<void>;
};

const clientOf = (slackApiUrl: string) =>
  new WebClient(botToken, {
    slackApiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

async function socketBot({ proxy }: LocalStage): Promise<Bot> {
  const socket = new SocketModeClient({
    appToken,
    clientOptions: { slackApiUrl: proxy.apiUrl },
    logger: silent,
  });
  const bot: Bot = { brought: [], client: clientOf(proxy.apiUrl), ack: undefined, stop: () => socket.disconnect() };
  socket.on("slack_event", async ({ body, ack }) => {
    bot.brought.push(body);
    await ack(body.command === undefined && body.type !== "view_submission" ? undefined : bot.ack);
  });
  await socket.start();
  return bot;
}

async function httpBot({ proxy }: LocalStage): Promise<Bot> {
  const bot: Bot = {
    brought: [],
    client: clientOf(proxy.apiUrl),
    ack: undefined,
    stop: async () => void server.close(),
  };
  const server: Server = createServer(async (request, response) => {
    const text = await textIn(request);
    const form = Object.fromEntries(new URLSearchParams(text));
    const isForm = request.headers["content-type"]?.includes("form") === true;
    const body = objectOf(isForm ? (form.payload === undefined ? form : JSON.parse(form.payload)) : JSON.parse(text));
    bot.brought.push(body);
    const isAsked = body.command !== undefined || body.type === "view_submission";
    response.end(isAsked && bot.ack !== undefined ? JSON.stringify(bot.ack) : "");
  }).listen(0, "127.0.0.1");
  await until("the bot listens", () => server.listening);
  const address = server.address();
  proxy.deliverAt(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/slack/events`);
  return bot;
}

whereLocalSlackIs("local-slack through the proxy, by socket and by http", () => {
  describe("local-slack through the proxy, by socket", () => through("socket", socketBot));
  describe("local-slack through the proxy, by http", () => through("http", httpBot));
});

function through(mode: "socket" | "http", startBot: (stage: LocalStage) => Promise<Bot>): void {
  let stage: LocalStage;
  let bot: Bot;
  beforeAll(async () => {
    stage = await openLocalStage(mode);
    bot = await startBot(stage);
  });
  afterEach(async () => {
    await stage.slack.control.reset();
    stage.proxy.clear();
    bot.brought.length = 0;
    bot.ack = undefined;
  });
  afterAll(async () => {
    await bot?.stop();
    await stage?.close();
  });

  const last = (kind: string) =>
    until(`a ${kind}`, () => bot.brought.map((body) => parsePayload(body)).findLast((read) => read?.kind === kind));

  test("a direct message is one, in a conversation that comes into being with it", async () => {
    const { control } = stage.slack;
    const channel = await control.dm(alice.id);
    const ts = await control.message(channel, alice.id, "hello");
    expect(await last("message")).toMatchObject({ channel, ts, text: "hello", isDirect: true, user: alice.id });
    expect(await control.dm(alice.id)).toBe(channel);
  });

  test("a mention arrives twice, as a message and as a mention", async () => {
    const ts = await stage.slack.control.message(channels.general, bob.id, "<@U0BOT> hello");
    expect(await last("mention")).toMatchObject({ ts, channel: channels.general, isDirect: false });
    expect(await last("message")).toMatchObject({ ts, channel: channels.general, isDirect: false });
  });

  test("a reply in a thread is among the channel's messages, under its root, and told by its metadata", async () => {
    const { control } = stage.slack;
    const channel = await control.dm(alice.id);
    const ts = await control.message(channel, alice.id, "hello");
    const metadata = { event_type: "bearings_message", event_payload: { mark: "m1" } };
    const blocks = [{ type: "markdown", text: "**bold**" }];
    await bot.client.chat.postMessage({ channel, thread_ts: ts, text: "there", blocks, metadata });
    expect(await control.messages(channel)).toMatchObject([
      { ts, text: "hello" },
      { thread_ts: ts, text: "there", blocks: [{ type: "section", text: { text: "*bold*" } }] },
    ]);
    const read = await bot.client.conversations.replies({ channel, ts, include_all_metadata: true });
    expect(read.messages?.at(-1)).toMatchObject({ text: "there", blocks, metadata });
  });

  test("what one person alone sees says so when it is pressed", async () => {
    const { control } = stage.slack;
    const elements = [{ type: "button", text: { type: "plain_text", text: "Press" }, action_id: "press", value: "v" }];
    const blocks = [{ type: "actions", elements }];
    const channel = channels.general;
    const posted = await bot.client.chat.postEphemeral({
      channel,
      user: alice.id,
      thread_ts: "1.1",
      text: "x",
      blocks,
    });
    const ts = posted.message_ts ?? "";
    expect(await control.messages(channel)).toMatchObject([
      { subtype: "ephemeral", ephemeral_to: alice.id, thread_ts: "1.1" },
    ]);
    await control.press({ channel, ts, user: alice.id, actionId: "press", value: "v" });
    const press = await last("press");
    expect(press).toMatchObject({
      value: "v",
      at: { kind: "message", channel, ts, threadTs: "1.1", isEphemeral: true },
    });
    expect(bot.brought.at(-1)?.message).toBeUndefined();
  });

  test("what one person alone sees is kept out of the history", async () => {
    const { control } = stage.slack;
    const channel = await control.dm(alice.id);
    await bot.client.chat.postEphemeral({ channel, user: alice.id, text: "hidden" });
    await bot.client.chat.postMessage({ channel, text: "open" });
    expect(await control.messages(channel)).toHaveLength(2);
    expect((await bot.client.conversations.history({ channel })).messages).toMatchObject([{ text: "open" }]);
  });

  test("an answer at the address to respond at stays in its thread, for the presser alone", async () => {
    const { control } = stage.slack;
    await control.command(channels.general, bob.id, "/bearings", "themes");
    expect(await last("command")).toMatchObject({ command: "/bearings", text: "themes", user: bob.id });
    const url = textOf(bot.brought.at(-1)?.response_url);
    const said = { text: "only you", response_type: "ephemeral", thread_ts: "1.1" };
    await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said) });
    expect(await control.messages(channels.general)).toMatchObject([
      { text: "only you", ephemeral_to: bob.id, thread_ts: "1.1" },
    ]);
    expect(stage.proxy.calls("response_url")).toHaveLength(1);
  });

  test("a command that is acknowledged with words shows them", async () => {
    bot.ack = { response_type: "ephemeral", text: "here" };
    await stage.slack.control.command(channels.general, bob.id, "/bearings", "");
    expect(await stage.slack.control.messages(channels.general)).toMatchObject([
      { text: "here", ephemeral_to: bob.id },
    ]);
  });

  test("feedback is pressed by either name of its buttons", async () => {
    const channel = await stage.slack.control.dm(alice.id);
    const verdict = (text: string, value: string) => ({ text: { type: "plain_text" as const, text }, value });
    const feedback = {
      type: "feedback_buttons" as const,
      action_id: "vote",
      positive_button: verdict("Good", "up"),
      negative_button: verdict("Bad", "down"),
    };
    const blocks = [{ type: "context_actions" as const, elements: [feedback] }];
    const { ts = "" } = await bot.client.chat.postMessage({ channel, text: "x", blocks });
    await stage.slack.control.press({ channel, ts, user: alice.id, actionId: "vote#negative", value: "down" });
    expect(await last("press")).toMatchObject({ actionId: "vote", value: "down" });
    expect(bot.brought.at(-1)).toMatchObject({ actions: [{ type: "feedback_buttons" }], message: { blocks } });
  });

  test("a window opens, refuses, changes under one id and closes; the Home tab is drawn and pressed", async () => {
    const { control, ui } = stage.slack;
    await control.command(channels.general, alice.id, "/bearings", "");
    const element = { type: "plain_text_input", action_id: "q" };
    const label = { type: "plain_text", text: "Question" };
    const input = { type: "input", block_id: "b", label, element };
    const plain = (text: string) => ({ type: "plain_text", text });
    const view = { type: "modal", callback_id: "ask", title: plain("Ask"), submit: plain("Send"), blocks: [input] };
    const triggerId = textOf(bot.brought.at(-1)?.trigger_id);
    const opened = await bot.client.apiCall("views.open", { trigger_id: triggerId, view });
    const id = objectOf(objectOf(opened).view).id;
    await bot.client.apiCall("views.update", { view_id: id, view: { ...view, private_metadata: "m" } });
    await until("the window", () => ui.modal()?.private_metadata === "m");
    bot.ack = { response_action: "errors", errors: { b: "Too short" } };
    ui.submit(alice.id, { b: { q: { type: "plain_text_input", value: "x" } } });
    expect(await until("the refusal", ui.errors)).toEqual({ b: "Too short" });
    expect(bot.brought.at(-1)).toMatchObject({ type: "view_submission", view: { id, private_metadata: "m" } });
    bot.ack = undefined;
    ui.submit(alice.id, { b: { q: { type: "plain_text_input", value: "longer" } } });
    await until("the window's end", () => ui.modal() === null);
    expect(await last("submit")).toMatchObject({ callbackId: "ask", chosen: { q: "longer" } });
    const home = { type: "home", blocks: [{ type: "section", text: plain("Welcome") }] };
    await control.openHome(alice.id);
    expect(await last("home")).toMatchObject({ tab: "home", user: alice.id });
    await bot.client.apiCall("views.publish", { user_id: alice.id, view: home });
    await until("the Home tab", () => ui.home(alice.id));
    ui.pressInView({ user: alice.id, where: "home", actionId: "press", value: "themes" });
    expect(await last("press")).toMatchObject({ at: { kind: "view", isHome: true }, responseUrl: null });
  });

  test("a shortcut, which local-slack does not have, is brought by the proxy and answered", async () => {
    const { proxy, slack } = stage;
    const responseUrl = proxy.responseUrl(channels.general, alice.id);
    await proxy.bring("interactive", messageAction("look-up", { text: "hello" }, { responseUrl }));
    expect(await last("look-up")).toMatchObject({ text: "hello", user: alice.id });
    const said = JSON.stringify({ text: "found", response_type: "ephemeral" });
    await fetch(responseUrl, { method: "POST", headers: { "content-type": "application/json" }, body: said });
    expect(await slack.control.messages(channels.general)).toMatchObject([{ text: "found", ephemeral_to: alice.id }]);
  });

  test("tokens, limits and faults are those of the proxy", async () => {
    const { proxy } = stage;
    const code = (call: Promise<unknown>) => call.catch((error) => error.data?.error ?? error.code);
    const channel = channels.general;
    const quiet = { slackApiUrl: proxy.apiUrl, retryConfig: { retries: 0 } };
    expect(await code(new WebClient("xoxb-wrong", quiet).auth.test())).toBe("invalid_auth");
    expect(await code(bot.client.chat.postMessage({ channel: channels.random, text: "x" }))).toBe("not_in_channel");
    expect(await code(bot.client.chat.postMessage({ channel, text: "x".repeat(40_001) }))).toBe("msg_too_long");
    proxy.fail({ method: "chat.postMessage", kind: "reset", when: "after" });
    expect(await code(bot.client.chat.postMessage({ channel, text: "lost" }))).toBe("slack_webapi_request_error");
    await bot.client.chat.postMessage({ channel, text: "again" });
    const messages = await stage.slack.control.messages(channel);
    expect(messages.map(({ text }) => text)).toEqual(["lost", "again"]);
    expect(proxy.bursts()).toMatchObject([{ channel }]);
  });
}
