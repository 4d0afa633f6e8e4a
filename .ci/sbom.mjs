// Writes what Bearings is made of when it runs, as CycloneDX: `npm run sbom`, or `node .ci/sbom.mjs FILE`. It is npm's own list
// from the lockfile, less what differs each time (a random number, the time, the folder's name), so that two are the same.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The list for the package.json and lockfile in a folder, as text. */
export function sbomOf(folder) {
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const args = ["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--omit=dev", "--no-update-notifier"];
  const options = { cwd: folder, encoding: "utf8", env: withoutParent(), maxBuffer: 64 * 1024 * 1024 };
  const { serialNumber: _, metadata, ...rest } = JSON.parse(execFileSync(command, [...first, ...args], options));
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { timestamp: __, component, ...about } = metadata;
  const list = { ...rest, metadata: { ...about, component: { ...component, type: "application", name } } };
  return `${JSON.stringify(list, null, 2)}\n`;
}

/** npm tells its scripts which package they belong to; an npm inside a script would then look at that one. */
function withoutParent() {
  const theirs = /^npm_(config_(local|global)_prefix|package_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
}

if (import.meta.main) {
  const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
  const [file = `release/${name}-${version}.cdx.json`] = process.argv.slice(2);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, sbomOf("."));
  console.log(`Wrote ${file}.`);
}
