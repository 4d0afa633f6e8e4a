/** A log without a place for text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createLog, named } from "#src/log.ts";

function logged(event: Parameters<ReturnType<typeof createLog>>[0]): string {
  const lines: string[] = [];
  createLog(
    (line) => lines.push(line),
    () => 0,
  )(event);
  return lines.join("\n");
}

test("writes one line of JSON with the time, the level and the event", () => {
  expect(JSON.parse(logged({ level: "warn", event: "slack.socket.lost", count: 2 }))).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    level: "warn",
    event: "slack.socket.lost",
    count: 2,
  });
});

test("writes no sentence, whichever field it is put into", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      const sentence = `${text} ${text}`;
      const line = logged({ level: "error", event: sentence, code: sentence, name: sentence });
      expect(JSON.parse(line)).toMatchObject({ event: "?", code: "?", name: "?" });
      expect(line).not.toMatch(/\n/);
    }),
  );
});

test("keeps an error's name and code, and never its message", () => {
  const error = Object.assign(new TypeError("a message that quotes someone"), { code: "ECONNRESET" });
  expect(named(error)).toEqual({ name: "TypeError", code: "ECONNRESET" });
  expect(named("thrown text")).toEqual({ name: "string", code: undefined });
});
