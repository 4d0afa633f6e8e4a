/** The question bank as a bar: each fifth judged by numbers fitted on the other four. Bars stand a little below what was measured. */

import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { itemsOf } from "#src/answering/answer.ts";
import { parseCalibration } from "#src/answering/calibration.ts";
import { crossValidate, isSearched, observe } from "#src/answering/evaluate.ts";
import { calibrationError, type Figures, figuresOf } from "#src/answering/figures.ts";
import { loadBank, loadKnowledge } from "#src/knowledge/load.ts";
import { shippedFolder } from "../helpers/shipped.ts";

let figures: ReadonlyMap<string, Figures>;
let error: number;
let wants: ReadonlySet<string>;

beforeAll(async () => {
  const { knowledge } = await loadKnowledge([shippedFolder]);
  const { bank } = await loadBank([shippedFolder]);
  if (knowledge === null || bank === null) throw new Error("the shipped knowledge has errors: run `npm run lint`");
  const { calibration } = parseCalibration(readFileSync(`${shippedFolder}/calibration.json`, "utf8"));
  const observed = observe(knowledge, bank.questions.filter(isSearched));
  const seen = crossValidate(observed, itemsOf(knowledge), calibration.limits);
  figures = new Map(figuresOf(seen).map((of) => [of.want, of]));
  error = calibrationError(seen);
  wants = new Set(bank.questions.map(({ want }) => want));
});

test("the bank has questions of every outcome", () => {
  expect([...wants].toSorted()).toEqual(["answer", "crisis", "not-covered", "note", "outside", "reminder"]);
});

test("covered questions get the right entry first, or offered, and seldom a wrong one", () => {
  const covered = figures.get("answer");
  expect(covered?.first).toBeGreaterThanOrEqual(0.88);
  expect(covered?.firstOrOffered).toBeGreaterThanOrEqual(0.92);
  expect(covered?.wronglyAnswered).toBeLessThanOrEqual(0.04);
});

test("what is not covered and what is unrelated is hardly ever answered", () => {
  expect(figures.get("not-covered")?.wronglyAnswered).toBeLessThanOrEqual(0.06);
  expect(figures.get("outside")?.wronglyAnswered).toBeLessThanOrEqual(0.02);
});

test("how sure it says it is, is how often it is right", () => {
  expect(error).toBeLessThanOrEqual(0.05);
});
