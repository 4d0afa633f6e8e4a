/** Tokens that are right, and more that nearly are: each wrong in one thing. */
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { type Json, us } from "../helpers/teams/activities.ts";
import { createKey, issuer, rightClaims, type SigningKey, signed } from "../helpers/teams/signing.ts";

/** What it is, and how it is made: `elsewhere` is a page where a forger's keys could be. */
export type Case = readonly [name: string, make: (elsewhere: string) => string];

export const serviceUrl = "https://smba.trafficmanager.net/uk/";
const now = Math.floor(Date.now() / 1_000);
const right = rightClaims(serviceUrl);

const short: SigningKey = {
  kid: "short",
  endorsements: ["msteams"],
  ...generateKeyPairSync("rsa", { modulusLength: 1_024 }),
};
const curve: SigningKey = {
  kid: "curve",
  endorsements: ["msteams"],
  ...generateKeyPairSync("ec", { namedCurve: "P-256" }),
};
const plain = createKey("plain", null);
export const keys = {
  teams: createKey("teams"),
  plain,
  empty: { ...plain, kid: "empty", endorsements: [] },
  /** Endorsed for other channels. */
  other: { ...plain, kid: "other", endorsements: ["directline", "webchat"] },
  /** Signs well, and Microsoft has never announced it. */
  forger: createKey("forger"),
};
export const announced = [keys.teams, keys.other, keys.plain, keys.empty, short, curve];

const packed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const header = (more: Json = {}): Json => ({ alg: "RS256", typ: "JWT", kid: "teams", ...more });
export const claims = (more: Json = {}): Json => ({ ...right, ...more });
/** Microsoft's own signature over exactly this. */
const over = (head: string, digest = "RSA-SHA256", key = keys.teams): string =>
  `${head}.${createSign(digest).update(head).sign(key.privateKey, "base64url")}`;
export const byTeams = (more: Json = {}, head: Json = {}): string => signed(claims(more), keys.teams, head);
const pem = keys.teams.publicKey.export({ type: "spki", format: "pem" });
const der = keys.teams.publicKey.export({ type: "spki", format: "der" });
/** Signed with a secret that everybody knows, since it is the public key. */
function hmac(secret: string | Buffer, alg = "HS256"): string {
  const head = `${packed(header({ alg }))}.${packed(claims())}`;
  return `${head}.${createHmac(`sha${alg.slice(2)}`, secret)
    .update(head)
    .digest("base64url")}`;
}
/** Part 0, 1 or 2 of a right token, exchanged. */
const with0 = (part: 0 | 1 | 2, put: string): string => byTeams().split(".").with(part, put).join(".");
const flipped = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
const [head = "", body = "", signature = ""] = byTeams().split(".");
const without = (name: string): Json => ({ [name]: undefined });

export const accepted: readonly Case[] = [
  ["a right token", () => byTeams()],
  ["one that ended four minutes ago", () => byTeams({ exp: now - 240 })],
  ["one that begins in four minutes", () => byTeams({ nbf: now + 240 })],
  ["one without a beginning", () => byTeams(without("nbf"))],
  ["one with claims that nobody reads", () => byTeams({ iat: now, jti: "x", tid: "another", roles: ["x"] })],
  ["one by a key that is endorsed for nothing in particular", () => signed(claims(), keys.plain)],
  ["one by a key with an empty list of endorsements", () => signed(claims(), keys.empty)],
  ["one without typ", () => byTeams({}, { typ: undefined, x5t: undefined })],
  [
    "one by Microsoft's key that names another page of keys",
    (elsewhere) => byTeams({}, { jku: elsewhere, x5u: elsewhere }),
  ],
  [
    "one by Microsoft's key that brings a forger's",
    () => byTeams({}, { jwk: keys.forger.publicKey.export({ format: "jwk" }) }),
  ],
];

export const refusedTokens: readonly Case[] = [
  ["no token", () => ""],
  ["garbage", () => "abc"],
  ["three words of garbage", () => "abc.def.ghi"],
  ["three empty parts", () => ".."],
  ["two parts", () => `${head}.${body}`],
  ["four parts", () => `${byTeams()}.${signature}`],
  ["five parts, as of an encrypted one", () => `${head}.${body}.${signature}.${body}.${signature}`],
  ["an empty signature", () => `${head}.${body}.`],
  ["nothing but JSON", () => JSON.stringify(right)],
  ["a signature cut short", () => byTeams().slice(0, -20)],
  ["a signature with one letter changed", () => with0(2, flipped(signature, 40))],
  ["a signature of another token", () => with0(2, byTeams({ exp: now + 60 }).split(".")[2] ?? "")],
  ["a payload changed", () => with0(1, packed(claims({ aud: us.appId, more: 1 })))],
  ["a payload with one letter changed", () => with0(1, flipped(body, 12))],
  ["a payload that is a list, signed well", () => over(`${head}.${packed([right])}`)],
  ["a payload that is a word, signed well", () => over(`${head}.${packed("x")}`)],
  ["a payload that is null, signed well", () => over(`${head}.${packed(null)}`)],
  ["a payload that is no JSON, signed well", () => over(`${head}.${Buffer.from("{").toString("base64url")}`)],
  ["a header changed", () => with0(0, packed(header({ typ: "jwt", more: 1 })))],
  ["a header that is no JSON", () => over(`${Buffer.from("{").toString("base64url")}.${body}`)],
  ["a header that is null", () => over(`${packed(null)}.${body}`)],
  ["alg none without a signature", () => `${packed(header({ alg: "none" }))}.${body}.`],
  ["alg none with a signature", () => over(`${packed(header({ alg: "none" }))}.${body}`)],
  ["alg None", () => over(`${packed(header({ alg: "None" }))}.${body}`)],
  ["no alg", () => over(`${packed(header({ alg: undefined }))}.${body}`)],
  ["an alg that is a list", () => over(`${packed(header({ alg: ["RS256"] }))}.${body}`)],
  ["alg rs256 in small letters", () => over(`${packed(header({ alg: "rs256" }))}.${body}`)],
  ["HS256 with the public key as PEM for a secret", () => hmac(String(pem))],
  ["HS256 with the PEM without its last line break", () => hmac(String(pem).trim())],
  ["HS256 with the public key as DER", () => hmac(der)],
  ["HS256 with the modulus", () => hmac(String(keys.teams.publicKey.export({ format: "jwk" }).n))],
  ["HS384 with the public key", () => hmac(String(pem), "HS384")],
  ["HS512 with the public key", () => hmac(String(pem), "HS512")],
  ["HS256 with an empty secret", () => hmac("")],
  ["RS384", () => over(`${packed(header({ alg: "RS384" }))}.${body}`, "RSA-SHA384")],
  ["RS512", () => over(`${packed(header({ alg: "RS512" }))}.${body}`, "RSA-SHA512")],
  ["RS256 in name, with SHA-512", () => over(`${head}.${body}`, "RSA-SHA512")],
  ["RS256 in name, with SHA-1", () => over(`${head}.${body}`, "RSA-SHA1")],
  ["PS256", () => over(`${packed(header({ alg: "PS256" }))}.${body}`)],
  ["an announced key of 1,024 bits", () => signed(claims(), short)],
  [
    "an announced key on a curve",
    () => over(`${packed(header({ alg: "RS256", kid: "curve" }))}.${body}`, "SHA256", curve),
  ],
  [
    "ES256 by an announced key",
    () => over(`${packed(header({ alg: "ES256", kid: "curve" }))}.${body}`, "SHA256", curve),
  ],
  ["a forger's key under Microsoft's id", () => signed(claims(), keys.forger, { kid: "teams" })],
  ["a forger's key under its own id", () => signed(claims(), keys.forger)],
  ["another of Microsoft's keys under this id", () => signed(claims(), keys.plain, { kid: "teams" })],
  [
    "a forger's key that the token brings along",
    () => signed(claims(), keys.forger, { kid: "teams", jwk: keys.forger.publicKey.export({ format: "jwk" }) }),
  ],
  [
    "a forger's key on a page that the token names",
    (elsewhere) => signed(claims(), keys.forger, { kid: "teams", jku: elsewhere, x5u: elsewhere }),
  ],
  [
    "a forger's certificate that the token brings along",
    () => signed(claims(), keys.forger, { kid: "teams", x5c: ["AAAA"] }),
  ],
  ["no key id", () => byTeams({}, { kid: undefined })],
  ["an empty key id", () => byTeams({}, { kid: "" })],
  ["a key id that is a number", () => byTeams({}, { kid: 1 })],
  ["a key id that is a list", () => byTeams({}, { kid: ["teams"] })],
  ["a key id of an object's own", () => byTeams({}, { kid: "__proto__" })],
  ["a key id that is a path", () => byTeams({}, { kid: "../../teams" })],
  ["a key id in another case", () => byTeams({}, { kid: "TEAMS" })],
  ["an unknown extension that must be understood", () => byTeams({}, { crit: ["x"], x: 1 })],
  ["an unencoded payload", () => byTeams({}, { crit: ["b64"], b64: false })],
  ["an empty crit", () => byTeams({}, { crit: [] })],
  ["no issuer", () => byTeams(without("iss"))],
  ["an empty issuer", () => byTeams({ iss: "" })],
  ["another issuer", () => byTeams({ iss: "https://evil.example" })],
  ["the issuer with a slash", () => byTeams({ iss: `${issuer}/` })],
  ["the issuer in capitals", () => byTeams({ iss: issuer.toUpperCase() })],
  ["a list with the issuer", () => byTeams({ iss: [issuer] })],
  ["the emulator's issuer", () => byTeams({ iss: "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/" })],
  [
    "Entra's first issuer, as of a skill",
    () => byTeams({ iss: `https://sts.windows.net/${us.tenant}/`, appid: us.appId, ver: "1.0" }),
  ],
  [
    "Entra's second issuer, as of a skill",
    () => byTeams({ iss: `https://login.microsoftonline.com/${us.tenant}/v2.0`, azp: us.appId, ver: "2.0" }),
  ],
  ["the government's issuer", () => byTeams({ iss: "https://api.botframework.us" })],
  ["no audience", () => byTeams(without("aud"))],
  ["an empty audience", () => byTeams({ aud: "" })],
  ["another audience", () => byTeams({ aud: "22222222-2222-4333-8444-555555555555" })],
  ["a list with our id", () => byTeams({ aud: [us.appId] })],
  ["a list with our id and another", () => byTeams({ aud: ["x", us.appId] })],
  ["our id in other letters", () => byTeams({ aud: ` ${us.appId}` })],
  ["our bot's id for an audience", () => byTeams({ aud: us.bot })],
  ["the connector for an audience", () => byTeams({ aud: issuer })],
  ["an audience that is null", () => byTeams({ aud: null })],
  ["no end", () => byTeams(without("exp"))],
  ["an end that is text", () => byTeams({ exp: String(now + 3_600) })],
  ["an end that is null", () => byTeams({ exp: null })],
  ["an end an hour ago", () => byTeams({ exp: now - 3_600 })],
  ["an end six minutes ago", () => byTeams({ exp: now - 360 })],
  ["an end before all time", () => byTeams({ exp: -1 })],
  ["a beginning in an hour", () => byTeams({ nbf: now + 3_600 })],
  ["a beginning in six minutes", () => byTeams({ nbf: now + 360 })],
  ["a beginning that is text", () => byTeams({ nbf: String(now) })],
  ["a key that is endorsed for other channels", () => signed(claims(), keys.other)],
  ["no service address", () => byTeams(without("serviceurl"))],
  ["an empty service address", () => byTeams({ serviceurl: "" })],
  ["a service address without its slash", () => byTeams({ serviceurl: serviceUrl.slice(0, -1) })],
  ["a service address with one more slash", () => byTeams({ serviceurl: `${serviceUrl}/` })],
  ["a service address in capitals", () => byTeams({ serviceurl: serviceUrl.toUpperCase() })],
  ["a service address of another region", () => byTeams({ serviceurl: "https://smba.trafficmanager.net/amer/" })],
  ["a service address of another host", () => byTeams({ serviceurl: "https://evil.example/uk/" })],
  ["a list with the service address", () => byTeams({ serviceurl: [serviceUrl] })],
  ["a service address under another name", () => byTeams({ ...without("serviceurl"), serviceUrl })],
  ["a token of more than 8 KB", () => byTeams({ long: "x".repeat(8_000) })],
];

/** The whole header, where that is what is wrong. */
export const refusedHeaders: readonly (readonly [string, () => string | undefined])[] = [
  ["no header", () => undefined],
  ["an empty header", () => ""],
  ["the scheme alone", () => "Bearer"],
  ["the scheme and a blank", () => "Bearer "],
  ["the token alone", () => byTeams()],
  ["the scheme in small letters", () => `bearer ${byTeams()}`],
  ["the scheme in capitals", () => `BEARER ${byTeams()}`],
  ["Basic", () => `Basic ${byTeams()}`],
  ["two blanks", () => `Bearer  ${byTeams()}`],
  ["a tab", () => `Bearer\t${byTeams()}`],
  ["a blank at the start", () => ` Bearer ${byTeams()}`],
  ["a blank at the end", () => `Bearer ${byTeams()} `],
  ["a line break at the end", () => `Bearer ${byTeams()}\n`],
  ["two tokens", () => `Bearer ${byTeams()} ${byTeams()}`],
  ["two tokens with a comma", () => `Bearer ${byTeams()}, Bearer ${byTeams()}`],
  ["a scheme twice", () => `Bearer Bearer ${byTeams()}`],
  ["quotes", () => `Bearer "${byTeams()}"`],
];
