/** Prints what was measured: tables, and a line for each goal. */

/** A table under a title; the first column to the left, the others to the right. */
export function showTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const drawn = lines.map((cells) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join("   "),
  );
  console.log(["", title, "", ...drawn, ""].join("\n"));
}

/** Whether a goal is met, and the figure. Nothing fails over it: a busy machine is no defect. */
export const showGoal = (goal: string, isMet: boolean, figure: string): void =>
  console.log(`Goal: ${goal}. ${isMet ? "Met" : "Not met"}: ${figure}.`);

export const times = (ratio: number): string => `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)}x`;
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Milliseconds, with enough digits to see small ones. */
export const ms = (value: number): string => value.toFixed(value < 10 ? 3 : 0);
