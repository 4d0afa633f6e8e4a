/** What comes of a window that was sent: an answer shared in a channel, or a reason for a vote. */
import { z } from "zod";
import { named } from "#src/log.ts";
import type { Delivery, Reply } from "#src/reply.ts";
import { callbackIds } from "./action-ids.ts";
import { deliver } from "./deliver.ts";
import type { Door } from "./door.ts";
import { answerForm } from "./filled.ts";
import type { Submission } from "./payload.ts";
import { personId } from "./read.ts";
import { replyToToken } from "./tokens.ts";
import { type Next, noticeView, turnsInto } from "./views.ts";
import { words } from "./words.ts";
import type { Installed } from "./workspaces.ts";

const shared = z.strictObject({ channel: z.string(), thread: z.string().nullable(), token: z.string() });
const voted = z.looseObject({ place: z.string() });

/** Does what the window was for. */
export async function answerSubmission(sent: Submission, installed: Installed, door: Door): Promise<Next> {
  if (sent.callbackId === callbackIds.share) return share(sent, installed, door);
  if (sent.callbackId === callbackIds.form) return answerForm(sent, installed, door);
  if (sent.callbackId === callbackIds.reasons) await keepReason(sent, door);
  return null;
}

// Slack wants to hear of a window within three seconds, and says to the person that it failed after those.
const patienceMs = 2_000;

async function share(sent: Submission, installed: Installed, door: Door): Promise<Next> {
  const to = shared.safeParse(parsed(sent.metadata));
  const reply = to.success ? replyToToken(to.data.token, sent, door) : null;
  if (!to.success || reply?.kind !== "answer") return notice(words.cannotShare);
  const { channel, thread } = to.data;
  const turnId = ["slack", sent.team, "share", sent.user, sent.metadata, door.nowMs()].join(":");
  // Nobody to turn to by direct message: the window itself says what went wrong.
  const delivered = deliver(reply, { channel, thread, user: null, turnId, titled: true }, installed, door).then(
    wrongWith,
  );
  const late = door.sleep(patienceMs).then(() => "late" as const);
  const wrong = await Promise.race([delivered, late]);
  if (wrong !== "late") return wrong === null ? null : notice(wrong);
  // Left open, the window would be sent a second time. What still goes wrong is said where it can be.
  void delivered
    .then(async (say) => {
      if (say === null) return;
      const note: Reply = { kind: "note", why: "share", say, asides: [], buttons: [] };
      await deliver(note, { channel: sent.user, thread: null, user: null, turnId: `${turnId}:note` }, installed, door);
    })
    .catch((error: unknown) => door.log({ level: "warn", event: "slack.unanswered", ...named(error) }));
  return null;
}

/** What to say of a share that did not get through; null where it did, or may have. */
function wrongWith(delivery: Delivery): string | null {
  switch (delivery.kind) {
    case "sent":
    case "unknown":
      return null;
    case "retry":
      return words.shareLater;
    case "gone":
      return notInvited.has(delivery.why) ? words.notInvited : words.cannotShare;
    default:
      return delivery satisfies never;
  }
}

const notInvited: ReadonlySet<string> = new Set(["not_in_channel", "channel_not_found"]);

const notice = (say: string): Next => turnsInto(noticeView(say));

async function keepReason(sent: Submission, door: Door): Promise<void> {
  const about = voted.safeParse(parsed(sent.metadata));
  const [reason] = Object.values(sent.chosen);
  // One of those that were offered: there is no place for what someone may have written instead.
  if (about.success && reason !== undefined && Object.hasOwn(words.reasons, reason))
    await door.votes.reason(personId(sent.team, sent.user), about.data.place, reason);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
