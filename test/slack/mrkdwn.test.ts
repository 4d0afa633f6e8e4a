import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clean, clip, escaped, link, mrkdwn, pieces, plainText } from "#adapters/slack/mrkdwn.ts";

/** Text made of what could do harm and what is easily cut wrongly. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<!channel>",
        "<@U1>",
        "<#C1>",
        "<http://x|y>",
        "&",
        "&amp;",
        "<",
        ">",
        "|",
        "<!date^1^{time}|x>",
      ),
      fc.constantFrom(
        "\u202e",
        "\u200b",
        "\u2066",
        "\ufeff",
        "\u0000",
        "\u2028",
        "\ud800",
        "\udc00",
        "\r\n",
        "\t",
        "\n",
      ),
      fc.constantFrom("👩‍⚕️", "𝒜", "é", " ", "  ", "word", "a-very-long-word-that-goes-on-and-on"),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const isVisible = (text: string) => !hidden.test(text.replaceAll("\n", ""));
const hasWholeEntities = (text: string) => !/&(?!amp;|lt;|gt;)/.test(text);
const runs = (numRuns: number) => ({ numRuns });

describe("escaped", () => {
  test.each([
    ["<!channel>", "&lt;!channel&gt;"],
    ["<@U1> and <#C1>", "&lt;@U1&gt; and &lt;#C1&gt;"],
    ["<http://x|y>", "&lt;http://x|y&gt;"],
    ["&lt;!here&gt;", "&amp;lt;!here&amp;gt;"],
    ["a\u202eb\u200bc\u0007d", "abcd"],
    ["one\r\ntwo\tthree", "one\ntwo three"],
    ["half \ud83d of a pair", "half  of a pair"],
  ])("shows %j as text", (typed, shown) => expect(escaped(typed)).toBe(shown));

  test("leaves nothing that Slack acts on, whatever was typed", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = escaped(text);
        expect(/[<>]/.test(shown) || !hasWholeEntities(shown) || !isVisible(shown)).toBe(false);
      }),
      runs(40_000),
    );
  });

  test("can be read back to the cleaned text", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const back = escaped(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
        expect(back).toBe(clean(text));
      }),
      runs(10_000),
    );
  });
});

test("cleaning twice changes nothing", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(clean(clean(text))).toBe(clean(text));
    }),
    runs(10_000),
  );
});

describe("clip", () => {
  test("cuts between words", () => expect(clip("one two three", 9)).toBe("one two…"));
  test("cuts inside a word where the word alone is too long", () => expect(clip("abcdefghij", 5)).toBe("abcd…"));
  test("leaves what fits", () => expect(clip("one two three", 13)).toBe("one two three"));
  test("counts what is escaped", () => expect(clip("a & b & c", 9)).toBe("a &…"));

  test("never goes over, splits a pair or an entity, or shows what is hidden", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, max) => {
        const shown = escaped(clip(text, max));
        expect(shown.length <= max && shown.isWellFormed() && hasWholeEntities(shown) && isVisible(shown)).toBe(true);
      }),
      runs(30_000),
    );
  });

  test("cutting twice at the same place changes nothing", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, max) => {
        expect(clip(clip(text, max), max)).toBe(clip(text, max));
      }),
      runs(10_000),
    );
  });
});

describe("pieces", () => {
  test("divide between words", () => expect(pieces("one two three", 8)).toEqual(["one two", "three"]));

  test("hold everything but the space between them, each within its size", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 5, max: 60 }), (text, max) => {
        const found = pieces(text, max);
        const isWhole = found.join("").replace(/\s/g, "") === escaped(text).replace(/\s/g, "");
        expect(isWhole && found.every((piece) => piece.length <= max && hasWholeEntities(piece))).toBe(true);
      }),
      runs(20_000),
    );
  });
});

describe("link", () => {
  test("leads to an https address", () =>
    expect(link("https://example.org/a?b=1&c=2", "A & B")).toBe("<https://example.org/a?b=1&amp;c=2|A &amp; B>"));

  test.each([
    ["http://example.org"],
    ["javascript:alert(1)"],
    ["mailto:someone@example.org"],
    ["https://name:word@example.org"],
    ["not an address"],
    [`https://example.org/${"a".repeat(600)}`],
  ])("shows the label alone for %s", (url) => expect(link(url, "[1]")).toBe("[1]"));

  test("keeps a label from ending it early", () =>
    expect(link("https://example.org/", "a|b>c\nd")).toBe("<https://example.org/|a¦b&gt;c d>"));

  test("keeps an address from ending it early", () =>
    expect(link("https://example.org/#a|b>c", "x")).toBe("<https://example.org/#a%7Cb%3Ec|x>"));

  test("has one bar and one pair of brackets, whatever it is made of", () => {
    fc.assert(
      fc.property(hostile, hostile, (path, label) => {
        const made = link(`https://example.org/${path}`, label);
        expect(made.startsWith("<") ? /^<https:\/\/[^<>|\s]+\|[^<>|\n]+>$/.test(made) : !/[<>]/.test(made)).toBe(true);
      }),
      runs(20_000),
    );
  });
});

describe("text objects", () => {
  test("of mrkdwn are not searched for links by Slack", () =>
    expect(mrkdwn("x")).toEqual({ type: "mrkdwn", text: "x", verbatim: true }));

  test("of plain text have no emoji codes and one line", () =>
    expect(plainText("a\nb :smile:", 75)).toEqual({ type: "plain_text", text: "a b :smile:", emoji: false }));

  test("of plain text never go over or split a pair", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, max) => {
        const shown = plainText(text, max).text;
        expect(shown.length <= max && shown.isWellFormed() && isVisible(shown) && !shown.includes("\n")).toBe(true);
      }),
      runs(20_000),
    );
  });
});
