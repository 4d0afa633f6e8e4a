import { describe, expect, test } from "vitest";
import { openBoard } from "#adapters/terminal/board.ts";
import type { Screen } from "#adapters/terminal/screen.ts";
import { dueReply } from "../helpers/fake-reminders.ts";
import { replies } from "../helpers/replies.ts";

describe("what comes by itself", () => {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const screen: Screen = {
    isTerminal: true,
    lines: (async function* () {})(),
    columns: () => undefined,
    say,
    sayAbove: (text) => say(`above: ${text}`),
    prompt: () => {},
    close: () => {},
  };
  const of = (name: string) => replies[name] ?? dueReply;
  const token = (board: ReturnType<typeof openBoard>, line: string) => {
    const meaning = board.read(line);
    return meaning.kind === "said" && meaning.said.kind === "pressed" ? meaning.said.token : meaning.kind;
  };

  test("waits for those who are being answered, are at a form, or were told how to reach help", () => {
    const board = openBoard(screen);
    board.show(of("note"));
    expect(board.receive(dueReply)).toBe(false);
    board.wait();
    expect(board.receive(dueReply)).toBe(true);
    for (const name of ["form", "crisis"]) {
      board.read("1");
      board.show(of(name));
      board.wait();
      expect(board.receive(dueReply), name).toBe(false);
    }
    board.read("thanks");
    board.show({ ...of("note"), buttons: [] });
    board.wait();
    expect(board.receive(dueReply)).toBe(true);
  });

  test("leaves the numbers that are on the screen to what they meant", () => {
    const board = openBoard(screen);
    board.show(of("list"));
    board.wait();
    board.receive(dueReply);
    expect(said.at(-1)).toContain("4. Done\n5. Snooze 1 h");
    expect([1, 2, 3, 4, 5, 6].map((number) => token(board, String(number)))).toEqual([
      "show/first",
      "show/second",
      "start",
      "r/done/o1",
      "r/snooze/o1/60",
      "no such number",
    ]);
  });

  test("keeps to numbers of two digits however much comes", () => {
    const board = openBoard(screen);
    board.show(of("note"));
    board.wait();
    for (let count = 0; count < 60; count++) board.receive(dueReply);
    const [, last = ""] = said.at(-1)?.match(/(\d+)\. Snooze/) ?? [];
    expect(Number(last)).toBeLessThan(100);
    expect(token(board, last)).toBe("r/snooze/o1/60");
  });
});
