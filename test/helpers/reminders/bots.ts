/** Bearings as it is run: `node adapters/main.ts serve` in a process of its own, which may be killed at any moment. */
import { once } from "node:events";
import type { Where } from "#src/storage/database.ts";
import { collect, start } from "../command.ts";
import { appToken, botToken } from "../slack/team.ts";
import { until } from "../slack/until.ts";

export type Bot = {
  /** Resolves when it is connected to Slack, or has ended before. */
  readonly ready: Promise<void>;
  /** Whether it ended by itself. */
  readonly hasFailed: () => boolean;
  /** All that it has printed. */
  readonly said: () => string;
  /** One of its pages, such as `metrics`. */
  readonly page: (name: string) => Promise<string>;
  /** Without a word of warning. Resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to end; gives the exit code, null where a signal ended it. */
  readonly stop: () => Promise<number | null>;
};

export type BotOptions = {
  readonly apiUrl: string;
  readonly where: Where;
  /** A folder of its own. */
  readonly home: string;
  /** When it is ended if it has not, milliseconds. */
  readonly lifeMs: number;
};

/** Starts one, by Socket Mode. */
export function startBot({ apiUrl, where, home, lifeMs }: BotOptions): Bot {
  const storage = where.kind === "sqlite" ? { DATA_DIR: where.dir } : { DATABASE_URL: where.url };
  const child = start(["serve"], {
    env: {
      HOME: home,
      PORT: "0",
      TIME_ZONE: "UTC",
      SLACK_API_URL: apiUrl,
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      ...storage,
    },
    lifeMs,
  });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const closed = once(child, "close");
  let isMeant = false;
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: "SIGKILL" | "SIGTERM"): Promise<number | null> => {
    if (!isOver()) isMeant = true;
    child.kill(signal);
    await closed;
    return child.exitCode;
  };
  return {
    ready: until("Bearings is connected", () => isOver() || /^Slack: on, /m.test(out()), lifeMs).then(() => {}),
    hasFailed: () => isOver() && !isMeant,
    said: () => out() + err(),
    async page(name) {
      const [, url = ""] = /^Web page: on, (http:\S+)/m.exec(out()) ?? [];
      return (await fetch(`${url}${name}`)).text();
    },
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
  };
}
