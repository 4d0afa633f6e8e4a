import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLoopbackServiceUrl, isServiceUrl } from "#adapters/teams/service-url.ts";
import { tricks } from "../helpers/teams/tricks.ts";

const host = "smba.trafficmanager.net";

describe("a service address is believed", () => {
  test.each([
    `https://${host}/uk/`,
    `https://${host}/emea`,
    `https://${host}`,
    `https://${host}/`,
    `https://${host}/amer/99999999-8888-4777-8666-555555555555/`,
    "https://smba.infra.gcc.teams.microsoft.com/teams/",
    "https://europe.botframework.com/",
    "https://webchat.botframework.com",
    "https://a.b-c.botframework.com/v3.1/x_y/",
  ])("%s", (url) => expect(isServiceUrl(url)).toBe(true));
});

describe("T-09: a service address is refused", () => {
  test("there are 300 tricks and more, each its own", () => {
    expect(tricks.length).toBeGreaterThanOrEqual(300);
    expect(new Set(tricks).size).toBe(tricks.length);
  });

  test("each of the tricks", () => {
    expect(tricks.filter(isServiceUrl)).toEqual([]);
  });

  test("whatever is put into a right one, unless it leads to one of Teams' hosts all the same", () => {
    const right = `https://${host}/uk/`;
    const spoilt = fc
      .tuple(fc.nat(right.length), fc.nat(3), fc.string({ unit: "binary", maxLength: 6 }))
      .map(([at, taken, put]) => `${right.slice(0, at)}${put}${right.slice(at + taken)}`);
    fc.assert(
      fc.property(spoilt, (url) => {
        if (!isServiceUrl(url)) return;
        const { protocol, username, password, port, search, hash, hostname } = new URL(url);
        expect([protocol, username, password, port, search, hash]).toEqual(["https:", "", "", "", "", ""]);
        expect(hostname === host || hostname.endsWith(".botframework.com")).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("in the Playground", () => {
  test.each([
    "http://127.0.0.1:56150/_connector",
    "http://localhost:56150/_connector/",
    "http://127.0.0.1:56150",
    "https://localhost/",
    "http://[::1]:56150/_connector",
    "http://127.1.2.3:8080/",
  ])("%s is of this computer", (url) => expect(isLoopbackServiceUrl(url)).toBe(true));

  test.each([
    `https://${host}/uk/`,
    "http://127.0.0.1.evil.example:56150/",
    "http://localhost.evil.example/",
    "http://localhost@evil.example/",
    "http://localhost:56150@evil.example/",
    "http://user@localhost:56150/",
    "http://localhost:56150/?x=1",
    "http://localhost:56150/#x",
    "http://localhost.:56150/",
    "http://2130706433:56150/",
    "http://0x7f.0.0.1:56150/",
    "http://127.1:56150/",
    "http://0.0.0.0:56150/",
    "http://[::ffff:127.0.0.1]:56150/",
    "http://192.168.0.1:56150/",
    "http://169.254.169.254/latest/",
    "ftp://localhost/",
    "ws://localhost/",
    "file:///etc/hostname",
    "//localhost/",
    "localhost:56150",
    "",
  ])("%s is refused", (url) => expect(isLoopbackServiceUrl(url)).toBe(false));
});
