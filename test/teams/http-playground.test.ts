import { afterEach, describe, expect, test } from "vitest";
import { type Json, personalMessage } from "../helpers/teams/activities.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";

let endpoint: Endpoint;
afterEach(() => endpoint.close());

describe("T-06: the Playground", () => {
  const here = (more: Json = {}): Json =>
    personalMessage("who may supervise", { more: { serviceUrl: "http://127.0.0.1:56150/_connector", ...more } });

  test("anybody on this computer is heard, of any organisation", async () => {
    endpoint = await openEndpoint({ authenticate: null, tenantId: null, isServiceUrl: () => true });
    expect(await endpoint.say(here(), { token: null })).toMatchObject({ status: 200 });
    expect(
      await endpoint.say(personalMessage("x", { serviceUrl: "http://localhost:1/", tenant: "0000-1" }), {
        token: null,
      }),
    ).toMatchObject({ status: 200 });
    expect(endpoint.received.length).toBe(2);
    expect(endpoint.microsoft.calls()).toEqual([]);
  });

  test.each(["https://smba.trafficmanager.net/uk/", "http://192.168.0.1:56150/", "http://localhost.evil.example/"])(
    "answers never go to %s, whatever else believes in it",
    async (serviceUrl) => {
      endpoint = await openEndpoint({ authenticate: null, tenantId: null, isServiceUrl: () => true });
      expect(await endpoint.say(here({ serviceUrl }), { token: null })).toMatchObject({ status: 403, text: "" });
      expect(endpoint.received).toEqual([]);
    },
  );

  test("a page of another site reaches nothing, by its name or through a browser", async () => {
    endpoint = await openEndpoint({ authenticate: null, tenantId: null, isServiceUrl: () => true });
    const pages: readonly Readonly<Record<string, string>>[] = [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    for (const headers of pages)
      expect(await endpoint.say(here(), { token: null, headers })).toMatchObject({ status: 403 });
    expect(await endpoint.say(here(), { token: null, headers: { host: "evil.example" } })).toMatchObject({
      status: 421,
    });
    expect(endpoint.received).toEqual([]);
  });
});
