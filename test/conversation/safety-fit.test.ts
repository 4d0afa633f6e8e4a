import { beforeAll, describe, expect, test } from "vitest";
import { openSafety } from "#src/conversation/safety.ts";
import {
  examplesOf,
  fingerprint,
  fitSafety,
  isStale,
  ordinaryAsks,
  type SafetyData,
} from "#src/conversation/safety-fit.ts";
import {
  chooseThreshold,
  type Held,
  heldFigures,
  heldOut,
  measureSafety,
  type StyleFigures,
  shareToNow,
} from "#src/conversation/safety-measure.ts";
import { parseSafetyModel, writeSafetyModel } from "#src/conversation/safety-model.ts";
import { openShippedSafety, type ShippedSafety } from "../helpers/safety.ts";

let shipped: ShippedSafety;
beforeAll(async () => {
  shipped = await openShippedSafety();
});

describe("the stored model", () => {
  test("was fitted on the messages and signs as they are: else run `npm run eval -- --fit`", () =>
    expect(isStale(shipped.model, shipped.data)).toBe(false));

  test("is of a reasonable size", () => expect(writeSafetyModel(shipped.model).length).toBeLessThan(400_000));

  test("survives being written and read", () =>
    expect(parseSafetyModel(writeSafetyModel(shipped.model))).toEqual(shipped.model));

  test("is refused when it is not one", () => expect(() => parseSafetyModel("{}")).toThrow("crisis-model.json"));

  test("knows every sign", () => {
    const names = new Set(Object.keys(shipped.model.weights));
    expect(shipped.data.crisis.signs.filter(({ id }) => !names.has(`s:${id}`))).toEqual([]);
    expect(shipped.data.crisis.counterSigns.filter(({ id }) => !names.has(`n:${id}`))).toEqual([]);
  });
});

describe("figures on messages that the model was not fitted on", () => {
  let figures: readonly StyleFigures[];
  let held: readonly Held[];
  beforeAll(() => {
    held = heldOut(examplesOf(shipped.data));
    figures = heldFigures(held, shipped.model.threshold);
  });

  // A little under what was measured (docs/safety.md), so that one message more or less does not break the build.
  test.each<[string, number]>([
    ["explicit", 0.97],
    ["veiled", 0.82],
    ["typos", 0.84],
    ["hidden-in-question", 0.7],
    ["child", 0.93],
    ["domestic", 0.95],
    ["overdose", 0.93],
    ["trafficking", 0.9],
    ["violence", 0.9],
  ])("now, %s: at least %d", (style, least) => expect(shareToNow(figures, "now", style)).toBeGreaterThanOrEqual(least));

  test("now, all together", () => expect(shareToNow(figures, "now")).toBeGreaterThanOrEqual(0.87));
  test("none, sent to now", () => expect(shareToNow(figures, "none")).toBeLessThanOrEqual(0.03));
  test("about, sent to now", () => expect(shareToNow(figures, "about")).toBeLessThanOrEqual(0.05));
  test("the threshold is the one they give", () => expect(chooseThreshold(held)).toBe(shipped.model.threshold));
});

test("of the curators' own asks next to none are sent to now", () => {
  const messages = ordinaryAsks(shipped.knowledge).map((says) => ({ lane: "none", style: "ask", says }) as const);
  const share = shareToNow(measureSafety(shipped.data.crisis, shipped.model, messages), "none");
  expect(share).toBeLessThanOrEqual(0.02);
});

describe("fitting", () => {
  const data: SafetyData = {
    crisis: { signs: [{ id: "die", says: ["want to die"] }], counterSigns: [{ id: "review", says: ["review"] }] },
    messages: [
      { lane: "now", style: "explicit", says: "I want to die" },
      { lane: "now", style: "explicit", says: "she says they want to die now" },
      { lane: "about", style: "content", says: "does the review say that clients want to die" },
      { lane: "none", style: "ordinary", says: "does the review name its authors" },
    ],
    ordinary: ["which themes does the review have", "who wrote the review"],
  };
  const model = fitSafety(data, examplesOf(data), 0);

  test("gives the same numbers every time", () => expect(fitSafety(data, examplesOf(data), 0)).toEqual(model));

  test("learns what speaks for and against", () => {
    expect(model.weights["s:die"]).toBeGreaterThan(0);
    expect(model.weights["n:review"]).toBeLessThan(0);
    expect(openSafety(data.crisis, model)("they want to die").lane).toBe("now");
  });

  test("rounds to hundredths", () => {
    for (const weight of Object.values(model.weights)) expect(Number(weight.toFixed(2))).toBe(weight);
  });

  test("is stale when anything that it read has changed", () => {
    expect(isStale(model, data)).toBe(false);
    expect(isStale(model, { ...data, ordinary: [] })).toBe(true);
    expect(fingerprint({ ...data, messages: data.messages.slice(1) })).not.toBe(model.fittedOn);
  });
});
