// Makes a release of the last commit: `npm run release`, or `node .ci/release.mjs FOLDER`. An archive of the committed files, what
// they are made of, and the SHA-256 of both. The same commit, npm and Node give the same bytes, whoever makes them.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { sbomOf } from "./sbom.mjs";

// Rights and line ends as they were committed, whatever is set on this computer.
const plainly = ["-c", "tar.umask=0022", "-c", "core.autocrlf=false", "-c", "core.eol=lf"];
const git = (...args) => execFileSync("git", [...plainly, ...args], { maxBuffer: 1024 * 1024 * 1024 });

const [folder = "release"] = process.argv.slice(2);
const { name, version } = JSON.parse(git("show", "HEAD:package.json"));
const release = `${name}-${version}`;
if (git("status", "--porcelain").length > 0) console.error("What is not committed is not in the release.");

// Every file has the time of its commit.
const archive = gzipSync(git("archive", "--format=tar", `--prefix=${release}/`, "HEAD"), { level: 9 });
// The header of gzip names the system it was made on; 255 is none.
archive[9] = 255;
const files = { [`${release}.tar.gz`]: archive, [`${release}.cdx.json`]: sbomOfCommit() };
const sums = Object.entries(files).map(([file, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${file}\n`);

mkdirSync(folder, { recursive: true });
for (const [file, bytes] of Object.entries({ ...files, SHA256SUMS: sums.join("") })) writeFileSync(join(folder, file), bytes);
process.stdout.write(sums.join(""));

/** Of the lockfile that was committed. */
function sbomOfCommit() {
  const scratch = mkdtempSync(join(tmpdir(), "bearings-release-"));
  try {
    for (const file of ["package.json", "package-lock.json"]) writeFileSync(join(scratch, file), git("show", `HEAD:${file}`));
    return sbomOf(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
