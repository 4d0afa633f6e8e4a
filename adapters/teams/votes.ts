/** A thumb under an answer: kept with the entries that the answer showed. What is typed beside it never comes this far. */
import { named } from "#src/log.ts";
import type { Voted } from "./activity.ts";
import { addressOf } from "./deliver.ts";
import { personId } from "./read.ts";
import type { Tools } from "./tools.ts";

/** Keeps it, where it is known what the answer showed. Never rejects: whoever votes cannot do anything about a database. */
export async function takeVote({ from, where, vote, message }: Voted, tools: Tools): Promise<void> {
  if (message === null) return;
  const place = addressOf(from.tenant, where.conversation, message);
  try {
    // What is kept are names of ours, as they are now.
    const ours = new Set(tools.knowledge().entries.map(({ id }) => id));
    const entries = (await tools.answers.entries(place)).filter((id) => ours.has(id));
    if (entries.length === 0) return;
    const person = personId(from.tenant, from.user);
    await tools.votes.put({ person, place, entries, vote, reason: null, atMs: tools.nowMs() });
  } catch (error) {
    tools.log({ level: "warn", event: "teams.vote.not-kept", ...named(error) });
  }
}
