/** Seals a record so that whoever reads the database alone cannot read it: AES-256-GCM, bound to whose record it is. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { BearingsError } from "../errors.ts";

/** Whose record it is. It is not secret, but a record moved to another does not open. */
export type Whose = { readonly platform: string; readonly workspace: string };

const nonceBytes = 12;
const tagBytes = 16;

/** Text that begins with `v1.`; every call gives another one. `key` is 32 bytes. */
export function seal(key: Buffer, whose: Whose, record: string): string {
  // Not a parameter, as chance is elsewhere: a nonce that somebody can choose is one that can repeat, and that gives the key away.
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes }).setAAD(bound(whose));
  const sealed = Buffer.concat([cipher.update(record, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** What was sealed. Throws a `sealed` error where the key or the owner is another, or one bit of the text is. */
export function unseal(key: Buffer, whose: Whose, text: string): string {
  const bytes = Buffer.from(text.slice(3), "base64url");
  // Only what we would write ourselves: base64 has several spellings for the same bytes.
  if (text !== `v1.${bytes.toString("base64url")}` || bytes.length < nonceBytes + tagBytes) throw cannotOpen(whose);
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes })
    .setAAD(bound(whose))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const sealed = bytes.subarray(nonceBytes + tagBytes);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString("utf8");
  } catch {
    throw cannotOpen(whose);
  }
}

// As JSON, so that no two owners are ever written alike.
const bound = ({ platform, workspace }: Whose): Buffer => Buffer.from(JSON.stringify([platform, workspace]));

const cannotOpen = ({ platform, workspace }: Whose): BearingsError =>
  new BearingsError(
    "sealed",
    `What is kept for the workspace ${workspace} (${platform}) does not open.`,
    "Start with the SECRET_KEY it was sealed with.",
  );
