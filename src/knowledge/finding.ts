/** Findings, made and shown the same way by everything that reads or judges the knowledge files. */
import type { Finding } from "./entry.ts";

/** Where in a file: lines and columns count from 1. */
export type Place = Finding["at"];

/** Which file, or which part of it, a rule found wanting, and the words for it. */
type Told = { readonly code: string; readonly at: Place; readonly message: string; readonly fix: string };

/** A finding that stops the files from being used. */
export const error = (told: Told): Finding => ({ severity: "error", ...told });

/** A finding that a curator should know of, and that stops nothing. */
export const warning = (told: Told): Finding => ({ severity: "warning", ...told });

/** Whether any of them is an error. */
export const anyError = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === "error");

/** An id or a key, quoted for a message. Whatever else was pasted there is cut short and stripped of control characters. */
export function named(name: string): string {
  const plain = name.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  return plain.length > 48 ? `'${plain.slice(0, 48)}…'` : `'${plain}'`;
}

/** `file:line:column`, as editors and terminals link it. */
export const placeText = (at: Place): string => `${at.file}:${at.line}:${at.column}`;

/** One line for a terminal: place, severity, code, what is wrong, what to type instead. */
export const formatFinding = (finding: Finding): string =>
  `${placeText(finding.at)}  ${finding.severity}  ${finding.code}  ${finding.message}  Fix: ${finding.fix}`;

// A file that is wrong throughout would bury the rest; this many show what is the matter with it.
const mostPerFile = 100;

/** Sorted by file, line and column, without repeats, and with at most a hundred for a file. */
export function tidied(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  const perFile = new Map<string, number>();
  return [...findings].sort(byPlace).filter((finding) => {
    const line = formatFinding(finding);
    const count = (perFile.get(finding.at.file) ?? 0) + (seen.has(line) ? 0 : 1);
    perFile.set(finding.at.file, count);
    const isNew = !seen.has(line);
    seen.add(line);
    return isNew && count <= mostPerFile;
  });
}

const byPlace = (a: Finding, b: Finding): number =>
  byText(a.at.file, b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column || byText(a.code, b.code);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
