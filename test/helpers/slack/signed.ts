/** Requests as Slack signs them, for POST /slack/events: right ones, and every kind of wrong one. */
import { createHmac } from "node:crypto";
import { type Json, signingSecret } from "./team.ts";

export type SignOptions = {
  /** Default: the test workspace's secret. */
  readonly secret?: string;
  /** When it says that it was signed, seconds since 1970-01-01 UTC. Default: now. */
  readonly atSec?: number;
  /** For a delivery that is repeated: 1 to 3. */
  readonly retryNum?: number;
  readonly retryReason?: "http_timeout" | "http_error" | "connection_failed" | "unknown_error";
  /** In place of the right signature. */
  readonly signature?: string;
  /** In place of the usual content type. */
  readonly contentType?: string;
};

/** What to send: headers and exactly this body. */
export type Signed = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Signs exactly these bytes. */
export function signedBody(body: string, contentType: string, options: SignOptions = {}): Signed {
  const {
    secret = signingSecret,
    atSec = Math.floor(Date.now() / 1_000),
    retryNum,
    retryReason = "http_timeout",
  } = options;
  const right = `v0=${createHmac("sha256", secret).update(`v0:${atSec}:${body}`).digest("hex")}`;
  return {
    body,
    headers: {
      "content-type": options.contentType ?? contentType,
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "x-slack-request-timestamp": String(atSec),
      "x-slack-signature": options.signature ?? right,
      ...(retryNum === undefined ? {} : { "x-slack-retry-num": String(retryNum), "x-slack-retry-reason": retryReason }),
    },
  };
}

/** An event as JSON. */
export const signedEvent = (body: unknown, options: SignOptions = {}): Signed =>
  signedBody(JSON.stringify(body), "application/json", options);

/** A slash command: its fields as a form. */
export const signedForm = (fields: Json, options: SignOptions = {}): Signed =>
  signedBody(
    new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString(),
    "application/x-www-form-urlencoded",
    options,
  );

/** A button, a window or a shortcut: JSON in the one field `payload` of a form. */
export const signedInteraction = (payload: unknown, options: SignOptions = {}): Signed =>
  signedForm({ payload: JSON.stringify(payload) }, options);

/** Sends it to this address, such as `http://127.0.0.1:4000/slack/events`. `ms` is how long the answer took. */
export async function deliverTo(url: string, { headers, body }: Signed) {
  const begunMs = performance.now();
  const response = await fetch(url, { method: "POST", headers, body });
  const text = await response.text();
  return { status: response.status, text, ms: performance.now() - begunMs };
}
