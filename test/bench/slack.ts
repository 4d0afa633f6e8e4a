/** The Slack door under load, against a bare Bolt app that does next to nothing: acknowledging, answering, memory, a flood. */
import { createRequire } from "node:module";
import { eventEnvelope, mention } from "../helpers/slack/events.ts";
import { deliverTo, signedEvent } from "../helpers/slack/signed.ts";
import { median, percentile } from "./measure.ts";
import { openQuestions } from "./ours.ts";
import { showGoal, showTable, times } from "./show.ts";
import { type Apps, type AppUnderLoad, newQuestion, openApps } from "./slack-apps.ts";
import { flood } from "./slack-flood.ts";

type Load = { readonly requests: { readonly average: number }; readonly latency: { readonly p99: number } };
type Cannon = (options: Readonly<Record<string, unknown>>) => Promise<Load & { readonly non2xx: number }>;

const cannon: Cannon = createRequire(new URL("../peers/package.json", import.meta.url))("autocannon");
const questions = (await openQuestions()).map(({ ask }) => ask);
const apps = await openApps();

await acknowledging(apps);
await answering(apps);
await memory(apps);
await flood(apps, questions);
await apps.close();

/** The same signed mention again and again: an empty listener there, a message that has been answered here. */
async function acknowledging({ ours, bare }: Apps): Promise<void> {
  const rows: string[][] = [];
  const rates = new Map<string, number>();
  for (const connections of [1, 16])
    for (const { name, url } of [bare, ours, bare, ours]) {
      const { headers, body } = signedEvent(
        eventEnvelope(mention({ text: "<@U0BOT> who may supervise", ts: "1700000001.000001" })),
      );
      const load = await cannon({ url, method: "POST", headers, body, connections, duration: 4 });
      const key = `${name} ${connections}`;
      rates.set(key, Math.max(rates.get(key) ?? 0, load.requests.average));
      rows.push([
        name,
        String(connections),
        load.requests.average.toFixed(0),
        String(load.latency.p99),
        String(load.non2xx),
      ]);
    }
  showTable(
    "Signed event to acknowledgement, nothing left to answer",
    ["", "connections", "a second", "p99 ms", "not 2xx"],
    rows,
  );
  const [one, many] = [1, 16].map((n) => (rates.get(`${ours.name} ${n}`) ?? 0) / (rates.get(`${bare.name} ${n}`) ?? 1));
  showGoal(
    "an event is acknowledged at least 0.8 times as fast as by a bare Bolt app with an empty listener",
    Math.min(one ?? 0, many ?? 0) >= 0.8,
    `${times(one ?? 0)} with one connection, ${times(many ?? 0)} with 16`,
  );
}

/** One question after the other, from sending the signed event until the answer arrives at Slack. */
async function answering({ fake, ours, bare }: Apps): Promise<void> {
  const asked = questions.slice(0, 200);
  const took = new Map<AppUnderLoad, { readonly posted: number[]; readonly acked: number[] }>(
    [bare, ours].map((app) => [app, { posted: [], acked: [] }]),
  );
  for (const round of [0, 1, 2])
    for (const text of asked)
      for (const [app, { posted, acked }] of took) {
        const { channel, signed } = newQuestion(text);
        const from = performance.now();
        const { ms } = await deliverTo(app.url, signed);
        while (!fake.posted().some((one) => one.channel === channel)) await new Promise((next) => setImmediate(next));
        const answer = fake.posted().find((one) => one.channel === channel);
        if (round > 0) posted.push((answer?.atMs ?? Number.NaN) - from);
        if (round > 0) acked.push(ms);
        if (fake.posted().length > 50) fake.forget();
      }
  const figures = [...took].map(([app, { posted, acked }]) => {
    return { name: app.name, p50: median(posted), p99: percentile(posted, 99), acked: median(acked) };
  });
  showTable(
    `Question to posted answer, one at a time; ms of ${asked.length * 2} questions`,
    ["", "p50", "p99", "acknowledged, p50"],
    figures.map(({ name, p50, p99, acked }) => [name, p50.toFixed(2), p99.toFixed(2), acked.toFixed(2)]),
  );
  const ratio = (figures[0]?.p50 ?? 0) / (figures[1]?.p50 ?? 1);
  showGoal(
    "a question is answered at least 0.8 times as fast as a bare Bolt app posts a constant",
    ratio >= 0.8,
    `${times(ratio)} by the median`,
  );
}

/** 20,000 questions, 16 at a time. */
async function memory({ fake, ours }: Apps): Promise<void> {
  const all = 20_000;
  const marks = new Map<number, number>();
  let sent = 0;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (sent < all) {
        sent += 1;
        if (sent % 2_500 === 0) {
          marks.set(sent, ours.rssMb());
          fake.forget();
        }
        await deliverTo(ours.url, newQuestion(questions[sent % questions.length] ?? "").signed);
      }
    }),
  );
  const rate = all / ((performance.now() - from) / 1_000);
  const grown = (marks.get(20_000) ?? 0) / (marks.get(5_000) ?? 1);
  showTable(
    `Memory over 20,000 questions, 16 at a time, ${rate.toFixed(0)} a second`,
    ["after", "RSS, MB"],
    [...marks].map(([at, mb]) => [String(at), mb.toFixed(0)]),
  );
  showGoal("memory is flat from 5,000 to 20,000 questions, within a tenth", grown <= 1.1, times(grown));
}
