/** Right values, spoilt: parts missing, of a wrong kind, huge or deep. For fast-check. */
import fc from "fast-check";

/** A value of a kind that belongs nowhere. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, 0, -1, 1e308, "", "\u0000", "__proto__", [], {}, [[]], "\ud800"),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer({ min: 1_000, max: 60_000 }).map((length) => "x".repeat(length)),
  fc.integer({ min: 100, max: 3_000 }).map(nested),
  fc.array(fc.anything({ maxDepth: 2 }), { maxLength: 4 }),
  fc.dictionary(
    fc.constantFrom("type", "text", "id", "__proto__", "constructor", "toString"),
    fc.anything({ maxDepth: 2 }),
  ),
);

function nested(depth: number): unknown {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { event: value };
  return value;
}

/** Every path to a part of it, as lists of keys. */
function pathsIn(value: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[...above, key], ...pathsIn(part, [...above, key])]);
}

/** The same with another value at this place. */
function withAt(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((part, index) => (String(index) === key ? withAt(part, rest, put) : part));
  if (typeof value !== "object" || value === null) return value;
  // Entries rather than a spread, so that a key such as __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === key ? withAt(part, rest, put) : part]),
  );
}

/** One of these with one to three parts replaced or taken away (`undefined`, which JSON leaves out). */
export const spoiltOf = (right: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .constantFrom(...right)
    .chain((body) =>
      fc.tuple(
        fc.constant(body),
        fc.array(fc.tuple(fc.constantFrom(...pathsIn(body)), odd), { minLength: 1, maxLength: 3 }),
      ),
    )
    .map(([body, changes]) => changes.reduce<unknown>((changed, [path, put]) => withAt(changed, path, put), body));
