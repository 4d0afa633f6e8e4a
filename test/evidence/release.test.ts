/** `npm run release` and `npm run sbom`: the same commit gives the same bytes, and what is not committed is not in them. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";

const scratch = mkdtempSync(join(tmpdir(), "bearings-release-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const root = fileURLToPath(new URL("../..", import.meta.url));
const repository = join(scratch, "one");

// Nothing of this computer's own settings of git counts.
const alone = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_SYSTEM: devNull };
const who = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((role) => [
    [`GIT_${role}_NAME`, "Somebody"],
    [`GIT_${role}_EMAIL`, "somebody@example.org"],
    [`GIT_${role}_DATE`, "2026-11-25T12:00:00Z"],
  ]),
);
const env = { ...process.env, ...alone, ...who };
const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: repository, env, stdio: "pipe" });
const write = (name: string, text: string) => writeFileSync(join(repository, name), text);

function commitSome(): void {
  mkdirSync(join(repository, ".ci"), { recursive: true });
  for (const name of ["sbom.mjs", "release.mjs"]) cpSync(join(root, ".ci", name), join(repository, ".ci", name));
  const about = { name: "bearings", version: "9.8.7", license: "MIT", dependencies: { minisearch: "7.2.0" } };
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const { "node_modules/minisearch": minisearch } = packages;
  write("package.json", JSON.stringify(about));
  const lock = { name: "bearings", version: "9.8.7", lockfileVersion: 3, requires: true };
  write(
    "package-lock.json",
    JSON.stringify({ ...lock, packages: { "": about, "node_modules/minisearch": minisearch } }),
  );
  write("one.txt", "committed\n");
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message=one");
}

/** Makes a release, and gives its files. */
function released(from: string, folder: string, more: Readonly<Record<string, string>> = {}) {
  const to = join(scratch, folder);
  execFileSync(process.execPath, [".ci/release.mjs", to], { cwd: from, env: { ...env, ...more }, stdio: "pipe" });
  return Object.fromEntries(readdirSync(to).map((name) => [name, readFileSync(join(to, name))]));
}

test("two releases of one commit are the same bytes, wherever and whenever they are made", () => {
  commitSome();
  const first = released(repository, "first");
  expect(Object.keys(first).toSorted()).toEqual(["SHA256SUMS", "bearings-9.8.7.cdx.json", "bearings-9.8.7.tar.gz"]);

  write("one.txt", "not committed\n");
  utimesSync(join(repository, "package.json"), 1, 1);
  execFileSync("git", ["clone", "--quiet", repository, join(scratch, "elsewhere")], { env, stdio: "pipe" });
  const second = released(repository, "second", { TZ: "Asia/Tokyo" });
  const third = released(join(scratch, "elsewhere"), "third", { TZ: "America/Lima" });
  for (const other of [second, third]) expect(Object.keys(other)).toEqual(Object.keys(first));
  for (const other of [second, third])
    for (const [name, bytes] of Object.entries(first)) expect(other[name]?.equals(bytes), name).toBe(true);

  const tar = gunzipSync(first["bearings-9.8.7.tar.gz"] ?? "").toString("latin1");
  expect(tar).toContain("bearings-9.8.7/one.txt");
  expect([tar.includes("committed\n"), tar.includes("not committed\n")]).toEqual([true, false]);

  const sums = String(first.SHA256SUMS).trim().split("\n");
  for (const line of sums) {
    const [sum, name = ""] = line.split("  ");
    expect(
      createHash("sha256")
        .update(first[name] ?? "")
        .digest("hex"),
    ).toBe(sum);
  }
  expect(sums).toHaveLength(2);
});

test("the list of parts is of what runs, each with its version, licence and hash", () => {
  const file = join(scratch, "list.json");
  execFileSync(process.execPath, [".ci/sbom.mjs", file], { cwd: root, stdio: "pipe" });
  const list = JSON.parse(readFileSync(file, "utf8"));
  expect(list).toMatchObject({
    bomFormat: "CycloneDX",
    metadata: { component: { name: "bearings", type: "application" } },
  });
  const names: readonly string[] = list.components.map(({ purl }: { readonly purl: string }) => purl);
  expect(names).toEqual(expect.arrayContaining(["pkg:npm/minisearch@7.2.0", "pkg:npm/%40slack/bolt@5.1.0"]));
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly version: string; readonly dev?: true }>>;
  };
  const installed = Object.entries(packages).filter(([path, { dev }]) => path !== "" && dev !== true);
  const purls = installed.map(([path, { version }]) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    return `pkg:npm/${name.replace("@", "%40")}@${version}`;
  });
  expect(names.toSorted()).toEqual([...new Set(purls)].toSorted());
  const refs = new Set(list.components.map((part: { readonly "bom-ref": string }) => part["bom-ref"]));
  refs.add(list.metadata.component["bom-ref"]);
  const needed = list.dependencies.flatMap((one: { readonly ref: string; readonly dependsOn?: readonly string[] }) => [
    one.ref,
    ...(one.dependsOn ?? []),
  ]);
  expect(needed.filter((ref: string) => !refs.has(ref))).toEqual([]);
  const bare = list.components.filter(
    ({ hashes, licenses }: { readonly hashes?: unknown[]; readonly licenses?: unknown[] }) =>
      !hashes?.length || !licenses?.length,
  );
  expect(bare).toEqual([]);
});
