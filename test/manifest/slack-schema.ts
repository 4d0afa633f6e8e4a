/** What Slack takes as the manifest of an app like ours, written by hand: it refuses keys, lengths, scopes and events that we do not mean. */
import { z } from "zod";

const address = z.string().regex(/^https:\/\/[^\s/]+\/slack\/events$/);

// Slack itself lets an unknown scope or event pass until the app is installed.
const scopes = [
  "app_mentions:read",
  "assistant:write",
  "chat:write",
  "commands",
  "im:history",
  "im:write",
  "users:read",
] as const;
const events = ["app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked"] as const;

const prompt = z.strictObject({ title: z.string().min(1).max(75), message: z.string().min(1).max(2_000) });

/** The part of Slack's format that Bearings uses, with Slack's own limits. */
export const slackManifestSchema = z.strictObject({
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    long_description: z.string().min(175).max(4_000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    agent_view: z.strictObject({
      agent_description: z.string().min(1).max(300),
      suggested_prompts: z.array(prompt).min(1).max(4),
    }),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(24),
          type: z.enum(["message", "global"]),
          callback_id: z.string().min(1).max(255),
          description: z.string().min(1).max(150),
        }),
      )
      .min(1)
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z][a-z0-9_-]{0,30}$/),
          description: z.string().min(1).max(2_000),
          usage_hint: z.string().min(1).max(1_000).optional(),
          url: address.optional(),
          should_escape: z.boolean(),
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(z.string().regex(/^https:\/\/[^\s/]+\/slack\/oauth_redirect$/)).optional(),
    scopes: z.strictObject({ bot: z.array(z.enum(scopes)).min(1) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: address.optional(),
      bot_events: z.array(z.enum(events)).min(1),
    }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: address.optional() }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});
