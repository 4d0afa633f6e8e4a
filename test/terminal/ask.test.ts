import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { collect, run, start, until } from "../helpers/command.ts";

const keys = ["question", "outcome", "why", "lane", "entries", "text", "citations"];
const linesOf = (out: string) => out.split("\n").slice(0, -1);
const parsed = (out: string) => linesOf(out).map((line) => JSON.parse(line));

describe("ask", () => {
  test("answers a question with numbered marks and sources", async () => {
    const { code, out, err } = await run(["ask", "What are the three themes?"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/\[1\]/);
    expect(out).toMatch(/^Sources$/m);
    expect(out).toMatch(/^ {4}https:\/\//m);
  });

  test("takes the words of an unquoted question together", async () => {
    const [one, other] = await Promise.all([
      run(["ask", "what is the title"]),
      run(["ask", "what", "is", "the", "title"]),
    ]);
    expect(one.out).toBe(other.out);
  });

  test("takes a question that begins with a dash", async () => {
    const { code, out } = await run(["ask", "--json", "- what about supervision"]);
    expect(code).toBe(0);
    expect(parsed(out)[0].question).toBe("- what about supervision");
  });

  test("answers one question a line when they are piped in, with an empty line between", async () => {
    const { code, out } = await run(["ask"], { input: "what is the title\nwhat is the title\n" });
    const one = await run(["ask", "what is the title"]);
    expect(code).toBe(0);
    expect(out).toBe(`${one.out}\n${one.out}`);
  });

  test("explains one question", async () => {
    const { code, out, err } = await run(["ask", "--explain", "what does it say about supervision"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.length).toBeGreaterThan(20);
  });

  test.each([
    [["ask", "--explain"]],
    [["ask", "--explain", "--json", "x"]],
    [["ask", "--nope"]],
    [["ask", "--knowledge"]],
    [["chat", "words"]],
  ])("refuses %j with exit code 2 and how to use it", async (args) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^Use: /m);
    expect(err).not.toMatch(/nope|words|^\s+at /m);
  });
});

describe("ask --json", () => {
  test("prints one object with the contract's keys in the contract's order", async () => {
    const { code, out } = await run(["ask", "--json", "What are the three themes?"]);
    const [line, ...more] = parsed(out);
    expect({ code, more }).toEqual({ code: 0, more: [] });
    expect(Object.keys(line)).toEqual(keys);
    expect(line).toMatchObject({ outcome: "answer", why: null, lane: "none" });
    expect(Object.keys(line.entries[0])).toEqual(["id", "kind", "title", "passages"]);
    expect(Object.keys(line.citations[0])).toEqual(["n", "source", "passage", "label", "url"]);
    expect(line.citations[0].passage).toMatch(/^P\d\d$/);
  });

  test("says why there is no answer, and nothing of why where there is one", async () => {
    const input = "hello\nwhat is the best pizza topping\nwhich dose of sertraline\nI want to kill myself tonight\n";
    const lines = parsed((await run(["ask", "--json"], { input })).out);
    expect(lines.map(({ outcome }) => outcome)).toEqual(["note", "abstention", "abstention", "crisis"]);
    expect(lines.map(({ why }) => typeof why)).toEqual(["string", "string", "string", "object"]);
    expect(lines[3]).toMatchObject({ lane: "now", entries: [], citations: [] });
  });

  test("answers 2,000 lines in order", async () => {
    const asked = Array.from({ length: 2_000 }, (_, at) => (at % 2 === 0 ? `question ${at}` : `supervision ${at}`));
    const { code, out, err } = await run(["ask", "--json"], { input: asked.join("\n") });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(parsed(out).map(({ question }) => question)).toEqual(asked);
  });

  test("takes CRLF, empty lines, other line separators, and a last line without an ending", async () => {
    const input = "one\r\n\r\n\u2028two\rstill two\n\nlast";
    const { out } = await run(["ask", "--json"], { input });
    expect(parsed(out).map(({ question }) => question)).toEqual(["one", "", "\u2028two\rstill two", "", "last"]);
  });

  test("prints nothing for no input", async () => {
    expect(await run(["ask", "--json"], { input: "" })).toEqual({ code: 0, out: "", err: "" });
  });

  test("replies to each line before the next one is asked", async () => {
    const child = start(["ask", "--json"]);
    const out = collect(child.stdout);
    child.stdin?.write("first\n");
    await until(out, /"question":"first".*\n/);
    child.stdin?.write("sec");
    child.stdin?.end("ond\n");
    await once(child, "close");
    expect(parsed(out()).map(({ question }) => question)).toEqual(["first", "second"]);
  });

  test("ends quietly when the reader goes away", async () => {
    const child = start(["ask", "--json"]);
    const err = collect(child.stderr);
    child.stdin?.on("error", () => {});
    child.stdin?.end("supervision\n".repeat(5_000));
    child.stdout?.once("data", () => child.stdout?.destroy());
    const [code] = await once(child, "close");
    expect({ code, err: err() }).toEqual({ code: 0, err: "" });
  });
});
