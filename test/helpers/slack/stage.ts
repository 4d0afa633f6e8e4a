/** local-slack with the proxy in front, wired for either way of listening. The bot is started afterwards, with `proxy.apiUrl`. */
import { freePort, type LocalSlack, startLocalSlack } from "./local-slack.ts";
import { openProxy, type SlackProxy } from "./proxy.ts";
import type { Person } from "./team.ts";

export type LocalStage = {
  readonly slack: LocalSlack;
  readonly proxy: SlackProxy;
  readonly close: () => Promise<void>;
};

/** Opens both; `people` are there beside Alice and Bob. In HTTP mode, call `proxy.deliverAt` with the bot's address once it listens. */
export async function openLocalStage(mode: "socket" | "http", people: readonly Person[] = []): Promise<LocalStage> {
  const port = await freePort();
  const proxy = await openProxy(`http://127.0.0.1:${port}`);
  const slack = await startLocalSlack({ mode, port, requestUrl: proxy.eventsUrl, people });
  return {
    slack,
    proxy,
    async close() {
      await proxy.close();
      await slack.stop();
    },
  };
}
