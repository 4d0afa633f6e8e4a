/** Frames of a socket, looked at before Slack's client sees them: one that it does not expect ends the process. */
import { z } from "zod";

// Longest frame that is read, characters. Slack's own are some kilobytes.
const mostFrame = 1_000_000;

const envelope = z.looseObject({
  type: z.enum(["hello", "disconnect", "events_api", "slash_commands", "interactive"]),
  envelope_id: z.string().max(255).optional(),
  payload: z.looseObject({ event: z.looseObject({ type: z.string() }).optional() }).optional(),
});

// The client announces each event by its type, among these names of its own.
const theirOwn: ReadonlySet<string> = new Set([
  "error",
  "close",
  "ws_message",
  "slack_event",
  "outgoing_message",
  "connecting",
  "connected",
  "reconnecting",
  "disconnecting",
  "disconnected",
  "authenticated",
]);

/** What a frame is for. */
export type FrameType = z.output<typeof envelope>["type"];

/** The type of a frame that Slack's client can be trusted with, or null. */
export function frameType(data: unknown): FrameType | null {
  if (typeof data !== "string" || data.length > mostFrame) return null;
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return null;
  }
  const read = envelope.safeParse(frame);
  if (!read.success) return null;
  const { type, envelope_id, payload } = read.data;
  if (type === "hello" || type === "disconnect") return type;
  if (envelope_id === undefined || payload === undefined) return null;
  if (type === "events_api" && (payload.event === undefined || theirOwn.has(payload.event.type))) return null;
  return type;
}
