import { describe, expect, test } from "vitest";
import { numbered, outcomeOf, plain, pressables } from "#src/plain.ts";
import { matchesGolden } from "./helpers/golden.ts";
import { replies } from "./helpers/replies.ts";

describe("plain", () => {
  for (const [name, reply] of Object.entries(replies))
    test(`draws ${name}`, () => matchesGolden(`plain/${name}.txt`, plain(reply)));

  test("never ends in a space or an empty line", () => {
    for (const reply of Object.values(replies)) expect(plain(reply)).not.toMatch(/[ \t](?:\n|$)|\n$/);
  });
});

describe("what can be pressed", () => {
  test("counts the rows of a list before its buttons", () => {
    const list = replies.list;
    expect(list && pressables(list).map(({ token }) => token)).toEqual(["show/first", "show/second", "start"]);
  });

  test("goes on counting after the rows", () => {
    expect(numbered([{ label: "Back", token: "start" }], 2)).toEqual([{ style: "text", lines: ["3. Back"] }]);
  });
});

test("lists and forms are notes to other programs, and everything else is itself", () => {
  const outcomes = Object.values(replies).map((reply) => [reply.kind, outcomeOf(reply)]);
  for (const [kind, outcome] of outcomes) expect(outcome).toBe(kind === "list" || kind === "form" ? "note" : kind);
});
