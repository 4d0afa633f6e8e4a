/** What a button of the core leads to, for one person. */
import type { Reply } from "#src/reply.ts";
import type { Door } from "./door.ts";
import { personId, placeOf } from "./read.ts";

/** Who pressed it. */
export type Presser = { readonly team: string; readonly user: string };

/** The reply to a token, in private. */
export const replyToToken = (token: string, { team, user }: Presser, door: Pick<Door, "respond" | "nowMs">): Reply =>
  door.respond({
    id: ["slack", team, "press", user, door.nowMs()].join(":"),
    atMs: door.nowMs(),
    person: { id: personId(team, user), zone: null },
    place: placeOf({ team, enterprise: null, channel: "", thread: null, isPrivate: true }),
    said: { kind: "pressed", token },
  }).reply;
