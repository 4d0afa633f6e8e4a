/**
 * T-25: what Bearings is made of, from the lockfiles and without the network: exact versions, each with its hash, under a licence
 * that was agreed to, without programs of its own at installation, and none of those that are known to be weak.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

type Locked = {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
};

/** Everything that a lockfile brings. */
const lockedIn = (path: string): readonly Locked[] =>
  Object.entries<Omit<Locked, "path" | "name">>(read(path).packages)
    .filter(([place]) => place !== "")
    .map(([place, one]) => ({ ...one, path: place, name: place.replace(/^.*node_modules\//, "") }));

const ours = lockedIn("package-lock.json");
const peers = lockedIn("test/peers/package-lock.json");
const brought = [...ours, ...peers];
const named = ({ name, version, license }: Locked): string => `${name} ${version} (${license})`;

// Agreed to for what runs; and what only develops and tests may have besides.
const licences = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "BlueOak-1.0.0"]);
const forTests = new Set([...licences, "MIT OR Apache-2.0", "MPL-2.0", "(MIT AND Zlib)"]);
// Each is explained in docs/design.md.
const exceptions: Readonly<Record<string, string>> = { citeproc: "CPAL-1.0 OR AGPL-1.0" };

describe("T-25: every package", () => {
  test.each(["package.json", "test/peers/package.json"])(
    "that %s asks for is asked for in one exact version",
    (path) => {
      const { dependencies = {}, devDependencies = {}, optionalDependencies = {}, overrides = {} } = read(path);
      const asked = Object.entries<string>({
        ...dependencies,
        ...devDependencies,
        ...optionalDependencies,
        ...overrides,
      });
      expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
    },
  );

  test("has a hash that npm compares, and comes from npm", () => {
    expect(brought.filter(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? "")).map(named)).toEqual([]);
    const elsewhere = brought.filter(({ resolved }) => !(resolved ?? npm).startsWith(npm));
    expect(elsewhere.map(named)).toEqual([]);
  });

  test("is under a licence that was agreed to", () => {
    const isAgreed = ({ name, license = "none", dev = false }: Locked): boolean =>
      (dev ? forTests : licences).has(license) || exceptions[name] === license;
    expect(ours.filter((one) => !isAgreed(one)).map(named)).toEqual([]);
    expect(peers.filter(({ license = "none" }) => !forTests.has(license)).map(named)).toEqual([]);
  });

  test("installs without running anything, but for those that are allowed to", () => {
    for (const [path, all] of [
      ["package.json", ours],
      ["test/peers/package.json", peers],
    ] as const) {
      const runs = new Set(all.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
      expect([...runs].toSorted(), path).toEqual(Object.keys(read(path).allowScripts).toSorted());
    }
    expect(ours.filter(({ hasInstallScript, dev = false }) => hasInstallScript && !dev).map(named)).toEqual([]);
  });
});

const npm = "https://registry.npmjs.org/";

test("T-25: what runs is no more than 250 packages, without what was taken out on purpose", () => {
  const runs = ours.filter(({ dev = false }) => !dev);
  expect(runs.length).toBeLessThanOrEqual(250);
  const unwanted = new Set(["elliptic", "crypto-browserify", "request", "vm2", "adal-node"]);
  expect(runs.filter(({ name }) => unwanted.has(name)).map(named)).toEqual([]);
});

test("T-25: an override is what is installed everywhere", () => {
  for (const [name, version] of Object.entries<string>(read("package.json").overrides)) {
    const versions = ours.filter((one) => one.name === name).map((one) => one.version);
    expect([name, ...new Set(versions)]).toEqual([name, version]);
  }
});

type Advisory = Readonly<Record<"package" | "from" | "fixed" | "what" | "note", string>> & {
  readonly ids: readonly string[];
};

describe("T-25: advisories that were read", () => {
  const { asOf, advisories }: { readonly asOf: string; readonly advisories: readonly Advisory[] } = read(
    "test/fixtures/advisories.json",
  );

  test("each says since when it is known, what it is and where", () => {
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    const text = readFileSync(new URL("../../docs/security.md", import.meta.url), "utf8");
    expect(text).toContain(asOf);
    for (const { ids, what, note } of advisories) {
      expect(ids.length * what.length * note.length).toBeGreaterThan(0);
      for (const id of ids) expect(id).toMatch(/^(?:CVE-\d{4}-\d+|GHSA(?:-[\da-z]{4}){3})$/);
    }
  });

  test("none is of a version that is brought", () => {
    const hits = advisories.flatMap(({ package: name, from, fixed, ids }) =>
      brought
        .filter((one) => one.name === name && !isBelow(one.version, from) && isBelow(one.version, fixed))
        .map((one) => `${one.path} ${one.version}: ${ids.join(", ")}`),
    );
    expect(hits).toEqual([]);
  });

  test("versions are compared by their numbers", () => {
    expect([isBelow("8.9.0", "8.10.0"), isBelow("8.10.0", "8.9.0"), isBelow("11.1.1", "11.1.1")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

/** Whether one version, `major.minor.patch`, comes before another. */
function isBelow(one: string, other: string): boolean {
  const [a, b] = [one, other].map((version) => version.split(/[.-]/).slice(0, 3).map(Number));
  const at = [0, 1, 2].find((place) => a?.[place] !== b?.[place]);
  return at !== undefined && (a?.[at] ?? 0) < (b?.[at] ?? 0);
}
