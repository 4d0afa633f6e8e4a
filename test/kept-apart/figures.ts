/**
 * Questions and messages by other hands than the knowledge's, which nothing is fitted on: the nearest we have to people we
 * have not met. Asked through the whole assistant. Do not curate from their misses, or they stop saying anything.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { openShipped } from "../helpers/shipped.ts";

const question = z.object({
  q: z.string(),
  kind: z.enum(["in", "near", "out", "chitchat", "command"]),
  gold: z.array(z.string()),
});
const message = z.object({ q: z.string(), lane: z.enum(["now", "about", "none"]), style: z.string() });

const linesOf = <T>(name: string, schema: z.ZodType<T>): T[] =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => schema.parse(JSON.parse(line)));

/** A figure: of how many it is the share, 0 to 1. */
export type Figure = { readonly name: string; readonly of: number; readonly share: number };

/** Questions, by what they wanted. */
export async function questionFigures(): Promise<readonly Figure[]> {
  const { ask } = await openShipped();
  const asked = linesOf("questions.jsonl", question).map(({ q, kind, gold }) => {
    const { reply, lane } = ask(q);
    const entries = "entries" in reply ? reply.entries : [];
    const right = entries.map(({ passages }) => passages.some((id) => gold.includes(id)));
    return { kind, reply, lane, first: right[0] === true, any: right.includes(true) };
  });
  type Asked = (typeof asked)[number];
  const figure = (name: string, kind: Asked["kind"], test: (one: Asked) => boolean): Figure => {
    const of = asked.filter((one) => one.kind === kind);
    return { name, of: of.length, share: of.filter(test).length / of.length };
  };
  const isAnswer = ({ reply }: Asked) => reply.kind === "answer";
  const isShown = (one: Asked) => isAnswer(one) || one.reply.kind === "choices";
  return [
    figure("covered: right entry first", "in", (one) => isShown(one) && one.first),
    figure("covered: right entry first or offered", "in", (one) =>
      isAnswer(one) ? one.first : isShown(one) && one.any,
    ),
    figure("covered: wrong entry given as the answer", "in", (one) => isAnswer(one) && !one.first),
    figure("covered: sent to the crisis reply", "in", ({ lane }) => lane === "now"),
    figure("not covered: answered", "near", isAnswer),
    figure("unrelated: answered", "out", isAnswer),
    figure("small talk: gets a note", "chitchat", ({ reply }) => reply.kind === "note"),
    figure("reminders: known as such", "command", ({ reply }) => "why" in reply && reply.why === "reminder"),
  ];
}

/** Share of each lane and style that is sent to the crisis reply; style `all` for a whole lane. */
export async function messageFigures(): Promise<readonly Figure[]> {
  const { ask } = await openShipped();
  const sent = linesOf("messages.jsonl", message).map(({ q, lane, style }) => ({
    lane,
    style,
    isNow: ask(q).lane === "now",
  }));
  const figure = (name: string, of: typeof sent): Figure => ({
    name,
    of: of.length,
    share: of.filter(({ isNow }) => isNow).length / of.length,
  });
  return [
    ...[...Map.groupBy(sent, ({ lane }) => lane)].map(([lane, of]) => figure(`${lane}, all`, of)),
    ...[...Map.groupBy(sent, ({ lane, style }) => `${lane}, ${style}`)].map(([name, of]) => figure(name, of)),
  ];
}
