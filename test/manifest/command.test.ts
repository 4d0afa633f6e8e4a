import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { slackManifest } from "../../manifest/build.ts";
import { run } from "../helpers/command.ts";

// Nothing here runs the command without options: that would write the file that other tests read.
describe("manifest", () => {
  test("--help says how to use it", async () => {
    const { code, out } = await run(["manifest", "--help"]);
    expect({ code, begins: out.slice(0, 13) }).toEqual({ code: 0, begins: "Use: manifest" });
  });

  test("--check finds the files of the repository up to date", async () => {
    expect(await run(["manifest", "--check"])).toEqual({
      code: 0,
      out: "manifest/slack.yaml and manifest/teams are up to date.\n",
      err: "",
    });
  });

  test("--url prints the manifest for that address, whatever slashes it ends with", async () => {
    const { code, out, err } = await run(["manifest", "--url", "https://bearings.example.org/"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(parse(out)).toEqual(slackManifest({ url: "https://bearings.example.org" }));
  });

  test("--several makes it for several workspaces", async () => {
    const { code, out } = await run(["manifest", "--url", "https://a.example/bearings", "--several"]);
    expect(code).toBe(0);
    expect(parse(out)).toEqual(slackManifest({ url: "https://a.example/bearings", several: true }));
  });

  test.each([
    "http://bearings.example.org",
    "bearings.example.org",
    "https://",
    "https://someone:secretword@bearings.example.org",
    "https://bearings.example.org/?x=secretword",
    "https://bearings.example.org/#x",
    `https://bearings.example.org/${"x".repeat(2_000)}`,
  ])("refuses the address %s, says what one looks like, and repeats nothing", async (address) => {
    const { code, out, err } = await run(["manifest", "--url", address]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^--url is not a public address that begins with https:/);
    expect(err).not.toContain("secretword");
  });

  test.each(["https://localhost:3978", "https://127.0.0.1", "https://[::1]/"])(
    "refuses %s, which Slack cannot reach",
    async (address) => {
      const { code, err } = await run(["manifest", "--url", address]);
      expect(code).toBe(2);
      expect(err).toMatch(/^--url names this computer/);
    },
  );

  test.each([
    [["--check", "--url", "https://bearings.example.org"]],
    [["--several"]],
    [["--url"]],
    [["--nope"]],
    [["words"]],
  ])("refuses %j with how to use it", async (args) => {
    const { code, out, err } = await run(["manifest", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Use: manifest");
  });
});
