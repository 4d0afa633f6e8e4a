/** What the Slack door asks of a workspace, in one table: the code, the manifest and docs/slack.md all follow it. */

/** Why something is needed, in words for whoever has to approve the app; and the bot scope that allows it, if it takes one. */
type Need = { readonly scope: string | null; readonly why: string };

/** Web API methods that the door calls. Those without a scope ask for none, or use another token than the bot's. */
export const methods = {
  "api.test": { scope: null, why: "to see whether Slack can be reached, when doctor is asked" },
  "auth.test": { scope: null, why: "to know its own name, so that it can tell a mention of itself" },
  "chat.postMessage": {
    scope: "chat:write",
    why: "to answer in a direct message or a thread, and to send the reminders that people set",
  },
  "chat.postEphemeral": { scope: "chat:write", why: "to answer in a channel so that one person alone sees it" },
  "conversations.open": {
    scope: "im:write",
    why: "to open a direct message with someone who uses it, for an answer or a reminder",
  },
  "conversations.history": {
    scope: "im:history",
    why: "to look, in its own direct messages, whether a message or a reminder has landed before it is sent again",
  },
  "conversations.replies": {
    scope: "im:history",
    why: "to look, in a thread of its own direct messages, whether an answer has landed",
  },
  "users.info": { scope: "users:read", why: "to read the time zone of someone's profile, when they set a reminder" },
  "views.open": { scope: null, why: "to show the sources, what is about to be shared, and the form for a reminder" },
  "views.update": { scope: null, why: "to fill a window that was opened empty" },
  "views.publish": { scope: null, why: "to draw the Home tab" },
  "assistant.threads.setSuggestedPrompts": { scope: "assistant:write", why: "to offer questions to start with" },
  "assistant.threads.setStatus": { scope: "assistant:write", why: "to say that it is looking" },
  "apps.connections.open": { scope: null, why: "Socket Mode; needs connections:write on the app-level token instead" },
  "oauth.v2.access": { scope: null, why: "to be installed in several workspaces, and to renew their tokens" },
} as const satisfies Readonly<Record<string, Need>>;

/** A Web API method that the door may call. */
export type Method = keyof typeof methods;

/** Events that the door listens to, each with the scope that Slack wants for it. */
export const events = {
  app_mention: { scope: "app_mentions:read", why: "to read a message that mentions it in a channel it was invited to" },
  "message.im": { scope: "im:history", why: "to read what someone writes to it in a direct message" },
  app_home_opened: { scope: null, why: "to draw the Home tab, and to welcome someone who opens the conversation" },
  app_uninstalled: {
    scope: null,
    why: "to erase its installation in a workspace that removed it, and to stop the reminders there",
  },
  tokens_revoked: { scope: null, why: "to erase a token that no longer works, and to stop the reminders there" },
} as const satisfies Readonly<Record<string, Need>>;

/** Slash commands, as people see them while they type. */
export const commands = [
  {
    command: "/bearings",
    description: "Ask a question; the answer names its sources, and you alone see it",
    usage_hint: "[your question, or: themes, about, privacy, help]",
  },
  {
    command: "/supervision",
    description: "Set a reminder of supervision, or see those you have; you alone see it",
    usage_hint: "[every 2 weeks on Tuesday at 10:00, or: list, pause, skip next, done, help]",
  },
] as const;

/** Things to do with a message, in its menu. */
export const shortcuts = [
  {
    name: "Look this up",
    type: "message",
    callback_id: "look-up",
    description: "Find what the sources say on this message; you alone see it",
  },
] as const;

// Slash commands and shortcuts share one.
const commandScope = "commands";

/** The bot scopes to ask for: what the tables above need and nothing else, sorted. */
export const botScopes = (): readonly string[] => {
  const needs: readonly Need[] = [...Object.values(methods), ...Object.values(events)];
  return [...new Set([commandScope, ...needs.flatMap(({ scope }) => scope ?? [])])].sort();
};

/** The events to subscribe to, sorted. */
export const eventNames = (): readonly string[] => Object.keys(events).sort();
