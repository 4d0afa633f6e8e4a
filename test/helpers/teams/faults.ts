/** What can go wrong with a call to Microsoft, as a plan that a test writes beforehand. */
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createFaultPlan, type Often, type When } from "../fault-plan.ts";

export type Fault =
  /** This status. `code` is Microsoft's own, in JSON; null for an answer without. `retryAfter` as it is written. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string | null;
      readonly retryAfter?: string;
      readonly when?: When;
    }
  /** This status with this body. */
  | {
      readonly kind: "body";
      readonly status: number;
      readonly body: string;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly when?: When;
    }
  /** No answer, ever; the connection stays open. */
  | { readonly kind: "hang"; readonly when?: When }
  /** The connection is cut. */
  | { readonly kind: "reset"; readonly when?: When }
  /** 200 with a page of HTML, as a proxy on the way may send it. */
  | { readonly kind: "html"; readonly when?: When }
  /** The right answer, this much later, milliseconds. */
  | { readonly kind: "slow"; readonly ms: number };

/** Which calls it strikes: `openid`, `keys`, `token`, or one of the connector's; any (`*`). */
export type What = "openid" | "keys" | "token" | "send" | "update" | "create" | "members" | "other";

export type Planned = Fault &
  Often & {
    readonly what: What | "*";
    /** Only in this conversation, by the id without a thread. */
    readonly conversation?: string;
    /** Only at this service URL. */
    readonly at?: string;
  };

/** What a fault is chosen by. */
export type Struck = { readonly what: What; readonly conversation: string | null; readonly at: string | null };

/** An empty plan. */
export const createFaults = () =>
  createFaultPlan(
    ({ what, conversation, at }: Planned, call: Struck) =>
      (what === "*" || what === call.what) &&
      (conversation === undefined || conversation === call.conversation) &&
      (at === undefined || at === call.at),
  );

/** Spoils the answer as planned. False where the right answer is still to be sent. */
export async function spoil(fault: Fault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case "status": {
      const { status, code = "ServiceError", retryAfter } = fault;
      const json = code === null ? "" : JSON.stringify({ error: { code, message: "This is what Microsoft says." } });
      const type = code === null ? "text/plain" : "application/json; charset=utf-8";
      response.writeHead(status, { "content-type": type, ...(retryAfter && { "retry-after": retryAfter }) }).end(json);
      return true;
    }
    case "body": {
      const { status, body, type = "application/json; charset=utf-8", headers } = fault;
      response.writeHead(status, { "content-type": type, ...headers }).end(body);
      return true;
    }
    case "hang":
      return true;
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "html":
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
      return true;
    case "slow":
      await sleep(fault.ms);
      return false;
    default:
      return fault satisfies never;
  }
}
