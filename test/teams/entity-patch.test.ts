import { Entity as entityMapper } from "botframework-connector/lib/connectorApi/models/mappers.js";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openConnector } from "#adapters/teams/connect.ts";
import type { Entity, Message } from "#adapters/teams/connector.ts";
import { draw } from "#adapters/teams/render.ts";
import { replies } from "../helpers/replies.ts";
import { chats } from "../helpers/teams/activities.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";
import { identity, message as plainMessage } from "../helpers/teams/message.ts";

const log = () => {};

let microsoft: MicrosoftHere;
beforeAll(async () => {
  microsoft = await openMicrosoft();
});
afterAll(() => microsoft.close());
afterEach(() => microsoft.clear());

async function sent(message: Message): Promise<string> {
  const { send } = openConnector({ identity, cloud: microsoft.cloud, log });
  const to = { serviceUrl: microsoft.serviceUrl, conversation: chats.personal, thread: null };
  expect((await send(to, message)).kind).toBe("ok");
  return microsoft.posted().at(-1)?.raw ?? "";
}

describe("the entity patch", () => {
  test("the citations of an answer are in the bytes that the connector receives", async () => {
    const { answer } = replies;
    if (answer === undefined) throw new Error("no reply is called answer");
    const message = draw(answer, { audience: "one" });
    const { entities } = JSON.parse(await sent(message));
    expect(entities).toEqual(JSON.parse(JSON.stringify(message.entities)));
    const citations = entities.flatMap(({ citation = [] }: { citation?: unknown[] }) => citation);
    expect(citations.length).toBeGreaterThan(0);
    for (const one of citations)
      expect(one).toMatchObject({
        "@type": "Claim",
        position: expect.any(Number),
        appearance: {
          "@type": "DigitalDocument",
          name: expect.stringMatching(/./),
          abstract: expect.stringMatching(/./),
        },
      });
  });

  test("whatever else an entity may have arrives as it is: lists, depth, numbers, nothing", async () => {
    const entity: Entity = {
      type: "https://schema.org/Message",
      "@id": "",
      additionalType: ["a", "b"],
      citation: [{ a: { b: [{ c: 1.5, d: null, e: false, f: "ü […]" }] } }],
    };
    expect(JSON.parse(await sent({ ...plainMessage, entities: [entity] })).entities).toEqual([entity]);
  });
});

describe("a botbuilder that is built in another way", () => {
  const { type } = entityMapper;
  afterEach(() => {
    entityMapper.type = type;
    vi.resetModules();
  });

  /** What a process says that starts with it. */
  async function opened(mapperType: unknown): Promise<unknown> {
    entityMapper.type = mapperType as typeof type;
    vi.resetModules();
    const { openConnector: openAnew } = await import("#adapters/teams/connect.ts");
    try {
      return openAnew({ identity, cloud: microsoft.cloud, log });
    } catch (error) {
      return error;
    }
  }

  test("opens as long as it is the one that is known", async () => {
    expect(await opened({ ...type, additionalProperties: undefined })).toHaveProperty("send");
  });

  test.each([
    ["without the place to say what is kept", Object.freeze({ ...type, additionalProperties: undefined })],
    ["with another word for it", { ...type, additionalProperties: { type: { name: "String" } } }],
    ["with a mapper that is none", undefined],
  ])("%s, it does not open and says what to do", async (_, mapperType) => {
    const error = await opened(mapperType);
    expect(error).toMatchObject({ name: "BearingsError", code: "config" });
    expect(error).toMatchObject({
      message: expect.stringContaining("botbuilder"),
      fix: expect.stringContaining("npm ci"),
    });
  });
});
