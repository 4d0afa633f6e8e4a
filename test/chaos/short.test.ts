/**
 * Real processes, killed without warning while reminders are due: none that was acknowledged is lost, and none comes twice.
 * The long version is `npm run chaos`. Here most are set through the store before a bot runs, since by the command they
 * would be due at whole minutes; and what is left of a dead bot's claims is let pass, which otherwise lasts a minute.
 */
import { afterEach, describe, expect, test } from "vitest";
import type { Where } from "#src/storage/database.ts";
import { openEngines } from "../helpers/databases.ts";
import { chanceOf } from "../helpers/reminders/virtual.ts";
import type { Wish } from "../helpers/reminders/wishes.ts";
import { between } from "../helpers/reminders/world.ts";
import { until } from "../helpers/slack/until.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";
import { acknowledgedIn, count, haveCome } from "./count.ts";
import { leftIn, letTimePass, setAt } from "./kept.ts";
import { askFor, isQuiet, openStage, type Stage, whilePosting } from "./stage.ts";

const { engines, postgres } = await openEngines();
const seed = 20_261_125;
const enough = 90_000;

let stage: Stage | null = null;
afterEach(() => stage?.close());

/** Opens a stage where so many are due within the next seconds, and where Slack is slow and fails now and then. */
async function opened(
  where: Where,
  due: number,
): Promise<{ readonly stage: Stage; readonly promised: readonly Wish[] }> {
  const open = await openStage({ seed, people: 6, where, lifeMs: enough });
  stage = open;
  const { chance, crowd, proxy } = open;
  const promised = Array.from({ length: due }, () => crowd.next(false));
  const fromMs = Date.now() + 1_000;
  await setAt(
    where,
    promised.map((wish) => ({ ...wish, atMs: fromMs + between(chance, 0, 6_000) })),
  );
  const method = "chat.postMessage";
  proxy.fail({ method, kind: "status", status: 500 });
  proxy.fail({ method, kind: "reset", when: "after" });
  proxy.fail({ method, kind: "limited", retryAfter: "1" });
  proxy.fail({ method, kind: "status", status: 504, when: "after", skip: 1 });
  const slow = chanceOf(seed);
  for (let n = 0; n < 2 * due; n += 1) proxy.fail({ method, kind: "slow", ms: between(slow, 100, 400) });
  return { stage: open, promised };
}

/** Somebody asks for tomorrow, and whoever was killed meanwhile may not have answered. */
const askForTomorrow = (open: Stage): Promise<void> => askFor(open, open.crowd.next(false), "tomorrow at 9:00");

/** Waits until all has come, ends the bots, and looks at what is left. */
async function judged(open: Stage, promised: readonly Wish[]): Promise<void> {
  await until("all has come", () => haveCome(open, promised), 40_000);
  await until("nothing is due", () => isQuiet(open), 20_000);
  for (const bot of open.bots) await bot.stop();
  const left = await leftIn(open.where);
  const counted = await count(open, promised, left);
  const { lost, doubled, early, stopped } = counted;
  expect({ lost, doubled, early, stopped }).toEqual({ lost: [], doubled: [], early: [], stopped: 0 });
  expect(left).toMatchObject({ integrity: "ok", stuck: 0 });
  const acknowledged = await acknowledgedIn(open);
  expect(acknowledged.filter(({ label }) => !left.labels.has(label))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(open.bots.filter((bot) => bot.hasFailed()).map((bot) => bot.said())).toEqual([]);
  expect(open.bots.map((bot) => bot.said()).join("")).not.toMatch(/\bplanning [a-z]+ [a-z]+/);
}

whereLocalSlackIs(`reminders while bots are killed (seed ${seed})`, () => {
  describe(`reminders while bots are killed (seed ${seed})`, () => {
    for (const { name, empty } of engines.filter((engine) => engine.name === "SQLite"))
      test(
        `on ${name}, one after the other: all come, and once`,
        async () => {
          const { stage: open, promised } = await opened(await empty(), 20);
          for (let n = 0; n < 3; n += 1) {
            const bot = open.start();
            await bot.ready;
            void askForTomorrow(open);
            await whilePosting(open, 3_000);
            await open.kill(bot);
            await letTimePass(open.where);
          }
          await open.start().ready;
          await askForTomorrow(open);
          await judged(open, promised);
        },
        enough,
      );

    for (const { name, empty } of engines.filter((engine) => engine.name === "PostgreSQL"))
      test(
        `on ${name}, three at once, and the database goes and comes back: all come, and once`,
        async () => {
          const { stage: open, promised } = await opened(await empty(), 18);
          const three = [open.start(), open.start(), open.start()];
          await Promise.race(three.map(({ ready }) => ready));
          await whilePosting(open, 3_000);
          for (const bot of three.slice(0, 1)) await open.kill(bot);
          void askForTomorrow(open);
          await postgres?.stop();
          await postgres?.start();
          await whilePosting(open, 3_000);
          for (const bot of three.slice(1)) await open.kill(bot);
          await letTimePass(open.where);
          await open.start().ready;
          await askForTomorrow(open);
          await judged(open, promised);
        },
        enough,
      );
  });
});
