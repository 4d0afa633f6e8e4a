/** What the door keeps, in memory: for tests that are not about storage. */
import type { Answers, Reference, References, Vote, Votes } from "#src/doors/core.ts";
import type { Seen } from "#src/doors/once.ts";

/** All that the door keeps; a test may look into it, or put something else in place of a part. */
export type TeamsMemory = {
  readonly seen: Seen;
  readonly votes: Votes;
  readonly references: References;
  readonly answers: Answers;
  /** What is kept of each. References: newest last. */
  readonly kept: {
    readonly seen: Map<string, "working" | "done">;
    readonly votes: Map<string, Vote>;
    readonly references: Map<string, Reference>;
    readonly answers: Map<string, readonly string[]>;
  };
};

/** An empty one. */
export function createTeamsMemory(): TeamsMemory {
  const kept: TeamsMemory["kept"] = {
    seen: new Map(),
    votes: new Map(),
    references: new Map(),
    answers: new Map(),
  };
  return {
    kept,
    seen: seenIn(kept.seen),
    votes: votesIn(kept.votes),
    references: referencesIn(kept.references),
    answers: {
      put: async (address, entries) => void kept.answers.set(address, entries),
      entries: async (address) => kept.answers.get(address) ?? [],
    },
  };
}

const seenIn = (ids: Map<string, "working" | "done">): Seen => ({
  async claim(id) {
    const state = ids.get(id);
    if (state === undefined) ids.set(id, "working");
    return state ?? "yours";
  },
  done: async (id) => void ids.set(id, "done"),
  async release(id) {
    if (ids.get(id) === "working") ids.delete(id);
  },
});

const votesIn = (votes: Map<string, Vote>): Votes => ({
  put: async (vote) => void votes.set(JSON.stringify([vote.person, vote.place]), vote),
  async reason(person, place, reason) {
    const key = JSON.stringify([person, place]);
    const vote = votes.get(key);
    if (vote !== undefined) votes.set(key, { ...vote, reason });
  },
  forget: async (person) => removeFrom(votes, (vote) => vote.person === person),
});

const referencesIn = (references: Map<string, Reference>): References => {
  const keyOf = (tenant: string, conversation: string): string => JSON.stringify([tenant, conversation]);
  const newest = (is: (reference: Reference) => boolean): Reference | null =>
    [...references.values()].findLast(is) ?? null;
  return {
    async put(reference) {
      const key = keyOf(reference.tenant, reference.conversation);
      const zone = reference.zone ?? references.get(key)?.zone ?? null;
      references.delete(key);
      references.set(key, { ...reference, zone });
    },
    find: async (tenant, conversation) => references.get(keyOf(tenant, conversation)) ?? null,
    ofPerson: async (person) => newest((reference) => reference.person === person),
    ofTenant: async (tenant) => newest((reference) => reference.tenant === tenant),
    erase: async (tenant, conversation) => void references.delete(keyOf(tenant, conversation)),
    forget: async (person) => removeFrom(references, (reference) => reference.person === person),
  };
};

function removeFrom<T>(map: Map<string, T>, isGone: (value: T) => boolean): number {
  const gone = [...map].filter(([, value]) => isGone(value));
  for (const [key] of gone) map.delete(key);
  return gone.length;
}
