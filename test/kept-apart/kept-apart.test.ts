/** The goals, on people we have not met. A bar stands a little below what was last measured, so that a fall is seen. */
import { beforeAll, describe, expect, test } from "vitest";
import { type Figure, messageFigures, questionFigures } from "./figures.ts";

const shareOf = (figures: readonly Figure[], name: string): number => {
  const found = figures.find((figure) => figure.name === name);
  if (found === undefined) throw new Error(`no figure is called ${name}`);
  return found.share;
};

describe("questions that nothing was fitted on", () => {
  let figures: readonly Figure[];
  beforeAll(async () => {
    figures = await questionFigures();
  });

  test.each([
    ["covered: right entry first", 0.9],
    ["covered: right entry first or offered", 0.93],
    ["small talk: gets a note", 0.84],
    ["reminders: known as such", 0.8],
  ])("%s: at least %d", (name, least) => {
    expect(shareOf(figures, name)).toBeGreaterThanOrEqual(least);
  });

  test.each([
    ["covered: wrong entry given as the answer", 0.04],
    ["covered: sent to the crisis reply", 0.02],
    ["not covered: answered", 0.08],
    ["unrelated: answered", 0.01],
  ])("%s: at most %d", (name, most) => {
    expect(shareOf(figures, name)).toBeLessThanOrEqual(most);
  });
});

describe("messages that nothing was fitted on", () => {
  let figures: readonly Figure[];
  beforeAll(async () => {
    figures = await messageFigures();
  });

  test.each([
    ["now, all", 0.9],
    ["now, explicit", 0.98],
    ["now, veiled", 0.8],
  ])("%s: at least %d to the crisis reply", (name, least) => {
    expect(shareOf(figures, name)).toBeGreaterThanOrEqual(least);
  });

  test.each([
    ["none, all", 0.03],
    ["about, all", 0.05],
  ])("%s: at most %d", (name, most) => {
    expect(shareOf(figures, name)).toBeLessThanOrEqual(most);
  });
});
