/** Slack over HTTP: one address, where every request has to prove that it is Slack's before a word of it is believed. */
import { isUtf8 } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { StringIndexed } from "@slack/bolt";
import { jsonObject, type Route, readBody } from "#src/http.ts";
import { refuse, sendJson } from "#src/refuse.ts";
import { parsePayload } from "./parse-interaction.ts";
import type { Receive } from "./receive.ts";

export type HttpOptions = {
  readonly signingSecret: string;
  readonly receive: Receive;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
};

/** Largest request that is read, bytes. Slack's own are some kilobytes; a pasted message of 40,000 characters fits. */
const mostBytes = 256 * 1024;

/** Furthest that a request's time may be from ours, in either direction, seconds. */
const windowSeconds = 300;

/** `POST /slack/events`, for events, commands, buttons and windows alike. */
export const slackRoute = (options: HttpOptions): Route => ({
  method: "POST",
  path: "/slack/events",
  limitBytes: mostBytes,
  anyHost: true,
  handle: async (request, response) => {
    const body = await readBody(request, mostBytes);
    if (body.kind === "refused") return refuse(response, body.status);
    // Slack writes no broken characters, and they would all read alike.
    if (!isUtf8(body.bytes)) return refuse(response, 400);
    const text = body.bytes.toString("utf8");
    const type = /^application\/(json|x-www-form-urlencoded)\s*(?:;|$)/i.exec(
      request.headers["content-type"] ?? "",
    )?.[1];
    const isForm = type !== undefined && type.toLowerCase() !== "json";
    // Slack asks now and then whether TLS is well, unsigned; nothing else of such a request is looked at.
    if (isForm && new URLSearchParams(text).get("ssl_check") === "1") return void response.writeHead(200).end();
    if (!isSlacks(request, body.bytes, options)) return refuse(response, 401);
    if (type === undefined) return refuse(response, 400);
    return answer(isForm ? formIn(text) : jsonObject(text), response, options);
  },
});

/** Whether the request is signed with our secret, over exactly these bytes, and of this moment. */
function isSlacks({ headers }: IncomingMessage, body: Uint8Array, { signingSecret, nowMs }: HttpOptions): boolean {
  const signature = headers["x-slack-signature"];
  const stamp = headers["x-slack-request-timestamp"];
  if (typeof signature !== "string" || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (typeof stamp !== "string" || !/^[1-9]\d{0,11}$/.test(stamp)) return false;
  // On both sides: a request dated years ahead would otherwise be good for years.
  if (Math.abs(nowMs() / 1_000 - Number(stamp)) > windowSeconds) return false;
  const right = createHmac("sha256", signingSecret).update(`v0:${stamp}:`).update(body).digest();
  return timingSafeEqual(right, Buffer.from(signature.slice(3), "hex"));
}

async function answer(body: StringIndexed | null, response: ServerResponse, { receive }: HttpOptions): Promise<void> {
  if (body === null) return refuse(response, 400);
  if (body.type === "url_verification")
    return typeof body.challenge === "string" && body.challenge.length <= 500
      ? sendJson(response, 200, { challenge: body.challenge })
      : refuse(response, 400);
  const payload = parsePayload(body);
  if (payload === null) return refuse(response, 400);
  const acknowledged = await receive(payload, body);
  switch (acknowledged.kind) {
    case "taken":
      return acknowledged.say === undefined
        ? void response.writeHead(200).end()
        : sendJson(response, 200, acknowledged.say);
    case "unknown":
      return refuse(response, 404);
    case "again":
      return refuse(response, 503);
    default:
      return acknowledged satisfies never;
  }
}

/** A form: a slash command as it is, or an interaction as JSON in its one field. */
function formIn(text: string): StringIndexed | null {
  const form = Object.fromEntries(new URLSearchParams(text));
  return form.payload === undefined ? form : jsonObject(form.payload);
}
