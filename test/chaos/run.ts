/**
 * Minutes of chaos: `npm run chaos -- [--engine sqlite|postgres] [--minutes 8] [--seed 7]`. People set reminders by the
 * command all along, while bots are killed and Slack fails. Prints its figures; exit code 1 where one was lost or doubled.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Where } from "#src/storage/database.ts";
import { emptyFolder, type PostgresServer, removeFolders, startPostgres } from "../helpers/databases.ts";
import { between, pick } from "../helpers/reminders/world.ts";
import { until } from "../helpers/slack/until.ts";
import { acknowledgedIn, type Counted, count, haveCome, quantile } from "./count.ts";
import { type Left, leftIn } from "./kept.ts";
import { killInTurn, killOneByOne, restartNow } from "./kills.ts";
import { askFor, isQuiet, openStage, type Stage } from "./stage.ts";
import { planWeather } from "./weather.ts";

const { values } = parseArgs({
  options: {
    engine: { type: "string" },
    minutes: { type: "string", default: "8" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
  },
});
const seed = Number(values.seed);
const minutes = Number(values.minutes);
const patienceMs = 30 * 60_000;
const lifeMs = minutes * 60_000 + 2 * patienceMs;

/** People set reminders for the next minutes, one now in a channel, until the signal. */
async function want(stage: Stage, signal: AbortSignal): Promise<void> {
  const { chance, crowd } = stage;
  const typing = new Set<Promise<void>>();
  while (!signal.aborted) {
    const wish = crowd.next(chance() < 0.03);
    const typed = askFor(stage, wish, `in ${pick(chance, ["1 minute", "1 minute", "2 minutes", "3 minutes"])}`);
    typing.add(typed);
    void typed.finally(() => typing.delete(typed));
    await sleep(between(chance, 200, 1_000));
  }
  await Promise.all(typing);
}

type Made = { readonly counted: Counted; readonly left: Left; readonly restarts: number };

async function run(stage: Stage, postgres: PostgresServer | null): Promise<Made> {
  planWeather(stage.proxy, seed);
  const wanting = new AbortController();
  const killing = new AbortController();
  const killed =
    postgres === null
      ? killOneByOne(stage, killing.signal)
      : killInTurn(stage, { replicas: 3, signal: killing.signal });
  const restarted = postgres === null ? Promise.resolve(0) : restartNow(stage, postgres, killing.signal);
  const wanted = want(stage, wanting.signal);
  await sleep(minutes * 60_000);
  wanting.abort();
  await wanted;
  // The last ones are due under fire as well.
  await sleep(200_000);
  killing.abort();
  await Promise.all([killed, restarted]);
  const promised = await acknowledgedIn(stage);
  // A claim of a dead bot lasts a minute, waits after failures grow to minutes, and in a channel a repeat waits for ten.
  await until("all has come", () => haveCome(stage, promised), patienceMs).catch(() => {});
  await until("nothing is due any more", () => isQuiet(stage), patienceMs).catch(() => {});
  for (const bot of stage.bots) await bot.stop();
  const left = await leftIn(stage.where);
  return { counted: await count(stage, promised, left), left, restarts: await restarted };
}

/** Prints the figures; gives whether all is well. */
function tell(engine: string, stage: Stage, { counted, left, restarts }: Made): boolean {
  const { lateMs, acknowledged, lost, doubled, early } = counted;
  const failed = stage.bots.filter((bot) => bot.hasFailed());
  const leaks = stage.bots.filter((bot) => /\bplanning [a-z]+ [a-z]+/.test(bot.said())).length;
  const at = (share: number) => `${Math.round(quantile(lateMs, share))} ms`;
  console.log(
    [
      `${engine}: seed ${seed}, ${minutes} minutes`,
      `  asked for ${counted.wished}, acknowledged ${acknowledged.length}, delivered ${counted.delivered}`,
      `  lost ${lost.length}, doubled ${doubled.length}, before its time ${early.length}, stopped ${counted.stopped}`,
      `  repeats in channels that say so ${counted.repeats}, unknown in channels ${left.unknown.size}`,
      `  kills ${stage.kills.all} (${stage.kills.early} before it was connected), restarts of the database ${restarts}`,
      `  late p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, most ${at(1)}`,
      `  integrity ${left.integrity}, stuck ${left.stuck}, ledger ${JSON.stringify(left.states)}`,
      `  ended by themselves ${failed.length}, logs that hold a label ${leaks}`,
      ...[...lost, ...doubled, ...early].map((label) => `  look at: ${label}`),
      ...failed.map((bot) => bot.said().slice(-600)),
    ].join("\n"),
  );
  const bad = lost.length + doubled.length + early.length + counted.stopped + left.stuck + failed.length + leaks;
  return bad === 0 && left.integrity === "ok" && acknowledged.length > 0;
}

let isGood = true;
for (const engine of values.engine === undefined ? ["sqlite", "postgres"] : [values.engine]) {
  const postgres = engine === "sqlite" ? null : await startPostgres({ folder: emptyFolder(), isDurable: true });
  const where: Where =
    postgres === null
      ? { kind: "sqlite", dir: `${emptyFolder()}/data` }
      : { kind: "postgres", url: await postgres.create() };
  const stage = await openStage({ seed, people: 16, where, lifeMs });
  try {
    isGood = tell(engine, stage, await run(stage, postgres)) && isGood;
  } finally {
    await stage.close();
    await postgres?.stop();
  }
}
removeFolders();
process.exit(isGood ? 0 : 1);
