/** The settings of Teams: what turns it on, and that nothing short of all of them does. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "#src/config.ts";
import { selfSigned } from "./helpers/certificate.ts";
import { problemsOf } from "./helpers/settings.ts";

const ids = {
  TEAMS_APP_ID: "0F8FAD5B-D9CB-469F-A165-70867728950E",
  TEAMS_TENANT_ID: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
};
const whole = { ...ids, TEAMS_APP_PASSWORD: "secret-words" };
const playground = { TEAMS_PLAYGROUND: "1" };

const folder = mkdtempSync(join(tmpdir(), "bearings-pem-"));
const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const good = selfSigned(30);
const goodFile = fileOf("secret-good.pem", good.key + good.certificate);

test("Teams is off while nothing of it is set, and start-up says where to read how to turn it on", () => {
  expect(readConfig({}).teams).toBeNull();
  expect(readConfig({}).doors).toContain("Teams: off. docs/teams.md says how to turn it on.");
});

test("it is on for one organisation, by a secret", () => {
  const { teams, doors } = readConfig(whole);
  expect(teams).toEqual({
    kind: "tenant",
    // As Microsoft writes it in what it sends.
    appId: "0f8fad5b-d9cb-469f-a165-70867728950e",
    tenantId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    credential: { kind: "secret", secret: "secret-words" },
  });
  expect(doors.join()).not.toContain("Teams");
});

test("or by a certificate", () => {
  const { teams } = readConfig({ ...ids, TEAMS_APP_CERTIFICATE: goodFile });
  expect(teams).toMatchObject({ credential: { kind: "certificate", pem: good.key + good.certificate } });
});

test("the Playground needs no account, and start-up warns of it", () => {
  const { teams, warnings } = readConfig(playground);
  expect(teams).toEqual({ kind: "playground" });
  expect(warnings.join()).toContain("TEAMS_PLAYGROUND");
});

describe("T-06, F54: missing, blank, of the wrong kind, or against another", () => {
  test.each<[string, Record<string, string>, string]>([
    ["no app id", { ...whole, TEAMS_APP_ID: "" }, "TEAMS_APP_ID is missing"],
    ["a blank app id", { ...whole, TEAMS_APP_ID: "   " }, "TEAMS_APP_ID is missing"],
    ["an app id that is none", { ...whole, TEAMS_APP_ID: "my-secret-app" }, "TEAMS_APP_ID is not an id"],
    ["no tenant", { ...whole, TEAMS_TENANT_ID: "" }, "TEAMS_TENANT_ID is missing"],
    ["a tenant by name", { ...whole, TEAMS_TENANT_ID: "secret.example.org" }, "TEAMS_TENANT_ID is not an id"],
    ["every tenant", { ...whole, TEAMS_TENANT_ID: "common" }, "TEAMS_TENANT_ID is not an id"],
    ["no secret", ids, "TEAMS_APP_PASSWORD is missing"],
    ["a blank secret", { ...ids, TEAMS_APP_PASSWORD: " " }, "TEAMS_APP_PASSWORD is missing"],
    ["a secret alone", { TEAMS_APP_PASSWORD: "secret-words" }, "TEAMS_APP_ID is missing"],
    ["a secret and a certificate", { ...whole, TEAMS_APP_CERTIFICATE: goodFile }, "are both set"],
    [
      "a certificate that is not there",
      { ...ids, TEAMS_APP_CERTIFICATE: join(folder, "secret-none.pem") },
      "not a file",
    ],
    ["a folder", { ...ids, TEAMS_APP_CERTIFICATE: folder }, "not a file that can be read"],
    ["no key", { ...ids, TEAMS_APP_CERTIFICATE: fileOf("c.pem", good.certificate) }, "does not hold a certificate and"],
    ["no certificate", { ...ids, TEAMS_APP_CERTIFICATE: fileOf("k.pem", good.key) }, "does not hold a certificate and"],
    [
      "garbage",
      { ...ids, TEAMS_APP_CERTIFICATE: fileOf("g.pem", "secret garbage") },
      "does not hold a certificate and",
    ],
    ["the Playground and an app", { ...whole, ...playground }, "never used together with TEAMS_APP_ID"],
    ["the Playground and a secret", { ...playground, TEAMS_APP_PASSWORD: "secret-words" }, "unset one or the other"],
    ["the Playground for everyone", { ...playground, HOST: "0.0.0.0" }, "HOST has to be this computer alone"],
    ["the Playground switched off", { TEAMS_PLAYGROUND: "0" }, "TEAMS_PLAYGROUND is neither 1 nor unset"],
  ])("%s", (_name, env, told) => {
    const problems = problemsOf(env);
    expect(problems).toContain(told);
    expect(problems).not.toContain("secret-");
    expect(problems).not.toContain("secret.example");
  });

  test("a key that belongs to another certificate", () => {
    const file = fileOf("other.pem", selfSigned(30).key + good.certificate);
    expect(problemsOf({ ...ids, TEAMS_APP_CERTIFICATE: file })).toContain("does not belong to its certificate");
  });

  test("a certificate that has expired", () => {
    const old = selfSigned(-1);
    const file = fileOf("old.pem", old.certificate + old.key);
    expect(problemsOf({ ...ids, TEAMS_APP_CERTIFICATE: file })).toContain("has expired");
  });

  test("all of them are told at once", () => {
    expect(problemsOf({ TEAMS_APP_ID: "x" }).split("\n")).toHaveLength(3);
  });
});

test.each([
  [31.5, []],
  [30.5, [expect.stringMatching(/^TEAMS_APP_CERTIFICATE ends in 30 days: /)]],
  [1.5, [expect.stringMatching(/^TEAMS_APP_CERTIFICATE ends in 1 day: /)]],
])("a certificate that is good for %d more days is told of at the start in its last month", (days, warnings) => {
  const { certificate, key } = selfSigned(days);
  const file = fileOf("ending.pem", key + certificate);
  expect(readConfig({ ...ids, TEAMS_APP_CERTIFICATE: file }).warnings).toEqual(warnings);
});
