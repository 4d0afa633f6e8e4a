/** What is wrong with a YAML text, in words for people who do not program. The parser's own messages may quote the file. */
import type { YAMLError } from "yaml";
import type { Trouble } from "./yaml-nodes.ts";

type Words = { readonly code: string; readonly message: string; readonly fix: string };

/** Words for a code of ours or of the parser's; anything unknown is plain broken YAML. */
export function wordsFor(code: string): Words {
  const own = sameAs[code] ?? code;
  const [message, fix] = ours[own] ?? parsers[own] ?? ["the file is not valid YAML here", lookAround];
  return { code: Object.hasOwn(ours, own) ? own : "yaml", message, fix };
}

/**
 * A complaint of the parser's under the code whose words fit it. The parser calls a bracket that nobody closed bad
 * indentation, and complains of each word after a tab without naming the tab.
 */
export function troubleOf({ code, message, pos: [offset] }: YAMLError, text: string): Trouble {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const tab = /^ *\t/.exec(text.slice(start, offset + 1))?.[0];
  if (tab !== undefined) return { code: "TAB_AS_INDENT", offset: start + tab.length - 1 };
  return { code: code === "BAD_INDENT" && message.startsWith("Flow ") ? "OPEN_BRACKET" : code, offset };
}

/** What the parser finds before we do. */
const sameAs: Readonly<Record<string, string>> = { TAG_RESOLVE_FAILED: "tag", BAD_DIRECTIVE: "directive" };

const lookAround = "Look at this line and the one above it: indentation, a missing quote or a missing colon.";

type Table = Readonly<Record<string, readonly [message: string, fix: string]>>;

const ours: Table = {
  "not-utf8": ["the file is not UTF-8 text", "Save it as UTF-8."],
  "control-character": ["there is an invisible control character here", "Delete it and type the text again."],
  directive: ["lines that begin with % are not used here", "Delete the line."],
  "too-many-pieces": ["the file has more than 100,000 pieces", "Split it into several files."],
  "too-many-items": ["the file has more than 6,000 items", "Split it into several files."],
  unparsable: ["the file cannot be read as YAML", "Restore the last version that worked and redo the change."],
  "empty-file": ["the file is empty", "Fill it or delete it."],
  alias: ["aliases (*name) are not used here", "Write the text out."],
  anchor: ["anchors (&name) are not used here", "Delete the &name; if the text begins with &, put it in quotes."],
  tag: ["tags (!name) are not used here", "Delete the !name; if the text begins with !, put it in quotes."],
  "too-deep": ["there are more than twelve levels of indentation", "Move this part further out."],
  "odd-key": ["a field needs a plain name", "Write the name before the colon; put text with brackets in quotes."],
  "duplicate-key": ["this field is written twice", "Keep one of the two."],
  "reserved-key": ["this name is reserved", "Choose another name."],
};

const parsers: Table = {
  TAB_AS_INDENT: ["a tab is used for indentation", "Use spaces."],
  BAD_INDENT: ["the indentation does not fit the lines above", "Line it up with its neighbours, with spaces."],
  OPEN_BRACKET: [
    "a bracket that opened before this is not closed, or the lines inside it are not indented",
    "Add the missing ] or } in this line or above it, or move the lines to the right.",
  ],
  MULTIPLE_DOCS: ["a line --- begins a second document", "Delete the line, or make two files."],
  MISSING_CHAR: ["something is not closed or not separated", "Add the missing quote, bracket, comma or colon."],
  MULTILINE_IMPLICIT_KEY: ["a colon is missing or out of place", "Put the text in quotes if it contains a colon."],
  BLOCK_AS_IMPLICIT_KEY: ["text with a colon and a space needs quotes", "Put the whole text in double quotes."],
  BAD_SCALAR_START: ["text may not begin with this character", "Put the text in double quotes."],
  BAD_DQ_ESCAPE: ["a backslash in double quotes has a special meaning", "Use single quotes, or write two backslashes."],
  BAD_ALIAS: ["text that begins with * needs quotes", "Put the text in double quotes."],
  KEY_OVER_1024_CHARS: ["a field's name is too long, or a colon is out of place", "Put text with a colon in quotes."],
  RESOURCE_EXHAUSTION: ["the file is nested too deeply", "Move this part further out."],
};
