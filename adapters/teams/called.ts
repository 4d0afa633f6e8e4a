/** What came of a call to Teams, by its status: what to do next, and never what Teams says in words. */
import { z } from "zod";
import type { Called } from "./connector.ts";

/** An answer of Teams', as it came. */
export type Raw = { readonly status: number; readonly retryAfter: string | null; readonly text: string };

/** Sorts an answer. */
export function calledFrom({ status, retryAfter, text }: Raw, nowMs: number): Called {
  // It was taken, whatever is said of it.
  if (status >= 200 && status < 300) return { kind: "ok", id: idIn(text) };
  if (status === 429) return { kind: "limited", afterMs: waitOf(retryAfter, nowMs) };
  // Another message of ours came into its way.
  if (status === 412) return { kind: "limited", afterMs: leastMs };
  if (status === 408 || status >= 500) return { kind: "unknown" };
  return { kind: "refused", status, code: status === 413 ? "too_large" : (codeIn(text) ?? `http_${status}`) };
}

// Believed within these, milliseconds; `usual` where nothing is said.
const leastMs = 1_000;
const [usualMs, mostMs] = [2_000, 15 * 60_000];

/** How long Retry-After asks to wait, in seconds or as a time. */
function waitOf(retryAfter: string | null, nowMs: number): number {
  const said = retryAfter?.trim() ?? "";
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - nowMs;
  return Number.isNaN(ms) ? usualMs : Math.min(mostMs, Math.max(leastMs, ms));
}

const withId = z.object({ id: z.string().max(1_000) });
const withCode = z.object({ error: z.object({ code: z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/) }) });

const idIn = (text: string): string => withId.safeParse(jsonIn(text)).data?.id ?? "";
const codeIn = (text: string): string | null => withCode.safeParse(jsonIn(text)).data?.error.code ?? null;

/** What never came to an answer. With a connection, the call may have arrived. */
export function calledWithout(error: unknown): Called {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  return unconnected.test(code) ? { kind: "failed", code } : { kind: "unknown" };
}

/** No such name, nobody there, no way there, or somebody else than it should be. */
const unconnected =
  /^(?:E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN|ADDRNOTAVAIL)|ERR_TLS_\w+|\w*CERT\w*|UNABLE_TO_\w+|ENV_\w+)$/;

const membersPage = z.object({ members: z.array(z.unknown()), continuationToken: z.string().min(1).nullish() });

/** How many people a page lists, and where the next one begins; null where it is no such page. */
export function pageIn({ status, text }: Raw): { readonly people: number; readonly next: string | null } | null {
  const read = membersPage.safeParse(status === 200 ? jsonIn(text) : null);
  return read.success ? { people: read.data.members.length, next: read.data.continuationToken ?? null } : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
