/** `manifest --teams`: the package that is uploaded to Teams. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { setting } from "#src/environment.ts";
import { BearingsError } from "#src/errors.ts";
import { named } from "#src/log.ts";
import { appPage, azureId } from "#src/teams-config.ts";
import { type TeamsOptions, teamsPackage } from "../../manifest/teams.ts";
import { write } from "./pipe.ts";

/** What was given, as it was typed. */
export type PackageArguments = {
  readonly "app-id"?: string | undefined;
  readonly developer?: string | undefined;
  readonly url?: string | undefined;
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
  readonly out?: string | undefined;
};

const usual = "bearings-teams.zip";

/** Writes the package and says where. Throws `usage` for what is missing or cannot be used, and repeats none of it. */
export async function writePackage(given: PackageArguments): Promise<number> {
  const options = packageOptions(given);
  const file = given.out ?? usual;
  try {
    await writeFile(resolve(file), teamsPackage(options));
  } catch (error) {
    throw new BearingsError(
      "usage",
      `The package could not be written (${named(error).code ?? "no code"}).`,
      "Give --out the path of a file in a folder that is there and that you may write to.",
    );
  }
  const where = given.out === undefined ? usual : "the file that --out names";
  await write(process.stdout, `Wrote ${where}. docs/teams.md says where to upload it, and who has to approve it.\n`);
  return 0;
}

function packageOptions(given: PackageArguments): TeamsOptions {
  const appId = appIdFrom(given["app-id"] ?? setting(process.env, "TEAMS_APP_ID"));
  const developer = developerFrom(given.developer);
  const websiteUrl = pageFrom("--url", given.url);
  return {
    appId,
    developer,
    websiteUrl,
    privacyUrl: given.privacy === undefined ? websiteUrl : pageFrom("--privacy", given.privacy),
    termsUrl: given.terms === undefined ? websiteUrl : pageFrom("--terms", given.terms),
  };
}

const nobody = "00000000-0000-0000-0000-000000000000";

function appIdFrom(given: string | undefined): string {
  const id = azureId(given ?? "");
  if (id !== null && id !== nobody) return id;
  throw new BearingsError(
    "usage",
    given === undefined
      ? "The package needs the id of your bot, and neither --app-id nor TEAMS_APP_ID says it."
      : "What was given as the id of your bot is not one.",
    `Copy the Application (client) ID from ${appPage}, Overview, and give it after --app-id.`,
  );
}

const mostOfName = 32;

// Teams shows both to whoever adds the app: whom they trust. Nobody but you can say it.
function developerFrom(given: string | undefined): string {
  const name = given?.trim() ?? "";
  if (name !== "" && name.length <= mostOfName && !/\p{Cc}/u.test(name)) return name;
  throw new BearingsError(
    "usage",
    name === ""
      ? "The package needs the name of the organisation that runs Bearings: Teams shows it to whoever adds the app."
      : `Teams takes a name of ${mostOfName} characters at most, in one line.`,
    'Give it after --developer, such as --developer "Example Trust".',
  );
}

function pageFrom(option: string, given: string | undefined): string {
  const url = given !== undefined && URL.canParse(given) ? new URL(given) : null;
  const isPlain = url !== null && [url.username, url.password].every((part) => part === "");
  if (url?.protocol === "https:" && isPlain && url.href.length <= 2_000) return url.href;
  throw new BearingsError(
    "usage",
    given === undefined
      ? "The package needs the address of a page of your organisation, on which people find who runs Bearings for them."
      : `${option} is not the address of a page that begins with https://.`,
    `Give it after ${option}, such as ${option} https://example.org/bearings. --privacy and --terms may name pages of their own.`,
  );
}
