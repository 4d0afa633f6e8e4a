/** Keys as Microsoft has them, and tokens signed with them, right or wrong. By node:crypto alone, so that it shares no mistake with ours. */
import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { type Json, us } from "./activities.ts";

/** A key that tokens are signed with. `endorsements`: the channels that it speaks for; null where it says none. */
export type SigningKey = {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly endorsements: readonly string[] | null;
};

/** Makes an RSA key of 2,048 bits. */
export function createKey(kid: string, endorsements: readonly string[] | null = ["msteams", "webchat"]): SigningKey {
  return { kid, endorsements, ...generateKeyPairSync("rsa", { modulusLength: 2_048 }) };
}

/** It as the keys' page has it. */
export const jwkOf = ({ kid, publicKey, endorsements }: SigningKey): Json => ({
  ...publicKey.export({ format: "jwk" }),
  kid,
  x5t: kid,
  use: "sig",
  alg: "RS256",
  ...(endorsements && { endorsements }),
});

export const issuer = "https://api.botframework.com";

/** The claims of a right token at this moment, for this service URL. */
export function rightClaims(serviceUrl: string, nowMs = Date.now()): Json {
  const now = Math.floor(nowMs / 1_000);
  return { iss: issuer, aud: us.appId, serviceurl: serviceUrl, nbf: now - 60, exp: now + 3_600 };
}

/** A token by RS256. `header` changes or adds to its header; a claim that is undefined is left out. */
export function signed(claims: Json, key: SigningKey, header: Json = {}): string {
  const head = `${packed({ alg: "RS256", typ: "JWT", kid: key.kid, x5t: key.kid, ...header })}.${packed(claims)}`;
  return `${head}.${createSign("RSA-SHA256").update(head).sign(key.privateKey, "base64url")}`;
}

const packed = (value: Json): string => Buffer.from(JSON.stringify(value)).toString("base64url");
