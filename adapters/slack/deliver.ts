/** Brings a reply to where it belongs. What is for one person alone, as a reply to danger is, nobody else sees. */
import { createHash } from "node:crypto";
import { isForOne } from "#src/doors/answer.ts";
import type { Delivery, Reply } from "#src/reply.ts";
import type { Door } from "./door.ts";
import { post } from "./post.ts";
import { type At, isDirect } from "./read.ts";
import { draw } from "./render.ts";
import { respondAt } from "./response-url.ts";
import { words } from "./words.ts";
import type { Installed } from "./workspaces.ts";

/** Where to, for whom, and in answer to what. `user` is null where nobody in particular asked. */
export type Target = Pick<At, "channel" | "thread"> & {
  readonly user: string | null;
  readonly turnId: string;
  /** Names what an answer is about, where no question stands above it. */
  readonly titled?: boolean;
};

/** Sends the reply. Where the channel cannot be written to, it goes to the person who asked, in private. */
export async function deliver(reply: Reply, target: Target, installed: Installed, door: Door): Promise<Delivery> {
  const { channel, thread, user } = target;
  const direct = isDirect(channel);
  const isCrisis = reply.kind === "crisis";
  const forOne = isForOne(reply);
  const message = {
    channel,
    thread,
    // In a direct message it stays where the person can find the numbers again; elsewhere nobody else may see it.
    to: forOne && !direct ? user : null,
    drawn: draw(reply, { audience: direct || forOne ? "one" : "all", titled: target.titled === true }),
    mark: markOf(target.turnId),
    isDirect: direct,
    isUrgent: isCrisis,
  };
  if (forOne && !direct && user === null) return { kind: "gone", why: "nobody to tell in private" };
  const delivery = await post(message, { ...door, call: installed.call });
  if (delivery.kind === "sent" || direct || user === null) return delivery;
  // A channel that is closed to us; or, for a reply to danger, anything at all that went wrong.
  if (delivery.kind !== "gone" && !isCrisis) return delivery;
  return privately(reply, { ...target, user }, installed, door);
}

/**
 * To one person alone: at the address that Slack gave with a press or a shortcut; where that fails by name, which works in
 * channels that we are in; and where that fails too by direct message.
 */
export async function deliverToOne(
  reply: Reply,
  to: Target & { readonly user: string; readonly responseUrl: string | null },
  installed: Installed,
  door: Door,
): Promise<void> {
  const { channel, thread, user, turnId, responseUrl } = to;
  const drawn = draw(reply, { audience: "one", share: true, titled: true });
  if (responseUrl !== null && (await respondAt(responseUrl, { drawn, thread }, door))) return;
  const isUrgent = reply.kind === "crisis";
  const message = { channel, thread, to: user, drawn, mark: markOf(turnId), isDirect: false, isUrgent };
  const named = await post(message, { ...door, call: installed.call });
  const isClosed = named.kind === "gone" || (isUrgent && named.kind !== "sent");
  const delivery = isClosed ? await privately(reply, to, installed, door) : named;
  if (delivery.kind !== "sent") logUndelivered(delivery, door);
}

/** Notes that a reply did not get through, and why: by a code. */
export const logUndelivered = (delivery: Exclude<Delivery, { kind: "sent" }>, { log }: Pick<Door, "log">): void =>
  log({
    level: "warn",
    event: "slack.not-delivered",
    code: delivery.kind === "gone" ? delivery.why : delivery.kind,
  });

/** By direct message, whatever channel it was meant for. */
async function privately(
  reply: Reply,
  { user, turnId }: Target & { readonly user: string },
  installed: Installed,
  door: Door,
): Promise<Delivery> {
  const opened = await installed.call("conversations.open", { users: user });
  const channel = opened.kind === "ok" ? Object(opened.data.channel).id : null;
  if (typeof channel !== "string") return { kind: "gone", why: opened.kind === "refused" ? opened.error : opened.kind };
  const isCrisis = reply.kind === "crisis";
  const told = isCrisis ? reply : { ...reply, asides: [...reply.asides, words.couldNotPost] };
  return post(
    {
      channel,
      thread: null,
      to: null,
      drawn: draw(told, { audience: "one" }),
      mark: markOf(`${turnId}:direct`),
      isDirect: true,
      isUrgent: isCrisis,
    },
    { ...door, call: installed.call },
  );
}

/** The same for every try of one message, and says nothing about it. */
const markOf = (turnId: string): string => createHash("sha256").update(turnId).digest("base64url").slice(0, 22);
