/** Where conversations are reached, kept whenever something of it has changed: off the way of the answer. */

import type { Reference, References } from "#src/doors/core.ts";
import { keepNewest } from "#src/keep-newest.ts";
import { type Log, named } from "#src/log.ts";
import { within } from "#src/within.ts";
import type { Acted } from "./activity.ts";
import { personId } from "./read.ts";

export type Remember = {
  /** Keeps it. Resolves when that is done, or could not be; never rejects. */
  readonly note: (acted: Acted) => Promise<void>;
  /** The personal chat with someone, if it is known here or is found soon. Never rejects. */
  readonly chatWith: (person: string) => Promise<Reference | null>;
  /** The zone that they said last: a press may bring none. Null where none is known here or found soon. Never rejects. */
  readonly zoneOf: (person: string) => Promise<string | null>;
  /** Forgets one conversation. Rejects while the database is away. */
  readonly erase: (acted: Acted) => Promise<void>;
  /** Forgets all of a person. Rejects while the database is away. */
  readonly forget: (person: string) => Promise<number>;
};

// As many conversations as one process is likely to hear of in a day.
const mostKnown = 10_000;
// Whoever waits for an answer waits no longer than this for the database, milliseconds.
const patienceMs = 500;

type Known = { readonly reference: Reference; readonly text: string; written: Promise<unknown> };

export type RememberOptions = {
  readonly references: References;
  readonly log: Log;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  /** Whether a connector may be at this address: what is kept is believed later. */
  readonly isServiceUrl: (url: string) => boolean;
};

/** Opens it. */
export function createRemember(options: RememberOptions): Remember {
  const { references, log, nowMs, isServiceUrl } = options;
  const known = new Map<string, Known>();
  async function write(key: string, one: Known, before: Promise<unknown> | undefined): Promise<void> {
    try {
      // One after the other, so that the last that was heard is what stays.
      await before;
      await references.put(one.reference, nowMs());
    } catch (error) {
      if (known.get(key) === one) known.delete(key);
      log({ level: "warn", event: "teams.not-remembered", ...named(error) });
    }
  }
  /** What is still being written would come after what is erased. */
  async function drop(isGone: (reference: Reference) => boolean): Promise<void> {
    const gone = [...known].filter(([, { reference }]) => isGone(reference));
    for (const [key] of gone) known.delete(key);
    await Promise.all(gone.map(([, { written }]) => written));
  }
  const inMemory = (person: string): Reference | null =>
    [...known.values()].findLast(({ reference }) => reference.person === person)?.reference ?? null;
  return {
    async note(acted) {
      const heard = referenceOf(acted);
      if (heard === null || !isServiceUrl(heard.serviceUrl)) return;
      const key = JSON.stringify([heard.tenant, heard.conversation]);
      const before = known.get(key);
      const reference = { ...heard, zone: heard.zone ?? before?.reference.zone ?? null };
      const text = JSON.stringify(reference);
      if (before?.text === text) return;
      const one: Known = { reference, text, written: Promise.resolve() };
      keepNewest(known, key, one, mostKnown);
      one.written = write(key, one, before?.written);
      await one.written;
    },
    chatWith: async (person) => inMemory(person) ?? kept(person, options),
    zoneOf: async (person) => inMemory(person)?.zone ?? (await kept(person, options))?.zone ?? null,
    async erase({ from, where }) {
      await drop((one) => one.tenant === from.tenant && one.conversation === where.conversation);
      await references.erase(from.tenant, where.conversation);
    },
    async forget(person) {
      await drop((one) => one.person === person);
      return references.forget(person);
    },
  };
}

/** What the database has, where it says so soon. */
async function kept(person: string, { references, log }: RememberOptions): Promise<Reference | null> {
  try {
    const found = await within(references.ofPerson(person), patienceMs);
    return found === "late" ? null : found;
  } catch (error) {
    log({ level: "warn", event: "teams.references.unavailable", ...named(error) });
    return null;
  }
}

/** Null where we are perhaps not in the conversation: a message extension is used anywhere. */
function referenceOf({ kind, from, where }: Acted): Reference | null {
  const isPersonal = where.kind === "personal";
  if (!isPersonal && (kind === "query" || kind === "open" || kind === "dialog")) return null;
  return {
    tenant: from.tenant,
    conversation: where.conversation,
    person: isPersonal ? personId(from) : null,
    serviceUrl: where.serviceUrl,
    bot: where.bot,
    zone: isPersonal ? from.zone : null,
  };
}
