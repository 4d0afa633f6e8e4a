/** Looks whether a message of ours is there: each carries an opaque mark in its metadata, and our direct messages may be read. */
import type { Call, Called } from "./api.ts";

export type Wanted = {
  /** Of a direct message. */
  readonly channel: string;
  /** Time of the message whose thread it belongs to, or null. */
  readonly thread: string | null;
  readonly mark: string;
  /** When it was sent at the earliest, milliseconds since 1970-01-01 UTC on our clock. */
  readonly sinceMs: number;
};

/** What came of a look. `failed` says what Slack answered instead. */
export type Found =
  | { readonly kind: "there" }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly called: Exclude<Called, { kind: "ok" }> }
  /** There is more than anyone should look through. */
  | { readonly kind: "endless" };

// Slack's clock and ours may differ by some minutes.
const lookBackMs = 600_000;
// Slack gives some apps no more than fifteen messages at a time, whatever they ask for.
const pageLength = 200;
const mostPages = 30;

/** Reads from then until now, page by page. */
export async function look({ channel, thread, mark, sinceMs }: Wanted, call: Call): Promise<Found> {
  // A thread comes oldest first: from its beginning, what is new could be on the last of many pages.
  const oldest = Math.floor((sinceMs - lookBackMs) / 1_000);
  const where = { channel, oldest, limit: pageLength, include_all_metadata: true };
  let cursor = "";
  for (let page = 0; page < mostPages; page += 1) {
    const from = cursor === "" ? where : { ...where, cursor };
    const called =
      thread === null
        ? await call("conversations.history", from)
        : await call("conversations.replies", { ...from, ts: thread });
    // The message above it was taken back: then nothing is below it.
    if (called.kind === "refused" && called.error === "thread_not_found") return { kind: "absent" };
    if (called.kind !== "ok") return { kind: "failed", called };
    if (holds(called.data.messages, mark)) return { kind: "there" };
    cursor = nextOf(called.data);
    if (cursor === "") return { kind: "absent" };
  }
  return { kind: "endless" };
}

const holds = (messages: unknown, mark: string): boolean =>
  JSON.stringify(messages ?? []).includes(`"mark":${JSON.stringify(mark)}`);

/** Where the next page begins; empty where there is none. */
function nextOf(data: Readonly<Record<string, unknown>>): string {
  const next = Object(data.response_metadata).next_cursor;
  return typeof next === "string" ? next : "";
}
