/** A reply drawn for a terminal: wrapped, with numbers to press, and with colour where there is some. */
import { styleText } from "node:util";
import { type Block, blocks, numbered, pressables, rowsIn, stacked } from "#src/plain.ts";
import type { Reply } from "#src/reply.ts";

/** Wider lines are hard to read, however wide the window is. */
const widest = 88;

/**
 * Draws the reply. `columns` is the width of the terminal; undefined leaves lines as long as they are. Its buttons are numbered
 * from the number after `before`, for a reply that comes beside others: the rows of a list always begin at 1.
 */
export function draw(reply: Reply, columns: number | undefined, before = 0): string {
  const buttons = reply.kind === "list" ? reply.buttons : pressables(reply);
  const all = [...blocks(reply), ...numbered(buttons, before + rowsIn(reply))];
  const hint: readonly Block[] =
    pressables(reply).length === 0 || reply.kind === "crisis"
      ? []
      : [{ style: "quiet", lines: ["Type a number to choose, or ask in your own words."] }];
  return drawBlocks([...all, ...hint], columns);
}

/** Draws blocks one below the other. */
export const drawBlocks = (all: readonly Block[], columns: number | undefined): string =>
  stacked(all, (block) => drawBlock(block, columns));

/** A quiet line of the terminal's own. */
export const quiet = (line: string): string => styleText("dim", line);

const styles = { text: null, heading: "bold", quiet: "dim", strong: "bold" } as const;

function drawBlock({ style, lines }: Block, columns: number | undefined): string {
  const width = columns === undefined ? Number.POSITIVE_INFINITY : Math.min(widest, Math.max(20, columns));
  const format = styles[style];
  // styleText gives plain text when standard output is not a terminal or NO_COLOR is set.
  const dress = (line: string) => (format === null ? line : styleText(format, line));
  return lines
    .flatMap((line) => wrap(line, width))
    .map((line) => (/^\s*https:\/\/\S+$/.test(line) ? styleText("underline", line) : dress(line)))
    .join("\n");
}

/** Breaks a line at spaces. What follows "[1] ", "2. " or an indent hangs below where it began. */
function wrap(line: string, width: number): readonly string[] {
  const lead = /^(?:\[\d+\] |\d+\. | +)?/.exec(line)?.[0] ?? "";
  const hang = " ".repeat(lead.length);
  const rows: string[] = [];
  let row = lead;
  for (const [at, word] of line.slice(lead.length).split(" ").entries()) {
    if (at > 0 && row.length + 1 + word.length > width) {
      rows.push(row);
      row = hang + word;
    } else row += at === 0 ? word : ` ${word}`;
  }
  return [...rows, row];
}
