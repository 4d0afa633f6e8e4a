/** Reads what a person wants of reminders from their words: understood whole, or asked about, never guessed. */

import type { Wish } from "../wish.ts";
import { readCommand } from "./commands.ts";
import { readCreate } from "./create.ts";
import { openingOff, politenessOff } from "./opening.ts";
import { momentIn } from "./outcome.ts";
import { beginnings, lengthsOff, speltOut } from "./spelling.ts";

/** Where and when it was said: milliseconds since 1970-01-01 UTC, and the IANA name of the person's zone. */
export type Said = { readonly nowMs: number; readonly zone: string };

/** Characters that are read; what is longer is refused. */
const longest = 500;

/**
 * Reads a whole message, with or without "/supervision" or "remind me" before it. Never throws; reads 500 characters and
 * refuses more. Pure: the same words at the same moment mean the same.
 */
export function readWish(text: string, said: Said): Wish {
  if (text.length > longest) return { kind: "refuse", why: "note", example: "every 2 weeks on Tuesday at 10:00" };
  const moment = momentIn(said.nowMs, said.zone);
  const plain = text
    .normalize("NFKC")
    // Marks of chat formatting, and quotes around all of it.
    .replaceAll(/[*`]|(?<!\w)_|_(?!\w)/g, " ")
    .replace(/^\s*["“«]([^"“”«»]*)["”»]\s*$/, "$1")
    // 2026-12-01T09:00
    .replaceAll(/\b(\d{4}-\d\d-\d\d)T(?=\d)/g, "$1 ")
    .replaceAll(/[\p{Cf}\p{Cc}]+/gu, " ")
    .trim();
  const spelt = speltOut(plain);
  return (
    readCommand(politenessOff(spelt), moment, isEmpty(spelt)) ??
    readCreate(openingOff(lengthsOff(beginnings(spelt))), moment)
  );
}

/** Whether nothing was said, or the command alone. */
const isEmpty = (text: string): boolean => /^\s*(?:\/\w+)?\s*$/.test(text);
