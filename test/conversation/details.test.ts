/** What carries a client's details is seen, and ordinary questions are left alone: measured on made-up questions, and on the bank. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasClientDetails, withoutClientDetails } from "#src/conversation/details.ts";
import { loadBank } from "#src/knowledge/load.ts";
import { type Half, type Kind, madeUp } from "../helpers/details.ts";
import { shippedFolder } from "../helpers/shipped.ts";

const halves: readonly Half[] = ["making", "held-out"];
const both = (kind: Kind): readonly string[] => halves.flatMap((half) => madeUp(half, kind));

/** Those of them that come out wrong, so that a failure shows which. */
const wrong = (questions: readonly string[], right: boolean): readonly string[] =>
  questions.filter((question) => hasClientDetails(question) !== right);

describe("made-up questions", () => {
  test("are more than a thousand, half of them with details and half without", () => {
    expect(both("with").length).toBeGreaterThanOrEqual(500);
    expect(both("without").length).toBeGreaterThanOrEqual(500);
    expect(new Set([...both("with"), ...both("without")]).size).toBeGreaterThanOrEqual(1_000);
  });

  test.each(halves)("with details are seen: at least 95 of 100 (%s)", (half) => {
    const all = madeUp(half, "with");
    expect(wrong(all, true).slice(Math.floor(all.length * 0.05))).toEqual([]);
  });

  test.each(halves)("without details are left alone: at least 99 of 100 (%s)", (half) => {
    const all = madeUp(half, "without");
    expect(wrong(all, false).slice(Math.floor(all.length * 0.01))).toEqual([]);
  });

  test("are left alone in the question bank: at least 99 of 100", async () => {
    const asks = (await loadBank([shippedFolder])).bank?.questions.map(({ ask }) => ask) ?? [];
    expect(asks.length).toBeGreaterThan(800);
    expect(wrong(asks, false).slice(Math.floor(asks.length * 0.01))).toEqual([]);
  });
});

describe("each of the details asked for", () => {
  test.each([
    ["a name with a date of birth", "Zahra Warsame 12/03/1988, sleep"],
    ["a name with a date of birth, all in small letters", "zahra warsame 12/03/1988, sleep"],
    ["a date of birth", "DOB 3.4.91, low mood"],
    ["a British health number, by its check digit alone", "943 476 5919 does not sleep"],
    ["a Canadian health number", "health card 4532 118 976 AB"],
    ["an Australian health number", "Medicare 2123 45670 1"],
    ["a Canadian immigration number", "UCI 11-2233-4455"],
    ["a British immigration number", "Home Office ref A1234567/2"],
    ["an Australian visa number", "visa grant number 0098123456789"],
    ["a number of the European Union", "codice fiscale KHNFTM90A41Z236U"],
    ["a case number", "case no 45123"],
    ["a passport", "passport P01234567"],
    ["an address in Britain", "14 Larkhill Gardens, Leeds"],
    ["an address in Canada", "55 Maple Crescent, Toronto"],
    ["an address in Australia", "6/88 Station Street, Footscray VIC"],
    ["an address in Germany", "Musterstraße 12, 10115 Berlin"],
    ["an address in France", "33 rue des Lilas, 75019 Paris"],
    ["a telephone in Britain", "ring 07700 900461"],
    ["a telephone in Canada", "(416) 555-0142"],
    ["a telephone in Australia", "0491 570 159"],
    ["a telephone in the European Union", "+49 30 23125 044"],
    ["an e-mail address", "selam.t@example.org"],
    ["digits of another script", "dob ۱۲/۰۳/۱۹۸۸"],
  ])("%s is seen, and what is left holds none", (_, text) => {
    expect(hasClientDetails(text)).toBe(true);
    const left = withoutClientDetails(`${text}. What does the review say about supervision?`);
    expect(left).toMatch(/What does the review say about supervision\?$/);
    expect(left).not.toMatch(/\d{3}|Zahra|Warsame|KHNF|Larkhill|Maple|Station|Muster|Lilas|selam/i);
  });

  test.each([
    "What does the review say about Syrians in New South Wales?",
    "interpreters for Kurdish Sorani and Tigrinya",
    "Judith Herman 1992, Trauma and Recovery",
    "the policy of 12/03/2021 and the guideline of 18 September 2019",
    "clients aged 34, or born in the 1990s",
    "1,321,560 people in 2015, 5 900 000 in 2022",
    "prazosin 1 mg to 15 mg",
    "Samaritans 116 123, Lifeline 13 11 14, 1-800-273-8255, 0808 800 5000",
    "a caseload of 25 to 30",
    "my supervisor Anna Smith, 45, is away: who may stand in?",
    "info@example.org or supervision@example.org",
  ])("none is seen in: %s", (text) => {
    expect(hasClientDetails(text)).toBe(false);
  });
});

describe("what is left", () => {
  test.each([
    ["My client Zahra Warsame (born 12/03/1988) cannot sleep. What helps?", "My client cannot sleep. What helps?"],
    ["Zahra Warsame, born 12/03/1988, cannot sleep", "my client cannot sleep"],
    ["How do I build trust with Ahmad Karimi, dob 3.4.91?", "How do I build trust with my client?"],
    ["NHS no 943 476 5919, who may supervise this work?", "who may supervise this work?"],
    ["She lives at 14 Larkhill Gardens, Leeds, what about outreach?", "She lives, Leeds, what about outreach?"],
    ["client's name is Fatima Petrenko, what now?", "client, what now?"],
    ["07700 900461", ""],
  ])("of %j is %j", (text, left) => {
    expect(withoutClientDetails(text)).toBe(left);
  });

  test("never holds a detail that is seen", () => {
    const stillThere = both("with").filter((text) => hasClientDetails(withoutClientDetails(text)));
    expect(stillThere).toEqual([]);
  });

  test("keeps the question that was asked", () => {
    const asked = "which themes does the review name?";
    const kept = madeUp("making", "with").filter((text) => withoutClientDetails(`${text}. ${asked}`).includes(asked));
    expect(kept.length / madeUp("making", "with").length).toBeGreaterThan(0.99);
  });
});

describe("F52: hostile text", () => {
  const parts = fc.constantFrom(
    ..."born |dob |case no |1|07700 |9/9/|a@|.a|rue |St |Mr |Ali |lives at |flat 1, |-|(| |,|é|\n|+4|Via |Straße |10.1000/".split(
      "|",
    ),
  );

  test("is read without failing, and what is left of it has none", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(parts, { maxLength: 600, size: "max" }).map((all) => all.join("")),
          fc.string({ unit: "binary", maxLength: 3_000 }),
        ),
        (text) => {
          const left = withoutClientDetails(text);
          expect(hasClientDetails(left)).toBe(false);
          expect(left.length).toBeLessThanOrEqual(2_000);
        },
      ),
      { numRuns: 150 },
    );
  });

  // No clock: a pattern that goes back over what it has read would take minutes over these.
  test.each([
    ..."born |1 |1-|a@a.|aaaa|+1 |case no 1|A a |Ali |12 a a |via a |9/|rue a |flat 1, |St |. |((".split("|"),
  ])("%j over and over, and far beyond what is read, comes to an end", (part) => {
    expect(withoutClientDetails(part.repeat(200_000)).length).toBeLessThanOrEqual(2_000);
  });
});
