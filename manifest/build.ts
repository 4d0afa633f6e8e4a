/** The Slack app's manifest, made from what the door needs: what Slack shows people, and what it lets Bearings do. */
import { stringify } from "yaml";
import { botScopes, commands, eventNames, shortcuts } from "#adapters/slack/needs.ts";
import { examples } from "#src/copy.ts";

/** Which app is wanted. */
export type ManifestOptions = {
  /** The public address of the server, https and without a slash at its end; null for Socket Mode, which needs none. */
  readonly url: string | null;
  /** True for several workspaces by OAuth. Default false: one, by its token. */
  readonly several?: boolean;
};

const about = `Bearings answers questions from a small, curated set of named sources, above all a published review of mental health professionals who support forced migrants. Every sentence comes with its source. What its sources do not cover, it says it does not know.

Ask it in a direct message, mention it in a channel, type /bearings anywhere, or choose "Look this up" in the menu of a message. It reads what is addressed to it, and the one message that you choose, and no others.

It also reminds people of supervision, as they ask it to: with /supervision, or in plain words. A reminder comes by direct message, or to a channel where someone set it there.

It writes no text of its own and keeps no question. Of a reminder it keeps what was set: when, where it goes, and, if someone gives them, a short label and a name of the person it is with. It gives no clinical, legal or medical advice. It is not an emergency service. Please leave out names and details of clients.`;

/** The manifest as Slack reads it, in its own field names. */
export const slackManifest = ({ url, several = false }: ManifestOptions) => ({
  display_information: {
    name: "Bearings",
    description: "Answers about supporting forced migrants, every sentence with its source",
    long_description: about,
    background_color: "#0a3f4b",
  },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    agent_view: {
      agent_description:
        "Ask about working with forced migrants: what a published review found and recommends, every sentence with its source.",
      suggested_prompts: examples.map(({ question }) => ({ title: question, message: question })),
    },
    bot_user: { display_name: "Bearings", always_online: true },
    shortcuts: shortcuts.map((shortcut) => ({ ...shortcut })),
    // Escaped, a command's text is written as a message's is, and people named in it arrive as ids.
    slash_commands: commands.map((command) => ({ ...command, ...requestUrl(url, "url"), should_escape: true })),
  },
  oauth_config: {
    ...(url === null ? {} : { redirect_urls: [`${url}/slack/oauth_redirect`] }),
    scopes: { bot: botScopes() },
  },
  settings: {
    event_subscriptions: { ...requestUrl(url, "request_url"), bot_events: eventNames() },
    interactivity: { is_enabled: true, ...requestUrl(url, "request_url") },
    org_deploy_enabled: false,
    socket_mode_enabled: url === null,
    // Rotated tokens expire within a day, and only an installation by OAuth can be renewed: a token in a setting cannot.
    token_rotation_enabled: several,
  },
});

/** Slack posts everything to one place; in Socket Mode to none. */
const requestUrl = <K extends string>(url: string | null, key: K) =>
  url === null ? {} : { [key]: `${url}/slack/events` };

/** The manifest as text to paste. `howMade` are the lines of the comment above it. */
export const slackYaml = (options: ManifestOptions, howMade: readonly string[]): string =>
  `${howMade.map((line) => `# ${line}\n`).join("")}${stringify(slackManifest(options), { lineWidth: 0 })}`;
