/** A first, cautious look for details of a client in what someone typed. Only ever leads to a gentle line beside the reply. */
import { maxCharacters } from "../turn.ts";

// Each is linear: no nested repetition, so hostile text cannot make it slow.
const signs: readonly RegExp[] = [
  /\b(?:dob|d\.o\.b|date of birth|born on|born in \d{4})\b/i,
  /\b(?:nhs|uci|a-number|alien|case|file|passport|visa|medicare|health card|hospital|client|patient) ?(?:no|number|id|#)[ .:#]*[a-z]{0,3}\d(?:[ -]?\d){3,}/i,
  /\bborn (?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)? \w{3,9},? (?:19|20)\d{2}\b/i,
  /\b(?:client|patient) [A-Z][a-z]+,? (?:aged? )?\d{1,2}\b/,
  /\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\b/,
  /\b(?:19|20)\d{2}-\d{2}-\d{2}\b/,
  /[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}/i,
  /(?:\+|\b0)\d[\d ()-]{7,}\d\b/,
  /\b(?:client|patient|mr|mrs|ms|miss)\.? (?:is |called |named )?[A-Z][a-z]+ [A-Z][a-z]+/,
  /\b[A-Z][a-z]+ [A-Z](?:[a-z]+|\.)(?:, (?:aged? )?| aged? )\d{1,2}\b/,
];

/** Whether a message looks as if it carries a client's details. Reads the first part only. */
export const hasClientDetails = (text: string): boolean => {
  const read = text.slice(0, maxCharacters);
  return signs.some((sign) => sign.test(read));
};
