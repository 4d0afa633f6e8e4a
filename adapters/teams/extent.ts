/** How much of a reply is shown: all of it where that fits; else what matters less gives way first. */
import type { Reply, Segment } from "#src/reply.ts";
import { fits, limits, most } from "./budget.ts";
import { clip } from "./markdown.ts";

export type Extent = {
  /** Sentences of an answer. */
  readonly body: readonly Segment[];
  readonly isCut: boolean;
  /** Whether sources lead to their address in the card; their marks do in any case. */
  readonly isLinked: boolean;
  /** Rows of a list, or contacts. */
  readonly items: number;
  /** Characters of what is said. */
  readonly say: number;
};

const longestSay = 100_000;

/** Makes the largest that fits. An answer loses links before sentences, and its last sentences before any source of the others. */
export function fitted<T>(reply: Reply, make: (extent: Extent) => T): T {
  const whole: Extent = {
    body: reply.kind === "answer" ? reply.body : [],
    isCut: false,
    isLinked: true,
    items: itemsIn(reply),
    say: longestSay,
  };
  const all = make(whole);
  if (fits(all)) return all;
  return reply.kind === "answer" ? cutAnswer(reply, whole, make) : cutOther(reply, whole, make);
}

function itemsIn(reply: Reply): number {
  if (reply.kind === "list") return reply.rows.length;
  return reply.kind === "crisis" ? reply.contacts.length : 0;
}

// Of a sentence that alone is too long: fewer marks than this leave room for words.
const mostMarks = 5;

function cutAnswer<T>({ body }: Extract<Reply, { kind: "answer" }>, whole: Extent, make: (extent: Extent) => T): T {
  const bare = { ...whole, isLinked: false };
  const unlinked = make(bare);
  if (fits(unlinked)) return unlinked;
  const first = (count: number) => make({ ...bare, body: body.slice(0, count), isCut: true });
  const count = most(body.length - 1, first);
  if (count > 0) return first(count);
  const [{ text, cites, heading }] = body;
  const [one, ...others] = cites;
  const start = (length: number) => {
    const sentence: Segment = {
      text: clip(text, length + 1),
      cites: [one, ...others.slice(0, mostMarks - 1)],
      heading,
    };
    return make({ ...bare, body: [sentence], isCut: true });
  };
  return start(most(text.length, start));
}

function cutOther<T>(reply: Reply, whole: Extent, make: (extent: Extent) => T): T {
  const short = { ...whole, say: limits.say };
  const first = (items: number) => make({ ...short, items });
  const items = most(whole.items, first);
  if (fits(first(items))) return first(items);
  const start = (say: number) => make({ ...short, items, say: say + 1 });
  return start(most(Math.min(reply.say.length, limits.say), start));
}
