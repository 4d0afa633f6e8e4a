/** The whole Teams door as `serve` opens it, with the real assistant, behind a real server, and Microsoft on this computer. */
import { randomUUID } from "node:crypto";
import type { Assistant } from "#adapters/bot.ts";
import { openTeams } from "#adapters/teams/open.ts";
import { createLog } from "#src/log.ts";
import { openAnswers } from "#src/storage/answers.ts";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { openFeedback } from "#src/storage/feedback.ts";
import { openReferences } from "#src/storage/references.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { TeamsConfig } from "#src/teams-config.ts";
import { openReal } from "../assistant.ts";
import { type Answered, openHere, send } from "../server.ts";
import { noReminders, settleNothing } from "../slack/kept.ts";
import { until } from "../slack/until.ts";
import { type Json, us, serviceUrl as usual } from "./activities.ts";
import { type MicrosoftHere, openMicrosoft } from "./cloud.ts";
import type { Posted } from "./connector.ts";
import { createTeamsMemory } from "./memory.ts";

type OpenOptions = Parameters<typeof openTeams>[0];

/** Opened once for all tests of a process: it takes a second. */
let real: Promise<Assistant> | null = null;
const assistant = (): Promise<Assistant> => {
  real ??= openReal();
  return real;
};

export const secret = "a-client-secret-of-the-tests";

const tenant: TeamsConfig = {
  kind: "tenant",
  appId: us.appId,
  tenantId: us.tenant,
  credential: { kind: "secret", secret },
};

export type TeamsStageOptions = {
  /** Default: one of its own, which closes with the stage. */
  readonly microsoft?: MicrosoftHere;
  readonly config?: TeamsConfig;
  /** A real database. Default: all is kept in memory. */
  readonly where?: Where;
  /** Parts of the core or the storage that a test puts something else in place of. Default: nobody has reminders. */
  readonly core?: Partial<OpenOptions["core"]>;
  readonly storage?: Partial<OpenOptions["storage"]>;
  /** Default 0, so that tests do not wait. */
  readonly gapMs?: number;
  readonly drainMs?: number;
  readonly patience?: OpenOptions["patience"];
  /** False to go on before the door is ready to send. Default true. */
  readonly waits?: boolean;
};

/** How an activity is sent. `token` null: without one. Default: a right one. */
export type SayOptions = { readonly token?: string | null };

export type TeamsStage = Awaited<ReturnType<typeof teamsStage>>;

/** Opens all of it, and waits until the door can send. */
export async function teamsStage(options: TeamsStageOptions = {}) {
  const { config = tenant, where, gapMs = 0, drainMs, waits = true } = options;
  const microsoft = options.microsoft ?? (await openMicrosoft({ isOpen: config.kind === "playground" }));
  const database = where === undefined ? null : await openDatabase(where);
  const memory = createTeamsMemory();
  const [told, logged]: [string[], string[]] = [[], []];
  const door = openTeams({
    config,
    core: { ...(await assistant()), ...withoutReminders, ...options.core },
    storage: { ...(database === null ? memory : storageIn(database)), ...options.storage },
    zone: "Europe/London",
    log: createLog((line) => logged.push(line), Date.now),
    tell: (line: string) => told.push(line),
    cloud: microsoft.cloud,
    gapMs,
    ...(drainMs !== undefined && { drainMs }),
    ...(options.patience !== undefined && { patience: options.patience }),
  });
  const server = await openHere({ routes: door.routes, report: (route) => logged.push(`failed: ${route}`) });
  const stage = { microsoft, door, server, database, kept: memory.kept };
  if (waits) await until("the door can send", () => door.state() === "on");
  return {
    ...stage,
    /** What whoever runs it was told. */
    told: () => told.join("\n"),
    /** Every line of the log. */
    logged: () => logged.join("\n"),
    say: (activity: Json, how: SayOptions = {}) => say(stage, activity, how),
    posted: (conversation?: string) => inConversation(microsoft, conversation),
    /** Waits until there are so many messages, of one conversation or of all, and gives them. */
    waitForPosted: (count = 1, conversation?: string) =>
      until(`${count} messages`, () => {
        const all = inConversation(microsoft, conversation);
        return all.length >= count && all;
      }),
    async close() {
      await door.close();
      await server.close();
      await database?.close();
      if (options.microsoft === undefined) await microsoft.close();
    },
  };
}

const withoutReminders = {
  apaOf: async ({ csl }: { readonly csl: { readonly title: string } }) => `${csl.title} (reference)`,
  settle: settleNothing,
  reminders: noReminders(),
};

type Stage = { readonly microsoft: MicrosoftHere; readonly server: Parameters<typeof send>[0] };

/** Sends an activity as Microsoft does. One that comes from the usual service URL comes from ours. */
function say({ microsoft, server }: Stage, activity: Json, { token }: SayOptions): Promise<Answered> {
  const body = JSON.stringify(
    activity.serviceUrl === usual ? { ...activity, serviceUrl: microsoft.serviceUrl } : activity,
  );
  const from = activity.serviceUrl === usual ? microsoft.serviceUrl : activity.serviceUrl;
  const bearer = token === undefined ? microsoft.tokenFor({ serviceurl: from }) : token;
  return send(server, "/api/messages", {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
    },
    body,
  });
}

const inConversation = ({ posted }: MicrosoftHere, conversation?: string): readonly Posted[] =>
  posted().filter((one) => conversation === undefined || one.conversation === conversation);

const storageIn = (database: Awaited<ReturnType<typeof openDatabase>>): OpenOptions["storage"] => ({
  seen: openSeen(database, { owner: randomUUID() }),
  votes: openFeedback(database),
  references: openReferences(database),
  answers: openAnswers(database, { key: secret }),
});
