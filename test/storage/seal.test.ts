/** Sealed records open with the right key, for the right workspace, untouched, and in no other way. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BearingsError } from "#src/errors.ts";
import { seal, unseal } from "#src/storage/seal.ts";

const key = Buffer.alloc(32, 1);
const ours = { platform: "slack", workspace: "T0INVENTED" };
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const words = fc.string({ unit: "grapheme" });

const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

function expectSealed(error: unknown): void {
  expect(error).toBeInstanceOf(BearingsError);
  expect(error).toMatchObject({ code: "sealed", fix: "Start with the SECRET_KEY it was sealed with." });
}

describe("a sealed record", () => {
  test("opens to what it was, whatever it holds", () => {
    fc.assert(
      fc.property(keys, words, words, words, (anyKey, platform, workspace, record) => {
        const whose = { platform, workspace };
        expect(unseal(anyKey, whose, seal(anyKey, whose, record))).toBe(record);
      }),
    );
  });

  test("is text without a trace of the record, another one each time", () => {
    const record = "xoxe.xoxb-CANARY-0123456789";
    const [first, second] = [seal(key, ours, record), seal(key, ours, record)];
    expect(first).toMatch(/^v1\.[\w-]+$/);
    expect(first).not.toBe(second);
    expect(Buffer.from(first.slice(3), "base64url").includes("CANARY")).toBe(false);
  });

  test("does not open with any character changed, left out or added", () => {
    const text = seal(key, ours, "a record");
    const change = fc.record({
      at: fc.nat({ max: text.length - 1 }),
      less: fc.constantFrom(0, 1),
      more: fc.string({ maxLength: 2 }),
    });
    fc.assert(
      fc.property(change, ({ at, less, more }) => {
        const changed = text.slice(0, at) + more + text.slice(at + less);
        fc.pre(changed !== text);
        expectSealed(refusal(() => unseal(key, ours, changed)));
      }),
      { numRuns: 500 },
    );
  });

  test("does not open when it is text of any other kind", () => {
    const strange = fc.oneof(
      fc.string(),
      fc.base64String().map((text) => `v1.${text}`),
      fc.constant("v2.AAAA"),
    );
    fc.assert(fc.property(strange, (text) => expectSealed(refusal(() => unseal(key, ours, text)))));
  });

  test("does not open with another key", () => {
    const text = seal(key, ours, "a record");
    fc.assert(
      fc.property(keys, (other) => {
        fc.pre(!other.equals(key));
        expectSealed(refusal(() => unseal(other, ours, text)));
      }),
    );
  });

  test("does not open for another workspace or platform, even where the two run together alike", () => {
    const text = seal(key, ours, "a record");
    const others = [
      { platform: "slack", workspace: "T0OTHER" },
      { platform: "teams", workspace: "T0INVENTED" },
      { platform: "slackT", workspace: "0INVENTED" },
    ];
    for (const other of others) expectSealed(refusal(() => unseal(key, other, text)));
  });
});
