/** What a run stands on: local-slack behind the proxy, its people, chance, and bots that come and go. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Where } from "#src/storage/database.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { type Bot, startBot } from "../helpers/reminders/bots.ts";
import { type Chance, chanceOf } from "../helpers/reminders/virtual.ts";
import { type Crowd, crowd, gather, type Wish } from "../helpers/reminders/wishes.ts";
import { between } from "../helpers/reminders/world.ts";
import { type LocalStage, openLocalStage } from "../helpers/slack/stage.ts";

export type Stage = LocalStage & {
  readonly chance: Chance;
  readonly crowd: Crowd;
  readonly where: Where;
  /** Every bot there was. */
  readonly bots: readonly Bot[];
  readonly start: () => Bot;
  /** How many were killed, and how many of these before they were connected. */
  readonly kills: { all: number; early: number };
  readonly kill: (bot: Bot) => Promise<void>;
};

export type StageOptions = {
  readonly seed: number;
  readonly people: number;
  readonly where: Where;
  /** When a bot is ended if it has not, milliseconds. */
  readonly lifeMs: number;
};

/** Opens it; no bot runs yet. */
export async function openStage({ seed, people, where, lifeMs }: StageOptions): Promise<Stage> {
  const chance = chanceOf(seed);
  const all = crowd(people);
  const local = await openLocalStage("socket", all);
  const direct = new Map<string, string>();
  for (const { id } of all) direct.set(id, await local.slack.control.dm(id));
  const bots: Bot[] = [];
  const connected = new Set<Bot>();
  const kills = { all: 0, early: 0 };
  const home = emptyFolder();
  return {
    ...local,
    chance,
    crowd: gather(chance, all, direct),
    where,
    bots,
    kills,
    start() {
      const bot = startBot({ apiUrl: local.proxy.apiUrl, where, home, lifeMs });
      bots.push(bot);
      bot.ready.then(
        () => connected.add(bot),
        () => {},
      );
      return bot;
    },
    async kill(bot) {
      kills.all += 1;
      if (!connected.has(bot)) kills.early += 1;
      await bot.kill();
    },
    async close() {
      await Promise.all(bots.map((bot) => bot.kill()));
      await local.close();
    },
  };
}

// Where nobody is there to take it any more, local-slack waits for ever.
const patienceMs = 5_000;

/** Somebody types `/supervision`; whether it was acknowledged is seen later, from what stands there. */
export async function askFor({ slack }: Stage, { channel, person, label }: Wish, when: string): Promise<void> {
  const here = channel.startsWith("C") ? " in this channel" : "";
  const typed = slack.control.command(channel, person.id, "/supervision", `${when}${here} about ${label}`);
  await Promise.race([typed.catch(() => {}), sleep(patienceMs)]);
}

/** Waits until a message is on its way and a little longer, so that what follows may fall into it; a few seconds at most. */
export async function whilePosting({ proxy, chance }: Stage, mostMs: number): Promise<void> {
  const posts = () => proxy.calls("chat.postMessage").length;
  const before = posts();
  for (const endMs = Date.now() + mostMs; posts() === before && Date.now() < endMs; ) await sleep(5);
  await sleep(between(chance, 0, 300));
}

/** Whether nothing is due or under way any more, as the bot that was started last says itself. */
export async function isQuiet({ bots }: Stage): Promise<boolean> {
  const text =
    (await bots
      .at(-1)
      ?.page("metrics")
      .catch(() => "")) ?? "";
  return ["due", "sending"].every((state) => text.includes(`bearings_reminders{state="${state}"} 0\n`));
}
