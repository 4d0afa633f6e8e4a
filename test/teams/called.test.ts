import { describe, expect, test } from "vitest";
import { calledFrom, calledWithout, pageIn } from "#adapters/teams/called.ts";

const nowMs = Date.parse("2026-11-25T10:00:00Z");
const error = (code: unknown): string => JSON.stringify({ error: { code, message: "who may supervise" } });
const from = (status: number, text = "", retryAfter: string | null = null) =>
  calledFrom({ status, text, retryAfter }, nowMs);

describe("F25: what comes of an answer", () => {
  test.each([
    [200, '{"id":"17"}', "17"],
    [201, '{"id":"17","more":1}', "17"],
    [202, "", ""],
    [204, "", ""],
    [200, "<!doctype html>", ""],
    [201, "{}", ""],
    [201, "null", ""],
    [201, '{"id":17}', ""],
    [201, "[]", ""],
  ])("%i with %s was taken", (status, text, id) => expect(from(status, text)).toEqual({ kind: "ok", id }));

  test.each([408, 500, 501, 502, 503, 504, 599])("%i: nobody knows", (status) =>
    expect(from(status, error("ServiceError"))).toEqual({ kind: "unknown" }),
  );

  test.each([
    [400, error("BadSyntax"), "BadSyntax"],
    [401, error("Unauthorized"), "Unauthorized"],
    [403, error("BotNotInConversationRoster"), "BotNotInConversationRoster"],
    [404, error("ConversationNotFound"), "ConversationNotFound"],
    [413, error("MessageSizeTooBig"), "too_large"],
    [413, "", "too_large"],
    [403, error("who may supervise this work?"), "http_403"],
    [403, error("x".repeat(81)), "http_403"],
    [403, error(""), "http_403"],
    [403, error(7), "http_403"],
    [404, "<!doctype html>", "http_404"],
    [404, "null", "http_404"],
    [302, "", "http_302"],
    [418, '{"error":"code"}', "http_418"],
  ])("%i with %s is refused as %s", (status, text, code) =>
    expect(from(status, text)).toEqual({ kind: "refused", status, code }),
  );

  test.each([
    [null, 2_000],
    ["", 2_000],
    ["soon", 2_000],
    ["1", 1_000],
    ["30", 30_000],
    [" 30 ", 30_000],
    ["0", 1_000],
    ["-5", 1_000],
    ["899", 899_000],
    ["901", 900_000],
    ["999999999999999999999", 900_000],
    ["Wed, 25 Nov 2026 10:00:45 GMT", 45_000],
    ["Wed, 25 Nov 2026 09:00:00 GMT", 1_000],
    ["Thu, 26 Nov 2026 10:00:00 GMT", 900_000],
  ])("429 with Retry-After %j waits for %i ms", (retryAfter, afterMs) =>
    expect(from(429, error("ThrottledRequest"), retryAfter)).toEqual({ kind: "limited", afterMs }),
  );

  test("412 is tried again a second later", () => expect(from(412)).toEqual({ kind: "limited", afterMs: 1_000 }));
});

describe("what comes of no answer", () => {
  test.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ])("%s: it never got there", (code) =>
    expect(calledWithout(Object.assign(new Error("x"), { code }))).toEqual({ kind: "failed", code }),
  );

  test.each([
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "REQUEST_SEND_ERROR",
    "ABORT_ERR",
    "HPE_INVALID_CONSTANT",
    "",
    7,
    undefined,
  ])("%j: it may have been done", (code) =>
    expect(calledWithout(Object.assign(new Error("x"), { code }))).toEqual({ kind: "unknown" }),
  );

  test("nor does anything else that is thrown say more", () => {
    for (const thrown of [null, undefined, "x", {}, new Error("ECONNREFUSED")])
      expect(calledWithout(thrown)).toEqual({ kind: "unknown" });
  });
});

describe("a page of people", () => {
  const page = (text: string, status = 200) => pageIn({ status, text, retryAfter: null });

  test("has so many, and may go on", () => {
    expect(page('{"members":[{},{}]}')).toEqual({ people: 2, next: null });
    expect(page('{"members":[{}],"continuationToken":"x"}')).toEqual({ people: 1, next: "x" });
    expect(page('{"members":[],"continuationToken":null}')).toEqual({ people: 0, next: null });
  });

  test.each(["", "{}", "null", "[]", '{"members":7}', "<html>"])("%j is none", (text) => expect(page(text)).toBeNull());

  test("is none with another status", () => expect(page('{"members":[]}', 403)).toBeNull());
});
