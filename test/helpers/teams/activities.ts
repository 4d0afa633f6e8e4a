/** Activities as Teams sends them, with every field that it has, and the few that a test cares about given by it. */

/** One JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Someone in the organisation. */
export type Someone = { readonly id: string; readonly aad: string; readonly name: string };

export const alice: Someone = {
  id: "29:1aliceXq7Lh0f3b2cD4eF6gH8iJ0kL2mN4oP6qR8sT0uV2wX4yZ6",
  aad: "aaaaaaaa-0000-4000-8000-00000000a11c",
  name: "Alice Anderson",
};
export const bob: Someone = {
  id: "29:1bobKq7Lh0f3b2cD4eF6gH8iJ0kL2mN4oP6qR8sT0uV2wX4yZ6aB",
  aad: "bbbbbbbb-0000-4000-8000-000000000b0b",
  name: "Bob Baker",
};

/** Our bot, and the organisation that has it. */
export const us = {
  appId: "11111111-2222-4333-8444-555555555555",
  bot: "28:11111111-2222-4333-8444-555555555555",
  name: "Bearings",
  tenant: "99999999-8888-4777-8666-555555555555",
} as const;

/** Another person each time, with this id. */
export const someoneElse = (id: string): Someone => ({ id, aad: crypto.randomUUID(), name: bob.name });

/** How one of them is known to the door. */
export const known = ({ id, aad }: Someone) => ({ tenant: us.tenant, user: id, account: aad });

/** A personal chat (Alice's), a group chat, and a channel of a team. */
export const chats = {
  personal: "a:1alice-and-bearings-0123456789",
  group: "19:0123456789abcdef0123456789abcdef@thread.v2",
  channel: "19:channel0123456789abcdef@thread.tacv2",
  team: "19:team0123456789abcdef@thread.tacv2",
} as const;

export const serviceUrl = "https://smba.trafficmanager.net/uk/";

export type With = {
  /** Where it happens. Default: personal, or what the maker's name says. */
  readonly kind?: "personal" | "group" | "channel";
  readonly from?: Someone;
  readonly tenant?: string;
  readonly serviceUrl?: string;
  /** Id of the activity, the same when Teams sends it again. Default: a new one each time. */
  readonly id?: string;
  /** Another conversation than the usual one of its kind. */
  readonly conversation?: string;
  /** In a channel: id of the message that the thread hangs from. Default: the activity begins one itself. */
  readonly thread?: string;
  /** IANA name. Default Europe/London. */
  readonly zone?: string;
  /** Default en-GB. */
  readonly locale?: string;
  /** Fields to change or to take away (`undefined`) at the outermost level. */
  readonly more?: Json;
};

let count = 1_764_000_000_000;
const nextId = (): string => String(++count);

/** What every activity has. */
export function activityOf(type: string, around: With = {}): Json {
  const { kind = "personal", from = alice, tenant = us.tenant, zone = "Europe/London", locale = "en-GB" } = around;
  const id = around.id ?? nextId();
  const base = around.conversation ?? chats[kind];
  const conversation = {
    ...(kind === "personal" ? {} : { isGroup: true }),
    conversationType: kind === "group" ? "groupChat" : kind,
    tenantId: tenant,
    id: kind === "channel" ? `${base};messageid=${around.thread ?? id}` : base,
  };
  const team = {
    teamsChannelId: base,
    teamsTeamId: chats.team,
    channel: { id: base },
    team: { id: chats.team },
  };
  return {
    type,
    timestamp: "2026-11-25T10:00:00.1234567Z",
    localTimestamp: "2026-11-25T10:00:00.1234567+00:00",
    id,
    channelId: "msteams",
    serviceUrl: around.serviceUrl ?? serviceUrl,
    from: { id: from.id, name: from.name, aadObjectId: from.aad },
    conversation,
    recipient: { id: us.bot, name: us.name },
    entities: [{ locale, country: locale.split("-")[1] ?? "GB", platform: "Web", timezone: zone, type: "clientInfo" }],
    channelData: { ...(kind === "channel" ? team : {}), tenant: { id: tenant } },
    locale,
    localTimezone: zone,
    ...around.more,
  };
}

const written = (text: string): Json => ({
  text,
  textFormat: "plain",
  attachments: [{ contentType: "text/html", content: `<p>${text.replaceAll("\n", "<br>")}</p>` }],
});

/** What someone writes to us in their chat with us. */
export const personalMessage = (text: string, around: With = {}): Json =>
  activityOf("message", { ...around, more: { ...written(text), ...around.more } });

/** A mention as it stands in a text, and its entity. */
export const mentionOf = (who: { readonly id: string; readonly name: string }): Json => ({
  type: "mention",
  mentioned: { id: who.id, name: who.name },
  text: `<at>${who.name}</at>`,
});

const mentioning = (text: string, around: With): Json => {
  const whole = `<at>${us.name}</at> ${text}`;
  const bare = activityOf("message", around);
  const client = Array.isArray(bare.entities) ? bare.entities : [];
  return {
    ...bare,
    ...written(whole),
    entities: [mentionOf({ id: us.bot, name: us.name }), ...client],
    ...around.more,
  };
};

/** What someone writes in a group chat, naming us first. */
export const groupMention = (text: string, around: With = {}): Json => mentioning(text, { kind: "group", ...around });

/** What someone writes in a channel, naming us first. */
export const channelMention = (text: string, around: With = {}): Json =>
  mentioning(text, { kind: "channel", ...around });

/** A message of a chat with us, reworded. */
export const edited = (text: string, around: With = {}): Json =>
  activityOf("messageUpdate", {
    ...around,
    more: {
      ...written(text),
      channelData: { eventType: "editMessage", tenant: { id: around.tenant ?? us.tenant } },
      ...around.more,
    },
  });

/** A button of a card as older clients send it: a message with a value and no text. `message`: the card's. */
export const submitted = (data: Json, message: string, around: With = {}): Json =>
  activityOf("message", { ...around, more: { value: data, replyToId: message, ...around.more } });

/** Any invoke. */
export const invoke = (name: string, value: unknown, around: With = {}): Json =>
  activityOf("invoke", { ...around, more: { name, value, ...around.more } });

/** A button of a card: `data` is {verb, token}, and the fields of the form beside them. */
export const executed = (data: Json, message: string, around: With = {}): Json =>
  invoke(
    "adaptiveCard/action",
    { action: { type: "Action.Execute", verb: data.verb, data }, trigger: "manual" },
    { ...around, more: { replyToId: message, ...around.more } },
  );

/** Typed in the search box of the message extension; null is what Teams asks before anything is typed. */
export const searched = (text: string | null, around: With = {}): Json =>
  invoke(
    "composeExtension/query",
    {
      commandId: "search",
      parameters: [text === null ? { name: "initialRun", value: "true" } : { name: "text", value: text }],
      queryOptions: { skip: 0, count: 25 },
    },
    {
      ...around,
      more: {
        channelData: { tenant: { id: around.tenant ?? us.tenant }, source: { name: "compose" } },
        ...around.more,
      },
    },
  );

/** An action of the message extension on a message, whose words are HTML. */
export const chosenOn = (command: string, html: string, around: With = {}): Json =>
  invoke(
    "composeExtension/fetchTask",
    {
      commandId: command,
      commandContext: "message",
      requestId: "7f7d22efe5414818becebcec649a7912",
      messagePayload: {
        linkToMessage: `https://teams.microsoft.com/l/message/${chats.channel}/1611060744833`,
        id: "1611060744833",
        replyToId: null,
        createdDateTime: "2026-11-25T09:52:24.833Z",
        lastModifiedDateTime: null,
        deleted: false,
        subject: null,
        summary: null,
        importance: "normal",
        locale: "en-gb",
        body: { contentType: "html", content: html },
        from: {
          device: null,
          conversation: null,
          user: { userIdentityType: "aadUser", id: bob.aad, displayName: bob.name },
          application: null,
        },
        reactions: [],
        mentions: [],
        attachments: [],
      },
      context: { theme: "default" },
    },
    around,
  );

/** An action of the message extension from the compose box. */
export const openedFrom = (command: string, around: With = {}): Json =>
  invoke(
    "composeExtension/fetchTask",
    { commandId: command, commandContext: "compose", context: { theme: "default" } },
    around,
  );

/** A dialog of an action, sent. */
export const dialogSent = (command: string, data: Json, around: With = {}): Json =>
  invoke(
    "composeExtension/submitAction",
    { commandId: command, commandContext: "compose", data, context: { theme: "default" } },
    around,
  );

/** A thumb under a message of ours. `feedback` is what was typed beside it, as Teams packs it. */
export const voted = (
  vote: "like" | "dislike",
  message: string,
  { feedback = '{"feedbackText":""}', ...around }: With & { readonly feedback?: unknown } = {},
): Json =>
  invoke(
    "message/submitAction",
    { actionName: "feedback", actionValue: { reaction: vote, feedback } },
    { ...around, more: { replyToId: message, ...around.more } },
  );

/** The app came or went: `add`, `remove`, `add-upgrade` or `remove-upgrade`. */
export const installation = (action: string, around: With = {}): Json =>
  activityOf("installationUpdate", { ...around, more: { action, ...around.more } });
