/** Killing: at random, at the minute when reminders fall due, and while a message is on its way. */
import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresServer } from "../helpers/databases.ts";
import type { Bot } from "../helpers/reminders/bots.ts";
import { between } from "../helpers/reminders/world.ts";
import { type Stage, whilePosting } from "./stage.ts";

const minuteMs = 60_000;

/** Waits for a moment to kill in. */
async function aim(stage: Stage): Promise<void> {
  const { chance } = stage;
  const how = chance();
  const toMinuteMs = minuteMs - (Date.now() % minuteMs);
  if (how < 0.3 && toMinuteMs < 8_000) return void (await sleep(toMinuteMs + between(chance, -100, 1_500)));
  if (how < 0.75) return whilePosting(stage, 4_000);
  await sleep(between(chance, 100, 4_000));
}

/** One bot at a time, killed again and again, now and then while it starts; the last one is left alive. */
export async function killOneByOne(stage: Stage, signal: AbortSignal): Promise<void> {
  for (;;) {
    const bot = stage.start();
    if (stage.chance() < 0.15) await sleep(between(stage.chance, 0, 2_000));
    else {
      await bot.ready;
      await aim(stage);
    }
    if (signal.aborted) return void (await bot.ready);
    await stage.kill(bot);
  }
}

/** Several at once, of which one is killed every few seconds, and started again at once. */
export async function killInTurn(
  stage: Stage,
  { replicas, signal }: { readonly replicas: number; readonly signal: AbortSignal },
): Promise<void> {
  const running: Bot[] = Array.from({ length: replicas }, () => stage.start());
  await Promise.all(running.map(({ ready }) => ready));
  while (!signal.aborted) {
    await aim(stage);
    const at = between(stage.chance, 0, replicas - 1);
    const bot = running[at];
    if (bot !== undefined) await stage.kill(bot);
    running[at] = stage.start();
    await sleep(between(stage.chance, 500, 2_500));
  }
  await Promise.all(running.map(({ ready }) => ready));
}

/** Restarts the database every half minute or so; gives how often. */
export async function restartNow({ chance }: Stage, postgres: PostgresServer, signal: AbortSignal): Promise<number> {
  for (let restarts = 0; ; restarts += 1) {
    await sleep(between(chance, 20_000, 45_000), undefined, { signal }).catch(() => {});
    if (signal.aborted) return restarts;
    await postgres.stop();
    await sleep(between(chance, 0, 3_000));
    await postgres.start();
  }
}
