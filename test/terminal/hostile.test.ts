/** The list of "Bad input": an honest reply to each, quickly, and never a crash. */
import { describe, expect, test } from "vitest";
import { openAssistant } from "#adapters/bot.ts";
import { knowledgeFolders } from "#adapters/terminal/options.ts";
import { openTurns, typed } from "#adapters/terminal/turns.ts";
import { plain } from "#src/plain.ts";
import { run } from "../helpers/command.ts";

const long = 40_000;

const hostile: Readonly<Record<string, string>> = {
  empty: "",
  "spaces only": " \t\u00a0\u3000 ",
  "40,000 characters": "the team needs help with ".repeat(1_600),
  "one character 40,000 times": "a".repeat(long),
  "5,200 single letters": "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(200),
  "emoji only": "😀🫠👩‍👩‍👧‍👦🏳️‍🌈".repeat(50),
  "right to left": "ما هي التوصيات المتعلقة بالإشراف؟ \u202Esupervision\u202C",
  "zero width": "su\u200bper\u200dvi\ufeffsion",
  "combining marks": `s${"\u0301".repeat(20_000)}upervision`,
  NUL: "super\0vision",
  "control characters": "\x07\x08\x1b[2J\x1b]0;title\x07supervision",
  "mixed scripts": "ѕupеrvіsion тренинг 監督 επίβλεψη",
  "another language": "¿Qué recomienda la revisión sobre la supervisión?",
  HTML: '<script>alert(1)</script><img src=x onerror="alert(2)">supervision',
  Slack: "<!channel> <@U123> <https://example.org|click> *bold* ```code``` :smile:",
  Teams: "<at>Bearings</at> **bold** [link](javascript:alert(1)) {{DATE(2020-01-01)}}",
  "regular expression bait": `${"(a+)+".repeat(500)}${"!".repeat(1_000)}`,
  "object keys": "__proto__ constructor toString hasOwnProperty",
  "line separators": "supervision\u2028\u2029\u0085training",
  "a pasted case note":
    "Client: Zahra Example, DOB 03/04/1991, NHS 943 476 5919. Seen 12/05 at clinic with interpreter Mr Sample. Discussed housing.",
};

const { respond } = await openAssistant(knowledgeFolders());
const turns = openTurns(Date.now);

describe("in this process", () => {
  for (const [name, text] of Object.entries({ ...hostile, "lone surrogates": "\ud800 supervision \udfff\ud83d" }))
    test(`replies within a second to ${name}`, () => {
      const startMs = performance.now();
      const { reply } = respond(turns(typed(text)));
      const words = plain(reply);
      expect(performance.now() - startMs).toBeLessThan(1_000);
      expect(words.length).toBeGreaterThan(10);
      expect(words).not.toMatch(/Zahra|943 476|<script>|undefined|\[object|NaN/);
    });
});

test("all of them through a pipe, each with its line", async () => {
  const asked = Object.values(hostile).filter((text) => !text.includes("\n"));
  const { code, out, err } = await run(["ask", "--json"], { input: asked.join("\n") });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.split("\n").slice(0, -1);
  expect(lines.map((line) => JSON.parse(line).question)).toEqual(asked);
});

test("bytes that are not UTF-8 get a reply as well", async () => {
  const input = Buffer.from([0xff, 0xfe, 0x73, 0x0a, 0xc3, 0x0a, 0xed, 0xa0, 0x80, 0x0a, 0xf0, 0x9f]);
  const { code, out, err } = await run(["ask", "--json"], { input });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.split("\n")).toHaveLength(5);
});

test.each(["", "😀", "<b>x</b>", "a".repeat(long)])("as an argument (%#)", async (question) => {
  const { code, out, err } = await run(["ask", question]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.trim().length).toBeGreaterThan(10);
});
