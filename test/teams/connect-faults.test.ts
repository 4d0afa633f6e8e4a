import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openConnector } from "#adapters/teams/connect.ts";
import type { Address, Called } from "#adapters/teams/connector.ts";
import { chats } from "../helpers/teams/activities.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";
import { identity, message } from "../helpers/teams/message.ts";
import { expectQuiet } from "../helpers/teams/quiet.ts";

let microsoft: MicrosoftHere;
let connector: ReturnType<typeof openConnector>;
let to: Address;
beforeAll(async () => {
  microsoft = await openMicrosoft();
});
afterAll(() => microsoft.close());
beforeEach(() => {
  microsoft.clear();
  connector = open();
  to = { serviceUrl: microsoft.serviceUrl, conversation: chats.personal, thread: null };
});
expectQuiet();

type Options = Parameters<typeof openConnector>[0];
const open = (more: Partial<Options> = {}) =>
  openConnector({ identity, cloud: microsoft.cloud, log: () => {}, ...more });

describe("F25: one try each, whatever comes of it", () => {
  const failed: readonly (readonly [string, Parameters<MicrosoftHere["fail"]>[0], Called])[] = [
    ["too many", { what: "send", kind: "status", status: 429, retryAfter: "7" }, { kind: "limited", afterMs: 7_000 }],
    ["in conflict", { what: "send", kind: "status", status: 412 }, { kind: "limited", afterMs: 1_000 }],
    ...[500, 502, 503, 504, 408].map(
      (status) =>
        [`${status}`, { what: "send", kind: "status", status, retryAfter: "1" }, { kind: "unknown" }] as const,
    ),
    ["a page instead of JSON", { what: "send", kind: "html" }, { kind: "ok", id: "" }],
    ["JSON that is none", { what: "send", kind: "body", status: 201, body: "{" }, { kind: "ok", id: "" }],
    ["null", { what: "send", kind: "body", status: 201, body: "null" }, { kind: "ok", id: "" }],
    ["an answer of another status", { what: "send", kind: "body", status: 204, body: "" }, { kind: "ok", id: "" }],
    ["a word", { what: "send", kind: "body", status: 200, body: '"x"' }, { kind: "ok", id: "" }],
    [
      "a failure as a page",
      { what: "send", kind: "body", status: 502, body: "<html>", type: "text/html" },
      { kind: "unknown" },
    ],
    [
      "a refusal as broken JSON",
      { what: "send", kind: "body", status: 403, body: "{" },
      { kind: "refused", status: 403, code: "http_403" },
    ],
    ["too large", { what: "send", kind: "status", status: 413 }, { kind: "refused", status: 413, code: "too_large" }],
    ["a cut connection", { what: "send", kind: "reset" }, { kind: "unknown" }],
    ["a connection cut afterwards", { what: "send", kind: "reset", when: "after" }, { kind: "unknown" }],
  ];
  test.each(failed)("%s", async (_, fault, expected) => {
    microsoft.fail(fault);
    expect(await connector.send(to, message)).toEqual(expected);
    expect(microsoft.calls("send").length).toBe(1);
  });

  test.each([301, 302, 307, 308])("%i leads nowhere", async (status) => {
    microsoft.fail({ what: "send", kind: "body", status, body: "", headers: { location: microsoft.otherServiceUrl } });
    expect(await connector.send(to, message)).toEqual({ kind: "refused", status, code: `http_${status}` });
    expect(microsoft.calls().filter(({ what }) => what !== "token").length).toBe(1);
  });

  test("no answer within the time", async () => {
    microsoft.fail({ what: "send", kind: "hang" });
    await connector.ready();
    expect(await open({ patienceMs: 200 }).send(to, message)).toEqual({ kind: "unknown" });
    expect(microsoft.calls("send").length).toBe(1);
  });

  test("an answer that begins and never ends", async () => {
    const [slow, serviceUrl] = await openSlow();
    const cloud = { ...microsoft.cloud, isServiceUrl: (url: string) => url === serviceUrl };
    expect(await open({ cloud, patienceMs: 200 }).send({ ...to, serviceUrl }, message)).toEqual({ kind: "unknown" });
    slow.closeAllConnections();
    slow.close();
  });

  test("nobody there", async () => {
    const cloud = { ...microsoft.cloud, isServiceUrl: () => true };
    expect(await open({ cloud }).send({ ...to, serviceUrl: "http://127.0.0.1:9/" }, message)).toEqual({
      kind: "failed",
      code: "ECONNREFUSED",
    });
  });
});

async function openSlow(): Promise<[Server, string]> {
  const server = createServer((_, response) => {
    response.writeHead(201, { "content-type": "application/json" }).write('{"id":');
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return [server, `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`];
}

describe("F24: a token that is not believed", () => {
  test("is renewed once, and the call made again", async () => {
    await connector.send(to, message);
    microsoft.revoke();
    expect((await connector.send(to, message)).kind).toBe("ok");
    expect(microsoft.calls().map(({ what }) => what)).toEqual(["token", "send", "send", "token", "send"]);
    expect(microsoft.posted().length).toBe(2);
  });

  test("twice over is a refusal", async () => {
    microsoft.fail({ what: "send", kind: "status", status: 401, code: "Unauthorized", times: 5 });
    expect(await connector.send(to, message)).toEqual({ kind: "refused", status: 401, code: "Unauthorized" });
    expect(microsoft.calls().map(({ what }) => what)).toEqual(["token", "send", "token", "send"]);
  });

  test("of many calls at once brings one new token", async () => {
    await connector.ready();
    microsoft.revoke();
    const all = await Promise.all(Array.from({ length: 10 }, () => connector.send(to, message)));
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(["ok"]));
    expect(microsoft.calls("token").length).toBe(2);
  });
});

describe("F29: no token to send with", () => {
  test("nothing is sent, and the next call is well again", async () => {
    microsoft.fail({ what: "token", kind: "status", status: 503, times: 2 });
    expect(await connector.ready()).toEqual({ code: "login_unreachable" });
    expect(await connector.send(to, message)).toEqual({ kind: "failed", code: "login_unreachable" });
    expect(microsoft.calls("send")).toEqual([]);
    expect(await connector.ready()).toBe("ok");
    expect((await connector.send(to, message)).kind).toBe("ok");
  });
});
