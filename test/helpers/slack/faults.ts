/** What can go wrong with a call to Slack, as a plan that a test writes beforehand. */
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createFaultPlan, type Often, type When } from "../fault-plan.ts";
import type { Json } from "./team.ts";

export type Fault =
  /** 429. `retryAfter` is the header as it is written, or null for none. */
  | { readonly kind: "limited"; readonly retryAfter: string | null }
  /** An answer of this HTTP status, without JSON. */
  | { readonly kind: "status"; readonly status: number; readonly when?: When }
  /** `ok: false` with this code; `more` goes into the answer beside it. */
  | { readonly kind: "refused"; readonly error: string; readonly more?: Json }
  /** No answer, ever; the connection stays open. */
  | { readonly kind: "hang"; readonly when?: When }
  /** The connection is cut. */
  | { readonly kind: "reset"; readonly when?: When }
  /** 200 with a page of HTML, as a proxy on the way may send it. */
  | { readonly kind: "html"; readonly when?: When }
  /** 200 with valid JSON of at least this many bytes. */
  | { readonly kind: "huge"; readonly bytes: number; readonly when?: When }
  /** 200 whose JSON ends in the middle. */
  | { readonly kind: "truncated"; readonly when?: When }
  /** The right answer, this much later, milliseconds. */
  | { readonly kind: "slow"; readonly ms: number };

/** A fault of one method, or of all (`*`). */
export type Planned = Fault & Often & { readonly method: string };

/** An empty plan. */
export const createFaults = () =>
  createFaultPlan((planned: Planned, method: string) => planned.method === method || planned.method === "*");

/** Spoils the answer as planned. False where the right answer is still to be sent. */
export async function spoil(fault: Fault, response: ServerResponse): Promise<boolean> {
  const json = { "content-type": "application/json; charset=utf-8" };
  switch (fault.kind) {
    case "limited":
      response.writeHead(429, { ...json, ...(fault.retryAfter === null ? {} : { "retry-after": fault.retryAfter }) });
      response.end('{"ok":false,"error":"ratelimited"}');
      return true;
    case "status":
      response.writeHead(fault.status, { "content-type": "text/plain" }).end("upstream trouble");
      return true;
    case "refused":
      response.writeHead(200, json).end(JSON.stringify({ ok: false, error: fault.error, ...fault.more }));
      return true;
    case "hang":
      return true;
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "html":
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
      return true;
    case "huge":
      response.writeHead(200, json).end(JSON.stringify({ ok: true, padding: "x".repeat(fault.bytes) }));
      return true;
    case "truncated":
      response.writeHead(200, json).end('{"ok":true,"ts":"17');
      return true;
    case "slow":
      await sleep(fault.ms);
      return false;
    default:
      return fault satisfies never;
  }
}
