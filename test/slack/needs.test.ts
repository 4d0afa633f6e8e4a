import { describe, expect, test } from "vitest";
import { botScopes, commands, eventNames, events, methods, shortcuts } from "#adapters/slack/needs.ts";
import { parsePayload } from "#adapters/slack/parse-interaction.ts";
import { sourceFiles } from "../helpers/sources.ts";

const door = sourceFiles(["adapters/slack"]).filter(({ path }) => !path.endsWith("/needs.ts"));
const all = door.map(({ text }) => text).join("\n");

// A string shaped like a method of the Web API, by the families that Slack has.
const methodLike =
  /["'`]((?:admin|api|apps|assistant|auth|bookmarks|calls|canvases|chat|conversations|dnd|emoji|files|functions|im|migration|oauth|openid|pins|reactions|reminders|search|slackLists|stars|team|tooling|usergroups|users|views|workflows)(?:\.[a-zA-Z0-9]+){1,3})["'`]/g;

// These two are called by the SDK on the door's behalf: this is what makes it do so.
const bySdk: Readonly<Record<string, RegExp>> = {
  "apps.connections.open": /\bSocketMode(?:Receiver|Client)\b|\bsocketMode: true\b/,
  "oauth.v2.access": /from "@slack\/oauth"/,
};

describe("methods", () => {
  test("every one that the door's code names is among the needs", () => {
    const named = [...all.matchAll(methodLike)].map(([, name = ""]) => name);
    const known = new Set([...Object.keys(methods), ...eventNames()]);
    expect(named.length).toBeGreaterThan(4);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });

  test.each(Object.keys(methods))("%s is used", (name) => {
    expect(all.includes(`"${name}"`) || bySdk[name]?.test(all)).toBe(true);
  });

  // `call` takes a `Method`, so the compiler holds it to the needs; these would go round it.
  test("none is called in another way than through call", () => {
    const around = door.filter(
      ({ path, text }) =>
        /\b(?:client|web|slack)\s*\.\s*(?:assistant|auth|chat|conversations|oauth|users|views)\s*\./.test(text) ||
        (/\.apiCall\(|\bnew WebClient\(/.test(text) && !path.endsWith("/api.ts")),
    );
    expect(around.map(({ path }) => path)).toEqual([]);
  });
});

describe("scopes", () => {
  test("exactly seven come out, sorted", () => {
    expect(botScopes()).toEqual([
      "app_mentions:read",
      "assistant:write",
      "chat:write",
      "commands",
      "im:history",
      "im:write",
      "users:read",
    ]);
  });

  test("none reads channels or groups, and none tells an e-mail address", () => {
    const history = botScopes().filter((scope) => scope.endsWith(":history"));
    expect(history).toEqual(["im:history"]);
    expect(botScopes().filter((scope) => /email|^(?:channels|groups|mpim|files|search|admin)\b/.test(scope))).toEqual(
      [],
    );
  });

  test("each need says in words why", () => {
    const whys = [...Object.values(methods), ...Object.values(events)].map(({ why }) => why);
    expect(whys.filter((why) => !/^(?:to|Socket Mode)\b.{10,}[^.]$/.test(why))).toEqual([]);
  });
});

/** The least that Slack sends of each event. */
const sent: Readonly<Record<string, object>> = {
  app_mention: { type: "app_mention", user: "U1", channel: "C1", ts: "1.000100", text: "<@U0BOT> hello" },
  "message.im": { type: "message", channel_type: "im", user: "U1", channel: "D1", ts: "1.000100", text: "hello" },
  app_home_opened: { type: "app_home_opened", user: "U1", channel: "D1", tab: "home" },
  app_uninstalled: { type: "app_uninstalled" },
  tokens_revoked: { type: "tokens_revoked", tokens: { bot: ["U0BOT"] } },
};

test.each(eventNames())("the event %s is read as something to act on", (name) => {
  const payload = parsePayload({ type: "event_callback", team_id: "T1", event: sent[name] });
  expect(payload?.kind).toMatch(/^(?:mention|message|home|gone)$/);
});

const from = { team_id: "T1", user_id: "U1", channel_id: "C1", trigger_id: "1.2" };

test.each(commands.map(({ command }) => command))("the command %s is read", (command) => {
  expect(parsePayload({ command, text: "", ...from })).toMatchObject({ kind: "command", command });
});

test("the door's code knows no command that is not among the needs", () => {
  const named = [...all.matchAll(/["'`](\/[a-z]+)["'`]/g)].map(([, name = ""]) => name);
  const known: readonly string[] = commands.map(({ command }) => command);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test.each(shortcuts.map(({ callback_id }) => callback_id))("the shortcut %s is read as a wish to look up", (id) => {
  const payload = parsePayload({
    type: "message_action",
    callback_id: id,
    trigger_id: "1.2",
    response_url: "https://hooks.slack.example/1",
    team: { id: "T1" },
    user: { id: "U1" },
    channel: { id: "C1" },
    message: { type: "message", user: "U2", ts: "1.000100", text: "hello" },
  });
  expect(payload?.kind).toBe("look-up");
});
