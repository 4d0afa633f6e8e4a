import { verify, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLogin, type Login } from "#adapters/teams/login.ts";
import type { TeamsIdentity } from "#src/teams-config.ts";
import { selfSigned } from "../helpers/certificate.ts";
import { us } from "../helpers/teams/activities.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";
import { expectQuiet } from "../helpers/teams/quiet.ts";

const minute = 60_000;
const identity: TeamsIdentity = {
  appId: us.appId,
  tenantId: us.tenant,
  credential: { kind: "secret", secret: "a-secret-that-nobody-sees" },
};

let microsoft: MicrosoftHere;
let nowMs: number;
beforeAll(async () => {
  microsoft = await openMicrosoft();
});
afterAll(() => microsoft.close());
beforeEach(() => {
  microsoft.clear();
  nowMs = Date.now();
});
expectQuiet();

const open = (more: Partial<Parameters<typeof createLogin>[0]> = {}): Login =>
  createLogin({ identity, cloud: microsoft.cloud, nowMs: () => nowMs, ...more });
const asked = () => microsoft.calls("token");
const tokenOf = async (login: Login) => {
  const got = await login.token();
  return got.kind === "ok" ? got.token : got.code;
};

describe("a token", () => {
  test("is asked for as Microsoft wants it, once for all who wait", async () => {
    const login = open();
    const got = await Promise.all(Array.from({ length: 20 }, () => tokenOf(login)));
    expect(new Set(got).size).toBe(1);
    expect(asked().length).toBe(1);
    expect(asked()[0]).toMatchObject({ method: "POST", path: `/${us.tenant}/oauth2/v2.0/token` });
    expect(Object.fromEntries(new URLSearchParams(asked()[0]?.body.toString()))).toMatchObject({
      grant_type: "client_credentials",
      client_id: us.appId,
      client_secret: "a-secret-that-nobody-sees",
      scope: "https://api.botframework.com/.default",
    });
    expect(microsoft.calls().length).toBe(1);
  });

  test("is used until five minutes before its end", async () => {
    const login = open();
    const first = await tokenOf(login);
    nowMs += 54 * minute;
    expect(await tokenOf(login)).toBe(first);
    nowMs += 2 * minute;
    const second = await tokenOf(login);
    expect(second).not.toBe(first);
    expect(asked().length).toBe(2);
  });

  test("F29: is used to its very end while there is no other", async () => {
    const login = open();
    const first = await tokenOf(login);
    microsoft.fail({ what: "token", kind: "status", status: 503, times: 2 });
    nowMs += 56 * minute;
    expect(await tokenOf(login)).toBe(first);
    nowMs += 5 * minute;
    expect(await tokenOf(login)).toBe("login_unreachable");
    expect(await tokenOf(login)).toMatch(/^token-/);
  });

  test("is asked for again when it is not believed any more, once for all who heard so", async () => {
    const login = open();
    const first = await tokenOf(login);
    login.drop(first);
    const second = await tokenOf(login);
    login.drop(first);
    expect(await tokenOf(login)).toBe(second);
    expect(second).not.toBe(first);
    expect(asked().length).toBe(2);
  });

  test("is also given for a certificate, whose key signs and never leaves", async () => {
    const { certificate, key, privateKey } = selfSigned(10);
    const login = open({ identity: { ...identity, credential: { kind: "certificate", pem: certificate + key } } });
    expect(await tokenOf(login)).toMatch(/^token-/);
    const form = new URLSearchParams(asked()[0]?.body.toString());
    expect(form.has("client_secret")).toBe(false);
    const [head = "", body = "", signature = ""] = (form.get("client_assertion") ?? "").split(".");
    const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    const { publicKey, fingerprint256 } = new X509Certificate(certificate);
    expect(Buffer.from(read(head)["x5t#S256"], "base64url").toString("hex")).toBe(
      fingerprint256.replaceAll(":", "").toLowerCase(),
    );
    expect(read(body)).toMatchObject({ iss: us.appId, sub: us.appId });
    const padding = { key: publicKey, ...(read(head).alg === "PS256" ? { padding: 6, saltLength: 32 } : {}) };
    expect(verify("sha256", Buffer.from(`${head}.${body}`), padding, Buffer.from(signature, "base64url"))).toBe(true);
    const secret = String(privateKey.export({ format: "jwk" }).d);
    expect(asked()[0]?.body.toString()).not.toContain(secret);
  });
});

describe("F29: no token", () => {
  const json = (status: number, value: unknown) => ({ kind: "body", status, body: JSON.stringify(value) }) as const;
  const refusal = { error: "invalid_client", error_description: "AADSTS7000215: Invalid client secret of app 1111." };

  test.each([
    ["a failure of theirs", { kind: "status", status: 503 }],
    ["too many at once", { kind: "status", status: 429, retryAfter: "600" }],
    ["a failure of theirs with a number", json(500, { ...refusal, error_codes: [90_033] })],
    ["a page of HTML", { kind: "html" }],
    ["an empty answer", { kind: "body", status: 200, body: "" }],
    ["a cut connection", { kind: "reset" }],
    ["no answer", { kind: "hang" }],
    ["a redirect", { kind: "body", status: 307, body: "", headers: { location: "/elsewhere" } }],
  ] as const)("%s: unreachable, and the next try is made at once", async (_, fault) => {
    microsoft.fail({ what: "token", ...fault });
    const login = open({ patienceMs: fault.kind === "hang" ? 400 : 10_000 });
    expect(await login.token()).toEqual({ kind: "failed", code: "login_unreachable" });
    expect(asked().length).toBe(1);
    expect(microsoft.calls("other")).toEqual([]);
    expect(await tokenOf(login)).toMatch(/^token-/);
  });

  test("nobody there: unreachable", async () => {
    const login = open({ cloud: { ...microsoft.cloud, loginUrl: "http://127.0.0.1:9" } });
    expect(await login.token()).toEqual({ kind: "failed", code: "login_unreachable" });
  });

  test.each([
    ["the list of numbers", { ...refusal, error_description: "Invalid.", error_codes: [7_000_215] }],
    ["its sentence alone", refusal],
  ])("a wrong secret: Microsoft's number from %s, and nothing of the sentence", async (_, body) => {
    microsoft.fail({ what: "token", ...json(401, body) });
    expect(await open().token()).toEqual({ kind: "failed", code: "AADSTS7000215" });
  });

  test.each([
    [
      "an error without a number",
      json(400, { error: "invalid_scope", error_description: "who may supervise" }),
      "login_invalid_scope",
    ],
    [
      "an error that is a sentence",
      json(400, { error: "who may supervise?", error_description: "x" }),
      "login_refused",
    ],
    [
      "a token that would break the header",
      json(200, { token_type: "Bearer", expires_in: 3_599, access_token: "a\r\nb: c" }),
      "login_misread",
    ],
  ])("%s", async (_, fault, code) => {
    microsoft.fail({ what: "token", ...fault });
    expect(await open().token()).toEqual({ kind: "failed", code });
  });

  test("our secret goes nowhere by plain http but to this computer", async () => {
    // The same server, under an address that is not known to be this computer's.
    const loginUrl = microsoft.cloud.loginUrl.replace("127.0.0.1", "0.0.0.0");
    const login = open({ cloud: { ...microsoft.cloud, loginUrl } });
    expect(await login.token()).toEqual({ kind: "failed", code: "login_unreachable" });
    expect(microsoft.calls()).toEqual([]);
  });
});
