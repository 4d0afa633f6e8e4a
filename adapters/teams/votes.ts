/** A thumb under an answer: kept with the entries that the answer showed. What is typed beside it is looked at for danger alone. */
import { named } from "#src/log.ts";
import type { Voted } from "./activity.ts";
import { typed } from "./commands.ts";
import { deliver, messageAddress } from "./deliver.ts";
import { personId, turnAlone } from "./read.ts";
import type { Tools } from "./tools.ts";

/** Answers whoever writes beside a thumb that they are in danger, and keeps the vote. Never rejects. */
export async function takeVote(voted: Voted, tools: Tools): Promise<void> {
  await Promise.all([answerDanger(voted, tools), keepVote(voted, tools)]);
}

async function answerDanger(voted: Voted, tools: Tools): Promise<void> {
  const said = typed(voted.text);
  if (!tools.isDanger(said)) return;
  const nowMs = tools.nowMs();
  const { reply } = tools.respond(turnAlone(voted, voted.id ?? String(nowMs), said, nowMs));
  await deliver(reply, voted, tools);
}

/** Keeps it, where it is known what the answer showed: whoever votes cannot do anything about a database. */
async function keepVote({ from, where, vote, message }: Voted, tools: Tools): Promise<void> {
  if (message === null) return;
  const place = messageAddress(from.tenant, where.conversation, message);
  try {
    // What is kept are names of ours, as they are now.
    const ours = new Set(tools.knowledge().entries.map(({ id }) => id));
    const entries = (await tools.answers.entries(place)).filter((id) => ours.has(id));
    if (entries.length === 0) return;
    const person = personId(from);
    await tools.votes.put({ person, place, entries, vote, reason: null, atMs: tools.nowMs() });
  } catch (error) {
    tools.log({ level: "warn", event: "teams.vote.not-kept", ...named(error) });
  }
}
