import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openConnector } from "#adapters/teams/connect.ts";
import type { Address, Called, Connector } from "#adapters/teams/connector.ts";
import { isServiceUrl } from "#adapters/teams/service-url.ts";
import { chats, us } from "../helpers/teams/activities.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";
import { identity, message } from "../helpers/teams/message.ts";
import { expectQuiet } from "../helpers/teams/quiet.ts";
import { tricks } from "../helpers/teams/tricks.ts";

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
const last = () => microsoft.calls().at(-1);

describe("a message", () => {
  test("goes out as Teams wants it, with our token", async () => {
    expect(await connector.send(to, message)).toEqual({ kind: "ok", id: microsoft.posted()[0]?.id });
    const call = last();
    expect(call).toMatchObject({ method: "POST", path: `/uk/v3/conversations/${chats.personal}/activities` });
    expect(call?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer token-/),
      "content-type": "application/json; charset=utf-8",
    });
    const { asksVote: _, ...rest } = message;
    expect(call?.json).toEqual({ type: "message", ...rest, channelData: {} });
  });

  test("asks for a vote, and carries its card whole", async () => {
    const content = {
      type: "AdaptiveCard",
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      version: "1.5",
      lang: "en",
      fallbackText: "x",
      msteams: { width: "Full" },
      body: [{ type: "RichTextBlock", inlines: [{ type: "TextRun", text: "x" }] }],
    } as const;
    const attachments = [{ contentType: "application/vnd.microsoft.card.adaptive", content }] as const;
    await connector.send(to, { ...message, attachments, asksVote: true });
    expect(last()?.json).toMatchObject({ attachments, channelData: { feedbackLoop: { type: "default" } } });
  });

  test("into a thread: channel and message in one, encoded", async () => {
    await connector.send({ ...to, conversation: "19:abc@thread.tacv2", thread: "1" }, message);
    expect(last()?.rawPath).toBe("/uk/v3/conversations/19%3Aabc%40thread.tacv2%3Bmessageid%3D1/activities");
    await connector.send({ ...to, conversation: "19:a/b?c#d%2e {activityId}", thread: null }, message);
    expect(last()?.rawPath).toBe("/uk/v3/conversations/19%3Aa%2Fb%3Fc%23d%252e%20%7BactivityId%7D/activities");
  });

  test("takes the place of another", async () => {
    const sent = await connector.send(to, message);
    const id = sent.kind === "ok" ? sent.id : "";
    expect(await connector.update(to, id, { ...message, text: "new" })).toEqual({ kind: "ok", id });
    expect(last()).toMatchObject({ method: "PUT", json: { type: "message", text: "new" } });
    expect(last()?.rawPath).toMatch(new RegExp(`/activities/${id}$`));
  });

  test("a service address without its slash is the same", async () => {
    const serviceUrl = microsoft.serviceUrl.slice(0, -1);
    const cloud = { ...microsoft.cloud, isServiceUrl: (url: string) => url === serviceUrl };
    expect((await open({ cloud }).send({ ...to, serviceUrl }, message)).kind).toBe("ok");
  });

  test("in the Playground goes out without a token", async () => {
    const playground = await openMicrosoft({ isOpen: true });
    const alone = open({ identity: null, cloud: playground.cloud });
    expect(await alone.ready()).toBe("ok");
    expect((await alone.send({ ...to, serviceUrl: playground.serviceUrl }, message)).kind).toBe("ok");
    expect(playground.calls().map(({ what, headers }) => [what, headers.authorization])).toEqual([["send", undefined]]);
    await playground.close();
  });
});

describe("someone's own chat", () => {
  const person = () => ({ serviceUrl: microsoft.serviceUrl, tenant: us.tenant, user: "29:1someone", bot: us.bot });

  test("is opened, or found", async () => {
    expect(await connector.openPersonal(person())).toEqual({ kind: "ok", id: "a:with-29:1someone" });
    expect(last()).toMatchObject({
      method: "POST",
      path: "/uk/v3/conversations",
      json: {
        isGroup: false,
        bot: { id: us.bot },
        members: [{ id: "29:1someone" }],
        tenantId: us.tenant,
        channelData: { tenant: { id: us.tenant } },
      },
    });
  });

  test("without an id there is none", async () => {
    microsoft.fail({ what: "create", kind: "html" });
    expect(await connector.openPersonal(person())).toEqual({ kind: "unknown" });
    microsoft.fail({ what: "create", kind: "status", status: 403, code: "BotBlockedByUser" });
    expect(await connector.openPersonal(person())).toEqual({ kind: "refused", status: 403, code: "BotBlockedByUser" });
  });
});

describe("T-09: where nothing goes", () => {
  const everything = (at: string): readonly Promise<Called | boolean | null>[] => {
    const address = { ...to, serviceUrl: at };
    return [
      connector.send(address, message),
      connector.update(address, "1", message),
      connector.openPersonal({ serviceUrl: at, tenant: us.tenant, user: "29:1", bot: us.bot }),
      connector.isLargerThan(address, 100),
    ];
  };
  const refusal = { kind: "refused", status: 0, code: "bad_service_url" };

  test("more than 300 addresses that only look like Teams': no connection, no token", async () => {
    connector = open({ cloud: { ...microsoft.cloud, isServiceUrl } });
    const here = [microsoft.serviceUrl, microsoft.serviceUrl.replace("://", "://smba.trafficmanager.net@")];
    for (const url of [...tricks, ...here])
      expect(await Promise.all(everything(url))).toEqual([refusal, refusal, refusal, null]);
    expect(microsoft.calls()).toEqual([]);
  });

  test.each(["", ".", "..", "\ud800"])("an id that would lead to another call: %j", async (conversation) => {
    const unsendable = { kind: "refused", status: 0, code: "unsendable" };
    expect(await connector.send({ ...to, conversation }, message)).toEqual(unsendable);
    expect(await connector.update(to, conversation, message)).toEqual(unsendable);
    expect(await connector.isLargerThan({ ...to, conversation }, 100)).toBeNull();
    expect(microsoft.calls().filter(({ what }) => what !== "token")).toEqual([]);
  });
});

describe("whether a conversation is larger", () => {
  const isLarger = (people: number, than: number): ReturnType<Connector["isLargerThan"]> => {
    microsoft.people.set(chats.channel, people);
    return connector.isLargerThan({ ...to, conversation: chats.channel }, than);
  };
  test.each([
    [3, 100, false, 1],
    [100, 100, false, 1],
    [101, 100, true, 1],
    [5_000, 100, true, 1],
    [3, 10, false, 1],
    [11, 10, true, 1],
    [700, 600, true, 2],
    [600, 600, false, 2],
  ])("of %i people than %i: %s, in %i calls", async (people, than, expected, calls) => {
    expect(await isLarger(people, than)).toBe(expected);
    expect(microsoft.calls("members").length).toBe(calls);
  });

  test("nobody can say where Teams does not", async () => {
    for (const kind of ["reset", "html"] as const) {
      microsoft.fail({ what: "members", kind });
      expect(await isLarger(3, 100)).toBeNull();
    }
    microsoft.fail({ what: "members", kind: "status", status: 403 });
    expect(await isLarger(3, 100)).toBeNull();
    const body = '{"members":[],"continuationToken":"again"}';
    microsoft.fail({ what: "members", kind: "body", status: 200, body, times: 1_000 });
    expect(await isLarger(3, 100)).toBeNull();
    expect(microsoft.calls("members").length).toBeLessThan(30);
  });
});
