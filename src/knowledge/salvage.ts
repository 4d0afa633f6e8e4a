/** Takes the broken items out of a file's lists, so that one slip does not hide what else is wrong with the file. */
import type * as z from "zod";
import type { PlaceOf } from "./yaml.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What is left of a file, and where each part of it was written. */
export type Salvaged = { readonly value: unknown; readonly placeOf: PlaceOf };

/** The value without every item that an issue is about; null when the file itself is not of the right kind. */
export function salvage(issues: readonly Issue[], value: unknown, placeOf: PlaceOf): Salvaged | null {
  const dropped = new Set<string>();
  for (const path of issues.flatMap(pathsOf)) {
    const item = itemOf(path);
    if (item.length === 0) return null;
    dropped.add(keyOf(item));
  }
  const kept = new Map<string, readonly number[]>();
  const rest = without(value, [], { dropped, kept });
  return { value: rest, placeOf: (path) => placeOf(asWritten(path, kept)) };
}

const pathsOf = (issue: Issue): readonly Path[] =>
  issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];

/**
 * The smallest part that the other rules can do without. An entry goes as a whole: one that has lost a broken ask would be
 * told that it has too few. A source keeps its other passages, since half the rules are about those.
 */
function itemOf(path: Path): Path {
  const [first, second, third] = path;
  if (typeof first === "number") return path.slice(0, second === "passages" && typeof third === "number" ? 3 : 1);
  return path.slice(0, typeof second === "number" ? 2 : 1);
}

const keyOf = (path: Path): string => path.map(String).join("\0");

type Cut = { readonly dropped: ReadonlySet<string>; readonly kept: Map<string, readonly number[]> };

/** A copy of the parts where something may be dropped, the deepest of which is a passage of a source. */
function without(value: unknown, path: Path, cut: Cut): unknown {
  if (path.length >= 3 || typeof value !== "object" || value === null) return value;
  const stays = (step: PropertyKey): boolean => !cut.dropped.has(keyOf([...path, step]));
  if (Array.isArray(value)) {
    const indexes = [...value.keys()].filter(stays);
    cut.kept.set(keyOf(path), indexes);
    return indexes.map((index) => without(value[index], [...path, index], cut));
  }
  const fields = Object.entries(value).filter(([name]) => stays(name));
  return Object.fromEntries(fields.map(([name, part]) => [name, without(part, [...path, name], cut)]));
}

/** The path that a part had before anything was dropped. */
function asWritten(path: Path, kept: ReadonlyMap<string, readonly number[]>): Path {
  const written: PropertyKey[] = [];
  for (const step of path) written.push(kept.get(keyOf(written))?.[Number(step)] ?? step);
  return written;
}
