import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { botScopes, commands, eventNames, shortcuts } from "#adapters/slack/needs.ts";
import { type ManifestOptions, slackManifest, slackYaml } from "../../manifest/build.ts";
import { openShipped } from "../helpers/shipped.ts";
import { slackManifestSchema } from "./slack-schema.ts";

const url = "https://bearings.example.org";
const forms: readonly (readonly [string, ManifestOptions])[] = [
  ["Socket Mode", { url: null }],
  ["a public address", { url }],
  ["several workspaces", { url, several: true }],
];
const committed = readFileSync(fileURLToPath(new URL("../../manifest/slack.yaml", import.meta.url)), "utf8");

describe.each(forms)("the manifest for %s", (_name, options) => {
  const manifest = slackManifest(options);

  test("has only keys, lengths, scopes and events that Slack takes", () => {
    expect(slackManifestSchema.safeParse(manifest)).toMatchObject({ success: true });
  });

  test("asks for the scopes and events of needs.ts and for no others", () => {
    expect(manifest.oauth_config.scopes).toEqual({ bot: botScopes() });
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(eventNames());
  });

  test("offers every command and shortcut of needs.ts", () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(
      commands.map(({ command }) => command),
    );
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(
      shortcuts.map(({ callback_id }) => callback_id),
    );
  });

  test("survives being written as YAML and read back", () => {
    expect(parse(slackYaml(options, ["a comment"]))).toEqual(manifest);
  });
});

test("in Socket Mode no address of ours appears", () => {
  expect(slackManifest({ url: null }).settings.socket_mode_enabled).toBe(true);
  expect(JSON.stringify(slackManifest({ url: null }))).not.toContain("http");
});

test("with a public address everything is posted to one place, and OAuth comes back to another", () => {
  const { oauth_config, features, settings } = slackManifest({ url });
  expect(settings.socket_mode_enabled).toBe(false);
  const posted = [settings.event_subscriptions, settings.interactivity].map((part) => Object(part).request_url);
  const typed = features.slash_commands.map((command) => Object(command).url);
  expect(new Set([...posted, ...typed])).toEqual(new Set([`${url}/slack/events`]));
  expect(Object(oauth_config).redirect_urls).toEqual([`${url}/slack/oauth_redirect`]);
});

test("tokens rotate only where an installation by OAuth can renew them", () => {
  expect(forms.map(([, options]) => slackManifest(options).settings.token_rotation_enabled)).toEqual([
    false,
    false,
    true,
  ]);
});

test("the prompts are different questions, and Bearings answers each of them", async () => {
  const { ask, stop } = await openShipped();
  const { suggested_prompts } = slackManifest({ url: null }).features.agent_view;
  const asked = suggested_prompts.map(({ message }) => ({ message, kind: ask(message).reply.kind }));
  stop();
  expect(new Set(asked.map(({ message }) => message)).size).toBe(asked.length);
  expect(asked.filter(({ kind }) => kind !== "answer")).toEqual([]);
});

test("its words keep to the house: no exclamation marks, no emoji", () => {
  const { display_information, features } = slackManifest({ url: null });
  expect(JSON.stringify([display_information, features])).not.toMatch(/!|\p{Emoji_Presentation}/u);
});

test("the file in the repository is what the code makes", () => {
  expect(parse(committed)).toEqual(slackManifest({ url: null }));
});

// Each of these is refused by Slack's own published schema too, or by Slack when the app is installed.
describe("the schema refuses", () => {
  const good = slackManifest({ url: null });
  const settings = (change: object) => ({ ...good, settings: { ...good.settings, ...change } });
  const shown = (change: object) => ({ ...good, display_information: { ...good.display_information, ...change } });
  test.each([
    ["a key that it does not know", { ...good, extra: true }],
    ["a name of 36 characters", shown({ name: "x".repeat(36) })],
    ["a description of 141 characters", shown({ description: "x".repeat(141) })],
    ["a long description of 174 characters", shown({ long_description: "x".repeat(174) })],
    ["a colour that is a word", shown({ background_color: "teal" })],
    ["a right to read channels", { ...good, oauth_config: { scopes: { bot: ["channels:history"] } } }],
    ["a misspelt event", settings({ event_subscriptions: { bot_events: ["app_mentions"] } })],
    [
      "an address without https",
      settings({ interactivity: { is_enabled: true, request_url: "http://a.example/slack/events" } }),
    ],
    [
      "a fifth prompt",
      {
        ...good,
        features: {
          ...good.features,
          agent_view: { agent_description: "x", suggested_prompts: Array(5).fill({ title: "x", message: "x" }) },
        },
      },
    ],
  ])("%s", (_name, manifest) => {
    expect(slackManifestSchema.safeParse(manifest).success).toBe(false);
  });
});
