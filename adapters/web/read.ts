/** What the page may send, read strictly and by hand: whatever has a part too many or of another shape is refused. */
import type { IncomingMessage } from "node:http";
import { isFromOurPage, readBody } from "#src/http.ts";
import type { Refusal } from "#src/refuse.ts";
import { type Said, userText } from "#src/turn.ts";

/** The parts of one JSON object, by name; null for anything else. */
export type Parts = ReadonlyMap<string, unknown> | null;

/** Reads a body of at most `mostBytes` that our own page sent as JSON, or gives the status to refuse it with. */
export async function readParts(request: IncomingMessage, mostBytes: number): Promise<Parts | Refusal> {
  if (!isFromOurPage(request)) return 403;
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) return 415;
  const body = await readBody(request, mostBytes);
  return body.kind === "refused" ? body.status : partsOf(parsed(body.bytes));
}

/** Who sent a wish for a reminder: the key that the page made, the browser's zone, and the same `turn` for every try. */
export type Sender = { readonly key: string; readonly zone: string | null; readonly turn: string };

/** One thing that somebody did on the page. `sender` is null for all but wishes for a reminder. */
export type SentTurn = { readonly said: Said; readonly sender: Sender | null };

/**
 * Reads `{text}`, `{token}` or `{token, fields}`, alone or with `{person, turn}` and perhaps `{zone}`; null for anything else.
 */
export function turnIn(parts: Parts): SentTurn | null {
  if (!isOnly(parts, ["text", "token", "fields", "person", "turn", "zone"])) return null;
  const said = saidIn(parts.get("text"), parts.get("token"), parts.get("fields"));
  const isNobody = !["person", "turn", "zone"].some((name) => parts.has(name));
  const sender = isNobody ? null : senderIn(parts.get("person"), parts.get("turn"), parts.get("zone"));
  return said === null || (sender === null && !isNobody) ? null : { said, sender };
}

/** Reads `{person}`, and gives the key. */
export const personIn = (parts: Parts): string | null =>
  isOnly(parts, ["person"]) ? keyIn(parts.get("person")) : null;

/** Which message has arrived, and the key of whoever says so. */
export type Arrived = { readonly key: string; readonly id: string; readonly fence: number };

/** Reads `{person, id, fence}`. */
export function arrivalIn(parts: Parts): Arrived | null {
  if (!isOnly(parts, ["person", "id", "fence"])) return null;
  const key = keyIn(parts.get("person"));
  const [id, fence] = [parts.get("id"), parts.get("fence")];
  if (key === null || typeof id !== "string" || !/^[\w-]{1,22}$/.test(id)) return null;
  return typeof fence === "number" && Number.isSafeInteger(fence) && fence >= 0 ? { key, id, fence } : null;
}

const isOnly = (parts: Parts, names: readonly string[]): parts is ReadonlyMap<string, unknown> =>
  parts !== null && [...parts.keys()].every((name) => names.includes(name));

function saidIn(text: unknown, token: unknown, fields: unknown): Said | null {
  if (typeof text === "string" && token === undefined && fields === undefined)
    return { kind: "text", text: userText(text) };
  if (typeof token !== "string" || text !== undefined) return null;
  if (fields === undefined) return { kind: "pressed", token };
  const filled = partsOf(fields);
  return filled !== null && areFields(filled)
    ? { kind: "filled", token, fields: Object.fromEntries([...filled].map(([id, value]) => [id, userText(value)])) }
    : null;
}

// More than any form has.
const mostFields = 20;

const areFields = (parts: ReadonlyMap<string, unknown>): parts is ReadonlyMap<string, string> =>
  parts.size <= mostFields &&
  [...parts].every(([id, value]) => /^[a-z][A-Za-z0-9-]{0,31}$/.test(id) && typeof value === "string");

function senderIn(person: unknown, turn: unknown, zone: unknown): Sender | null {
  const key = keyIn(person);
  if (key === null || typeof turn !== "string" || !/^[\w-]{22}$/.test(turn)) return null;
  if (zone === undefined) return { key, zone: null, turn };
  return typeof zone === "string" && zone.length <= 64 ? { key, zone, turn } : null;
}

/** 32 bytes as base64url. */
const keyIn = (person: unknown): string | null =>
  typeof person === "string" && /^[\w-]{43}$/.test(person) ? person : null;

const partsOf = (value: unknown): Parts =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : null;

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    // The message of a SyntaxError quotes what was sent, so it ends here.
    return null;
  }
}
