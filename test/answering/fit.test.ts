/** The two fits, on data whose answer is known. */

import { expect, test } from "vitest";
import { fitLogistic, fitRanking, logisticOf, softmax } from "#src/answering/fit.ts";

test("a logistic fit finds the feature that tells, whatever the scale of the others", () => {
  const rows = Array.from({ length: 200 }, (_, at) => [at % 2, (at * 7919) % 1000]);
  const model = fitLogistic(rows, rows.map(([first]) => first === 1)); // biome-ignore format: one line reads better
  expect(logisticOf(model, [1, 500])).toBeGreaterThan(0.9);
  expect(logisticOf(model, [0, 500])).toBeLessThan(0.1);
});

test("a logistic fit on a coin gives the share of heads", () => {
  const rows = Array.from({ length: 100 }, () => [1]);
  const model = fitLogistic(rows, rows.map((_, at) => at % 4 === 0)); // biome-ignore format: one line reads better
  expect(logisticOf(model, [1])).toBeCloseTo(0.25, 2);
});

test("a ranking fit raises the weight that puts right candidates first, and lets none go below zero", () => {
  const groups = Array.from({ length: 20 }, (_, at) => ({
    rows: [[1, at / 20], [0, 1 - at / 20]], // biome-ignore format: a row a candidate
    right: [true, false],
  }));
  const [tells = 0, misleads = 0] = fitRanking(groups, [1, 1]);
  expect(tells).toBeGreaterThan(1);
  expect(misleads).toBeGreaterThanOrEqual(0);
  expect(tells).toBeGreaterThan(3 * misleads);
});

test("shares of a softmax add up to one, even of huge scores", () => {
  expect(softmax([1000, 999, -1000]).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
});
