/** What the evidence has to look like for an answer, an offer or a no. */

import { expect, test } from "vitest";
import { type Calibration, decide, type Known } from "#src/answering/decide.ts";
import { type Evidence, type Features, featureNames } from "#src/answering/rank.ts";

const item = (id: string, scope: Known["scope"], passages: string[] = []): Known => ({
  id,
  title: id,
  asks: [],
  words: [],
  text: "",
  scope,
  passages,
});

const items = [
  item("supervision", "entry", ["P17"]),
  item("supervisors", "entry", ["P17"]),
  item("training", "entry", ["P13"]),
  item("medication", "field"),
  item("cooking", "outside"),
  item("thanks", "talk"),
];

const features = Object.fromEntries(featureNames.map((name) => [name, 0.6])) as Features;
const evidence = (scores: readonly (readonly [number, number])[]): Evidence => ({
  ranked: scores.map(([index, score]) => ({ index, score, features })),
  known: ["supervis"],
  unknown: [],
  hasTopic: true,
  familiar: 1,
});

// Sure by the score of the best entry alone: 10 is an even chance, each point beside it counts.
const byScore = { bias: -10, weights: [1, ...new Array<number>(10).fill(0)] };
const calibration: Calibration = {
  bestIsRight: byScore,
  oneIsRight: { ...byScore, bias: -8 },
  limits: { answer: 0.7, offer: 0.25 },
};

test("a strong best entry is the answer", () => {
  const decision = decide(evidence([[0, 14], [2, 9]]), items, calibration); // biome-ignore format: a row a candidate
  expect(decision).toMatchObject({ kind: "answer", boundary: null });
  expect(decision.entries[0]?.index).toBe(0);
});

test("a middling one is offered with the next best, three at most", () => {
  const decision = decide(evidence([[0, 9], [1, 8], [2, 8], [3, 7]]), items, calibration); // biome-ignore format: a row a candidate
  expect(decision.kind).toBe("choices");
  expect(decision.entries.map(({ index }) => index)).toEqual([0, 1, 2]);
});

test("a boundary that wins over weak entries is a no that names it, with the nearest entries", () => {
  const decision = decide(evidence([[3, 12], [0, 5], [4, 3]]), items, calibration); // biome-ignore format: a row a candidate
  expect(decision).toMatchObject({ kind: "not-covered", boundary: { index: 3 } });
  expect(decision.entries.map(({ index }) => index)).toEqual([0]);
});

test("an unrelated topic that wins is outside", () => {
  expect(decide(evidence([[4, 12], [3, 6]]), items, calibration)).toMatchObject({ kind: "outside" }); // biome-ignore format: a row a candidate
});

const unlike = { ...features, spelling: 0.2 };
const farOff = (index: number, score: number): Evidence => ({
  ...evidence([]),
  ranked: [{ index, score, features: unlike }],
});

test("nothing recognisable is not understood, nor is a boundary that only happens to lead", () => {
  expect(decide(farOff(4, 2), items, calibration).kind).toBe("not-understood");
  expect(decide(farOff(3, 12), items, calibration).kind).toBe("not-understood");
  expect(decide(farOff(3, 14), items, calibration).kind).toBe("not-covered");
  expect(decide(evidence([]), items, calibration)).toMatchObject({ kind: "not-understood", sure: 0 });
});

test("words that carry no topic are understood only when they are an ask word for word", () => {
  const bare = { ...evidence([[0, 14]]), hasTopic: false };
  expect(decide(bare, items, calibration).kind).toBe("not-understood");
  const verbatim = { ...bare, ranked: [{ index: 0, score: 14, features: { ...features, spelling: 1 } }] };
  expect(decide(verbatim, items, calibration).kind).toBe("answer");
});

test("small talk wins only at the head, and only when it is spelt like it", () => {
  expect(decide(evidence([[5, 12], [0, 9]]), items, calibration).kind).toBe("talk"); // biome-ignore format: a row a candidate
  expect(decide(evidence([[0, 12], [5, 9]]), items, calibration).kind).toBe("answer"); // biome-ignore format: a row a candidate
  expect(decide(farOff(5, 12), items, calibration).kind).toBe("not-understood");
});
