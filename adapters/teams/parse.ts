/** What arrives from Teams, as the small types of activity.ts. Pure, and never throws. */
import { z } from "zod";
import type { Activity, Mention, Typed } from "./activity.ts";
import { commonOf, id, orNull, tenantOf, words } from "./parse-common.ts";
import { forwardedIn, tidy, wordsOfHtml } from "./parse-html.ts";
import { cardDataOf, messageOf, parseInvoke } from "./parse-invoke.ts";

/** What is looked at before anything else of an activity is read. */
export type Head = {
  readonly serviceUrl: string;
  readonly channelId: string;
  /** Id of the organisation; null where none is said. */
  readonly tenant: string | null;
};

const head = z.object({ serviceUrl: id, channelId: id });

/** Reads the head, or null where it has none or is of two organisations at once. */
export function headOf(body: unknown): Head | null {
  const read = head.safeParse(body);
  const tenant = tenantOf(body);
  return read.success && tenant !== false ? { ...read.data, tenant } : null;
}

const typed = z.object({ type: z.string().min(1) });
const nothing: Activity = { kind: "other", isInvoke: false };

/** Reads an activity, or null where it is none: refused before botbuilder, which throws over a missing part, sees it. */
export function parseActivity(body: unknown): Activity | null {
  const read = typed.safeParse(body);
  if (!read.success) return null;
  switch (read.data.type) {
    case "message":
      return parseMessage(body);
    case "messageUpdate":
      return parseUpdate(body);
    case "invoke":
      return parseInvoke(body);
    case "installationUpdate":
      return parseInstallation(body);
    default:
      // conversationUpdate too: installationUpdate says the same, once.
      return nothing;
  }
}

const message = z.object({
  text: words.nullish(),
  value: z.unknown().optional(),
  attachments: orNull(z.array(z.unknown()).max(100)),
  entities: orNull(z.array(z.unknown()).max(500)),
  localTimestamp: orNull(id),
  timestamp: orNull(id),
});

const page = z.object({ contentType: z.literal("text/html"), content: words });
const mention = z.object({
  type: z.literal("mention"),
  mentioned: z.object({ id, name: orNull(id) }),
  text: orNull(id),
});

function parseMessage(body: unknown): Activity | null {
  const common = commonOf(body);
  const read = message.safeParse(body);
  if (common === null || !read.success) return null;
  // A button of a card, from a client that does not know Action.Execute.
  const data = cardDataOf(read.data.value);
  if (data !== null) return { kind: "press", ...common, data, isExecute: false, message: messageOf(body) };
  const text = textOf(read.data);
  if (read.data.value !== undefined && read.data.value !== null && text === "") return nothing;
  return { kind: "message", ...common, text, ...aroundOf(read.data), isEdit: false };
}

const update = z.object({ channelData: z.object({ eventType: z.literal("editMessage") }) });

function parseUpdate(body: unknown): Activity | null {
  // Such as undeleteMessage, which says nothing new.
  if (!update.safeParse(body).success) return nothing;
  const common = commonOf(body);
  const read = message.safeParse(body);
  if (common === null || !read.success) return null;
  return { kind: "message", ...common, text: textOf(read.data), ...aroundOf(read.data), isEdit: true };
}

type Message = z.output<typeof message>;

const aroundOf = ({ entities, localTimestamp, timestamp }: Message): Pick<Typed, "mentions" | "sentAt"> => ({
  mentions: (entities ?? []).flatMap(mentionIn),
  sentAt: localTimestamp ?? timestamp,
});

function mentionIn(entity: unknown): readonly Mention[] {
  const read = mention.safeParse(entity);
  if (!read.success) return [];
  const { mentioned, text } = read.data;
  return [{ id: mentioned.id, text: text ?? `<at>${mentioned.name ?? ""}</at>` }];
}

/** What was typed, with the words of a message that it forwards where Teams left them to the HTML beside it. */
function textOf({ text, attachments }: Message): string {
  const own = text ?? "";
  const forwarded = (attachments ?? [])
    .map((one) => forwardedIn(page.safeParse(one).data?.content ?? ""))
    .filter((part) => part !== "");
  if (forwarded.length === 0) return own;
  const said = flat(wordsOfHtml(own));
  return [own, ...forwarded.filter((part) => !said.includes(flat(part)))].filter((part) => part !== "").join("\n");
}

const flat = (text: string): string => tidy(text).replaceAll("\n", " ");

const installation = z.object({ action: z.string() });

function parseInstallation(body: unknown): Activity | null {
  const common = commonOf(body);
  const read = installation.safeParse(body);
  if (common === null || !read.success) return null;
  if (read.data.action === "add") return { kind: "installed", ...common };
  // A newer version of the app comes as add-upgrade and remove-upgrade: nobody came or went.
  return read.data.action === "remove" ? { kind: "removed", ...common } : nothing;
}
