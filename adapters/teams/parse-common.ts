/** Who acts and in which conversation: what every activity of a person has. */
import { z } from "zod";
import type { From, Typed, Where } from "./activity.ts";

/** An id of Teams': of a person, a conversation, a message, an organisation. */
export const id = z.string().min(1).max(1_000);

/** A part that is nothing without its kind: null where it is missing or of another. */
export const orNull = <T extends z.ZodType>(inner: T) => inner.nullable().catch(null);

// Teams takes 28 KB a message. All of a longer one is not read, and what is said at its beginning still is.
const mostCharacters = 100_000;

/** What someone typed, whole. */
export const words = z.string().transform((text) => text.slice(0, mostCharacters));

/** What every activity of a person has in common. */
export type Common = Pick<Typed, "id" | "from" | "where">;

const withId = z.object({ id });

const account = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);

// Objects without the fields that are not named here: a key such as __proto__ goes nowhere.
const shape = z.object({
  type: z.string(),
  id: orNull(id),
  serviceUrl: id,
  from: z.object({ id, aadObjectId: orNull(account) }),
  recipient: withId,
  conversation: z.object({
    id,
    conversationType: orNull(z.string()),
    isGroup: orNull(z.boolean()),
  }),
  channelData: orNull(z.object({ team: orNull(withId), teamsTeamId: orNull(id) })),
  locale: orNull(id),
  localTimezone: orNull(id),
  entities: orNull(z.array(z.unknown()).max(500)),
});

/** Reads it, or null where a part is missing that nothing can be done without, or it is of two organisations. */
export function commonOf(body: unknown): Common | null {
  const read = shape.safeParse(body);
  const tenant = tenantOf(body);
  if (!read.success || typeof tenant !== "string") return null;
  const { data } = read;
  return { id: data.id, from: { tenant, ...someoneIn(data), ...habitsOf(data) }, where: whereOf(data) };
}

const tenants = z.object({
  conversation: orNull(z.object({ tenantId: orNull(id) })),
  channelData: orNull(z.object({ tenant: orNull(withId) })),
});

/** Id of the organisation; null where none is said; false where two are. */
export function tenantOf(body: unknown): string | null | false {
  const read = tenants.safeParse(body);
  if (!read.success) return null;
  const { conversation, channelData } = read.data;
  const [one, other] = [conversation?.tenantId ?? null, channelData?.tenant?.id ?? null];
  return one !== null && other !== null && one !== other ? false : (one ?? other);
}

type Data = z.output<typeof shape>;

const someoneIn = ({ from }: Data): Pick<From, "user" | "account"> => ({
  user: from.id,
  account: from.aadObjectId?.toLowerCase() ?? null,
});

const marker = ";messageid=";

function whereOf(data: Data): Where {
  const { conversation, recipient, serviceUrl } = data;
  const cut = conversation.id.indexOf(marker);
  const kind = kindOf(data);
  const begun = data.type === "message" || data.type === "messageUpdate" ? data.id : null;
  return {
    serviceUrl,
    conversation: cut < 1 ? conversation.id : conversation.id.slice(0, cut),
    kind,
    // A message that begins a thread is where that thread hangs from.
    thread: kind === "channel" ? (cut < 1 ? begun : conversation.id.slice(cut + marker.length) || begun) : null,
    bot: recipient.id,
  };
}

function kindOf({ type, conversation, channelData, recipient }: Data): Where["kind"] {
  const { conversationType, isGroup } = conversation;
  if (conversationType === "channel") return "channel";
  const isSilent = conversationType === null && isGroup !== true && !isOfSeveral.test(conversation.id);
  if (conversationType === "personal" || isSilent)
    return type === "invoke" && isWithoutUs(conversation.id, recipient.id) ? "group" : "personal";
  const isOfTeam = channelData !== null && (channelData.team !== null || channelData.teamsTeamId !== null);
  return conversationType === null && isOfTeam ? "channel" : "group";
}

/** Of a channel or a group chat, whatever else is left unsaid. */
const isOfSeveral = /^19:.*@thread\./;

/**
 * A message extension is also used where two people talk to each other, and in somebody's own notes (`48:notes`), which Teams
 * calls personal too. It is not our chat with any of them: those have ids of their own kind, or name us.
 */
const isWithoutUs = (conversation: string, bot: string): boolean =>
  /^\d+:/.test(conversation) && !conversation.includes(bot.replace(/^28:/, ""));

const clientInfo = z.object({
  type: z.literal("clientInfo"),
  country: orNull(id),
  timezone: orNull(id),
  locale: orNull(id),
});

function habitsOf({ locale, localTimezone, entities }: Data): Pick<From, "zone" | "country"> {
  const client = (entities ?? []).map((entity) => clientInfo.safeParse(entity)).find(({ success }) => success)?.data;
  return {
    zone: zoneOf(localTimezone) ?? zoneOf(client?.timezone ?? null),
    country: regionOf(locale) ?? countryOf(client?.country ?? null) ?? regionOf(client?.locale ?? null),
  };
}

// Looking one up takes longer than reading all else of an activity, and there are some hundreds of them.
const zones = new Map<string, string>();
const mostZones = 1_000;

/** The zone under its own name, where it is known here. An offset is none: it does not say when clocks change. */
function zoneOf(name: string | null): string | null {
  if (name === null || !/^[A-Za-z][\w+-]{0,30}(?:\/[\w+-]{1,30}){0,2}$/.test(name)) return null;
  const known = zones.get(name);
  if (known !== undefined) return known;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions();
    if (zones.size < mostZones) zones.set(name, timeZone);
    return timeZone;
  } catch {
    return null;
  }
}

/** Of `en-GB` it is GB; of `en` none. */
function regionOf(locale: string | null): string | null {
  try {
    return locale === null ? null : countryOf(new Intl.Locale(locale).region ?? null);
  } catch {
    return null;
  }
}

/** Two letters. A region of the world has a number. */
const countryOf = (code: string | null): string | null =>
  code !== null && /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : null;
