/** The screen of a conversation: lines come in one at a time, and what arrives meanwhile does not spoil the one being typed. */
import { clearScreenDown, createInterface, cursorTo, moveCursor } from "node:readline";

export type Screen = {
  /** Whether a person types here, rather than a program. */
  readonly isTerminal: boolean;
  /** What is typed, line by line, until the end of the input or Ctrl-C. */
  readonly lines: AsyncIterable<string>;
  /** Width in columns; undefined where there is none. */
  readonly columns: () => number | undefined;
  /** Prints a text with an empty line below it. */
  readonly say: (text: string) => void;
  /** Prints a text above the line that is being typed, which stays as it is. */
  readonly sayAbove: (text: string) => void;
  /** Asks for the next line, unless no more is to come. */
  readonly prompt: () => void;
  readonly close: () => void;
};

/** Opens it on standard input and output. */
export function openScreen(): Screen {
  const { stdin, stdout } = process;
  const isTerminal = Boolean(stdin.isTTY && stdout.isTTY);
  const say = (text: string): void => void stdout.write(`${text}\n\n`);
  const reading = createInterface({
    input: stdin,
    output: stdout,
    terminal: isTerminal,
    prompt: isTerminal ? "> " : "",
  });
  // At once: it keeps the lines that come before they are read.
  const lines = reading[Symbol.asyncIterator]();
  let isOpen = true;
  reading.once("close", () => {
    isOpen = false;
  });
  reading.on("SIGINT", () => reading.close());
  return {
    isTerminal,
    lines,
    columns: () => (stdout.isTTY ? stdout.columns : undefined),
    say,
    sayAbove(text) {
      if (!isTerminal || !isOpen) return say(text);
      // A long line takes several rows. To draw it again, readline goes up by as many: they are made below the text.
      const { rows } = reading.getCursorPos();
      moveCursor(stdout, 0, -rows);
      cursorTo(stdout, 0);
      clearScreenDown(stdout);
      say(`${text}${"\n".repeat(rows)}`);
      reading.prompt(true);
    },
    prompt() {
      // The end of what is piped in may come before its last line has been answered.
      if (isOpen) reading.prompt();
    },
    close: () => reading.close(),
  };
}
