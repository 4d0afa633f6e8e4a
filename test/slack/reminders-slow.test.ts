/** Reminders while the database is slow: Slack hears of it in time, and the person of what came of it. */
import { describe, expect, test } from "vitest";
import type { Called } from "#adapters/slack/api.ts";
import { answerCommand } from "#adapters/slack/commands.ts";
import type { Command, Press, Submission } from "#adapters/slack/payload.ts";
import { answerPress } from "#adapters/slack/presses.ts";
import { answerSubmission } from "#adapters/slack/submissions.ts";
import { words } from "#adapters/slack/words.ts";
import type { Reply } from "#src/reply.ts";
import { alice, channels, us } from "../helpers/slack/team.ts";
import { doorOf } from "./parts.ts";
import { form, readBack } from "./settling.ts";

const from = { team: us.team, enterprise: null, user: alice.id };

/** A door whose two seconds are over at once, and where `settle` ends when the test says so. */
async function openSlow() {
  const reply = Promise.withResolvers<Reply>();
  const calls: { readonly method: string; readonly args: Readonly<Record<string, unknown>> }[] = [];
  const call = async (method: string, args: Readonly<Record<string, unknown>>): Promise<Called> => {
    calls.push({ method, args });
    return { kind: "ok", data: { view: { id: "V77" }, channel: { id: "D1" } } };
  };
  const waits: number[] = [];
  const door = await doorOf({ settle: () => reply.promise, sleep: async (ms) => void waits.push(ms) });
  return { reply, calls, waits, door, installed: { ...us, token: "", call } };
}

const methodsIn = (calls: readonly { readonly method: string }[]) => calls.map(({ method }) => method);

describe("a command", () => {
  const command: Command = {
    ...from,
    kind: "command",
    command: "/supervision",
    text: "list",
    channel: channels.general,
    triggerId: "1.2",
    responseUrl: null,
  };

  test.each([readBack, form])(
    "is acknowledged with nothing after two seconds, and answered when it can be",
    async (made) => {
      const { reply, calls, waits, door, installed } = await openSlow();
      const acks: unknown[] = [];
      const acked = Promise.withResolvers<void>();
      const ack = async (said?: unknown) => {
        acks.push(said);
        acked.resolve();
      };
      const answered = answerCommand(command, { ack, installed, door });
      await acked.promise;
      expect({ acks, waits, calls: methodsIn(calls) }).toEqual({
        acks: [undefined],
        waits: [2_000],
        calls: [],
      });
      reply.resolve(made);
      await answered;
      expect(acks).toHaveLength(1);
      expect(calls).toMatchObject(
        made === form
          ? [{ method: "views.open", args: { trigger_id: "1.2" } }]
          : [{ method: "chat.postEphemeral", args: { channel: channels.general, user: alice.id, text: readBack.say } }],
      );
    },
  );
});

test("a form that was sent shows that it takes longer, then what came of it", async () => {
  const { reply, calls, waits, door, installed } = await openSlow();
  const sent: Submission = {
    ...from,
    kind: "submit",
    viewId: "V1",
    hash: "1.a",
    callbackId: "form",
    metadata: JSON.stringify({ channel: null, token: "r/filled/new" }),
    chosen: {},
  };
  expect(JSON.stringify(await answerSubmission(sent, installed, door))).toContain(words.takesLonger);
  expect(waits).toEqual([2_000]);
  expect(calls).toEqual([]);
  reply.resolve(readBack);
  await expect.poll(() => methodsIn(calls)).toEqual(["views.update", "views.publish"]);
  expect(calls[0]?.args.view_id).toBe("V1");
  expect(JSON.stringify(calls[0]?.args.view)).toContain(readBack.say);
});

test.each([true, false])(
  "a button in a view (of the Home tab: %s) opens a window in time, which is filled later",
  async (isHome) => {
    const { reply, calls, door, installed } = await openSlow();
    const press: Press = {
      ...from,
      kind: "press",
      actionId: "press.0",
      value: "r/list",
      chosen: {},
      actionTs: "1.1",
      triggerId: "1.2",
      at: { kind: "view", viewId: "V9", isHome, metadata: "" },
      responseUrl: null,
    };
    const answered = answerPress(press, installed, door);
    if (isHome) await expect.poll(() => methodsIn(calls)).toContain("views.open");
    reply.resolve(readBack);
    await answered;
    const updated = calls.find(({ method }) => method === "views.update");
    expect(updated?.args.view_id).toBe(isHome ? "V77" : "V9");
    expect(JSON.stringify(updated?.args.view)).toContain(readBack.say);
    expect(methodsIn(calls).at(-1)).toBe("views.publish");
  },
);
