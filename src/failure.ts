/** What failed, for whoever runs Bearings: a name, a code and frames. A message may quote what someone sent, so it is never shown. */
import { named } from "./log.ts";

/** The frames of its stack, as the engine writes them. Empty for what is no error. */
export function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const { stack = "", message } = error;
  // A stack begins with the message, which may have lines that look like frames: what is not surely below it is left out.
  const at = stack.indexOf(message);
  const below = at < 0 ? "" : stack.slice(at + message.length);
  return below.split("\n").filter((line) => /^\s+at /.test(line));
}

const safe = /^[A-Za-z0-9_.:-]{1,80}$/;
const mostFrames = 8;

/** All of it in one line, such as `TypeError (ERR_X) at f (file:1:2) at g (file:3:4)`. */
export function failureLine(error: unknown): string {
  const { name, code } = named(error);
  const frames = framesOf(error).slice(0, mostFrames);
  const coded = code === undefined ? "" : ` (${safe.test(code) ? code : "?"})`;
  return [`${safe.test(name) ? name : "?"}${coded}`, ...frames.map((frame) => frame.trim())].join(" ");
}
