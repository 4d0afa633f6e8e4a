/** The settings of the Teams door. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Environment, setting } from "./environment.ts";
import { isLoopback } from "./loopback.ts";

/** What proves to Microsoft that it is us. */
export type TeamsCredential =
  | { readonly kind: "secret"; readonly secret: string }
  /** A PEM file with the certificate and its private key. */
  | { readonly kind: "certificate"; readonly pem: string };

/** Who we are to Microsoft. */
export type TeamsIdentity = {
  readonly appId: string;
  /** The one organisation that is served. */
  readonly tenantId: string;
  readonly credential: TeamsCredential;
};

/** `playground`: the Agents Playground on this computer, without any authentication. */
export type TeamsConfig = (TeamsIdentity & { readonly kind: "tenant" }) | { readonly kind: "playground" };

/** Every variable of the Teams door. */
export const teamsVariables = [
  "TEAMS_APP_ID",
  "TEAMS_TENANT_ID",
  "TEAMS_APP_PASSWORD",
  "TEAMS_APP_CERTIFICATE",
  "TEAMS_PLAYGROUND",
] as const;

/** The Teams door, or null where none of its variables is set. `host` is where the server listens. */
export function teamsFrom(env: Environment, host: string, problems: string[]): TeamsConfig | null {
  if (teamsVariables.every((name) => setting(env, name) === undefined)) return null;
  if (setting(env, "TEAMS_PLAYGROUND") !== undefined) return playgroundFrom(env, host, problems);
  const appId = idFrom(env, "TEAMS_APP_ID", "Application (client) ID", problems);
  const tenantId = idFrom(env, "TEAMS_TENANT_ID", "Directory (tenant) ID", problems);
  const credential = credentialFrom(env, problems);
  // An endpoint that any of these is missing for would take messages from anybody: it does not open at all.
  return appId === null || tenantId === null || credential === null
    ? null
    : { kind: "tenant", appId, tenantId, credential };
}

function playgroundFrom(env: Environment, host: string, problems: string[]): TeamsConfig {
  if (setting(env, "TEAMS_PLAYGROUND") !== "1")
    problems.push("TEAMS_PLAYGROUND is neither 1 nor unset. Unset it where you do not try Bearings in the Playground.");
  const others = teamsVariables.filter((name) => name !== "TEAMS_PLAYGROUND" && setting(env, name) !== undefined);
  if (others.length > 0)
    problems.push(
      `TEAMS_PLAYGROUND lets anyone in, so it is never used together with ${listed.format(others)}: unset one or the other.`,
    );
  if (!isLoopback(host))
    problems.push("TEAMS_PLAYGROUND lets anyone in, so HOST has to be this computer alone, such as 127.0.0.1.");
  return { kind: "playground" };
}

const listed = new Intl.ListFormat("en-GB");

/** Where whoever runs Bearings finds the app. */
export const appPage = "https://portal.azure.com, App registrations, your app";

/** The variable that it came from. */
export const nameOf = ({ kind }: TeamsCredential) =>
  kind === "secret" ? "TEAMS_APP_PASSWORD" : "TEAMS_APP_CERTIFICATE";

/** An id that Azure gives, in small letters; null for what is none. */
export const azureId = (written: string): string | null =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(written) ? written.toLowerCase() : null;

function idFrom(env: Environment, name: string, called: string, problems: string[]): string | null {
  const written = setting(env, name);
  const id = azureId(written ?? "");
  if (id !== null) return id;
  const wrong = written === undefined ? "is missing" : "is not an id such as 00000000-0000-0000-0000-000000000000";
  problems.push(`${name} ${wrong}: copy the ${called} from ${appPage}, Overview.`);
  return null;
}

function credentialFrom(env: Environment, problems: string[]): TeamsCredential | null {
  const secret = setting(env, "TEAMS_APP_PASSWORD");
  const file = setting(env, "TEAMS_APP_CERTIFICATE");
  if (secret !== undefined && file !== undefined) {
    problems.push("TEAMS_APP_PASSWORD and TEAMS_APP_CERTIFICATE are both set: unset one of them.");
    return null;
  }
  if (secret !== undefined) return { kind: "secret", secret };
  if (file !== undefined) return certificateFrom(file, problems);
  problems.push(
    `TEAMS_APP_PASSWORD is missing: make a client secret at ${appPage}, Certificates & secrets, and copy its Value. Or set TEAMS_APP_CERTIFICATE to a PEM file.`,
  );
  return null;
}

function certificateFrom(file: string, problems: string[]): TeamsCredential | null {
  const [pem, wrong] = readPem(file);
  if (pem !== null) return { kind: "certificate", pem };
  problems.push(`TEAMS_APP_CERTIFICATE ${wrong}.`);
  return null;
}

/** For how many whole days a certificate is still good; negative where it has ended. */
export const daysLeft = (pem: string, nowMs: number): number =>
  Math.floor((new X509Certificate(pem).validToDate.getTime() - nowMs) / (24 * 60 * 60 * 1_000));

/** Fewer days than these are a warning: whoever can make another one may be away. */
export const fewDays = 30;

/** The text of the file, or what is wrong with it. */
function readPem(file: string): readonly [string, null] | readonly [null, string] {
  let pem: string;
  try {
    pem = readFileSync(file, "utf8");
  } catch {
    return [null, "is not a file that can be read: give the path of a PEM file"];
  }
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.checkPrivateKey(createPrivateKey(pem)))
      return [null, "holds a private key that does not belong to its certificate"];
    if (certificate.validToDate < new Date())
      return [null, `has expired: make a new one and add it at ${appPage}, Certificates & secrets`];
  } catch {
    return [null, "does not hold a certificate and its private key, one below the other, without a passphrase"];
  }
  return [pem, null];
}
