/** What comes after `respond`: a wish for a reminder is done, an answer can be saved. A reply to danger goes out as it is. */
import { isWish } from "#src/conversation/respond.ts";
import type { Reply, Response } from "#src/reply.ts";
import type { Person, Turn } from "#src/turn.ts";
import type { Acted } from "./activity.ts";
import { placesOf } from "./read.ts";
import type { Tools } from "./tools.ts";

/** The reply as it goes out. */
export async function settled(turn: Turn, response: Response, acted: Acted, tools: Tools): Promise<Reply> {
  if (response.lane === "now") return response.reply;
  const places = placesOf(acted);
  if (!isWish(response.reply)) return tools.settle(turn, response, places);
  return tools.settle({ ...turn, person: await withZone(turn.person, tools) }, response, places);
}

/** The zone that Teams says; else the one that it said before, in the chat with them; else the one for people without. */
async function withZone(person: Person, { remember, zone }: Tools): Promise<Person> {
  if (person.zone !== null) return person;
  const known = await remember.zoneOf(person.id);
  return { ...person, zone: known === null ? { name: zone, from: "default" } : { name: known, from: "profile" } };
}
