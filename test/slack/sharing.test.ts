/** Sharing while Slack is slow: the window is answered in time, and what comes of it afterwards is not kept from the person. */
import { expect, test } from "vitest";
import type { Called } from "#adapters/slack/api.ts";
import type { Submission } from "#adapters/slack/payload.ts";
import { answerSubmission } from "#adapters/slack/submissions.ts";
import { words } from "#adapters/slack/words.ts";
import { alice, channels, us } from "../helpers/slack/team.ts";
import { doorOf } from "./parts.ts";

const sent: Submission = {
  kind: "submit",
  viewId: "V1",
  hash: "1.a",
  team: us.team,
  enterprise: null,
  user: alice.id,
  callbackId: "share",
  metadata: JSON.stringify({ channel: channels.general, thread: null, token: "show/training" }),
  chosen: {},
};

/** A Slack whose first answer to a post comes when the test says so; later ones are well. */
function slowSlack() {
  const first = Promise.withResolvers<Called>();
  const posted: Readonly<Record<string, unknown>>[] = [];
  const call = async (method: string, args: Readonly<Record<string, unknown>>): Promise<Called> => {
    if (method !== "chat.postMessage") return { kind: "refused", error: "not_expected" };
    return posted.push(args) === 1 ? first.promise : { kind: "ok", data: {} };
  };
  return { first, posted, installed: { ...us, token: "", call } };
}

test("a share that Slack is slow to take closes its window, and is posted once", async () => {
  const { first, posted, installed } = slowSlack();
  const waits: number[] = [];
  const door = await doorOf({ sleep: async (ms) => void waits.push(ms) });
  expect(await answerSubmission(sent, installed, door)).toBeNull();
  expect(waits).toEqual([2_000]);
  first.resolve({ kind: "ok", data: {} });
  await first.promise;
  expect(posted).toMatchObject([{ channel: channels.general }]);
});

test("one that then fails is told of by direct message", async () => {
  const { first, posted, installed } = slowSlack();
  expect(await answerSubmission(sent, installed, await doorOf())).toBeNull();
  first.resolve({ kind: "refused", error: "not_in_channel" });
  await expect.poll(() => posted).toMatchObject([{}, { channel: alice.id, text: words.notInvited }]);
});

test("one that fails at once is told of in the window", async () => {
  const { first, posted, installed } = slowSlack();
  first.resolve({ kind: "refused", error: "not_in_channel" });
  const never = () => new Promise<never>(() => {});
  const next = await answerSubmission(sent, installed, await doorOf({ sleep: never }));
  expect(JSON.stringify(next)).toContain(words.notInvited);
  expect(posted).toHaveLength(1);
});
