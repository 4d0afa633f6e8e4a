/** T-10: nothing is sent to an address that is not Slack's. */
import { describe, expect, test } from "vitest";
import { responseUrls } from "#adapters/slack/response-url.ts";

const isReal = responseUrls("https://slack.com/api/");
const isLocal = responseUrls("http://127.0.0.1:3000/api/");

describe("T-10: the address to respond at", () => {
  test.each([
    "https://hooks.slack.com/commands/T1/2/3",
    "https://hooks.slack.com/actions/T1/2/3",
    "https://hooks.slack-gov.com/x",
  ])("may be %s", (url) => expect(isReal(url)).toBe(true));

  test.each([
    "http://hooks.slack.com/commands/1",
    "https://hooks.slack.com:8443/x",
    "https://hooks.slack.com.evil.example/x",
    "https://evil.example/hooks.slack.com",
    "https://hooks.slack.com@evil.example/x",
    "https://user@hooks.slack.com/x",
    "https://evil.example#hooks.slack.com",
    "https://evil.example?hooks.slack.com",
    "https://hooks。slack.com.evil.example/",
    "https://127.0.0.1/x",
    "http://localhost/x",
    "https://[::1]/x",
    "https://0x7f.1/x",
    "https://2130706433/x",
    "//hooks.slack.com/x",
    "javascript:fetch(1)",
    "file:///etc/passwd",
    "ftp://hooks.slack.com/x",
    "",
    "hooks.slack.com",
  ])("may not be %j", (url) => expect(isReal(url)).toBe(false));

  test("may be this computer's own where the API is", () => {
    expect(isLocal("http://127.0.0.1:3000/response/1")).toBe(true);
    expect(isLocal("http://localhost:9/x")).toBe(true);
    expect(isLocal("http://192.168.1.10/x")).toBe(false);
    expect(isLocal("https://evil.example/x")).toBe(false);
  });
});
