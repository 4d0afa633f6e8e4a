/** The fake Slack that other tests stand on: what it refuses, remembers and breaks is checked with Slack's own client. */
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, test } from "vitest";
import { clientId, clientSecret } from "../helpers/slack/fake-oauth.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { silent } from "../helpers/slack/silent.ts";
import { botToken, channels, us } from "../helpers/slack/team.ts";

let fake: FakeSlack | null = null;
afterEach(async () => {
  await fake?.close();
  fake = null;
});

async function open(): Promise<{ readonly fake: FakeSlack; readonly client: WebClient }> {
  fake = await openFakeSlack();
  return { fake, client: clientOf(fake.apiUrl) };
}

const quiet = { logger: silent, retryConfig: { retries: 0 } };
const clientOf = (slackApiUrl: string, token: string = botToken) =>
  new WebClient(token, { slackApiUrl, rejectRateLimitedCalls: true, timeout: 2_000, ...quiet });

/** The error's code in Slack's words, or the SDK's where there is none. */
const refusal = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "ok",
    (error) => error.data?.error ?? error.code,
  );

describe("the fake Slack", () => {
  test("says who we are to our token, and nothing to another", async () => {
    const { fake, client } = await open();
    expect(await client.auth.test()).toMatchObject({ user_id: us.botUser, bot_id: us.botId, team_id: us.team });
    expect(await refusal(clientOf(fake.apiUrl, "xoxb-other").auth.test())).toBe("invalid_auth");
    expect(await refusal(new WebClient(undefined, { slackApiUrl: fake.apiUrl, ...quiet }).auth.test())).toBe(
      "not_authed",
    );
    expect(await refusal(client.apps.connections.open({}))).toBe("not_allowed_token_type");
  });

  test("keeps a message with its metadata and gives both back in a direct message", async () => {
    const { fake, client } = await open();
    const opened = await client.conversations.open({ users: "U01ALICE" });
    const metadata = { event_type: "bearings_message", event_payload: { mark: "m1" } };
    await client.chat.postMessage({ channel: opened.channel?.id ?? "", thread_ts: "1.1", text: "x", metadata });
    const found = await client.conversations.replies({ channel: channels.dm, ts: "1.1", include_all_metadata: true });
    expect(found.messages).toMatchObject([{ text: "x", thread_ts: "1.1", metadata }]);
    expect(fake.posted()).toMatchObject([{ channel: channels.dm, thread: "1.1", to: null, metadata }]);
    expect(await refusal(client.conversations.history({ channel: channels.general }))).toBe("missing_scope");
  });

  test("shows what one person alone sees in no history", async () => {
    const { fake, client } = await open();
    await client.chat.postEphemeral({ channel: channels.dm, user: "U01ALICE", text: "x" });
    expect((await client.conversations.history({ channel: channels.dm })).messages).toEqual([]);
    expect(fake.posted()).toMatchObject([{ to: "U01ALICE" }]);
  });

  test.each([
    ["nothing", {}, "no_text"],
    ["51 blocks", { text: "x", blocks: Array.from({ length: 51 }, () => ({ type: "divider" })) }, "invalid_blocks"],
    ["a long text", { text: "x".repeat(40_001) }, "msg_too_long"],
    ["an unknown block", { text: "x", blocks: [{ type: "nonsense" }] }, "invalid_blocks"],
    ["a long section", { text: "x", blocks: [section("x".repeat(3_001))] }, "invalid_blocks"],
    ["an empty section", { text: "x", blocks: [section("")] }, "invalid_blocks"],
    [
      "too much in all",
      { text: "x", blocks: Array.from({ length: 5 }, () => section("x".repeat(2_700))) },
      "msg_blocks_too_long",
    ],
    [
      "one action id twice",
      { text: "x", blocks: [{ type: "actions", elements: [button("a"), button("a")] }] },
      "invalid_blocks",
    ],
    [
      "a long value",
      { text: "x", blocks: [{ type: "actions", elements: [button("a", "x".repeat(2_001))] }] },
      "invalid_blocks",
    ],
    [
      "26 buttons",
      { text: "x", blocks: [{ type: "actions", elements: Array.from({ length: 26 }, (_, i) => button(`${i}`)) }] },
      "invalid_blocks",
    ],
    [
      "a long header",
      { text: "x", blocks: [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }] },
      "invalid_blocks",
    ],
    ["metadata without a payload", { text: "x", metadata: { event_type: "a" } }, "invalid_metadata_format"],
  ])("refuses %s", async (_what, message, error) => {
    const { client } = await open();
    expect(await refusal(client.apiCall("chat.postMessage", { channel: channels.dm, ...message }))).toBe(error);
  });

  test.each([
    ["a long title", { title: { type: "plain_text", text: "x".repeat(25) } }, "invalid_arguments"],
    ["long metadata", { private_metadata: "x".repeat(3_001) }, "invalid_arguments"],
    ["101 blocks", { blocks: Array.from({ length: 101 }, () => ({ type: "divider" })) }, "invalid_arguments"],
    ["a markdown block", { blocks: [{ type: "markdown", text: "x" }] }, "invalid_arguments"],
    ["nothing wrong", {}, "ok"],
  ])("looks at a window with %s", async (_what, more, outcome) => {
    const { client } = await open();
    const view = { type: "modal", title: { type: "plain_text", text: "Bearings" }, blocks: [section("x")], ...more };
    expect(await refusal(client.apiCall("views.open", { trigger_id: "1.2.3", view }))).toBe(outcome);
  });

  test("takes four prompts for the tab, and ignores those for a thread as Slack does", async () => {
    const { fake, client } = await open();
    const prompt = { title: "a", message: "b" };
    const set = (count: number, thread_ts?: string) =>
      refusal(
        client.apiCall("assistant.threads.setSuggestedPrompts", {
          channel_id: channels.dm,
          prompts: Array.from({ length: count }, () => prompt),
          ...(thread_ts === undefined ? {} : { thread_ts }),
        }),
      );
    expect([await set(4), await set(5), await set(1, "1.1")]).toEqual(["ok", "invalid_arguments", "ok"]);
    expect(fake.hints().map(({ isIgnored }) => isIgnored)).toEqual([false, true]);
  });

  test("says something at an address to respond at", async () => {
    const { fake } = await open();
    const url = fake.responseUrl(channels.general, "U02BOB");
    const said = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"text":"x","response_type":"ephemeral"}',
    });
    expect(said.ok).toBe(true);
    expect(fake.posted()).toMatchObject([{ by: "response_url", channel: channels.general, to: "U02BOB", text: "x" }]);
  });

  test("redeems a code once, and renews a token once", async () => {
    const { fake, client } = await open();
    const app = { client_id: clientId, client_secret: clientSecret };
    const other = { team: "T02OTHER", teamName: "Other", botUser: "U9BOT", botId: "B9BOT" };
    const code = fake.oauth.grant(other, 43_200);
    const first = await client.oauth.v2.access({ ...app, code });
    expect(first).toMatchObject({ team: { id: "T02OTHER" }, expires_in: 43_200 });
    expect(await clientOf(fake.apiUrl, first.access_token).auth.test()).toMatchObject({ team_id: "T02OTHER" });
    const renewal = { ...app, grant_type: "refresh_token", refresh_token: first.refresh_token ?? "" };
    expect(await client.apiCall("oauth.v2.access", renewal)).not.toMatchObject({ access_token: first.access_token });
    expect(await refusal(client.apiCall("oauth.v2.access", renewal))).toBe("invalid_refresh_token");
    expect(await refusal(client.oauth.v2.access({ ...app, code }))).toBe("invalid_code");
  });
});

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const button = (action_id: string, value = "v") => ({
  type: "button",
  text: { type: "plain_text", text: "Press" },
  action_id,
  value,
});

describe("a planned fault", () => {
  test.each([
    ["limited", { kind: "limited", retryAfter: "7" }, "slack_webapi_rate_limited_error", 0],
    ["an error of the server", { kind: "status", status: 503 }, "slack_webapi_http_error", 0],
    ["an error after the effect", { kind: "status", status: 500, when: "after" }, "slack_webapi_http_error", 1],
    ["refused", { kind: "refused", error: "is_archived" }, "is_archived", 0],
    ["cut before the effect", { kind: "reset" }, "slack_webapi_request_error", 0],
    ["cut after the effect", { kind: "reset", when: "after" }, "slack_webapi_request_error", 1],
    ["no answer", { kind: "hang", when: "after" }, "slack_webapi_request_error", 1],
    ["late", { kind: "slow", ms: 5 }, "ok", 1],
  ] as const)("strikes a call: %s", async (_what, fault, outcome, posted) => {
    const { fake, client } = await open();
    fake.fail({ method: "chat.postMessage", ...fault });
    expect(await refusal(client.chat.postMessage({ channel: channels.dm, text: "x" }))).toBe(outcome);
    expect(fake.posted()).toHaveLength(posted);
    expect(fake.calls("chat.postMessage")).toMatchObject([{ fault: fault.kind, args: { text: "x" } }]);
  });

  test("strikes as often as it is planned, after the calls that go well, and other methods never", async () => {
    const { fake, client } = await open();
    fake.fail({ method: "chat.postMessage", kind: "refused", error: "fatal_error", skip: 1, times: 2 });
    const post = () => refusal(client.chat.postMessage({ channel: channels.dm, text: "x" }));
    expect([await post(), await refusal(client.auth.test()), await post(), await post(), await post()]).toEqual([
      "ok",
      "ok",
      "fatal_error",
      "fatal_error",
      "ok",
    ]);
  });

  test.each([["html"], ["truncated"]] as const)("sends %s where JSON is due", async (kind) => {
    const { fake } = await open();
    fake.fail({ method: "auth.test", kind });
    const text = await (
      await fetch(`${fake.apiUrl}auth.test`, { headers: { authorization: `Bearer ${botToken}` } })
    ).text();
    expect(() => JSON.parse(text)).toThrow();
  });

  test("sends an answer as large as is asked for", async () => {
    const { fake } = await open();
    fake.fail({ method: "auth.test", kind: "huge", bytes: 3_000_000 });
    expect((await (await fetch(`${fake.apiUrl}auth.test`)).text()).length).toBeGreaterThan(3_000_000);
  });
});
