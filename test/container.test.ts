/** The image, the composition and the unit fit the program. .ci/container.sh runs the steps of the Dockerfile. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { secretFiles } from "#src/secret-files.ts";
import { settings } from "./helpers/settings.ts";
import { importsIn, sourceFiles } from "./helpers/sources.ts";

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const known: readonly string[] = [...settings, ...secretFiles];
const wrong = (names: readonly string[]) => names.filter((name) => !known.includes(name));

type Package = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Package;

test("whatever runs needs no package that is for development", () => {
  const packages = importsIn(sourceFiles(["src", "adapters", "manifest"])).filter(
    ({ isPackage, isType }) => isPackage && !isType,
  );
  const nameOf = (to: string) => to.split("/", to.startsWith("@") ? 2 : 1).join("/");
  const needed = new Set(packages.map(({ to }) => nameOf(to)).filter((name) => !/^(?:node:|#)/.test(name)));
  expect(needed.size).toBeGreaterThan(10);
  expect([...needed].filter((name) => !(name in dependencies))).toEqual([]);
});

describe("Dockerfile", () => {
  const lines = read("Dockerfile").split("\n");
  const linesOf = (word: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));

  test("is of one exact version of Node, the one that everything is tried on", () => {
    for (const from of linesOf("FROM")) expect(from.split(" ")[0]).toBe(`node:${devDependencies.node}-slim`);
  });

  test("runs as a user without rights, and asks /livez with what is in the image", () => {
    expect(linesOf("USER")).toEqual(["node"]);
    expect(lines.indexOf("USER node")).toBeGreaterThan(lines.findLastIndex((line) => /^(?:COPY|RUN) /.test(line)));
    expect(linesOf("HEALTHCHECK")[0]).toMatch(/CMD \["node", .*\/livez/);
  });

  test("copies what is there, and .dockerignore lets nothing else in", () => {
    const copied = linesOf("COPY")
      .filter((line) => !line.startsWith("--from"))
      .flatMap((line) => line.split(" ").slice(0, -1));
    expect(copied.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
    const allowed = read(".dockerignore")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(allowed[0]).toBe("*");
    expect(allowed.slice(1).toSorted()).toEqual([...new Set(copied)].map((path) => `!${path}`).toSorted());
  });

  test("starts with Node's permissions, and sets only what is a setting", () => {
    expect(linesOf("CMD")).toEqual(['["node", "adapters/start.ts"]']);
    const set = linesOf("ENV").flatMap((line) => line.split(" ").map((pair) => pair.split("=")[0] ?? ""));
    expect(wrong(set)).toEqual(["NODE_ENV"]);
  });

  test("its steps are part of what CI runs", () => expect(read(".ci/run")).toMatch(/^\.ci\/container\.sh$/m));
});

type Service = Readonly<Record<string, unknown>> & {
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
};

describe("compose.yaml", () => {
  // What is commented out has to fit as well: whoever needs it only takes the # away.
  const text = read("compose.yaml").replace(/^( *)# (?=[A-Z_]+: |volumes: |[a-z_]+: \{ file)/gm, "$1");
  const { services, secrets } = parse(text) as {
    readonly services: Readonly<Record<"database" | "migrate" | "bearings", Service>>;
    readonly secrets: Readonly<Record<string, unknown>>;
  };
  const { database, migrate, bearings } = services;

  test("runs two replicas, after the tables have been made once", () => {
    expect(bearings).toMatchObject({
      deploy: { replicas: 2 },
      depends_on: { migrate: { condition: "service_completed_successfully" } },
    });
    expect(migrate).toMatchObject({
      command: ["node", "adapters/main.ts", "migrate"],
      depends_on: { database: { condition: "service_healthy" } },
    });
    expect(migrate).not.toHaveProperty("restart");
    expect(database).toMatchObject({
      image: expect.stringMatching(/^postgres:1[5-9]$/),
      healthcheck: expect.anything(),
    });
  });

  test.each([
    ["migrate", migrate],
    ["bearings", bearings],
  ])("%s can write nothing and has no rights", (_, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
  });

  test("knows each setting, has each secret as a file, and is reached from this computer alone", () => {
    const environment = { ...migrate.environment, ...bearings.environment };
    expect(wrong(Object.keys(environment))).toEqual([]);
    expect(Object.keys(environment)).toContain("SLACK_BOT_TOKEN_FILE");
    const files = [...Object.values(environment), ...Object.values(database.environment)];
    const mounted = files.flatMap((value) => /^\/run\/secrets\/(.*)$/.exec(value)?.[1] ?? []);
    expect([...mounted, ...bearings.secrets].filter((name) => !(name in secrets))).toEqual([]);
    expect(bearings.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
    expect(parseInt(String(bearings.stop_grace_period), 10)).toBeGreaterThan(20);
  });
});

describe("deploy/bearings.service", () => {
  const text = read("deploy/bearings.service");
  const values = (key: string): readonly string[] =>
    [...text.matchAll(new RegExp(`^#? ?${key}=(.*)$`, "gm"))].map(([, value = ""]) => value);

  test("runs as a user of its own that can write to its folder alone", () => {
    expect(values("DynamicUser")).toEqual(["yes"]);
    expect(values("ProtectSystem")).toEqual(["strict"]);
    expect(values("NoNewPrivileges")).toEqual(["yes"]);
    expect(values("Restart")).toEqual(["on-failure"]);
    const [folder] = values("StateDirectory");
    expect(text).toContain(`DATA_DIR=%S/${folder}`);
  });

  test("starts what is there, sets only settings, and gives secrets as files", () => {
    expect(values("ExecStart")).toEqual([expect.stringMatching(/node adapters\/start\.ts$/)]);
    const set = values("Environment").flatMap((line) => line.split(" ").map((pair) => pair.split("=")[0] ?? ""));
    expect(wrong(set)).toEqual(["NODE_ENV"]);
    const [credential = ""] = values("LoadCredential").map((value) => value.split(":")[0]);
    expect(text).toContain(`_FILE=%d/${credential}`);
  });

  test("is left to end what it has begun, and is not started again where that would not help", () => {
    expect(Number(values("TimeoutStopSec")[0])).toBeGreaterThan(20);
    expect(values("RestartPreventExitStatus")).toEqual(["2 78"]);
  });
});
