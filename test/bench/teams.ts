/** The Teams door beside a bare botbuilder bot: acknowledging, answering, looking up while somebody types, starting. */
import { activityOf, searched } from "../helpers/teams/activities.ts";
import { median, percentile } from "./measure.ts";
import { openQuestions } from "./ours.ts";
import { showGoal, showTable, times } from "./show.ts";
import { type Apps, type BotUnderLoad, deliver, newQuestion, openApps } from "./teams-apps.ts";
import { starting } from "./teams-start.ts";

const entries = 1_000;
// A wish for a reminder is answered too, but from what is kept; and someone in danger without any of the usual steps.
const questions = (await openQuestions()).filter(({ want }) => want !== "reminder" && want !== "crisis");
const apps = await openApps(entries);

try {
  await answering(apps);
  await manyAtOnce(apps);
  await lookingUp(apps);
  await apps.stop();
  await starting(apps.settings);
} finally {
  await apps.stop();
  await apps.close();
}

/** `count` questions, spread evenly over the bank. */
function some(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => questions[Math.floor((at * questions.length) / count)]?.ask ?? "");
}

/**
 * One question after the other, until it is acknowledged and until the answer has arrived at the connector. After the first
 * round, people have written before.
 */
async function answering({ microsoft, token, ours, echo, constant }: Apps): Promise<void> {
  const asked = some(200);
  const bots = [echo, constant, ours].map((bot) => ({ bot, acked: [] as number[], posted: [] as number[] }));
  for (const round of [0, 1, 2, 3])
    for (const [at, text] of asked.entries())
      for (const { bot, acked, posted } of turned(bots, round + at)) {
        const { conversation, activity } = newQuestion(text, at, microsoft.serviceUrl);
        const from = performance.now();
        const { status, ms } = await deliver(bot, activity, token);
        if (status !== 200) throw new Error(`${bot.name} answered ${status}.`);
        const atMs = await arrived(microsoft, conversation);
        // In the first round everything is still being compiled.
        if (round === 0) continue;
        acked.push(ms);
        posted.push(atMs - from);
      }
  showTable(
    `One question at a time; ms of ${asked.length * 3} questions`,
    ["", "acknowledged, p50", "p99", "posted, p50", "p99"],
    bots.map(({ bot, acked, posted }) => [
      bot.name,
      ...[median(acked), percentile(acked, 99), median(posted), percentile(posted, 99)].map((ms) => ms.toFixed(2)),
    ]),
  );
  const [echoed, always, answered] = bots;
  goal(
    "an activity is acknowledged",
    "an echo bot does it",
    median(echoed?.acked ?? []) / median(answered?.acked ?? []),
  );
  goal(
    "an activity is answered",
    "the same bot posts a constant",
    median(always?.posted ?? []) / median(answered?.posted ?? []),
  );
}

/** When the answer in a conversation reached the connector, on the clock of `performance.now()`. */
async function arrived({ posted, clear }: Apps["microsoft"], conversation: string): Promise<number> {
  const find = () => posted().find((one) => one.conversation === conversation);
  // As a rule it was there before the acknowledgement.
  while (find() === undefined) await new Promise((next) => setImmediate(next));
  const atMs = find()?.atMs ?? Number.NaN;
  clear();
  return atMs;
}

/** 16 people at once: how many a second, of questions, and of reactions, which neither has an answer to. */
async function manyAtOnce({ microsoft, token, ours, echo }: Apps): Promise<void> {
  const asked = some(500);
  const question = (at: number) => newQuestion(asked[at % asked.length] ?? "", at, microsoft.serviceUrl).activity;
  const reaction = () =>
    activityOf("messageReaction", { serviceUrl: microsoft.serviceUrl, more: { reactionsAdded: [{ type: "like" }] } });
  for (const [what, make] of [
    ["Questions", question],
    ["Reactions", reaction],
  ] as const) {
    const bots = [echo, ours].map((bot) => ({ bot, rates: [] as number[], all: [] as number[] }));
    for (let round = 0; round <= 10; round++)
      for (const { bot, rates, all } of turned(bots, round)) {
        const { rate, took } = await sixteenAtOnce(bot, asked.length, make, token);
        microsoft.clear();
        if (round === 0) continue;
        rates.push(rate);
        all.push(...took);
      }
    showTable(
      `${what}, 16 at once`,
      ["", "acknowledged a second", "p50 ms", "p99 ms"],
      bots.map(({ bot, rates, all }) => [
        bot.name,
        median(rates).toFixed(0),
        median(all).toFixed(1),
        percentile(all, 99).toFixed(1),
      ]),
    );
    const [bare, own] = bots;
    // Each round by itself: what else the machine does hits both of one round alike.
    const ratios = own?.rates.map((rate, round) => rate / (bare?.rates[round] ?? Number.NaN)) ?? [];
    goal(`16 at once: ${what.toLowerCase()} are acknowledged`, "by an echo bot", median(ratios));
  }
}

async function sixteenAtOnce(
  bot: BotUnderLoad,
  count: number,
  make: (at: number) => Readonly<Record<string, unknown>>,
  token: string,
) {
  const took: number[] = [];
  let sent = 0;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (sent < count) {
        sent += 1;
        const { status, ms } = await deliver(bot, make(sent), token);
        if (status !== 200) throw new Error(`${bot.name} answered ${status}.`);
        took.push(ms);
      }
    }),
  );
  return { rate: count / ((performance.now() - from) / 1_000), took };
}

/** What Teams asks while somebody types a question, a character at a time. */
async function lookingUp({ microsoft, token, ours, large, asks }: Apps): Promise<void> {
  const rows: string[][] = [];
  let worst = Number.NaN;
  for (const [bot, typed] of [
    [ours, fragments(some(200))],
    [large, fragments(asks)],
  ] as const) {
    const took: number[] = [];
    let found = 0;
    for (const [at, text] of typed.entries()) {
      const { ms, text: body } = await deliver(bot, searched(text, { serviceUrl: microsoft.serviceUrl }), token);
      if (at < 200) continue;
      took.push(ms);
      if (body.includes('"preview"')) found += 1;
    }
    worst = percentile(took, 99);
    const figures = [median(took), worst, Math.max(...took)].map((ms) => ms.toFixed(2));
    rows.push([bot.name, String(took.length), `${((100 * found) / took.length).toFixed(0)} %`, ...figures]);
  }
  showTable(
    "Look-ups from the compose box; ms from the query to the whole list",
    ["", "queries", "found some", "p50", "p99", "longest"],
    rows,
  );
  showGoal(
    `99 of 100 look-ups among ${entries.toLocaleString("en-GB")} entries take less than 50 ms`,
    worst < 50,
    `${worst.toFixed(1)} ms`,
  );
}

/** Each question as far as it is typed at three moments. */
function fragments(asks: readonly string[]): readonly string[] {
  return asks.flatMap((ask, at) =>
    [0.3, 0.6, 0.9].map((share) => ask.slice(0, 2 + Math.floor(ask.length * share) - (at % 2))),
  );
}

/** The same, in another order each time, so that no one always comes first. */
function turned<T>(all: readonly T[], by: number): readonly T[] {
  return [...all.slice(by % all.length), ...all.slice(0, by % all.length)];
}

function goal(what: string, as: string, ratio: number): void {
  showGoal(`${what} at least 0.8 times as fast as ${as}`, ratio >= 0.8, times(ratio));
}
