/** Prints the figures of the kept-apart set: `npm exec -- node test/kept-apart/print.ts`. */
import { messageFigures, questionFigures } from "./figures.ts";

for (const [title, figures] of [
  ["Questions", await questionFigures()],
  ["Messages sent to the crisis reply", await messageFigures()],
] as const) {
  console.log(title);
  for (const { name, of, share } of figures)
    console.log(`  ${name.padEnd(44)} ${String(of).padStart(4)}  ${(100 * share).toFixed(1).padStart(5)} %`);
}
