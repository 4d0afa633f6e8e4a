/**
 * Messages of our own accord, such as reminders: one try each. Whoever asks for it keeps the time, tries again and counts;
 * here nothing is waited for but Slack, and that for half a minute at most.
 */
import { keepNewest } from "#src/keep-newest.ts";
import type { Delivery, Reply, Sending } from "#src/reply.ts";
import type { Place } from "#src/turn.ts";
import type { Call, Called } from "./api.ts";
import type { Door } from "./door.ts";
import { look } from "./look.ts";
import { type Drawn, repeated, send, tooMuch, wordsOf } from "./post.ts";
import { type At, isDirect, openPlace } from "./read.ts";
import { draw } from "./render.ts";
import type { Installed } from "./workspaces.ts";

// Where nobody says when to come back: soon, and it is for the caller to wait longer each time.
const soon: Delivery = { kind: "retry", afterMs: 5_000 };
// A longer turn than this is waited for by the caller.
const longestTurnMs = 2_000;
// Past this, what comes before the message has taken so long that another try, which knows more, is better.
const longestBeforeMs = 10_000;
const repeatMs = 10 * 60 * 1_000;

/** What the core sends of its own accord: one try. */
export function deliverWith(door: Door) {
  const directOf = createDirects(door);
  return async (place: Place, reply: Reply, sending: Sending): Promise<Delivery> => {
    const begunMs = door.nowMs();
    const at = openedPlace(place);
    if (at === null) return { kind: "gone", why: "bad_place" };
    // The database, or a token that is being renewed.
    const installed = await door.workspaces.find(at).catch(() => "later" as const);
    if (installed === "later") return soon;
    if (installed === null) return { kind: "gone", why: "not_installed" };
    const channel = await directOf(at, installed);
    if (typeof channel !== "string") return channel;
    // In a channel nobody else may see it, and there is nobody to tell in private.
    if (reply.kind === "crisis" && !isDirect(channel)) return { kind: "gone", why: "nobody_to_tell" };
    const message = { channel, thread: at.thread, to: null, mark: sending.id };
    const drawn = draw(reply, { audience: isDirect(channel) ? "one" : "all", isOurs: true });
    const looked = sending.triedMs === null ? "absent" : await lookedFor(message, sending.triedMs, installed.call);
    if (typeof looked !== "string") return looked;
    const waitMs = looked === "nobody-knows" && isDirect(channel) ? repeatInMs(sending.triedMs, begunMs) : 0;
    if (waitMs > 0) return { kind: "retry", afterMs: waitMs };
    if (door.nowMs() - begunMs > longestBeforeMs) return { kind: "retry", afterMs: 1_000 };
    // The first try has not looked; where it may not, the next one finds that out.
    const canLook = isDirect(channel) && looked === "absent";
    return tryOnce({ ...message, canLook }, looked === "absent" ? drawn : repeated(drawn), installed.call, door);
  };
}

/** Null where it was not sealed by this door. */
function openedPlace(place: Place): At | null {
  try {
    return openPlace(place);
  } catch {
    return null;
  }
}

/** How long nobody repeats a message of which they cannot know: until ten minutes after the first, as in channels. */
function repeatInMs(triedMs: number | null, nowMs: number): number {
  const sinceMs = nowMs - (triedMs ?? nowMs);
  // The first was timed by another clock: one that says that it is still to come is not waited for.
  return sinceMs < 0 ? 0 : Math.max(0, repeatMs - sinceMs);
}

type Message = Pick<At, "channel" | "thread"> & { readonly to: null; readonly mark: string };

/** Whether an earlier try has landed. Where nobody can ever look, the message has to say that it may be there twice. */
async function lookedFor(message: Message, triedMs: number, call: Call): Promise<"absent" | "nobody-knows" | Delivery> {
  if (!isDirect(message.channel)) return "nobody-knows";
  const found = await look({ ...message, sinceMs: triedMs }, call);
  switch (found.kind) {
    case "there":
      return { kind: "sent" };
    case "absent":
      return "absent";
    case "endless":
      return "nobody-knows";
    case "failed":
      return found.called.kind === "refused" && !goneInGeneral.has(found.called.error)
        ? "nobody-knows"
        : before(found.called);
    default:
      return found satisfies never;
  }
}

/** Sends it in its turn, and as words alone where Slack will not have it as it is drawn. */
async function tryOnce(
  { canLook, ...message }: Message & { readonly canLook: boolean },
  drawn: Drawn,
  call: Call,
  { pace }: Pick<Door, "pace">,
): Promise<Delivery> {
  const waitMs = pace.waitMs(message.channel);
  if (waitMs > longestTurnMs) return { kind: "retry", afterMs: waitMs };
  await pace.next(message.channel);
  const called = await send(message, drawn, call);
  const isRefused = called.kind === "refused" && tooMuch.has(called.error) && drawn.blocks.length > 0;
  const last = isRefused ? await send(message, wordsOf(drawn), call) : called;
  if (last.kind === "limited") pace.hold(message.channel, last.afterMs);
  return deliveryAfter(last, canLook);
}

/** What comes of the message when this came of the call that posts it. */
function deliveryAfter(called: Called, canLook: boolean): Delivery {
  switch (called.kind) {
    case "ok":
      return { kind: "sent" };
    case "unknown":
      return { kind: "unknown", canLook };
    case "failed":
      return perhapsPosted(called.code, canLook) ? { kind: "unknown", canLook } : soon;
    default:
      return before(called);
  }
}

/** What comes of the message when a call before it failed: nothing has been sent. */
function before(called: Exclude<Called, { kind: "ok" }>): Delivery {
  switch (called.kind) {
    case "limited":
      return { kind: "retry", afterMs: called.afterMs };
    case "refused":
      return passing.has(called.error) ? soon : { kind: "gone", why: called.error };
    case "failed":
    case "unknown":
      return soon;
    default:
      return called satisfies never;
  }
}

/** It failed in the midst of it, or what stood between us and Slack gave up waiting. */
const cutOff: ReadonlySet<string> = new Set(["fatal_error", "internal_error", "http_502", "http_504"]);
/** As a rule it was not taken at all. Where a look tells, it is looked for all the same; elsewhere, lost would be worse than twice. */
const seldomPosted: ReadonlySet<string> = new Set(["http_500", "http_503"]);

const perhapsPosted = (code: string, canLook: boolean): boolean =>
  cutOff.has(code) || (canLook && seldomPosted.has(code));

/** No answer for ever: a token that is being renewed or set anew, a workspace that moves, a request that was cut off. */
const passing: ReadonlySet<string> = new Set([
  "accesslimited",
  "invalid_auth",
  "message_limit_exceeded",
  "not_authed",
  "org_login_required",
  "rate_limited",
  "request_timeout",
  "token_expired",
]);

/** These say no to whatever is asked, and not to a look alone. */
const goneInGeneral: ReadonlySet<string> = new Set([
  ...passing,
  "account_inactive",
  "channel_not_found",
  "team_access_not_granted",
  "token_revoked",
]);

// The ids of direct messages never change; they are forgotten now and then all the same.
const rememberedMs = 60 * 60 * 1_000;
const mostRemembered = 10_000;

/** Finds the direct message that we have with a person; any other place is the channel that it says. */
function createDirects({ nowMs }: Pick<Door, "nowMs">) {
  const known = new Map<string, { readonly channel: string; readonly untilMs: number }>();
  return async ({ team, channel }: At, { call }: Installed): Promise<string | Delivery> => {
    if (!/^[UW]/.test(channel)) return channel;
    const key = `${team}:${channel}`;
    const remembered = known.get(key);
    if (remembered !== undefined && nowMs() < remembered.untilMs) return remembered.channel;
    const opened = await call("conversations.open", { users: channel });
    if (opened.kind !== "ok") return before(opened);
    const direct: unknown = Object(opened.data.channel).id;
    if (typeof direct !== "string") return soon;
    keepNewest(known, key, { channel: direct, untilMs: nowMs() + rememberedMs }, mostRemembered);
    return direct;
  };
}
