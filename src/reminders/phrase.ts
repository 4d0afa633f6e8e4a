/** Reads what a person wants of reminders from their words: understood whole, or asked about, never guessed. */
import type { Wish } from "./wish.ts";

/** Where and when it was said: milliseconds since 1970-01-01 UTC, and the IANA name of the person's zone. */
export type Said = { readonly nowMs: number; readonly zone: string };

/**
 * Reads a whole message, with or without "/supervision" or "remind me" before it. Never throws; reads 500 characters and
 * refuses more. Pure: the same words at the same moment mean the same.
 */
export function readWish(text: string, said: Said): Wish {
  throw new Error(`to come ${text.length} ${said.zone}`);
}
