import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openConnector } from "#adapters/teams/connect.ts";
import { keepFew } from "#adapters/teams/few.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";
import { identity, message } from "../helpers/teams/message.ts";
import { expectQuiet } from "../helpers/teams/quiet.ts";

let microsoft: MicrosoftHere;
let connector: ReturnType<typeof openConnector>;
beforeAll(async () => {
  microsoft = await openMicrosoft();
});
afterAll(() => microsoft.close());
beforeEach(() => {
  microsoft.clear();
  connector = openConnector({ identity, cloud: microsoft.cloud, log: () => {} });
});
expectQuiet();

const sendTo = (conversation: string, serviceUrl = microsoft.serviceUrl) =>
  connector.send({ serviceUrl, conversation, thread: null }, message);

describe("calls at the same time", () => {
  test("each hears what came of its own", async () => {
    microsoft.fail({ what: "send", conversation: "a:limited", kind: "status", status: 429, retryAfter: "7" });
    microsoft.fail({ what: "send", conversation: "a:blocked", kind: "status", status: 403, code: "Blocked" });
    microsoft.fail({ what: "send", conversation: "a:slow", kind: "slow", ms: 100 });
    microsoft.fail({ what: "send", conversation: "a:lost", kind: "reset" });
    const all = ["a:slow", "a:limited", "a:blocked", "a:lost", "a:well"].map((conversation) => sendTo(conversation));
    const [slow, limited, blocked, lost, well] = await Promise.all(all);
    const idIn = (conversation: string) => microsoft.posted().find((one) => one.conversation === conversation)?.id;
    expect(slow).toEqual({ kind: "ok", id: idIn("a:slow") });
    expect(limited).toEqual({ kind: "limited", afterMs: 7_000 });
    expect(blocked).toEqual({ kind: "refused", status: 403, code: "Blocked" });
    expect(lost).toEqual({ kind: "unknown" });
    expect(well).toEqual({ kind: "ok", id: idIn("a:well") });
  });

  test("one that was refused does not go on with the token of before", async () => {
    expect(await sendTo("a:before")).toMatchObject({ kind: "ok" });
    microsoft.revoke();
    const called = await Promise.all(["a:1", "a:2", "a:3"].map((conversation) => sendTo(conversation)));
    expect(called.map(({ kind }) => kind)).toEqual(["ok", "ok", "ok"]);
  });

  test("each goes to its own address", async () => {
    await Promise.all([sendTo("a:here"), sendTo("a:there", microsoft.otherServiceUrl)]);
    const where = microsoft.posted().map(({ conversation, serviceUrl }) => [conversation, serviceUrl]);
    expect(where.sort()).toEqual([
      ["a:here", microsoft.serviceUrl],
      ["a:there", microsoft.otherServiceUrl],
    ]);
  });
});

test("a few are kept, and what was made first is made again", () => {
  const made: string[] = [];
  const named = keepFew((name) => {
    made.push(name);
    return { name };
  }, 2);
  const one = named("one");
  expect(named("one")).toBe(one);
  named("two");
  named("three");
  expect(named("one")).toEqual({ name: "one" });
  expect(named("one")).not.toBe(one);
  expect(made).toEqual(["one", "two", "three", "one"]);
});
