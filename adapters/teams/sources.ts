/** "Sources in full": the passages that an answer rests on, and the references to copy. */
import type { Answer } from "#src/reply.ts";
import type { Shown } from "./drawn.ts";
import { sourcesCard } from "./sources-card.ts";
import type { Tools } from "./tools.ts";

/** The answer's sources as a card. */
export async function sourcesOf(reply: Answer, { knowledge, apaOf }: Tools): Promise<Shown> {
  const { passages, sources } = knowledge();
  const cited = reply.citations.flatMap(({ passage }) => passages.get(passage) ?? []);
  const named = sources.filter(({ id }) => reply.citations.some(({ source }) => source === id));
  const references = await Promise.all(named.map((source) => apaOf(source)));
  return { reply, card: sourcesCard({ reply, passages: cited, references }) };
}
