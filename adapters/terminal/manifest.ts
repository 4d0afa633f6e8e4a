/** `manifest`: writes what is pasted into Slack to make the app, or prints it for a server with a public address. */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { BearingsError } from "#src/errors.ts";
import { isLoopback } from "#src/loopback.ts";
import { slackYaml } from "../../manifest/build.ts";
import { noWords, readOptions } from "./options.ts";
import { write } from "./pipe.ts";

const usage = `Use: manifest [--check] [--url https://ADDRESS [--several]]
Without options it writes manifest/slack.yaml, for Socket Mode. --check changes nothing, and fails when that file is out of date.
--url prints the manifest for a server that Slack reaches at this address; --several makes it for several workspaces.`;

const file = fileURLToPath(new URL("../../manifest/slack.yaml", import.meta.url));

/** Runs `manifest`; gives the exit code. Throws `usage` for an address that cannot be used, `stale` when a check fails. */
export async function runManifest(args: readonly string[]): Promise<number> {
  const { values, words } = readOptions(
    args,
    {
      help: { type: "boolean", short: "h" },
      check: { type: "boolean" },
      url: { type: "string" },
      several: { type: "boolean" },
    },
    usage,
  );
  noWords(words, usage);
  if (values.help) {
    await write(process.stdout, `${usage}\n`);
    return 0;
  }
  const { url, check = false, several = false } = values;
  if (url !== undefined && check)
    throw new BearingsError("usage", "--check and --url do not go together: only the file is checked.", usage);
  if (url === undefined && several)
    throw new BearingsError("usage", "--several needs --url: to be installed in a workspace takes an address.", usage);
  if (url !== undefined) {
    await write(process.stdout, slackYaml({ url: publicUrl(url), several }, howMade));
    return 0;
  }
  return check ? checkFile() : writeFileAnew();
}

const howMade = [
  "The Slack app that Bearings needs. Paste it at https://api.slack.com/apps: docs/slack.md says how.",
  "Made by npm run manifest from adapters/slack/needs.ts, which gives the reason for each scope and event.",
  "Change that, not this.",
];

const wanted = (): string => slackYaml({ url: null }, howMade);

async function writeFileAnew(): Promise<number> {
  await writeFile(file, wanted());
  await write(process.stdout, "Wrote manifest/slack.yaml, for Socket Mode. docs/slack.md says where to paste it.\n");
  return 0;
}

async function checkFile(): Promise<number> {
  const written = await readFile(file, "utf8").catch(() => "");
  // Git may have given the lines other endings.
  if (written.replaceAll("\r\n", "\n") !== wanted())
    throw new BearingsError(
      "stale",
      "manifest/slack.yaml is not what the Slack door needs.",
      "Run npm run manifest, and commit the file.",
    );
  await write(process.stdout, "manifest/slack.yaml is up to date.\n");
  return 0;
}

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
