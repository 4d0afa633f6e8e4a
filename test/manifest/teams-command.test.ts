import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { runManifest } from "#adapters/terminal/manifest.ts";
import { BearingsError } from "#src/errors.ts";
import { teamsPackage } from "../../manifest/teams.ts";
import { run } from "../helpers/command.ts";

const scratch = mkdtempSync(join(tmpdir(), "bearings-package-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const appId = "1a1b1c1d-2222-4333-8444-5555555555ef";
const url = "https://example.org/bearings";
const whose = ["--developer", "Example Trust", "--url", url];

afterEach(() => vi.unstubAllEnvs());

describe("manifest --teams", () => {
  test("writes the package, the same in another zone of the world", async () => {
    const out = join(scratch, "one.zip");
    const said = await run(["manifest", "--teams", "--app-id", appId.toUpperCase(), ...whose, "--out", out], {
      env: { TZ: "Pacific/Kiritimati" },
    });
    expect(said).toMatchObject({ code: 0, err: "" });
    expect(said.out).toMatch(/^Wrote the file that --out names\. docs\/teams\.md/);
    const wanted = teamsPackage({ appId, developer: "Example Trust", websiteUrl: url, privacyUrl: url, termsUrl: url });
    expect(readFileSync(out).equals(Buffer.from(wanted))).toBe(true);
  });

  test("takes the bot's id from TEAMS_APP_ID, and the other pages where they are given", async () => {
    const out = join(scratch, "two.zip");
    const pages = ["--privacy", "https://example.org/privacy", "--terms", "https://example.org/terms"];
    const { code } = await run(["manifest", "--teams", ...whose, ...pages, "--out", out], {
      env: { TEAMS_APP_ID: appId },
    });
    const wanted = teamsPackage({
      appId,
      developer: "Example Trust",
      websiteUrl: url,
      privacyUrl: "https://example.org/privacy",
      termsUrl: "https://example.org/terms",
    });
    expect({ code, same: readFileSync(out).equals(Buffer.from(wanted)) }).toEqual({ code: 0, same: true });
  });

  test.each([
    [["--teams", ...whose], /^The package needs the id of your bot, and neither --app-id nor TEAMS_APP_ID/],
    [["--teams", "--app-id", "secretword", ...whose], /^What was given as the id of your bot is not one/],
    [["--teams", "--app-id", "00000000-0000-0000-0000-000000000000", ...whose], /^What was given as the id/],
    [["--teams", "--app-id", appId, "--url", url], /^The package needs the name of the organisation/],
    [["--teams", "--app-id", appId, "--developer", "secretword".repeat(4), "--url", url], /^Teams takes a name of 32/],
    [["--teams", "--app-id", appId, "--developer", "x"], /^The package needs the address of a page/],
    [["--teams", "--app-id", appId, "--developer", "x", "--url", "http://secretword.org"], /^--url is not the address/],
    [["--teams", "--app-id", appId, ...whose, "--terms", "secretword"], /^--terms is not the address/],
    [["--teams", "--app-id", appId, ...whose, "--out", "/secretword/x.zip"], /^The package could not be written/],
    [["--teams", "--check"], /^--teams goes with neither/],
    [["--app-id", appId], /^There is an option of Teams here without --teams/],
  ])("refuses %j, says what to do, and repeats nothing", async (args, wanted) => {
    vi.stubEnv("TEAMS_APP_ID", "");
    const error = await runManifest(args).catch((thrown: unknown) => thrown);
    if (!(error instanceof BearingsError)) throw new Error("It was not refused.");
    expect({ code: error.code, message: error.message }).toEqual({
      code: "usage",
      message: expect.stringMatching(wanted),
    });
    expect(error.message + error.fix).not.toContain("secretword");
  });
});
