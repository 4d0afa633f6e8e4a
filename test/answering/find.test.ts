/** Finding while typing: words half written, and words that the sources do not cover. */
import { expect, test } from "vitest";
import { openShipped } from "../helpers/shipped.ts";

const shipped = await openShipped();
const find = (typed: string, most = 10) => shipped.find(typed, most).map(({ id }) => id);

test.each([
  ["superv", "supervision"],
  ["who may su", "supervision"],
  ["burno", "effects-of-witnessing"],
  ["what helps st", "challenges-and-facilitators"],
  ["Power d", "power-differentials"],
])("%j is read as what it will become", (typed, id) => expect(find(typed)).toContain(id));

test("a whole question finds what it is answered with, first", () => {
  expect(find("Who may supervise this work?")[0]).toBe("supervisors");
});

test.each(["weather in london", "asdf", "", "s", "   ", "?!", "\u0000"])("%j finds nothing", (typed) =>
  expect(find(typed)).toEqual([]),
);

test("no more than is asked for", () => expect(find("su", 3)).toHaveLength(3));
