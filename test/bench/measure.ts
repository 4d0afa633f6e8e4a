/** Measuring in one process: ways of doing the same are timed in turn on each question, so that drift hits them alike. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Milliseconds that one way takes. */
export type Times<T> = {
  /** Median over the rounds, a number for each question: what it costs when nothing gets in between. */
  readonly typical: readonly number[];
  /** Every single run, with whatever else the machine was doing. */
  readonly all: readonly number[];
  /** What it gave, for each question. */
  readonly given: readonly T[];
};

/**
 * Times each way on each question, in every round in another order. `warmUp` is how many of the questions are asked
 * beforehand without a clock.
 */
export function inTurn<Name extends string, T>(
  ways: Readonly<Record<Name, (question: string) => T>>,
  questions: readonly string[],
  { rounds, warmUp = questions.length }: { readonly rounds: number; readonly warmUp?: number },
): Record<Name, Times<T>> {
  const names = Object.keys(ways) as Name[];
  const each = names.map((name) => {
    return { name, way: ways[name], runs: questions.map((): number[] => []), given: new Array<T>(questions.length) };
  });
  for (const question of questions.slice(0, warmUp)) for (const { way } of each) way(question);
  for (let round = 0; round < rounds; round++)
    for (const [at, question] of questions.entries())
      for (const { way, runs, given } of [...each.slice(round % each.length), ...each.slice(0, round % each.length)])
        runs[at]?.push(
          timed(() => {
            given[at] = way(question);
          }),
        );
  const times: Partial<Record<Name, Times<T>>> = {};
  for (const { name, runs, given } of each) times[name] = { typical: runs.map(median), all: runs.flat(), given };
  return times as Record<Name, Times<T>>;
}

/** Milliseconds that a piece of work takes. */
export function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** The value that `share` per cent of the values do not exceed; not a number when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((share / 100) * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / (values.length || 1);

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** Something made: how long that took, and how many bytes it keeps alive, arrays of numbers included. */
export function made<T>(make: () => T): { readonly it: T; readonly ms: number; readonly bytes: number } {
  const before = alive();
  const from = performance.now();
  const it = make();
  const ms = performance.now() - from;
  return { it, ms, bytes: alive() - before };
}

function alive(): number {
  // What the first sweep finalises, only the second frees.
  for (let sweep = 0; sweep < 2; sweep++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
