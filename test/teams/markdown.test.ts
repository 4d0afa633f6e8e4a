import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, clip, escaped, link, oneLine, paragraphs } from "#adapters/teams/markdown.ts";

describe("T-12: what stands in a text", () => {
  test.each([
    ["<at>Everyone</at>", "&lt;at&gt;Everyone&lt;/at&gt;"],
    ["[click](https://evil.example)", "\\[click\\](https:\\//evil.example)"],
    ["see https://evil.example or www.evil.example", "see https:\\//evil.example or www\\.evil.example"],
    ["# heading", "\\# heading"],
    ["- item", "\\- item"],
    ["+ item", "\\+ item"],
    ["1. item", "1\\. item"],
    ["12) item", "12\\) item"],
    ["---", "\\---"],
    ["> quote", "&gt; quote"],
    ["*b* _i_ ~~s~~ `c` |t|", "\\*b\\* \\_i\\_ \\~\\~s\\~\\~ \\`c\\` \\|t\\|"],
    ["a\\*b", "a\\\\\\*b"],
    ["(https://evil.example)", "\\(https:\\//evil.example)"],
    ["&lt;at&gt;", "&amp;lt;at&amp;gt;"],
    ["    code", "code"],
    ["two\nlines\u202e", "two lines"],
    [
      "Author and Author (2020), “Title”, 3.5 - a well-known one",
      "Author and Author (2020), “Title”, 3.5 - a well-known one",
    ],
  ])("%j is shown and does not act", (text, shown) => expect(escaped(text)).toBe(shown));

  test("is as it was once what escapes it is taken away", () => {
    const back = (text: string) =>
      text
        .replace(/\\([^a-zA-Z0-9\s])/g, "$1")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&");
    const part = fc.constantFrom(
      "<",
      "&",
      "amp;",
      "[",
      "](",
      ")",
      "*",
      "_",
      "\\",
      "#",
      "- ",
      "1.",
      "://",
      "www.",
      "word",
      " ",
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        expect(back(escaped(text))).toBe(oneLine(text, 10_000));
      }),
    );
  });
});

test("lines become paragraphs, and empty ones nothing", () =>
  expect(paragraphs("one\n\n  \n# two\r\nthree")).toEqual(["one", "\\# two", "three"]));

describe("a cut", () => {
  test.each([
    ["as it is", 8, "as it is"],
    ["as it is and more", 9, "as it is…"],
    ["as it is, and more", 10, "as it is…"],
    ["averylongword", 6, "avery…"],
    ["a verylongword", 8, "a veryl…"],
    ["ab😀cd", 4, "ab…"],
  ])("of %j to %i is between words where it can be", (text, max, cut) => expect(clip(text, max)).toBe(cut));

  test("is never longer than it may be, and never splits a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const cut = clip(text, max);
        expect(cut.length <= max && cut.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("an address", () => {
  test.each([
    "http://example.org",
    "javascript:alert(1)",
    "https://a:b@example.org",
    "ftp://x",
    "no",
    `https://e.org/${"a".repeat(600)}`,
  ])("%s leads nowhere", (url) => expect([addressOf(url), link(url)]).toEqual([null, null]));

  test("cannot end its link early", () => {
    expect(addressOf("https://example.org/a)b(c d*e")).toBe("https://example.org/a%29b%28c%20d%2Ae");
    expect(link("https://www.example.org/a)[x](https://evil.example")).toMatch(
      /^\[example\.org[^[\]]*\]\(https:[^()\s]*\)$/,
    );
  });

  test("shows where it leads", () =>
    expect(link("https://www.example.org/line/")).toBe("[example.org/line](https://www.example.org/line/)"));
});
