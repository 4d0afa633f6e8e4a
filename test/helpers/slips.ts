/** Slips: one line of the good fixture changed, and the one finding that there must be for it. */
import { describe, expect, test } from "vitest";
import { changed, findingsIn, goodFolder, lineOf, textsOf } from "./knowledge.ts";

/** One slip, and the finding for it: code, severity, and the line where it is told. */
export type Slip = {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  readonly severity?: "warning";
  /** The number of the line, or words on it. */
  readonly on: string | number;
};

const good = textsOf(goodFolder);

/** A test for each slip: its code is found once, where it was made, with a fix. */
export function findsEach(what: string, slips: readonly Slip[]): void {
  describe(what, () => {
    test.each(slips)("$name is found: $code", ({ file, from, to, code, severity = "error", on }) => {
      const texts = changed(good, file, from, to);
      const all = findingsIn(texts);
      const found = all.filter((finding) => finding.code === code);
      expect(found, JSON.stringify(all)).toHaveLength(1);
      expect(found[0]).toMatchObject({ severity, fix: expect.stringMatching(/\w/) });
      const line = typeof on === "number" ? on : lineOf(texts, file, on);
      expect(found[0]?.at).toMatchObject({ file, line });
    });
  });
}
