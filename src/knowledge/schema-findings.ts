/** What a file's schema found wrong, told to a curator. Values are never quoted, field names and ids only. */
import type * as z from "zod";
import type { Finding } from "./entry.ts";
import { error, named } from "./finding.ts";
import type { PlaceOf } from "./yaml.ts";

type Issue = z.core.$ZodIssue;

// Enough to see what is the matter with a file that is wrong throughout.
const mostIssues = 100;

/** Findings for the issues, each at the place where it was written; of several about one field, the first. */
export function schemaFindings(issues: readonly Issue[], value: unknown, placeOf: PlaceOf): readonly Finding[] {
  const fields = new Set<string>();
  const findings: Finding[] = [];
  for (const issue of issues) {
    const field = issue.path.map(String).join("\0");
    if (fields.has(field) || findings.length >= mostIssues) continue;
    fields.add(field);
    if (issue.code === "unrecognized_keys") findings.push(...unknownFields(issue.keys, issue, placeOf));
    else findings.push(error({ ...told(issue, at(value, issue.path)), at: placeOf(issue.path) }));
  }
  return findings;
}

const unknownFields = (keys: readonly string[], issue: Issue, placeOf: PlaceOf): readonly Finding[] =>
  keys.slice(0, 10).map((key) =>
    error({
      code: "schema",
      at: placeOf([...issue.path, key]),
      message: `there is no field ${named(key)} here`,
      fix: issue.message,
    }),
  );

function told(issue: Issue, value: unknown): { readonly code: string; readonly message: string; readonly fix: string } {
  const field = fieldOf(issue.path);
  const code = codeOf(issue.path, value);
  if (value === undefined) return { code, message: `${field} is missing`, fix: `Add ${field}.` };
  return { code, message: `${field} ${complaint(issue, value)}`, fix: issue.message };
}

/** The rules that curators look up by name; the rest is `schema`. */
function codeOf(path: readonly PropertyKey[], value: unknown): string {
  const field = path.at(-1);
  if (path[0] === "contacts" && (field === "call" || field === "text") && typeof value === "number")
    return "unquoted-phone";
  if (field === "from" && (value === undefined || value === null || isEmptyList(value))) return "no-passage";
  return "schema";
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function complaint(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${wordFor[issue.expected] ?? issue.expected}, not ${wordFor[kindOf(value)] ?? kindOf(value)}`;
    case "invalid_value":
      return "is not one of the words allowed here";
    case "too_small":
      return issue.origin === "number" ? "is too small" : "is empty";
    case "too_big":
      return issue.origin === "string" ? "is too long" : "has too many items";
    default:
      return "is not written as it needs to be";
  }
}

const wordFor: Readonly<Record<string, string>> = {
  array: "a list",
  object: "a set of fields",
  record: "a set of fields",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  null: "nothing",
};

const kindOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

/** The field's name with its position in a list: `answer`, `item 2 of from`, `the file`. */
function fieldOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (last === undefined) return "the file";
  if (typeof last === "string") return named(last);
  const list = path.findLast((step) => typeof step === "string");
  return list === undefined ? `item ${Number(last) + 1}` : `item ${Number(last) + 1} of ${named(String(list))}`;
}

/** The value at a path, as far as it exists. */
function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = Reflect.get(here, step);
  }
  return here;
}
