/** The source files and who imports whom, for the tests that hold the rules of docs/design.md. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** One source file. `path` starts at the root of the repository, with forward slashes. */
export type SourceFile = { readonly path: string; readonly text: string; readonly lines: readonly string[] };

/** One import, types included. `to` is a path as in `SourceFile`, or the name of a package. */
export type Import = {
  readonly from: string;
  readonly to: string;
  readonly isPackage: boolean;
  readonly isDynamic: boolean;
  readonly isType: boolean;
};

/** Every TypeScript file of these folders, declarations aside. */
export const sourceFiles = (folders: readonly string[]): readonly SourceFile[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.includes("node_modules"))
      .map((name) => {
        const text = readFileSync(join(root, folder, name), "utf8");
        return { path: join(folder, name).replaceAll("\\", "/"), text, lines: text.trimEnd().split("\n") };
      }),
  );

const importing =
  /^(?:import|export)\s+(?<type>type\s)?[^;'"]*?\bfrom\s+["'](?<from>[^"']+)["']|^import\s+["'](?<bare>[^"']+)["']|\bimport\(\s*["'](?<dynamic>[^"']+)["']\s*\)/gm;

/** Every import in these files. */
export const importsIn = (files: readonly SourceFile[]): readonly Import[] =>
  files.flatMap(({ path, text }) =>
    [...text.matchAll(importing)].map(({ groups }) => {
      const name = groups?.from ?? groups?.bare ?? groups?.dynamic ?? "";
      const to = target(path, name);
      return {
        from: path,
        to: to ?? name,
        isPackage: to === null,
        isDynamic: groups?.dynamic !== undefined,
        isType: groups?.type !== undefined,
      };
    }),
  );

function target(from: string, name: string): string | null {
  if (name.startsWith("#")) return name.slice(1);
  if (!name.startsWith(".")) return null;
  return relative(root, resolve(root, dirname(from), name)).replaceAll("\\", "/");
}

/** Everything that is loaded with a file: the files and packages it imports, and what those import. */
export function loadedWith(entry: string, imports: readonly Import[]): ReadonlySet<string> {
  const loaded = new Set<string>();
  const open = [entry];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (loaded.has(at)) continue;
    loaded.add(at);
    for (const { from, to, isType, isDynamic } of imports) if (from === at && !isType && !isDynamic) open.push(to);
  }
  return loaded;
}
