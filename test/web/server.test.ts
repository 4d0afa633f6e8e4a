import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { BearingsError } from "#src/errors.ts";
import { lastSegment, type OpenServer, openServer, type Route, readBody } from "#src/http.ts";
import { refuse, sendJson } from "#src/refuse.ts";
import { openHere, send, sendRaw } from "../helpers/server.ts";

const canary = "canary-5b1f";

const routes: readonly Route[] = [
  { method: "GET", path: "/", handle: async (_request, response) => sendJson(response, 200, { page: true }) },
  {
    method: "GET",
    path: "/thing/*",
    handle: async (request, response) => sendJson(response, 200, lastSegment(request)),
  },
  { method: "GET", path: "/fails", handle: async () => Promise.reject(new TypeError(canary)) },
  { method: "GET", path: "/halts", handle: async (_request, response) => void response.writeHead(200).destroy() },
  {
    method: "POST",
    path: "/echo",
    handle: async (request, response) => {
      const body = await readBody(request);
      if (body.kind === "refused") return refuse(response, body.status);
      sendJson(response, 200, { bytes: body.bytes.length });
    },
  },
  {
    method: "POST",
    path: "/hook",
    anyHost: true,
    limitBytes: 10,
    handle: async (_request, response) => sendJson(response, 200, {}),
  },
];

const reports: string[] = [];
let server: OpenServer;

beforeAll(async () => {
  const report = (route: string, error: unknown) =>
    reports.push(`${route} ${error instanceof Error ? error.name : ""}`);
  server = await openHere({ routes, report, headerMs: 400, requestMs: 800 });
});
afterAll(() => server.close());

describe("routes", () => {
  test("a path is matched exactly, without its query", async () => {
    expect(await send(server, "/?q=1")).toMatchObject({ status: 200, json: { page: true } });
    for (const path of ["//", "/thing", "/thing/", "/thing/a/b", "/THING/a", "/%2e%2e/", "/."])
      expect(await send(server, path), path).toMatchObject({ status: 404, json: { error: expect.any(String) } });
  });

  test("a starred path gives its last segment, decoded", async () => {
    expect((await send(server, "/thing/P%2017?x=/y")).json).toBe("P 17");
    expect((await send(server, "/thing/%E0%A4%A")).json).toBeNull();
  });

  test("another method is refused with those that would do", async () => {
    const put = await send(server, "/", { method: "PUT" });
    expect(put.status).toBe(405);
    expect(put.headers.allow).toBe("GET, HEAD");
    expect((await send(server, "/echo")).headers.allow).toBe("POST");
    expect((await send(server, "/echo", { method: "OPTIONS" })).status).toBe(405);
  });

  test("HEAD is answered as GET, without a body", async () => {
    const head = await send(server, "/", { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, text: "" });
    expect(head.headers["content-length"]).toBe("13");
  });

  test("a handler that throws is a plain 500, and is reported", async () => {
    const failed = await send(server, "/fails");
    expect(failed.status).toBe(500);
    expect(failed.text).not.toContain(canary);
    expect(reports).toContain("GET /fails TypeError");
  });

  test("without a report of one's own, the name and the frames are told, and no line of the message", async () => {
    const told = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
    const handle = async () => Promise.reject(new TypeError(`${canary}\n    at ${canary} (typed:1:1)\n    at the end`));
    const open = await openHere({ routes: [{ method: "GET", path: "/", handle }] });
    expect((await send(open, "/")).status).toBe(500);
    await open.close();
    const said = told.mock.calls.flat().join("\n");
    told.mockRestore();
    expect(said).toMatch(/^GET \/ failed: TypeError\n {4}at .*server\.test\.ts/);
    expect(said).not.toMatch(new RegExp(`${canary}|at the end`));
  });

  test("a handler that hangs up does not take the server with it", async () => {
    await expect(send(server, "/halts")).rejects.toThrow();
    expect((await send(server, "/")).status).toBe(200);
  });
});

test("who asks for a socket is answered as anybody else, since none is offered", async () => {
  const asked = ["GET / HTTP/1.1", "host: 127.0.0.1", "connection: upgrade, close", "upgrade: websocket"];
  const key = ["sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="];
  const raw = await sendRaw(server, `${[...asked, ...key].join("\r\n")}\r\n\r\n`);
  expect(raw).toMatch(/^HTTP\/1\.1 200 /);
  expect(raw).not.toMatch(/^upgrade:/im);
});

describe("headers", () => {
  test("every answer carries the safe headers", async () => {
    const raw = await sendRaw(server, "NOT HTTP\r\n\r\n");
    const all = [await send(server, "/"), await send(server, "/none"), await send(server, "/fails")];
    for (const { headers } of all)
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cache-control": "no-store",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
      });
    expect(raw).toMatch(/^HTTP\/1\.1 400 .*\r\n(?:.*\r\n)*x-content-type-options: nosniff\r\n/);
    expect(all.every(({ headers }) => headers["set-cookie"] === undefined)).toBe(true);
  });

  test("a loopback server answers to its own names only, so that no other name can be pointed at it", async () => {
    for (const host of ["127.0.0.1", "localhost:9", `127.0.0.1:${server.port}`, "LOCALHOST", "[::1]:80"])
      expect((await send(server, "/", { headers: { host } })).status, host).toBe(200);
    for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1", "[::1"])
      expect((await send(server, "/", { headers: { host } })).status, host).toBe(421);
    expect(await sendRaw(server, "GET / HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("a route that proves its callers otherwise may be reached by any name", async () => {
    const headers = { host: "tunnel.example" };
    expect((await send(server, "/hook", { method: "POST", headers, body: "{}" })).status).toBe(200);
  });

  test("a server for other machines too answers to any name", async () => {
    const open = await openServer({ routes, host: "0.0.0.0", port: 0 });
    expect((await send(open, "/", { headers: { host: "bearings.example" } })).status).toBe(200);
    await open.close();
  });
});

describe("limits", () => {
  test("T-03: three hundred idle connections are in nobody's way", async () => {
    const idle = Array.from({ length: 300 }, () => connect(server.port, "127.0.0.1").on("error", () => {}));
    await Promise.all(idle.map((socket) => once(socket, "connect")));
    expect((await send(server, "/")).status).toBe(200);
    for (const socket of idle) socket.destroy();
  });

  test("a body over the limit is refused, whether its length is told or not", async () => {
    const body = "x".repeat(65_537);
    const chunked = { "transfer-encoding": "chunked" };
    expect((await send(server, "/echo", { method: "POST", body: body.slice(1) })).json).toEqual({ bytes: 65_536 });
    expect((await send(server, "/echo", { method: "POST", body })).status).toBe(413);
    expect((await send(server, "/echo", { method: "POST", body, headers: chunked })).status).toBe(413);
    expect((await send(server, "/hook", { method: "POST", body: "12345678901" })).status).toBe(413);
  });

  test("a body that comes too slowly is cut off", async () => {
    const begun = `POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n${canary}`;
    const answer = await sendRaw(server, begun);
    expect(answer).not.toContain(canary);
    expect(answer === "" || answer.startsWith("HTTP/1.1 408 ")).toBe(true);
    expect((await send(server, "/")).status).toBe(200);
  });

  test("headers that come too slowly are cut off", async () => {
    expect(await sendRaw(server, "GET / HTTP/1.1\r\nHost: local")).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("headers that are too long are refused", async () => {
    expect(await sendRaw(server, `GET / HTTP/1.1\r\nA: ${"x".repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test("a target that is not a path is refused", async () => {
    const ask = (target: string) =>
      sendRaw(server, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(await ask("http://evil.example/")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await ask("*")).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe("opening and closing", () => {
  test("a port that is taken is refused with what to do", async () => {
    const error = await openServer({ routes, port: server.port }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(BearingsError);
    expect(error).toMatchObject({ code: "listen", fix: expect.stringContaining("PORT=") });
  });

  test("an address that is not this machine's is refused with what to do", async () => {
    const error = await openServer({ routes, host: "192.0.2.1", port: 0 }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "listen", fix: expect.stringContaining("HOST") });
  });

  test("closing lets an open request end, and may be done twice", async () => {
    const slow: Route = {
      method: "GET",
      path: "/",
      handle: async (_request, response) => {
        await wait(150);
        sendJson(response, 200, { late: true });
      },
    };
    const closing = await openHere({ routes: [slow] });
    const answer = send(closing, "/");
    await wait(50);
    await Promise.all([closing.close(), closing.close()]);
    expect((await answer).json).toEqual({ late: true });
    await expect(send(closing, "/")).rejects.toThrow();
  });
});
