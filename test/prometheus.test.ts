import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHistogram, exposition } from "#src/prometheus.ts";
import { parseExposition } from "./helpers/exposition.ts";

test("families are written with their help, their kind and each figure on a line", () => {
  const text = exposition([
    { name: "things_total", kind: "counter", help: "How many\nthere were.", samples: [{ value: 3 }] },
    { name: "things", kind: "gauge", help: "By state.", samples: [{ labels: { state: "due", of: "us" }, value: 0.5 }] },
  ]);
  expect(text).toBe(
    [
      "# HELP things_total How many\\nthere were.",
      "# TYPE things_total counter",
      "things_total 3",
      "# HELP things By state.",
      "# TYPE things gauge",
      'things{state="due",of="us"} 0.5',
      "",
    ].join("\n"),
  );
  expect([...parseExposition(text).values]).toEqual([
    ["things_total", 3],
    ['things{state="due",of="us"}', 0.5],
  ]);
});

test("quotes, backslashes and line breaks of a label are written so that they can be read", () => {
  const samples = [{ labels: { b: 'a "b" \\ c\n' }, value: 1 }];
  const [, , line] = exposition([{ name: "a", kind: "gauge", help: "A.", samples }]).split("\n");
  expect(line).toBe(String.raw`a{b="a \"b\" \\ c\n"} 1`);
});

test("whatever a label holds, it stays one line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (label) => {
      const family = { name: "a", kind: "gauge", help: "A.", samples: [{ labels: { b: label }, value: 1 }] } as const;
      expect(parseExposition(exposition([family])).values.size).toBe(1);
    }),
  );
});

describe("a histogram", () => {
  const drawn = (bounds: readonly number[], values: readonly number[]) => {
    const histogram = createHistogram(bounds);
    for (const value of values) histogram.observe(value);
    const family = { name: "h", kind: "histogram", help: "H.", samples: histogram.samples() } as const;
    return parseExposition(exposition([family])).values;
  };

  test("counts what is at most each bound, and everything", () => {
    expect(Object.fromEntries(drawn([1, 2.5], [0, 1, 1.5, 2.5, 9]))).toEqual({
      'h_bucket{le="1"}': 2,
      'h_bucket{le="2.5"}': 4,
      'h_bucket{le="+Inf"}': 5,
      h_sum: 14,
      h_count: 5,
    });
  });

  test("agrees with counting anew", () => {
    const bounds = [0.1, 1, 10];
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true })), (values) => {
        const shown = drawn(bounds, values);
        for (const bound of bounds)
          expect(shown.get(`h_bucket{le="${bound}"}`)).toBe(values.filter((value) => value <= bound).length);
        expect(shown.get("h_count")).toBe(values.length);
      }),
    );
  });
});
