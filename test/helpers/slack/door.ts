/** The whole door as `serve` opens it, with the real assistant, a real SQLite file and a fake Slack at the other end. */
import { randomUUID } from "node:crypto";
import type { Assistant } from "#adapters/bot.ts";
import { openSlack, type SlackOptions } from "#adapters/slack/connect.ts";
import { openServer } from "#src/http.ts";
import { createLog } from "#src/log.ts";
import { openDatabase, type Where } from "#src/storage/database.ts";
import { openFeedback } from "#src/storage/feedback.ts";
import { openInstalls } from "#src/storage/installs.ts";
import { openSeen } from "#src/storage/seen.ts";
import { openReal } from "../assistant.ts";
import { until } from "../command.ts";
import { emptyFolder } from "../databases.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { noReminders, settleNothing } from "./kept.ts";
import { deliverTo, type SignOptions, signedEvent, signedForm, signedInteraction } from "./signed.ts";
import { appToken, botToken, type Json, signingSecret } from "./team.ts";

/** Opened once for all tests of a file: it takes a second. */
let real: Promise<Assistant> | null = null;
const assistant = (): Promise<Assistant> => {
  real ??= openReal();
  return real;
};

export type DoorOptions = {
  readonly intake?: "http" | "socket";
  /** Several workspaces instead of one: the key that seals them. */
  readonly several?: { readonly clientId: string; readonly clientSecret: string; readonly secretKey: Buffer };
  /** Where things are kept. Default: a SQLite file of its own. */
  readonly where?: Where;
  /** Default 0, so that tests do not wait. */
  readonly gapMs?: number;
  readonly botToken?: string;
  readonly appToken?: string;
  /** Parts of the core or the storage that a test puts something else in place of. */
  readonly core?: Partial<SlackOptions["core"]>;
  readonly storage?: Partial<SlackOptions["storage"]>;
};

/** An open door. `said` is what whoever runs it was told, `logged` every line of the log. */
export type OpenDoor = Awaited<ReturnType<typeof openDoor>>;

/** Opens the door at this fake and waits until it is on, or says that it is off. */
export async function openDoor(fake: Pick<FakeSlack, "apiUrl">, options: DoorOptions = {}) {
  const { intake = "http", several, gapMs = 0 } = options;
  const core = await assistant();
  const database = await openDatabase(options.where ?? { kind: "sqlite", dir: emptyFolder() });
  const told: string[] = [];
  const logged: string[] = [];
  const door = openSlack({
    config: {
      apiUrl: fake.apiUrl,
      intake:
        intake === "http"
          ? { kind: "http", signingSecret }
          : { kind: "socket", appToken: options.appToken ?? appToken },
      workspaces:
        several === undefined ? { kind: "one", botToken: options.botToken ?? botToken } : { kind: "many", ...several },
    },
    core: {
      ...core,
      apaOf: async (source) => `${source.csl.title} (reference)`,
      settle: settleNothing,
      reminders: noReminders(),
      ...options.core,
    },
    storage: {
      seen: openSeen(database, { owner: randomUUID() }),
      votes: openFeedback(database),
      installs: (key) => openInstalls(database, key),
      ...options.storage,
    },
    zone: "America/Toronto",
    log: createLog((line) => logged.push(line), Date.now),
    tell: (line) => told.push(line),
    gapMs,
  });
  const server = await openServer({ routes: door.routes, host: "127.0.0.1", port: 0, report: () => {} });
  const at = `${server.url}slack/events`;
  await until(() => told.join("\n"), /./);
  return {
    server,
    database,
    deliver: door.deliver,
    said: () => told.join("\n"),
    logged: () => logged.join("\n"),
    event: (body: Json, signed: SignOptions = {}) => deliverTo(at, signedEvent(body, signed)),
    command: (fields: Json, signed: SignOptions = {}) => deliverTo(at, signedForm(fields, signed)),
    interaction: (body: Json, signed: SignOptions = {}) => deliverTo(at, signedInteraction(body, signed)),
    async close() {
      await door.close();
      await server.close();
      await database.close();
    },
  };
}
