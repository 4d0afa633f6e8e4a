/** One server with the page, Slack and Teams at once, as `serve` opens it, and a way to ask each of them. */
import type { Assistant } from "#adapters/bot.ts";
import { openService } from "#adapters/service.ts";
import { webRoutes } from "#adapters/web/chat.ts";
import { readConfig } from "#src/config.ts";
import { createLog } from "#src/log.ts";
import type { Schedule } from "#src/reminders/reminder.ts";
import type { Reply } from "#src/reply.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import type { Database } from "#src/storage/tables.ts";
import type { Place } from "#src/turn.ts";
import { openReal } from "../helpers/assistant.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { openHere, send } from "../helpers/server.ts";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { dmOf } from "../helpers/slack/memory.ts";
import { deliverTo, signedEvent } from "../helpers/slack/signed.ts";
import { botToken, signingSecret } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { type Json, personalMessage, us } from "../helpers/teams/activities.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";

let real: Promise<Assistant> | null = null;

export type TogetherOptions = {
  /** What the fake Slack and Microsoft are to do, before Bearings starts. */
  readonly before?: (fake: FakeSlack, microsoft: MicrosoftHere) => void;
  readonly slackToken?: string;
  /** Settings beside those of the platforms, or in place of them. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is kept already. */
  readonly keep?: (database: Database, microsoft: MicrosoftHere) => Promise<void>;
};

/** All three, open. */
export type Together = Awaited<ReturnType<typeof openTogether>>;

/** Opens them and waits until both platforms have said something of themselves. */
export async function openTogether({ before, slackToken = botToken, env = {}, keep }: TogetherOptions = {}) {
  const [fake, microsoft] = await Promise.all([openFakeSlack(), openMicrosoft()]);
  before?.(fake, microsoft);
  const config = readConfig({
    DATA_DIR: emptyFolder(),
    SLACK_API_URL: fake.apiUrl,
    SLACK_BOT_TOKEN: slackToken,
    SLACK_SIGNING_SECRET: signingSecret,
    TEAMS_APP_ID: us.appId,
    TEAMS_TENANT_ID: us.tenant,
    TEAMS_APP_PASSWORD: "invented",
    ...env,
  });
  if (keep !== undefined) {
    const database = await openDatabase(config.storage);
    await keep(database, microsoft);
    await database.close();
  }
  real ??= openReal();
  const assistant = await real;
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  const logged: string[] = [];
  const log = createLog((line) => logged.push(line), Date.now);
  const service = await openService(config, assistant, { tell, log, cloud: microsoft.cloud });
  const { respond, web: reminders } = service;
  const page = webRoutes({ ...assistant, respond, nowMs: Date.now, reminders });
  const server = await openHere({ routes: [...page, ...service.routes], report: (route) => void tell(route) });
  const said = () => told.join("\n");
  await until("both said something", () => /^Slack: /m.test(said()) && /^Teams: /m.test(said()));
  const json = { "content-type": "application/json" };
  const teams = (activity: Json) =>
    send(server, "/api/messages", {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${microsoft.tokenFor()}` },
      body: JSON.stringify(activity),
    });
  return {
    fake,
    microsoft,
    assistant,
    said,
    /** Every line of the log. */
    logged: () => logged.join("\n"),
    teams,
    page: async (text: string): Promise<Reply> => {
      const answered = await send(server, "/api/turn", {
        method: "POST",
        headers: json,
        body: JSON.stringify({ text }),
      });
      return replyIn(answered.json);
    },
    /** What Slack shows of the answer to a direct message of this person's: the words of its blocks. */
    inSlack: async (text: string, user: string): Promise<string> => {
      const channel = dmOf(user);
      const event = eventEnvelope(directMessage({ text, user, channel, ts: nextTs() }));
      const { status } = await deliverTo(`${server.url}slack/events`, signedEvent(event));
      if (status !== 200) return `status ${status}`;
      const posted = await until("Slack's answer", () => fake.posted().find((one) => one.channel === channel));
      return wordsIn(posted.blocks).join("\n");
    },
    /** What Teams shows of the answer to a message in a chat of its own: the text. */
    inTeams: async (text: string, conversation: string): Promise<string> => {
      const { status } = await teams(personalMessage(text, { conversation, serviceUrl: microsoft.serviceUrl }));
      if (status !== 200) return `status ${status}`;
      const isTheirs = (one: { readonly conversation: string }) => one.conversation === conversation;
      return (await until("Teams' answer", () => microsoft.posted().find(isTheirs))).text;
    },
    /** How each part stands, as `/readyz` says. */
    ready: async () => (await send(server, "/readyz")).json,
    get: (path: string) => send(server, path),
    /** As the first signal begins it. */
    stop: service.close,
    async close() {
      await service.close();
      await server.close();
      await Promise.all([fake.close(), microsoft.close()]);
    },
  };
}

let count = 0;
const nextTs = () => `1700000900.${String(++count).padStart(6, "0")}`;

function replyIn(json: unknown): Reply {
  if (typeof json === "object" && json !== null && "reply" in json) return json.reply as Reply;
  throw new Error("the page got no reply");
}

/** Every text in what was drawn, in its order. */
function wordsIn(drawn: unknown): readonly string[] {
  if (Array.isArray(drawn)) return drawn.flatMap(wordsIn);
  if (typeof drawn !== "object" || drawn === null) return [];
  return Object.entries(drawn).flatMap(([name, value]) =>
    name === "text" && typeof value === "string" ? [value] : wordsIn(value),
  );
}

/** The sentences that a reply consists of, as they have to be read anywhere, in their order. */
export function sentencesOf(reply: Reply): readonly string[] {
  if (reply.kind === "answer") return reply.body.map(({ text }) => text);
  const rows = reply.kind === "list" ? reply.rows.map(({ title }) => title) : [];
  return [...reply.say.split("\n"), ...rows].filter((line) => line.trim() !== "");
}

/** The numbers that sentences carry, in their order. */
export const marksIn = (drawn: string): readonly string[] =>
  [...shown(drawn, true).matchAll(/\[\d+\]/g)].map(([mark]) => mark);

/** The words of what was drawn, without the marks of either platform: as somebody reads them. */
export function shown(drawn: string, withMarks = false): string {
  const plain = drawn
    .replace(/<(?:https?:[^|>]*)\|([^>]*)>/g, "$1")
    .replace(/\\([^\w\s])/g, "$1")
    .replace(/&nbsp;|&#160;/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/[\p{Cf}*_]/gu, "");
  return (withMarks ? plain : plain.replace(/\[\d+\]/g, " ")).replace(/\s+/g, " ").replace(/ (?=[.,;:?])/g, "");
}

/** Keeps a reminder that fell due a minute ago and goes to this place. */
export async function keepDue(database: Database, id: string, person: string, place: Place): Promise<void> {
  const store = openReminderStore(database);
  const atMs = (await store.clock()) - 60_000;
  const start = new Date(atMs).toISOString().slice(0, 16);
  const schedule: Schedule = {
    start,
    rule: null,
    zone: "UTC",
    ends: { kind: "never" },
    skips: [],
    skipsHolidays: false,
  };
  const next = { local: start, atMs };
  await store.add({ id, person, place, direct: place, label: null, partner: null, schedule, next }, atMs);
}
