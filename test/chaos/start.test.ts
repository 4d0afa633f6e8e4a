/** A real process that starts while reminders are due already. */
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { emptyFolder, removeFolders } from "../helpers/databases.ts";
import { type Bot, startBot } from "../helpers/reminders/bots.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { alice, channels } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { setAt } from "./kept.ts";

let fake: FakeSlack | null = null;
let bot: Bot | null = null;
afterEach(async () => {
  await bot?.kill();
  await fake?.close();
});
afterAll(removeFolders);

test("what is due waits until Slack has said who we are, and uses up no try meanwhile", async () => {
  fake = await openFakeSlack();
  const where = { kind: "sqlite", dir: join(emptyFolder(), "data") } as const;
  const wish = { person: alice, channel: channels.dm, isPrivate: true, label: "planning copper lantern" };
  await setAt(where, [{ ...wish, atMs: Date.now() - 60_000 }]);
  fake.fail({ method: "auth.test", kind: "slow", ms: 2_000 });
  bot = startBot({ apiUrl: fake.apiUrl, where, home: emptyFolder(), lifeMs: 60_000 });
  await until("it has come", () => fake?.posted().length === 1, 25_000);
  expect(fake.posted()[0]?.text).toContain("lanning copper lantern");
  expect(await bot.page("metrics")).toContain("bearings_reminders_retried_total 0\n");
  expect(await bot.stop()).toBe(0);
});
