/** What the address for Slack takes over HTTP: what Slack signed, of this moment, and nothing else. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { slackRoute } from "#adapters/slack/http.ts";
import { type OpenServer, openServer } from "#src/http.ts";
import { directMessage, eventEnvelope, sslCheck, urlVerification } from "../helpers/slack/events.ts";
import { pressOnMessage, slashCommand } from "../helpers/slack/interactions.ts";
import {
  deliverTo,
  type Signed,
  type SignOptions,
  signedBody,
  signedEvent,
  signedForm,
} from "../helpers/slack/signed.ts";
import { signingSecret } from "../helpers/slack/team.ts";

const atSec = 1_700_000_000;
const taken: unknown[] = [];
let nowMs = atSec * 1_000;
let server: OpenServer;
let url: string;
beforeAll(async () => {
  const route = slackRoute({
    signingSecret,
    nowMs: () => nowMs,
    receive: async (payload) => {
      taken.push(payload);
      return { kind: "taken", say: undefined };
    },
  });
  server = await openServer({ routes: [route], port: 0 });
  url = `${server.url}slack/events`;
});
afterEach(() => {
  taken.length = 0;
  nowMs = atSec * 1_000;
});
afterAll(() => server.close());

const body = eventEnvelope(directMessage({ text: "hello" }));
const signed = (options: SignOptions = {}) => signedEvent(body, { atSec, ...options });
const send = async (request: Signed) => (await deliverTo(url, request)).status;
const sendBytes = async (bytes: Uint8Array<ArrayBuffer>, signature: string) => {
  const headers = {
    "content-type": "application/json",
    "x-slack-request-timestamp": String(atSec),
    "x-slack-signature": signature,
  };
  return (await fetch(url, { method: "POST", headers, body: bytes })).status;
};

/** The text with one character put in, taken out or replaced. */
const changed = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.nat(text.length - 1),
      fc.constantFrom("in", "out", "over"),
      fc.constantFrom(..."0123456789abcdefABCDEFv= .,x\t".split("")),
    )
    .map(([at, how, put]) => text.slice(0, at) + (how === "out" ? "" : put) + text.slice(at + (how === "in" ? 0 : 1)))
    // A header's value has no space at its ends by the time anyone sees it.
    .filter((other) => other.trim() !== text);

const withHeader = (name: string, value: string): Signed => {
  const right = signed();
  return { ...right, headers: { ...right.headers, [name]: value } };
};

describe("T-01: a forged request", () => {
  const right = signed();
  const stamp = String(atSec);
  const signature = right.headers["x-slack-signature"] ?? "";

  test("is refused whatever is changed in it, a thousand times; the right one is taken", async () => {
    const forged: fc.Arbitrary<Signed> = fc.oneof(
      changed(signature).map((other) => withHeader("x-slack-signature", other)),
      changed(stamp).map((other) => withHeader("x-slack-request-timestamp", other)),
      changed(right.body).map((other) => ({ ...right, body: other })),
      fc.string({ minLength: 1 }).map((secret) => signed({ secret: `${secret}.` })),
      fc.stringMatching(/^[0-9a-f]{64}$/).map((hash) => withHeader("x-slack-signature", `v0=${hash}`)),
    );
    await fc.assert(
      fc.asyncProperty(forged, async (request) => {
        expect(await send(request)).toBe(401);
      }),
      { numRuns: 1_500 },
    );
    expect(taken).toEqual([]);
    expect(await send(right)).toBe(200);
    expect(taken).toMatchObject([{ kind: "message", text: "hello" }]);
  });

  test.each<[string, string]>([
    ["another version", signature.replace("v0", "v1")],
    ["capitals", signature.toUpperCase().replace("V0", "v0")],
    ["something after it", `${signature}=x`],
    ["another beside it", `${signature}, ${signature}`],
    ["half of it", signature.slice(0, 35)],
    ["no hash", "v0="],
    ["nothing", ""],
  ])("with a signature that has %s is refused", async (_what, other) => {
    expect(await send(withHeader("x-slack-signature", other))).toBe(401);
  });

  test.each(["x-slack-signature", "x-slack-request-timestamp"])("without %s is refused", async (name) => {
    const { [name]: _, ...headers } = right.headers;
    expect(await send({ ...right, headers })).toBe(401);
  });

  test.each(["0", "-1", "1e9", "0x6553f100", `0${stamp}`, `${stamp}.0`, ` +${stamp}`, "NaN", "Infinity"])(
    "with the time %j is refused, though signed for it",
    async (written) => {
      const hash = createHmac("sha256", signingSecret).update(`v0:${written}:${right.body}`).digest("hex");
      const headers = { ...right.headers, "x-slack-request-timestamp": written };
      for (const sent of [`v0=${hash}`, signature])
        expect(await send({ ...right, headers: { ...headers, "x-slack-signature": sent } })).toBe(401);
    },
  );

  test("is told so without a word of it", async () => {
    const { text } = await deliverTo(url, signed({ secret: "another" }));
    expect(text).toContain("not signed as it has to be");
    expect(text).not.toContain("hello");
  });

  test("with other bytes for the same characters is refused", async () => {
    const text = JSON.stringify(eventEnvelope(directMessage({ text: "\ufffd" })));
    const bytes = Buffer.from(text);
    const mark = bytes.indexOf("\ufffd");
    const spoilt = Buffer.concat([bytes.subarray(0, mark), Buffer.from([0xff]), bytes.subarray(mark + 3)]);
    const request = signedBody(text, "application/json", { atSec });
    const right = request.headers["x-slack-signature"] ?? "";
    expect(await sendBytes(Uint8Array.from(spoilt), right)).toBe(400);
    expect(taken).toEqual([]);
    expect(await sendBytes(Uint8Array.from(bytes), right)).toBe(200);
  });
});

describe("T-02: a request", () => {
  test.each([
    [-301, 401],
    [-300, 200],
    [0, 200],
    [300, 200],
    [301, 401],
    [3_600, 401],
    [-3_600, 401],
    [315_360_000, 401],
  ])("F4: whose time is %i seconds from ours is answered with %i", async (offset, status) => {
    nowMs = (atSec - offset) * 1_000;
    expect(await send(signed())).toBe(status);
    expect(taken).toHaveLength(status === 200 ? 1 : 0);
  });

  test("F3: is refused when it is sent again after its time", async () => {
    expect(await send(signed())).toBe(200);
    nowMs += 301_000;
    expect(await send(signed())).toBe(401);
  });
});

describe("the check of the address", () => {
  test("is answered when it is signed", async () => {
    const { status, text } = await deliverTo(url, signedEvent(urlVerification("a-challenge"), { atSec }));
    expect({ status, said: JSON.parse(text) }).toEqual({ status: 200, said: { challenge: "a-challenge" } });
    expect(taken).toEqual([]);
  });

  test("is refused unsigned, and with a challenge that is none", async () => {
    expect(await send(signedEvent(urlVerification(), { atSec, signature: "v0=0" }))).toBe(401);
    for (const challenge of [undefined, null, 7, {}, "x".repeat(501)])
      expect(await send(signedEvent({ type: "url_verification", challenge }, { atSec }))).toBe(400);
  });

  test("of TLS is answered unsigned, and says and does nothing", async () => {
    const { status, text } = await deliverTo(url, signedForm(sslCheck(), { atSec, signature: "v0=0" }));
    expect({ status, text }).toEqual({ status: 200, text: "" });
  });

  test.each([
    ["a command", slashCommand("/bearings", "themes")],
    ["a press", { payload: JSON.stringify(pressOnMessage({ actionId: "press.0", value: "themes" })) }],
    ["an event", { payload: JSON.stringify(body) }],
  ])("of TLS smuggles %s past no one", async (_what, fields) => {
    expect(await send(signedForm({ ...sslCheck(), ...fields }, { atSec, signature: "v0=0" }))).toBe(200);
    expect(await send(signedForm({ ...fields, ssl_check: "2" }, { atSec, signature: "v0=0" }))).toBe(401);
    expect(await send(signedEvent({ ssl_check: "1", ...body }, { atSec, signature: "v0=0" }))).toBe(401);
    expect(taken).toEqual([]);
  });
});

describe("F5: a signed request", () => {
  test.each(["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/jsonx", ""])(
    "of the content type %j is refused",
    async (contentType) => {
      expect(await send(signed({ contentType }))).toBe(400);
      expect(taken).toEqual([]);
    },
  );

  test.each(["application/json; charset=utf-8", "Application/JSON"])(
    "of the content type %j is taken",
    async (type) => {
      expect(await send(signed({ contentType: type }))).toBe(200);
      expect(taken).toHaveLength(1);
    },
  );

  test.each(["null", "[]", "0", '"x"', "{", "", "\ufeff{}", "{}", '{"type":"event_callback"}', "payload=null", "NaN"])(
    "of %j is refused in either type",
    async (text) => {
      for (const type of ["application/json", "application/x-www-form-urlencoded"])
        expect(await send(signedBody(text, type, { atSec }))).toBe(400);
      expect(taken).toEqual([]);
    },
  );
});
