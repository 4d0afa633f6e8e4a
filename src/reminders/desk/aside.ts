/** At the desk: what is for one person, though they asked where others read along. */
import type { Reply } from "../../reply.ts";
import type { Wish } from "../wish.ts";
import type { Scene } from "./scene.ts";

/** Said by whoever asks in so many words, or the same for everybody. */
const open: ReadonlySet<Wish["kind"]> = new Set(["create", "ask", "refuse", "form", "help"]);

/** The reply, marked where it tells of what the person has set, when they last met, or offers to erase it. */
export const asideOf = (wish: Wish, reply: Reply, { places }: Scene): Reply =>
  places.here === null || open.has(wish.kind) ? reply : { ...reply, isPrivate: true };
