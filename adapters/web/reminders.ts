/** Reminders on the page: who somebody is by the key that their browser made, and what has come for them. */
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isWish } from "#src/conversation/respond.ts";
import type { Route } from "#src/http.ts";
import { refuse, sendJson } from "#src/refuse.ts";
import type { Settle } from "#src/reminders/desk/settle.ts";
import type { Pull } from "#src/reminders/dispatch/pull.ts";
import type { Reply, Response } from "#src/reply.ts";
import type { Person, Place, Turn } from "#src/turn.ts";
import { arrivalIn, type Parts, personIn, readParts, type Sender } from "./read.ts";

/** What the page needs of what is kept. All but `settle` may reject while the database is away. */
export type WebReminders = {
  readonly settle: Settle;
  /** What is due, for those who ask for it. */
  readonly pull: () => Promise<Pull>;
  /** Erases all that is kept of a person, and says how many rows that were. */
  readonly forget: (person: string) => Promise<number>;
};

/** Where a reply goes that is nobody's: back to whoever asked. */
export const nowhere: Place = { door: "web", key: "", isPrivate: true };

/**
 * The reply as it goes out; null for a wish of nobody, which is not done: the page sends it again with its key. Nothing but a
 * wish is ever joined to a key.
 */
export async function completed(
  turn: Turn,
  response: Response,
  { settle, sender }: { readonly settle: Settle; readonly sender: Sender | null },
): Promise<Reply | null> {
  if (!isWish(response.reply)) return settle(turn, response, { direct: nowhere, here: null });
  if (sender === null) return null;
  const place = placeOf(sender.key);
  const person = { id: idOf(sender.key), zone: await zoneOf(sender.zone) };
  const theirs = { ...turn, id: `${person.id}:${sender.turn}`, person, place };
  return settle(theirs, response, { direct: place, here: null });
}

/** Where the page asks for what is due, says that it has arrived, and has everything erased. */
export const reminderRoutes = ({ pull, forget }: WebReminders): readonly Route[] => [
  post("/api/due", personIn, async (key) => ({ due: await (await pull()).due(placeOf(key)) })),
  post("/api/arrived", arrivalIn, async ({ key, id, fence }) => {
    await (await pull()).arrived(placeOf(key), id, fence);
    return {};
  }),
  post("/api/forget", personIn, async (key) => ({ erased: await forget(idOf(key)) })),
];

// The key itself is known to the browser alone: whoever reads the database cannot ask for what is due.
const hashOf = (key: string): string => createHash("sha256").update(key).digest("base64url");
const idOf = (key: string): string => `web:${hashOf(key)}`;
const placeOf = (key: string): Place => ({ door: "web", key: hashOf(key), isPrivate: true });

/** The browser's zone, where it is one that reminders go by. Loaded when it is needed: reading a calendar takes a moment. */
async function zoneOf(name: string | null): Promise<Person["zone"]> {
  if (name === null) return null;
  const { isZone } = await import("#src/reminders/calendar/calendar.ts");
  return isZone(name) ? { name, from: "computer" } : null;
}

// A key, an id and a number.
const mostBytes = 1_024;

function post<T>(path: string, read: (parts: Parts) => T | null, does: (sent: T) => Promise<unknown>): Route {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts = await readParts(request, mostBytes);
    if (typeof parts === "number") return refuse(response, parts);
    const sent = read(parts);
    if (sent === null) return refuse(response, 400);
    try {
      sendJson(response, 200, await does(sent));
    } catch (error) {
      // Trouble of a database has a code, and is told where it is looked after; the page asks again. What has none is a defect.
      if (!(error instanceof Error && "code" in error)) throw error;
      refuse(response, 503);
    }
  };
  return { method: "POST", path, limitBytes: mostBytes, handle };
}
