/** How Slack fails while it is posted to, as a plan from chance. */
import { type Chance, chanceOf } from "../helpers/reminders/virtual.ts";
import { between, pick } from "../helpers/reminders/world.ts";
import type { Fault } from "../helpers/slack/faults.ts";
import type { SlackProxy } from "../helpers/slack/proxy.ts";

/** Of a post: most are slow, so that a kill may fall into them; the others fail before or after they have landed. */
function faultOfPost(chance: Chance): Fault {
  const slow: Fault = { kind: "slow", ms: between(chance, 50, 500) };
  if (chance() < 0.65) return slow;
  return pick<Fault>(chance, [
    { kind: "limited", retryAfter: "1" },
    { kind: "limited", retryAfter: "3" },
    { kind: "limited", retryAfter: null },
    { kind: "status", status: 500 },
    { kind: "status", status: 503 },
    { kind: "status", status: 502, when: "after" },
    { kind: "status", status: 504, when: "after" },
    { kind: "refused", error: "internal_error" },
    { kind: "reset" },
    { kind: "reset", when: "after" },
    { kind: "reset", when: "after" },
    { kind: "hang" },
    { kind: "hang", when: "after" },
    { kind: "truncated", when: "after" },
    { kind: "html", when: "after" },
  ]);
}

/** Of a look at the history, and of whatever comes before a post. */
const faultOfLook = (chance: Chance): Fault =>
  pick<Fault>(chance, [
    { kind: "limited", retryAfter: "1" },
    { kind: "status", status: 500 },
    { kind: "reset" },
    { kind: "truncated" },
    { kind: "slow", ms: between(chance, 50, 2_000) },
  ]);

const methodsBefore = ["conversations.history", "conversations.open", "users.info"] as const;

/** Plans for thousands of calls. */
export function planWeather({ fail }: Pick<SlackProxy, "fail">, seed: number): void {
  const chance = chanceOf(seed);
  for (let n = 0; n < 1_500; n += 1)
    fail({ ...faultOfPost(chance), method: "chat.postMessage", skip: between(chance, 0, 2) });
  for (const method of methodsBefore)
    for (let n = 0; n < 200; n += 1) fail({ ...faultOfLook(chance), method, skip: between(chance, 0, 20) });
}
