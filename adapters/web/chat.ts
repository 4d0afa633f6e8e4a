/** The web door: one page, and the few addresses that the page asks. It sets no cookie, and knows nobody who asks. */
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { lastSegment, type Route } from "#src/http.ts";
import type { Knowledge, Passage, Source } from "#src/knowledge/entry.ts";
import { type Reference, reference } from "#src/knowledge/reference.ts";
import { refuse, sendJson } from "#src/refuse.ts";
import type { Respond } from "#src/reply.ts";
import { readParts, turnIn } from "./read.ts";
import { completed, nowhere, reminderRoutes, type WebReminders } from "./reminders.ts";
import { described, start } from "./start.ts";

export type WebDoor = {
  readonly respond: Respond;
  /** The set in use at this moment. */
  readonly knowledge: () => Knowledge;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  /** Names turns and people, one each a request. Default: a random UUID, so that no two requests can be joined. */
  readonly newId?: () => string;
  /** Without it, wishes for a reminder get the assistant's own words, and what only reminders ask is not there. */
  readonly reminders?: WebReminders;
};

// A pasted case note of 40,000 characters in any script: danger may be spoken of at its very end.
const mostBytes = 512 * 1024;

/** All that the web door answers, for `openServer`. */
export function webRoutes(door: WebDoor): readonly Route[] {
  const { knowledge, reminders } = door;
  const referenceOf = rememberReferences();
  return [
    { method: "GET", path: "/", handle: servePage(openPage()) },
    {
      method: "GET",
      path: "/api/start",
      handle: async (_request, response) => {
        // citation-js takes half a second to load; it does so now, while the first screen is being read.
        response.once("finish", () =>
          knowledge().sources.forEach((source) => void referenceOf(source).catch(() => null)),
        );
        sendJson(response, 200, start(knowledge()));
      },
    },
    { method: "GET", path: "/api/source/*", handle: serveSource(knowledge, referenceOf) },
    { method: "POST", path: "/api/turn", limitBytes: mostBytes, handle: serveTurn(door) },
    ...(reminders === undefined ? [] : reminderRoutes(reminders)),
  ];
}

const serveTurn =
  ({ respond, nowMs, newId = randomUUID, reminders }: WebDoor) =>
  async (request: IncomingMessage, response: ServerResponse) => {
    const parts = await readParts(request, mostBytes);
    if (typeof parts === "number") return refuse(response, parts);
    const sent = turnIn(parts);
    if (sent === null) return refuse(response, 400);
    const turn = { id: newId(), atMs: nowMs(), person: { id: newId(), zone: null }, place: nowhere, said: sent.said };
    const answered = respond(turn);
    // Before anything is waited for.
    if (reminders === undefined || answered.lane === "now") return sendJson(response, 200, answered);
    const reply = await completed(turn, answered, { settle: reminders.settle, sender: sent.sender });
    sendJson(response, 200, reply === null ? { needs: "person" } : { reply, lane: answered.lane });
  };

type Page = { readonly bytes: Buffer; readonly etag: string; readonly policy: string };

/** Reads the page, and allows by hash the one style and the one script that it holds, and nothing else. */
function openPage(): Page {
  // A checkout with CRLF would otherwise change the hashes: browsers hash what they have parsed, with LF alone.
  const html = readFileSync(new URL("page.html", import.meta.url), "utf8").replaceAll("\r\n", "\n");
  const hashOf = (tag: "style" | "script") =>
    `'sha256-${sha256(html.match(new RegExp(`<${tag}>(.*?)</${tag}>`, "s"))?.[1] ?? "").toString("base64")}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf("script")}`,
    `style-src ${hashOf("style")}`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { bytes: Buffer.from(html), etag: `"${sha256(html).toString("base64url")}"`, policy: policy.join("; ") };
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

const servePage = (page: Page) => async (request: IncomingMessage, response: ServerResponse) => {
  const headers = { etag: page.etag, "cache-control": "no-cache", "content-security-policy": page.policy };
  if (request.headers["if-none-match"]?.includes(page.etag)) return void response.writeHead(304, headers).end();
  const type = { "content-type": "text/html; charset=utf-8", "content-length": page.bytes.length };
  response.writeHead(200, { ...headers, ...type }).end(page.bytes);
};

type ReferenceOf = (source: Source) => Promise<Reference>;

/** Each source is formatted once; a failure is not remembered, so that the next request tries again. */
function rememberReferences(): ReferenceOf {
  const known = new WeakMap<Source, Promise<Reference>>();
  return (source) => {
    const made = known.get(source) ?? reference(source);
    known.set(source, made);
    made.catch(() => known.delete(source));
    return made;
  };
}

const serveSource =
  (knowledge: () => Knowledge, referenceOf: ReferenceOf) =>
  async (request: IncomingMessage, response: ServerResponse) => {
    const { passages, sources } = knowledge();
    const passage = passages.get(lastSegment(request) ?? "");
    const source = sources.find(({ id }) => id === passage?.source);
    if (passage === undefined || source === undefined) return refuse(response, 404);
    sendJson(response, 200, { ...located(passage), ...described(source), ...(await referenceOf(source)) });
  };

const located = ({ id, section, sentence, gist }: Passage) => ({ passage: id, section, sentence, gist });
