import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Safety } from "#src/conversation/safety.ts";
import { inSoManyWords, openShippedSafety, type ShippedSafety } from "../helpers/safety.ts";

let shipped: ShippedSafety;
let safety: Safety;
beforeAll(async () => {
  shipped = await openShippedSafety();
  safety = shipped.safety;
});

describe("lane now", () => {
  test.each(inSoManyWords)("%s", (text) => expect(safety(text).lane).toBe("now"));

  test.each([
    "everyone would be better off without me",
    "He gave me his watch and his plants today and said goodbye in a way he never does",
    "I can't see a way out and I am so tired of all of it",
    "quiero morir",
    "elle dit qu'elle va se tuer ce soir",
    "أريد أن أموت",
    "хочу умереть",
    "je ne veux plus vivre",
    "ich bringe mich um",
    "ich möchte nicht mehr leben",
    "no quiero vivir",
    "بدي موت",
    "मुझे मरना है",
    "не хочу жити",
    "він каже, що вб'є себе",
    "ölmek istiyorum",
  ])("said in a veil or in another language: %s", (text) => expect(safety(text).lane).toBe("now"));

  test("inside a content question", () => {
    const text =
      "What does the review say about interpreters? Mine has just told me that he will kill himself tonight.";
    expect(safety(text).lane).toBe("now");
  });
});

describe("a death and those who are left", () => {
  test.each([
    "a client of ours took his own life last week and the team is in bits",
    "We lost a client to suicide last week and the staff are grieving. How do we debrief?",
  ])("about: %s", (text) => expect(safety(text).lane).toBe("about"));

  test.each([
    "she wants to die like her brother who took his own life last week",
    "since the client took her own life I have been thinking of killing myself",
    "my husband killed himself yesterday and I cannot go on",
    "stepfather is touching the girl",
  ])("now: %s", (text) => expect(safety(text).lane).toBe("now"));
});

describe("not lane now", () => {
  test.each([
    "this deadline is killing me",
    "I'm dying for a coffee, one line please",
    "kill the Friday reminder",
    "dead link in your last message",
    "my laptop died, can you say that again",
    "shoot me an email with the summary",
    "I could murder a curry. Anyway, who are the authors?",
    "who are the authors",
    "What does the review recommend on supervision?",
    "my client said goodbye today, she has moved to Leeds for her new job",
    "remind me on Monday at nine to book supervision",
    "I won't be here next week, I'm on annual leave",
    "How do I end a reminder?",
    "nobody is hurt, it was a fire drill",
    "I think my client is lying",
    "I think my client is hiding something",
    "hello",
    "thanks, that was helpful",
  ])("ordinary: %s", (text) => expect(safety(text).lane).toBe("none"));

  test.each([
    "Does the review mention suicide?",
    "suicide risk training dates for next year?",
    "We are writing a policy on self-harm. What should it cover?",
    "Role-play for new volunteers: a caller says he wants to die. What would a good answer be?",
    "How common is suicide among refugees? I need figures for an essay.",
    "A colleague died by suicide in 2012. Is there research on how teams grieve?",
  ])("about such a subject: %s", (text) => expect(safety(text).lane).toBe("about"));
});

describe("disguised", () => {
  const riskWords = /\b(?:kill|die|suicidal|hang|hurt|beating|knife|swallowed|myself|himself)\b/g;
  test.each<[string, (word: string) => string]>([
    ["zero-width characters", (word) => [...word].join("\u200b")],
    ["an emoji inside", (word) => `${word.slice(0, 2)}\u{1f642}${word.slice(2)}`],
    ["full width", (word) => [...word].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join("")],
    ["full stops", (word) => [...word].join(".")],
    ["spaces", (word) => [...word].join(" ")],
    ["digits for letters", (word) => word.replace("i", "1").replace("u", "u")],
    ["letters drawn out", (word) => word.replace(/[aeiu]/, "$&$&$&$&")],
    ["capitals", (word) => word.toUpperCase()],
    ["Cyrillic look-alikes", (word) => word.replaceAll("i", "і").replaceAll("e", "е")],
  ])("%s", (_, disguise) => {
    const missed = inSoManyWords
      .map((text) => text.replace(riskWords, disguise))
      .filter((text) => safety(text).lane !== "now");
    expect(missed).toEqual([]);
  });

  test("zero-width characters change nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...inSoManyWords), fc.integer({ min: 0, max: 60 }), (text, at) => {
        const disguised = `${text.slice(0, at)}\u200d\u2060${text.slice(at)}`;
        expect(safety(disguised)).toEqual(safety(text));
      }),
    );
  });
});

describe("in a long paste", () => {
  const fillers = [
    "The report is on the table.",
    "Which themes does the review name?",
    "Supervision was on Tuesday as always.",
  ];
  const paste = Array.from({ length: 1_050 }, (_, n) => fillers[n % fillers.length]);

  test("the paste alone is ordinary", () => expect(safety(paste.join("\n")).lane).toBe("none"));

  test.each([0, 0.1, 0.25, 0.5, 0.75, 0.9, 1])("a sentence is found at %d of 40,000 characters", (share) => {
    const at = Math.round(share * paste.length);
    const missed = inSoManyWords.filter((text) => safety(paste.toSpliced(at, 0, `${text}.`).join("\n")).lane !== "now");
    expect(missed).toEqual([]);
  });
});

describe("any text", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: "grapheme", maxLength: 300 }),
  );

  test("gets a verdict, twice the same", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(safety(text)).toEqual(safety(text));
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, string]>([
    ["nothing", ""],
    ["a space", " "],
    ["NUL", "\0"],
    ["half a character", "\ud800"],
    ["halves around a word", "\udc00\ud800 kill"],
    ["a question mark", "?"],
    ["an emoji", "\u{1f642}"],
    ["quotes", "'".repeat(50)],
    ["one letter, 40,000 times", "a".repeat(40_000)],
    ["a ligature that grows when folded", "\ufdfa".repeat(5_000)],
  ])("%s is not in danger", (_, text) => expect(safety(text).lane).toBe("none"));

  test("is named only by what the model knows", () => {
    const known = new Set(Object.keys(shipped.model.weights));
    fc.assert(
      fc.property(anyText, fc.constantFrom(...inSoManyWords), (text, risk) => {
        for (const sign of safety(`${text} ${risk}`).signs) expect(known.has(sign)).toBe(true);
      }),
    );
  });

  test("around a sentence of danger leaves it in danger", () => {
    const benign = fc.constantFrom(
      "Good morning.",
      "The weather is mild today.",
      "Tea is at four.",
      "We met on Tuesday.",
    );
    fc.assert(
      fc.property(
        fc.array(benign, { maxLength: 4 }),
        fc.constantFrom(...inSoManyWords),
        fc.array(benign, { maxLength: 4 }),
        (before, risk, after) => {
          expect(safety([...before, `${risk}.`, ...after].join(" ")).lane).toBe("now");
        },
      ),
    );
  });
});

describe("self", () => {
  test.each([
    "I want to die",
    "i can not go on, i am so alone",
    "I want to die and my husband does not know",
    "my client wants to die",
    "can't go on, want to end it all",
    "ich bringe mich um",
  ])("may be meant: %s", (text) => expect(safety(text).self).toBe(true));
  test.each(["she says she will end her life", "the client is going to hang himself"])("is not meant: %s", (text) =>
    expect(safety(text).self).toBe(false),
  );
});

describe("the signs found", () => {
  test("are all that the deciding window shows, whatever they weigh", () => {
    expect(safety("they took her passport and force her to work").found).toContain("trafficking");
    expect(safety("who are the authors").found).toEqual([]);
  });
});

test("a sign that another folder adds counts at once", async () => {
  const { openSafety } = await import("#src/conversation/safety.ts");
  const signs = [...shipped.data.crisis.signs, { id: "our-code-word", says: ["purple lanyard"] }];
  const own = openSafety({ ...shipped.data.crisis, signs }, shipped.model);
  const text = "she asked me about the purple lanyard";
  expect(own(text).score).toBeGreaterThan(safety(text).score);
});
