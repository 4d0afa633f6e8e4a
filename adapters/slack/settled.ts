/** What comes after `respond`: a wish for a reminder is done, an answer can be saved. A reply to danger goes out as it is. */
import { isWish } from "#src/conversation/respond.ts";
import type { Reply, Response } from "#src/reply.ts";
import type { Turn } from "#src/turn.ts";
import type { Door } from "./door.ts";
import type { From } from "./payload.ts";
import { placesOf } from "./read.ts";
import type { Installed } from "./workspaces.ts";

/** Who acts, and in which conversation; `channel` is null for the Home tab. */
export type Scene = From & { readonly channel: string | null };

/** The reply as it goes out. What it takes of the person's profile is their time zone, and that for a reminder alone. */
export async function settled(
  turn: Turn,
  response: Response,
  scene: Scene,
  { installed, door }: { readonly installed: Installed; readonly door: Door },
): Promise<Reply> {
  if (response.lane === "now") return response.reply;
  const places = placesOf(scene, scene.channel);
  if (!isWish(response.reply)) return door.settle(turn, response, places);
  const zone = await door.zoneOf(scene, installed.call);
  return door.settle({ ...turn, person: { ...turn.person, zone } }, response, places);
}
