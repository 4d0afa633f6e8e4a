/** A real local-slack is killed and started again: Bearings is back by itself, and answers what is asked from then on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { freePort, type LocalSlack, type LocalSlackOptions, startLocalSlack } from "../helpers/slack/local-slack.ts";
import { openProxy, type SlackProxy } from "../helpers/slack/proxy.ts";
import { alice } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";
import { type Mode, modes } from "./on-stage.ts";

whereLocalSlackIs("local-slack, killed and started again", () => {
  describe.each(modes)("local-slack, killed and started again, by %s,", restarted);
});

function restarted(mode: Mode): void {
  let options: LocalSlackOptions;
  let slack: LocalSlack;
  let proxy: SlackProxy;
  let door: OpenDoor;
  beforeAll(async () => {
    const port = await freePort();
    proxy = await openProxy(`http://127.0.0.1:${port}`);
    options = { mode, port, requestUrl: proxy.eventsUrl };
    slack = await startLocalSlack(options);
    door = await openDoor(proxy, { intake: mode });
    if (mode === "http") proxy.deliverAt(`${door.server.url}slack/events`);
  });
  afterAll(async () => {
    await door?.close();
    await proxy?.close();
    await slack?.stop();
  });

  async function isAnswered(): Promise<void> {
    const channel = await slack.control.dm(alice.id);
    const ts = await slack.control.message(channel, alice.id, "who may supervise this work");
    await until("the answer", async () =>
      (await slack.control.messages(channel)).some((one) => one.thread_ts === ts && one.ts !== ts),
    );
  }

  test("has its questions answered, before and after", async () => {
    await isAnswered();
    await slack.stop();
    if (mode === "socket") await until("the end of the connection", () => proxy.connections() === 0);
    slack = await startLocalSlack(options);
    if (mode === "socket") await until("the next connection", () => proxy.connections() === 1);
    await isAnswered();
    expect(door.said().split("\n")).toHaveLength(1);
  });
}
