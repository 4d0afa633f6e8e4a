// Writes what Bearings is made of when it runs, as CycloneDX: `npm run sbom`, or `node .ci/sbom.mjs FILE`. It is npm's own list
// from the lockfile, less what only development needs, and what differs each time (a random number, the time, the folder's name).
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The list for the package.json and lockfile in a folder, as text. */
export function sbomOf(folder) {
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const args = ["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--no-update-notifier"];
  const options = { cwd: folder, encoding: "utf8", env: withoutParent(), maxBuffer: 64 * 1024 * 1024 };
  const { serialNumber: _, metadata, ...all } = JSON.parse(execFileSync(command, [...first, ...args], options));
  const { timestamp: __, component, ...about } = metadata;
  const { name, dependencies = {} } = read(folder, "package.json");
  const list = { ...whatRuns(all, component, folder, dependencies), metadata: { ...about, component: { ...component, type: "application", name } } };
  return `${JSON.stringify(list, null, 2)}\n`;
}

const read = (folder, file) => JSON.parse(readFileSync(join(folder, file), "utf8"));

/** Without what only tests and checks need. npm's own `--omit=dev` also leaves out what these share with what runs. */
function whatRuns(all, component, folder, dependencies) {
  const { packages } = read(folder, "package-lock.json");
  const runs = Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev);
  const kept = new Set(runs.map(([path, { version }]) => `${nameOf(path)}@${version}`));
  const isNeeded = (ref) => kept.has(ref);
  const isAskedFor = (ref) => isNeeded(ref) && ref.slice(0, ref.lastIndexOf("@")) in dependencies;
  const root = component["bom-ref"];
  return {
    ...all,
    components: all.components.filter((part) => isNeeded(part["bom-ref"])),
    dependencies: all.dependencies
      .filter(({ ref }) => ref === root || isNeeded(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(ref === root ? isAskedFor : isNeeded) })),
  };
}

const nameOf = (path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

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
