import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestSentence, readings } from "#src/conversation/reading.ts";

const first = (text: string) => (readings(text)[0] ?? []).map(({ words }) => words.join(" "));
const second = (text: string) => (readings(text)[1] ?? []).map(({ words }) => words.join(" "));

describe("words", () => {
  test.each([
    ["I don't, she's", "i do not she is"],
    ["dont wanna", "do not want to"],
    ["hes suicdal", "he is suicidal"],
    ["kil hersef", "kill herself"],
    ["i wnat to dei", "i want to die"],
    ["diiiie", "die"],
    ["My client's phone", "my client phone"],
    ["K\u200bILL", "kill"],
    ["ｋｉｌｌ", "kill"],
    ["due did done", "due did done"],
  ])("%s", (text, read) => expect(first(text)).toEqual([read]));

  test.each([
    ["k.i.l.l myself", "kill myself"],
    ["s u i c i d e", "suicide"],
    ["k i l l m y s e l f", "kill myself"],
    ["k!ll mys3lf", "kill myself"],
    ["su🙂icide", "suicide"],
    ["kill🔪myself", "kill myself"],
  ])("%s, undisguised", (text, read) => expect(second(text)).toEqual([read]));

  test("an ordinary text is read once", () =>
    expect(readings("My client said she is well. Level 3, P17, v2 training.")).toHaveLength(1));
});

describe("sentences", () => {
  test("end at full stops, question marks and line breaks", () =>
    expect(first("One two. Three?\nFour! v1.2 five")).toEqual(["one two", "three", "four", "v1 2 five"]));

  test("know whether they ask", () =>
    expect((readings("Is it? It is.")[0] ?? []).map(({ asks }) => asks)).toEqual([true, false]));

  test("are cut when they do not end, and lose nothing", () => {
    const words = Array.from({ length: 100 }, (_, n) => `q${"x".repeat(1 + (n % 9))}`);
    const cut = readings(words.join(" "))[0] ?? [];
    expect(cut.every((sentence) => sentence.words.length <= longestSentence)).toBe(true);
    expect(new Set(cut.flatMap((sentence) => sentence.words))).toEqual(new Set(words));
  });
});

describe("time", () => {
  const amount = (text: string) =>
    readings(text).reduce((sum, way) => sum + way.reduce((all, { words }) => all + words.length, 0), 0);

  test.each(["kill ", "a ", "not to ", "k1ll ", "a.", "he is. ", "\n", "🙂", "ﷺ", "'"])(
    "the work for %j grows with its length",
    (unit) => {
      const once = amount(unit.repeat(2_000));
      expect(amount(unit.repeat(4_000))).toBeLessThanOrEqual(2 * once + 2 * longestSentence);
    },
  );

  test("a text past the cap is read at both ends", () => {
    const text = `one ${"two ".repeat(50_000)} three`;
    const read = new Set(first(text).flatMap((sentence) => sentence.split(" ")));
    expect(read.has("one") && read.has("three")).toBe(true);
  });

  test("any text can be read", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(readings(text).length).toBeLessThanOrEqual(2);
      }),
    );
  });
});
