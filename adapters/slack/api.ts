/** Calls to Slack's Web API, each with a result that says what to do next. Nothing is retried here and nothing throws. */
import {
  type WebClient as Client,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from "@slack/web-api";
import type { Log } from "#src/log.ts";
import type { Method } from "./needs.ts";
import { sdkLogger } from "./sdk-log.ts";

/** What came of a call. `unknown` may have taken effect: the answer was lost. */
export type Called =
  | { readonly kind: "ok"; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: "limited"; readonly afterMs: number }
  /** Slack said no, with its code; nothing happened. */
  | { readonly kind: "refused"; readonly error: string }
  /** It never got there, or Slack failed before it did anything. */
  | { readonly kind: "failed"; readonly code: string }
  | { readonly kind: "unknown" };

/** Calls one method with one token. */
export type Call = (method: Method, args: Readonly<Record<string, unknown>>) => Promise<Called>;

export type ApiOptions = {
  readonly apiUrl: string;
  readonly log: Log;
  /** Longest wait for an answer, milliseconds. Default `callTimeoutMs`. */
  readonly timeoutMs?: number;
  /** Told of each call that Slack turned away since there are too many. */
  readonly limited?: () => void;
};

/** Longest wait for an answer of Slack's, milliseconds. Without it the SDK waits for ever. */
export const callTimeoutMs = 10_000;

// Shortest and longest that a Retry-After is believed, and what stands for one that cannot be read: seconds.
const retryAfterSeconds = { least: 1, most: 900, unread: 30 } as const;
// Answers of ours are a few kilobytes; a page of history with metadata some hundred.
const mostAnswerBytes = 2_000_000;

/** What every client of the SDK is opened with: no retries of its own, a time limit, and a guarded fetch. */
export const clientOptions = ({ apiUrl, log, timeoutMs = callTimeoutMs }: ApiOptions) => ({
  slackApiUrl: apiUrl,
  retryConfig: { retries: 0 },
  timeout: timeoutMs,
  rejectRateLimitedCalls: true,
  // Our own line bounds what is under way; in the SDK's, a reply to danger would wait behind all others.
  maxRequestConcurrency: 1_000,
  allowAbsoluteUrls: false,
  logger: sdkLogger(log, "web-api"),
  fetch: guardedFetch,
});

/** Opens calls with this token. */
export function openCall(token: string, options: ApiOptions): Call {
  const client: Client = new WebClient(token, clientOptions(options));
  return async (method, args) => {
    try {
      return { kind: "ok", data: { ...(await client.apiCall(method, args)) } };
    } catch (error) {
      const called = sorted(error);
      if (called.kind === "limited") options.limited?.();
      return called;
    }
  };
}

/** Sorts the SDK's failures by remedy. Its messages and data are not looked at beyond a code: they may quote what was sent. */
function sorted(error: unknown): Called {
  if (error instanceof WebAPIRateLimitedError) return { kind: "limited", afterMs: error.retryAfter * 1_000 };
  if (error instanceof WebAPIPlatformError) return platformError(error.data.error);
  if (error instanceof WebAPIHTTPError) return { kind: "failed", code: `http_${error.statusCode}` };
  if (error instanceof WebAPIRequestError) {
    const code = causeOf(error.original);
    return neverArrived.has(code) ? { kind: "failed", code } : { kind: "unknown" };
  }
  return { kind: "unknown" };
}

const transient: ReadonlySet<string> = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "team_added_to_org",
]);

/** A code of Slack's. An answer that was not JSON arrives in its place, whole, and may have been sent after the effect. */
function platformError(error: unknown): Called {
  if (typeof error !== "string" || !/^[a-z0-9_]{1,80}$/.test(error)) return { kind: "unknown" };
  if (error === "ratelimited") return { kind: "limited", afterMs: retryAfterSeconds.unread * 1_000 };
  return transient.has(error) ? { kind: "failed", code: error } : { kind: "refused", error };
}

// The connection was never made, so nothing can have happened at the other end.
const neverArrived: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function causeOf({ cause }: Error): string {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
}

/** `fetch` as the SDK should have it: waiting times that can be believed, and no answer larger than we ever expect. */
async function guardedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.status === 429) {
    await response.body?.cancel();
    const seconds = String(believed(response.headers.get("retry-after")));
    return new Response(null, { status: 429, headers: { "retry-after": seconds } });
  }
  const bytes = await bodyOf(response);
  return new Response(bytes, { status: response.status, statusText: response.statusText, headers: response.headers });
}

/** Seconds from a Retry-After header: a number or a date, clamped; the SDK alone would spin on 0 and wait a day on 86400. */
function believed(header: string | null): number {
  const written = header?.trim() ?? "";
  const seconds = /^\d{1,9}(?:\.\d+)?$/.test(written) ? Number(written) : (Date.parse(written) - Date.now()) / 1_000;
  if (!Number.isFinite(seconds)) return written === "" || !written.startsWith("-") ? retryAfterSeconds.unread : 1;
  return Math.min(retryAfterSeconds.most, Math.max(retryAfterSeconds.least, Math.ceil(seconds)));
}

async function bodyOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Thrown inside the SDK's own try: it becomes a request error, and that an unknown outcome.
    if (length > mostAnswerBytes) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
