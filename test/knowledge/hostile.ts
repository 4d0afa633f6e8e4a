/** Texts that a knowledge file must never hold, and some that only look so. Each is refused, or loaded as plain data. */

const largest = 256 * 1024;
const fill = (piece: string): string => piece.repeat(Math.floor(largest / piece.length));
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");
const bomb = many(
  20,
  (i) => `a${i}: &a${i} [${i === 0 ? "x,x" : Array.from({ length: 9 }, () => `*a${i - 1}`).join(",")}]`,
);

/** Texts by name, each with the code of the first finding. */
export const refusedTexts: Readonly<Record<string, readonly [text: string, code: string]>> = {
  "0 bytes": ["", "empty-file"],
  "comments alone": ["# nothing yet\n", "empty-file"],
  "a document mark alone": ["---\n", "empty-file"],
  null: ["null\n", "empty-file"],
  "an alias bomb": [bomb, "anchor"],
  "an alias": ["a: x\nb: *a\n", "alias"],
  "an anchor": ["a: &x 1\n", "anchor"],
  "an anchor and its alias": ["- &x a\n- *x\n", "anchor"],
  "an anchor on a map": ["a: &x\n  b: c\n", "anchor"],
  "an anchor on a key": ["&x a: b\n", "anchor"],
  "an alias that holds itself": ["&a [*a]\n", "anchor"],
  "an alias as a key": ["- &x a\n- *x : b\n", "anchor"],
  "a JavaScript function tag": ["a: !!js/function 'function () {}'\n", "tag"],
  "a JavaScript undefined tag": ["a: !!js/undefined ''\n", "tag"],
  "a Python tag": ["!!python/object/apply:os.system ['ls']\n", "tag"],
  "a tag of the core schema": ["a: !!str 1\n", "tag"],
  "a tag on a list": ["a: !!seq [b]\n", "tag"],
  "a tag on a key": ["!!str a: b\n", "tag"],
  "a local tag": ["a: !thing b\n", "tag"],
  "a binary tag": ["a: !!binary aGVsbG8=\n", "tag"],
  "a set tag": ["a: !!set {b}\n", "tag"],
  "a merge tag": ["!!merge <<: {a: b}\n", "tag"],
  "a verbatim tag": ["a: !<tag:yaml.org,2002:str> b\n", "tag"],
  "the key __proto__": ["__proto__: {admin: true}\n", "reserved-key"],
  "__proto__ in quotes": ['a: {"__proto__": {admin: true}}\n', "reserved-key"],
  "__proto__ by escapes": ['"\\x5f_proto__": 1\n', "reserved-key"],
  "the key constructor": ["- constructor: {prototype: {a: b}}\n", "reserved-key"],
  "the key prototype": ["a:\n  prototype: b\n", "reserved-key"],
  "%YAML 1.1": ["%YAML 1.1\n---\na: no\n", "directive"],
  "%YAML 1.2": ["%YAML 1.2\n---\na: no\n", "directive"],
  "%TAG": ["%TAG ! tag:x,2000:\n---\na: !b c\n", "directive"],
  "an unknown directive": ["%FOO bar\n---\na: b\n", "directive"],
  "a directive after the document": ["a: b\n...\n%YAML 1.1\n---\nc: no\n", "directive"],
  "tabs for indentation": ["a:\n\tb: c\n", "yaml"],
  "tabs in a list": ["a:\n\t- b\n", "yaml"],
  "a list cut in a quote": ['- ask: "when do\n', "yaml"],
  "a list cut in brackets": ["- from: [P01,\n", "yaml"],
  "a map cut in braces": ["a: {b: c\n", "yaml"],
  "a key cut before its colon": ["a: b\nc", "yaml"],
  "two documents": ["a: b\n---\nc: d\n", "yaml"],
  "100,000 documents": [fill("---\n").slice(0, 200_000), "too-many-pieces"],
  NUL: ["a: b\0\n", "control-character"],
  "an escape character": ["a: \x1b[31mred\n", "control-character"],
  "a mark that turns text around": ["a: \u202eevil\n", "control-character"],
  "a list of NULs": ["\0".repeat(1_000), "control-character"],
  '1 and "1"': ['1: a\n"1": b\n', "duplicate-key"],
  "1 and 1.0": ["1: a\n1.0: b\n", "duplicate-key"],
  'true and "true"': ["true: a\n'true': b\n", "duplicate-key"],
  "a key twice": ["a: b\na: c\n", "duplicate-key"],
  "a key twice in braces": ["- {a: b, a: c}\n", "duplicate-key"],
  "a list as a key": ["? [a, b]\n: c\n", "odd-key"],
  "a map as a key": ["{a: b}: c\n", "odd-key"],
  "null as a key": ["null: a\n", "odd-key"],
  "no key at all": [": a\n", "odd-key"],
  "13 levels of brackets": [`${"[".repeat(14)}${"]".repeat(14)}\n`, "too-deep"],
  "300 levels of indentation": [many(300, (i) => `${" ".repeat(i)}a:`), "too-deep"],
  "3,000 levels of brackets": [`${"[".repeat(3_000)}${"]".repeat(3_000)}`, "yaml"],
  "100,000 levels of brackets": [fill("["), "too-many-pieces"],
  "100,000 levels of braces": [fill("{a:"), "too-many-pieces"],
  "100,000 levels of hyphens": [fill("- "), "too-many-pieces"],
  "100,000 closing brackets": [fill("]"), "too-many-pieces"],
  "100,000 commas in brackets": [`[${fill(",")}]`, "too-many-pieces"],
  "100,000 anchors": [fill("&a "), "too-many-pieces"],
  "100,000 aliases": [fill("- *a\n"), "too-many-pieces"],
  "100,000 empty pairs": [`[${fill(":,")}]`, "too-many-pieces"],
  "130,000 bad escapes": [`"${fill("\\q")}"`, "yaml"],
  "40,000 tags": [fill("!!str ").slice(0, 240_000), "yaml"],
  "a colon in plain text": ["a: the title: a subtitle\n", "yaml"],
  "text that begins with an at sign": ["a: @home\n", "yaml"],
  "text that begins with a backtick": ["a: `b`\n", "yaml"],
  "a quote that goes on after its end": ["a: 'don't'\n", "yaml"],
  "indentation that goes back halfway": ["a:\n    b: c\n  d: e\n", "yaml"],
};

/** Texts by name that are plain data, however they look, and what they hold. */
export const loadedTexts: Readonly<Record<string, readonly [text: string, value: unknown]>> = {
  "a byte order mark": ["\ufeffa: b\n", { a: "b" }],
  CRLF: ["a: b\r\nc: [d]\r\n", { a: "b", c: ["d"] }],
  "a merge key": ["a: {<<: {b: c}}\n", { a: { "<<": { b: "c" } } }],
  "no, yes, on and off": ["[no, yes, on, off, NO]\n", ["no", "yes", "on", "off", "NO"]],
  "a date": ["2026-11-20\n", "2026-11-20"],
  sexagesimals: ["[12:30:45]\n", ["12:30:45"]],
  "12 levels of brackets": [`${"[".repeat(12)}${"]".repeat(12)}\n`, nested(12)],
  "a document mark": ["---\na: b\n...\n", { a: "b" }],
  "a huge scalar": [`a: "${"b".repeat(largest - 10)}"`, { a: "b".repeat(largest - 10) }],
  "a percent sign inside text": ["a: 5 %\nb: '%YAML 1.1'\n", { a: "5 %", b: "%YAML 1.1" }],
  "other people's prototype words": ["a: {b: [__proto__, constructor]}\n", { a: { b: ["__proto__", "constructor"] } }],
};

/** Texts that parse, but that no schema lets through. */
export const oddTexts: Readonly<Record<string, string>> = {
  "20,000 keys": many(20_000, (i) => `k${i}: v`),
  "40,000 empty items": many(40_000, () => "-"),
  "40,000 empty maps": `[${"{},".repeat(20_000)}]`,
  "a number": "1\n",
  "a word": "hello\n",
  "a number of 250,000 digits": `a: ${"1".repeat(250_000)}`,
  "not a number": "[.nan, .inf, -.inf]\n",
  "a lone surrogate by escape": '- id: "\\ud800"\n',
};

function nested(levels: number): unknown {
  return levels === 1 ? [] : [nested(levels - 1)];
}
