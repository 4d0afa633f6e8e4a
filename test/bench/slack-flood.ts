/** As much as can be sent, up to twenty times what it can answer, for half a minute: who is in danger is answered, and it passes. */
import { setTimeout as sleep } from "node:timers/promises";
import { deliverTo } from "../helpers/slack/signed.ts";
import { percentile } from "./measure.ts";
import { showGoal, showTable, times } from "./show.ts";
import { type Apps, newQuestion } from "./slack-apps.ts";

const seconds = 30;
const danger = "I am going to kill myself tonight";
// One message in so many is about danger.
const oneIn = 100;

/** Runs the flood; `questions` are asked in turn. */
export async function flood({ fake, ours }: Apps, questions: readonly string[]): Promise<void> {
  const sustainable = await rateOf(ours.url, questions);
  const calmMb = ours.rssMb();
  const offered = { sent: 0, taken: 0, again: 0, failed: 0 };
  const inDanger = new Map<string, number>();
  const answered = new Map<string, number>();
  let mostMb = calmMb;
  let lookAtMs = 0;
  const under = new Set<Promise<void>>();
  const from = performance.now();
  const end = from + seconds * 1_000;
  while (performance.now() < end) {
    const due = Math.floor(((performance.now() - from) / 1_000) * sustainable * 20);
    // A sender waits for its answers too; without a bound this process would be the one to run out. What two cores can
    // send beside the app and the fake Slack stays below twenty times: the table says how much it was.
    for (; offered.sent < due && under.size < 500; offered.sent += 1) {
      const isDanger = offered.sent % oneIn === 0;
      const { channel, signed } = newQuestion(isDanger ? danger : (questions[offered.sent % questions.length] ?? ""));
      if (isDanger) inDanger.set(channel, performance.now());
      const done = deliverTo(ours.url, signed).then(
        ({ status }) => {
          offered[status === 200 ? "taken" : "again"] += 1;
        },
        () => {
          offered.failed += 1;
        },
      );
      under.add(done);
      void done.finally(() => under.delete(done));
    }
    if (performance.now() > lookAtMs) mostMb = Math.max(mostMb, ours.rssMb());
    if (performance.now() > lookAtMs) lookAtMs = performance.now() + 2_000;
    for (const { channel, atMs } of fake.posted()) if (inDanger.has(channel)) answered.set(channel, atMs);
    fake.forget();
    await sleep(20);
  }
  await Promise.all(under);
  await sleep(3_000);
  for (const { channel, atMs } of fake.posted()) if (inDanger.has(channel)) answered.set(channel, atMs);
  const waits = [...answered].map(([channel, atMs]) => atMs - (inDanger.get(channel) ?? atMs));
  const after = await deliverTo(ours.url, newQuestion("who may supervise this work").signed);
  showTable(
    `A flood of ${(offered.sent / seconds / sustainable).toFixed(1)} times ${sustainable.toFixed(0)} a second for ${seconds} s`,
    [
      "sent",
      "taken",
      "to be sent again",
      "failed",
      "in danger",
      "answered",
      "p99 ms",
      "RSS before, MB",
      "most, MB",
      "after, MB",
    ],
    [
      [
        ...[offered.sent, offered.taken, offered.again, offered.failed, inDanger.size, answered.size],
        ...[percentile(waits, 99), calmMb, mostMb, ours.rssMb()].map((figure) => figure.toFixed(0)),
      ].map(String),
    ],
  );
  showGoal("everyone in danger is answered", answered.size === inDanger.size, `${answered.size} of ${inDanger.size}`);
  showGoal("memory grows by at most a third", mostMb <= 1.33 * calmMb, times(mostMb / calmMb));
  showGoal("it recovers by itself", after.status === 200, `the next question is answered with ${after.status}`);
}

/** Questions answered a second, 16 at a time. */
async function rateOf(url: string, questions: readonly string[]): Promise<number> {
  const all = 1_500;
  let sent = 0;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (sent < all) {
        sent += 1;
        await deliverTo(url, newQuestion(questions[sent % questions.length] ?? "").signed);
      }
    }),
  );
  return all / ((performance.now() - from) / 1_000);
}
