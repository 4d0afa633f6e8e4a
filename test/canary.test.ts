/** Nothing that people type comes out anywhere but in the reply of `ask --json`, which is its caller's own pipe. */
import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAssistant } from "#adapters/bot.ts";
import { knowledgeFolders } from "#adapters/terminal/options.ts";
import { openTurns, pressed, typed } from "#adapters/terminal/turns.ts";
import { plain } from "#src/plain.ts";
import { canary, leaks } from "./helpers/canary.ts";
import { collect, run, start, until } from "./helpers/command.ts";

/** Ways in which a message can hold the word. */
const messages: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `what does it say about ${word} supervision`,
  (word) => `my client ${word} wants to kill himself tonight`,
  (word) => `remind me every monday about ${word}`,
  (word) => `hello ${word}`,
  (word) => `which dose of ${word}`,
  (word) => `{"${word}": `,
  (word) => `<script>${word}</script>`,
  (word) => `${word} `.repeat(3_000),
  (word) => `\u0000\ud800${word}\u202e`,
  (word) => `show/${word}`,
  (word) => `Client: ${word}, DOB 03/04/1991, seen with interpreter.`,
];

/** Each message with its word. */
const typedOut = () =>
  messages.map((write) => {
    const word = canary();
    return { word, text: write(word) };
  });

describe("in the terminal", () => {
  test.each([["ask"], ["chat"]])("%s, one message a line", async (command) => {
    const all = typedOut();
    const { code, out, err } = await run([command], { input: all.map(({ text }) => text).join("\n") });
    expect(code).toBe(0);
    expect(
      leaks(
        out + err,
        all.map(({ word }) => word),
      ),
    ).toEqual([]);
  });

  test("ask --json repeats a line as the question and nowhere else", async () => {
    const all = typedOut();
    const { code, out, err } = await run(["ask", "--json"], { input: all.map(({ text }) => text).join("\n") });
    const rest = out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.stringify({ ...JSON.parse(line), question: "" }));
    expect({ code, lines: rest.length, err }).toEqual({ code: 0, lines: all.length, err: "" });
    expect(
      leaks(
        rest.join("\n"),
        all.map(({ word }) => word),
      ),
    ).toEqual([]);
  });

  test("as arguments, where options and commands are expected as well", async () => {
    const word = canary();
    const runs = [
      [word],
      ["ask", word],
      ["ask", `--${word}`],
      ["ask", `-${word}`, "--nope"],
      ["chat", word],
      ["eval", `--${word}`],
    ];
    const said = await Promise.all(
      [...runs, ["serve", word], ["lint", `--${word}`], ["ask", `--json=${word}`]].map((args) => run(args)),
    );
    for (const { out, err } of said) expect(leaks(out + err, [word])).toEqual([]);
  });
});

describe("in the core", () => {
  test("no reply, and nothing thrown, holds what was typed or pressed", async () => {
    const { respond } = await openAssistant(knowledgeFolders());
    const turns = openTurns(Date.now);
    for (const { word, text } of [...typedOut(), ...typedOut()])
      for (const said of [typed(text), pressed(text), pressed(`show/${word}`), pressed(`browse/${word}`)]) {
        const turn = turns(said);
        const { reply } = respond(turn);
        expect(leaks(JSON.stringify(reply) + plain(reply), [word])).toEqual([]);
        if (said.kind === "text") expect(leaks(`${JSON.stringify(turn)}${turn.said}`, [word])).toEqual([]);
      }
  });
});

describe("over HTTP", () => {
  let url = "";
  const child = { out: () => "", err: () => "", stop: async () => {} };

  beforeAll(async () => {
    const served = start(["serve"], { env: { PORT: "0" } });
    child.out = collect(served.stdout);
    child.err = collect(served.stderr);
    child.stop = async () => {
      served.kill("SIGTERM");
      await once(served, "close");
    };
    url = (await until(child.out, /(http:\/\/127\.0\.0\.1:\d+\/)[\s\S]*Ctrl-C/))[1] ?? "";
  });
  afterAll(() => child.stop());

  /** Sends bytes as they are; gives the whole response, head and body, or the name of what went wrong. */
  const send = (path: string, headers: Record<string, string>, body: string, method = "POST") =>
    new Promise<string>((resolve) => {
      const sent = request(new URL(path, url), { method, headers }, (response) => {
        const text = collect(response);
        response.on("end", () => resolve(`${response.statusCode} ${JSON.stringify(response.headers)} ${text()}`));
        response.on("error", () => resolve("cut off"));
      });
      sent.on("error", () => resolve("cut off"));
      sent.end(body);
    });

  const json = { "content-type": "application/json" };
  const ways: Readonly<Record<string, (word: string) => Promise<string>>> = {
    "a question": (word) => send("api/turn", json, JSON.stringify({ text: `supervision ${word}` })),
    "a crisis": (word) => send("api/turn", json, JSON.stringify({ text: `${word} I want to kill myself tonight` })),
    "an unknown token": (word) => send("api/turn", json, JSON.stringify({ token: word })),
    "malformed JSON": (word) => send("api/turn", json, `{"text": "${word}`),
    "an unknown key": (word) => send("api/turn", json, JSON.stringify({ [word]: word })),
    "a wrong type": (word) => send("api/turn", json, JSON.stringify({ text: [word] })),
    "an oversized body": (word) => send("api/turn", json, JSON.stringify({ text: `${word} `.repeat(20_000) })),
    "a wrong content type": (word) => send("api/turn", { "content-type": `text/${word}` }, word),
    "a wrong origin": (word) => send("api/turn", { ...json, origin: `https://${word}.example` }, `{"text":"${word}"}`),
    "a wrong host": (word) => send("api/turn", { ...json, host: `${word}.example` }, `{"text":"${word}"}`),
    "a wrong path": (word) => send(word, json, word),
    "a source that is not there": (word) => send(`api/source/${word}`, {}, "", "GET"),
    "a query": (word) => send(`?q=${word}`, {}, "", "GET"),
    "a wrong method": (word) => send("api/turn", json, word, "DELETE"),
    "a header that is too large": (word) => send("api/turn", { "x-note": `${word} `.repeat(3_000) }, word),
  };

  test.each(Object.entries(ways))("%s", async (_name, way) => {
    const word = canary();
    const said = await way(word);
    expect(said.length).toBeGreaterThan(5);
    expect(leaks(said, [word])).toEqual([]);
    expect(leaks(child.out() + child.err(), [word])).toEqual([]);
  });

  test("nothing of it was printed", () => {
    expect(child.err()).toBe("");
    expect(child.out()).not.toContain("canary");
  });
});
