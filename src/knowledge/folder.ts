/** Reads the files of the knowledge folders from the disk, within limits, and nothing that lies outside of them. */
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { BearingsError } from "../errors.ts";
import { alone, lanes, type Part, partOf, type RawFile } from "./documents.ts";
import type { Finding } from "./entry.ts";
import { error, named, warning } from "./finding.ts";
import { suggestFrom } from "./nearest.ts";

// Our own knowledge is 20 files and under 1 MB; these leave room for a large team's and keep a mistake from filling memory.
const mostFiles = 500;
const mostBytesAFile = 256 * 1024;
const mostBytes = 8 * 1024 * 1024;

/** The files read, in order of folder and name, and what could not be. */
export type FolderFiles = {
  readonly files: readonly RawFile[];
  readonly findings: readonly Finding[];
  /** Names of the files that are there and could not be read. */
  readonly unread: readonly string[];
};

type Listed = { readonly folder: number; readonly root: string; readonly name: string; readonly shown: string };

/** Reads the files that hold these parts. Throws a `BearingsError` when a folder is missing, empty or unreadable. */
export function readFolders(dirs: readonly string[], parts: readonly Part[]): FolderFiles {
  if (dirs.length === 0) throw noFolder("No knowledge folder was given.");
  const findings: Finding[] = [];
  const listed = dirs.flatMap((dir, folder) => listFolder(dir, folder, findings));
  const wanted = listed.filter(({ name }) => parts.some((part) => partOf(name) === part));
  if (wanted.length > mostFiles) {
    return nothing(wanted, [...findings, tooMuch(dirs, `there are more than ${mostFiles} files`)]);
  }
  const unread: string[] = [];
  const files: RawFile[] = [];
  let bytes = 0;
  for (const one of wanted) {
    const read = readInside(one);
    if ("code" in read) {
      findings.push(read);
      unread.push(one.name);
    } else {
      bytes += read.bytes.length;
      if (bytes > mostBytes) {
        return nothing(wanted, [...findings, tooMuch(dirs, "the files hold more than 8 MB together")]);
      }
      files.push(read);
    }
  }
  return { files, findings, unread };
}

const nothing = (wanted: readonly Listed[], findings: readonly Finding[]): FolderFiles => ({
  files: [],
  findings,
  unread: wanted.map(({ name }) => name),
});

function listFolder(dir: string, folder: number, findings: Finding[]): readonly Listed[] {
  const root = realFolder(dir);
  const names = namesIn(root);
  if (names === null) throw noFolder(`The knowledge folder ${dir} cannot be read.`);
  const inside = ["entries", "boundaries", "messages"]
    .filter((sub) => names.includes(sub))
    .flatMap((sub) => {
      const found = namesIn(join(root, sub));
      if (found === null) findings.push(fileFinding("unreadable", join(dir, sub), "the folder cannot be read"));
      return (found ?? []).map((name) => `${sub}/${name}`);
    });
  // Hidden files are editors' and systems' business. A misspelt crisis.yml must not go unnoticed, though.
  const all = [...names, ...inside].filter((name) => /\.ya?ml$/i.test(name) && !/(?:^|\/)\./.test(name)).sort();
  for (const name of all) if (partOf(name) === null) findings.push(unknownFile(name, join(dir, name)));
  const known = all.filter((name) => partOf(name) !== null);
  if (known.length === 0) {
    throw new BearingsError(
      "knowledge",
      `The knowledge folder ${dir} holds no knowledge files.`,
      "Put sources.yaml, crisis.yaml or entries/*.yaml in it, or give another folder.",
    );
  }
  return known.map((name) => ({ folder, root, name, shown: join(dir, name) }));
}

function realFolder(dir: string): string {
  try {
    const root = realpathSync(dir);
    if (statSync(root).isDirectory()) return root;
  } catch (cause) {
    throw noFolder(`The knowledge folder ${dir} does not exist or cannot be reached.`, cause);
  }
  throw noFolder(`${dir} is a file; knowledge is given as a folder.`);
}

function namesIn(dir: string): readonly string[] | null {
  try {
    return readdirSync(dir);
  } catch {
    return null;
  }
}

const noFolder = (message: string, cause?: unknown): BearingsError =>
  new BearingsError(
    "knowledge",
    message,
    "Give a folder that exists and can be read, by --knowledge or KNOWLEDGE_DIRS.",
    {
      cause,
    },
  );

/** The bytes of one regular file inside its folder, or a finding. */
function readInside({ folder, root, name, shown }: Listed): RawFile | Finding {
  try {
    const real = realpathSync(join(root, name));
    if (!real.startsWith(root + sep))
      return fileFinding("outside-folder", shown, "the file is a link to another folder");
    const bytes = readRegular(real);
    if (bytes === "not a file") return fileFinding("not-a-file", shown, "this is not a regular file");
    if (bytes === "too big") return fileFinding("too-big", shown, "the file is larger than 256 KB");
    return { folder, name, shown, bytes };
  } catch {
    return fileFinding("unreadable", shown, "the file cannot be read");
  }
}

/** Opens without waiting, since a named pipe would wait for ever, and never reads more than the limit of a growing file. */
function readRegular(path: string): Uint8Array | "not a file" | "too big" {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return "not a file";
    if (stat.size > mostBytesAFile) return "too big";
    const buffer = new Uint8Array(mostBytesAFile + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < buffer.length; length += got)
      got = readSync(fd, buffer, length, buffer.length - length, null);
    return length > mostBytesAFile ? "too big" : buffer.slice(0, length);
  } finally {
    closeSync(fd);
  }
}

const fileFixes: Readonly<Record<string, string>> = {
  "outside-folder": "Copy the file into the folder.",
  "not-a-file": "Put an ordinary file there.",
  "too-big": "Shorten it, or move part of it to another file in entries/ or boundaries/.",
  unreadable: "Allow it to be read, or take it out of the folder.",
};

const fileFinding = (code: string, file: string, message: string): Finding =>
  error({ code, at: { file, line: 1, column: 1 }, message, fix: fileFixes[code] ?? "Take it out of the folder." });

/** A misspelt crisis.yml would silently leave its contacts out, so it is an error; any other name is a warning. */
function unknownFile(name: string, file: string): Finding {
  const stem = name.replace(/\.ya?ml$/i, "");
  const near = /^(?:entries|boundaries|messages)\//.test(name) || suggestFrom(alone)(stem) !== null;
  return (near ? error : warning)({
    code: "unknown-file",
    at: { file, line: 1, column: 1 },
    message: `nothing reads a file called ${named(name)}`,
    fix: `Use ${alone.map((part) => `${part}.yaml`).join(", ")}, entries/*.yaml, boundaries/*.yaml or messages/${lanes.join("|")}.yaml.`,
  });
}

const tooMuch = (dirs: readonly string[], message: string): Finding =>
  error({
    code: "too-much",
    at: { file: dirs.join(", "), line: 1, column: 1 },
    message,
    fix: "Take out what the assistant does not need.",
  });
