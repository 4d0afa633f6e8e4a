/** `manifest`: writes what is pasted into Slack to make the app, or prints it for a server with a public address; and what is uploaded to Teams. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { BearingsError } from "#src/errors.ts";
import { isLoopback } from "#src/loopback.ts";
import { slackYaml } from "../../manifest/build.ts";
import { colourIcon, outlineIcon } from "../../manifest/icons.ts";
import { teamsJson, template } from "../../manifest/teams.ts";
import { writePackage } from "./manifest-teams.ts";
import { noWords, readOptions } from "./options.ts";
import { write } from "./pipe.ts";

const usage = `Use: manifest [--check] [--url https://ADDRESS [--several]]
     manifest --teams --app-id ID --developer NAME --url https://PAGE [--privacy https://PAGE] [--terms https://PAGE] [--out FILE]
Without options it writes manifest/slack.yaml, for Socket Mode, and manifest/teams, to look at. --check changes nothing, and fails when one of them is out of date.
--url alone prints the manifest for a server that Slack reaches at this address; --several makes it for several workspaces.
--teams writes the package that is uploaded to Teams, bearings-teams.zip or FILE. ID is that of your bot in Azure; without --app-id it is TEAMS_APP_ID. NAME and the pages are your organisation's, and Teams shows them; --privacy and --terms are the first page where they are not given.`;

const folder = new URL("../../manifest/", import.meta.url);
const inFolder = (name: string): string => fileURLToPath(new URL(name, folder));

/** Runs `manifest`; gives the exit code. Throws `usage` for what cannot be used, `stale` when a check fails. */
export async function runManifest(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(args, options, usage);
  noWords(words, usage);
  if (values.help) {
    await write(process.stdout, `${usage}\n`);
    return 0;
  }
  const { url, check = false, several = false, teams = false } = values;
  if (teams) {
    if (check || several) throw new BearingsError("usage", "--teams goes with neither --check nor --several.", usage);
    return writePackage(values);
  }
  if (ofTeams.some((name) => values[name] !== undefined))
    throw new BearingsError("usage", "There is an option of Teams here without --teams.", usage);
  if (url !== undefined && check)
    throw new BearingsError("usage", "--check and --url do not go together: only the files are checked.", usage);
  if (url === undefined && several)
    throw new BearingsError("usage", "--several needs --url: to be installed in a workspace takes an address.", usage);
  if (url !== undefined) {
    await write(process.stdout, slackYaml({ url: publicUrl(url), several }, howMade));
    return 0;
  }
  return check ? checkFiles() : writeFilesAnew();
}

const ofTeams = ["app-id", "developer", "privacy", "terms", "out"] as const;

const options = {
  help: { type: "boolean", short: "h" },
  check: { type: "boolean" },
  url: { type: "string" },
  several: { type: "boolean" },
  teams: { type: "boolean" },
  "app-id": { type: "string" },
  developer: { type: "string" },
  privacy: { type: "string" },
  terms: { type: "string" },
  out: { type: "string" },
} as const;

const howMade = [
  "The Slack app that Bearings needs. Paste it at https://api.slack.com/apps: docs/slack.md says how.",
  "Made by npm run manifest from adapters/slack/needs.ts, which gives the reason for each scope and event.",
  "Change that, not this.",
];

/** Every file that stands in the repository, by its name in `manifest/`. */
const wanted = (): readonly (readonly [string, Uint8Array])[] => [
  ["slack.yaml", Buffer.from(slackYaml({ url: null }, howMade))],
  ["teams/manifest.json", Buffer.from(teamsJson(template))],
  ["teams/color.png", colourIcon()],
  ["teams/outline.png", outlineIcon()],
];

async function writeFilesAnew(): Promise<number> {
  for (const [name, content] of wanted()) {
    await mkdir(dirname(inFolder(name)), { recursive: true });
    await writeFile(inFolder(name), content);
  }
  await write(
    process.stdout,
    `Wrote manifest/slack.yaml, for Socket Mode. docs/slack.md says where to paste it.
Wrote manifest/teams, to look at. docs/teams.md says how to make the package for your organisation: manifest --teams.
`,
  );
  return 0;
}

async function checkFiles(): Promise<number> {
  for (const [name, content] of wanted()) {
    const written = await readFile(inFolder(name)).catch(() => Buffer.alloc(0));
    if (!isSame(name, written, Buffer.from(content)))
      throw new BearingsError(
        "stale",
        `manifest/${name} is not what the code makes.`,
        "Run npm run manifest, and commit the files.",
      );
  }
  await write(process.stdout, "manifest/slack.yaml and manifest/teams are up to date.\n");
  return 0;
}

/** Git may have given the lines of a text other endings. */
const isSame = (name: string, one: Buffer, other: Buffer): boolean =>
  name.endsWith(".png") ? one.equals(other) : one.toString("utf8").replaceAll("\r\n", "\n") === other.toString("utf8");

/** The address without a slash at its end. Slack posts to it from outside, and only over https. */
function publicUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  const isPlain = url !== null && [url.username, url.password, url.search, url.hash].every((part) => part === "");
  if (url?.protocol !== "https:" || !isPlain || given.length > 2_000)
    throw new BearingsError(
      "usage",
      "--url is not a public address that begins with https://, such as https://bearings.example.org.",
      "Give the address at which Slack reaches this server, without a name, a question mark or a # in it.",
    );
  if (isLoopback(url.hostname))
    throw new BearingsError(
      "usage",
      "--url names this computer, and Slack cannot reach it by that name.",
      "Give a public address, or leave --url out and use Socket Mode, which needs none.",
    );
  return url.href.replace(/\/+$/, "");
}
