import { describe, expect, test } from "vitest";
import { openSigns } from "#src/conversation/signs.ts";

const find = (phrase: string) => openSigns([{ id: "sign", says: [phrase] }]);
const words = (text: string) => text.split(" ");

describe("a phrase", () => {
  test.each<[string, string, boolean]>([
    ["want to die", "i want to die now", true],
    ["want to die", "i want die to", false],
    ["kill|hurt SELF", "she will hurt herself", true],
    ["kill|hurt SELF", "she will hurt them", false],
    ["suicid*", "very suicidal indeed", true],
    ["gave .. away", "he gave all his plants away", true],
    ["gave .. away", "he gave one two three four away", false],
    ["gave .. away", "he gave away", true],
    ["THEY say|said goodbye", "the client said goodbye", true],
    ["end it", "the end it", true],
    ["end it", "end", false],
  ])("%s in '%s': %s", (phrase, text, isThere) => expect(find(phrase)(words(text))).toEqual(isThere ? ["sign"] : []));

  test("is found wherever it may begin", () => {
    expect(find("not .. not .. die")(words("not not a not b die"))).toEqual(["sign"]);
  });

  test("names each sign once", () => {
    const signs = openSigns([
      { id: "a", says: ["die", "want to die"] },
      { id: "b", says: ["want"] },
    ]);
    expect(new Set(signs(words("want to die die")))).toEqual(new Set(["a", "b"]));
    expect(signs(words("want to die die"))).toHaveLength(2);
  });

  test("leaves nothing behind for the next sentence", () => {
    const one = find("want to die");
    one(words("want to"));
    expect(one(words("die"))).toEqual([]);
  });
});
