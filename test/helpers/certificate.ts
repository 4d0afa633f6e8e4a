/** A self-signed certificate, made here: Node reads them and makes none. DER by hand, as RFC 5280 has it. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const size = [...Buffer.from(body.length.toString(16).padStart(body.length < 256 ? 2 : 4, "0"), "hex")];
  return Buffer.concat([
    Buffer.from(body.length < 128 ? [tag, body.length] : [tag, 0x80 + size.length, ...size]),
    body,
  ]);
};
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replace(/\D/g, "").slice(0, 14)}Z`));

// Object identifiers: sha256WithRSAEncryption, and the common name.
const algorithm = sequence(Buffer.from("06092a864886f70d01010b0500", "hex"));
const nameOf = (words: string) =>
  sequence(der(0x31, sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from(words)))));

const dayMs = 24 * 60 * 60 * 1_000;

export type Certificate = { readonly certificate: string; readonly key: string; readonly privateKey: KeyObject };

/** The certificate and its private key as PEM, good until so many days from now; a negative number makes one that has expired. */
export function selfSigned(days: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const now = Date.now();
  const details = sequence(
    der(0x02, Buffer.from([1])),
    algorithm,
    nameOf("bearings test"),
    sequence(time(new Date(now - 400 * dayMs)), time(new Date(now + days * dayMs))),
    nameOf("bearings test"),
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", details, privateKey);
  const whole = sequence(details, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    privateKey,
  };
}
