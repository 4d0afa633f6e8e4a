/** Counts what stands in local-slack when all is over: what was acknowledged, what has come, and how often. */
import type { Wish } from "../helpers/reminders/wishes.ts";
import { channels, type Json, objectOf, textOf } from "../helpers/slack/team.ts";
import type { Left } from "./kept.ts";
import type { Stage } from "./stage.ts";

export type Counted = {
  readonly wished: number;
  /** Read back with its number to whoever asked. */
  readonly acknowledged: readonly Wish[];
  /** How many messages came, the repeats among them left out. */
  readonly delivered: number;
  /** Promised, and never came; without those in a channel of which nobody can know. */
  readonly lost: readonly string[];
  /** Came more than once: where the history can be looked into, or without a word that it may be there twice. */
  readonly doubled: readonly string[];
  /** Repeats in a channel, which nobody may look into; each says so. */
  readonly repeats: number;
  /** Came before it was due. */
  readonly early: readonly string[];
  /** Somebody was told that it comes no more. */
  readonly stopped: number;
  /** How late each came, milliseconds, in order. */
  readonly lateMs: readonly number[];
};

const isDue = /\bis due:|\bwas due on\b/;
const saysTwice = /you may see it twice/;
const readBack = /\bas number \d+/;

type Seen = { readonly text: string; readonly key: string; readonly isPrivate: boolean };

/** All messages, with their words in small letters. */
async function messagesOf({ slack, crowd }: Stage): Promise<readonly Seen[]> {
  const places = [channels.general, ...crowd.people.map(({ id }) => crowd.directOf(id))];
  const all = await Promise.all(
    places.map(async (place) => (await slack.control.messages(place)).map((one) => seen(place, one))),
  );
  return all.flat();
}

const seen = (place: string, { ts, text, subtype }: Json): Seen => ({
  text: textOf(text).toLowerCase(),
  key: `${place}:${textOf(ts)}`,
  isPrivate: subtype === "ephemeral",
});

/** Whether all of these have come. */
export async function haveCome(stage: Stage, wishes: readonly Wish[]): Promise<boolean> {
  const messages = (await messagesOf(stage)).filter(({ text, isPrivate }) => !isPrivate && isDue.test(text));
  return wishes.every(({ label }) => messages.some(({ text }) => text.includes(label)));
}

/** Those that were read back to whoever asked. */
export async function acknowledgedIn(stage: Stage): Promise<readonly Wish[]> {
  const told = (await messagesOf(stage)).filter(({ text }) => readBack.test(text));
  return stage.crowd.wishes.filter(({ label }) => told.some(({ text }) => text.includes(label)));
}

/** Counts. `promised` are to have come. */
export async function count(stage: Stage, promised: readonly Wish[], { dueMs, unknown }: Left): Promise<Counted> {
  const messages = await messagesOf(stage);
  const ours = messages.filter(({ text, isPrivate }) => !isPrivate && !readBack.test(text));
  const posts = postsIn(stage);
  const lost = new Set(promised.flatMap(({ label, isPrivate }) => (!isPrivate && unknown.has(label) ? [] : label)));
  const doubled: string[] = [];
  const early: string[] = [];
  const lateMs: number[] = [];
  let repeats = 0;
  for (const { label, isPrivate } of stage.crowd.wishes) {
    const [first, ...more] = ours.filter(({ text }) => text.includes(label) && isDue.test(text));
    if (first === undefined) continue;
    lost.delete(label);
    const post = posts.get(first.key);
    const late = Math.round(post === undefined ? Number.NaN : post.atMs - (dueMs.get(post.mark) ?? Number.NaN));
    lateMs.push(late);
    // One that nobody knows the time of is counted with these.
    if (!(late >= 0)) early.push(label);
    const unsaid = more.filter(({ text }) => isPrivate || !saysTwice.test(text));
    if (unsaid.length > 0) doubled.push(label);
    repeats += more.length - unsaid.length;
  }
  return {
    wished: stage.crowd.wishes.length,
    acknowledged: await acknowledgedIn(stage),
    delivered: lateMs.length,
    lost: [...lost],
    doubled,
    repeats,
    early,
    stopped: ours.filter(({ text }) => /\bhas stopped:/.test(text)).length,
    lateMs: lateMs.sort((a, b) => a - b),
  };
}

type Post = { readonly mark: string; readonly atMs: number };

/** By channel and time: the id of the occurrence, which local-slack does not keep, and when it was posted to the millisecond. */
const postsIn = ({ proxy }: Stage): ReadonlyMap<string, Post> =>
  new Map(
    proxy.calls("chat.postMessage").flatMap(({ args, answer, atMs }) => {
      if (answer?.ok !== true) return [];
      const mark = textOf(objectOf(objectOf(args.metadata).event_payload).mark);
      return [[`${textOf(answer.channel)}:${textOf(answer.ts)}`, { mark, atMs: performance.timeOrigin + atMs }]];
    }),
  );

/** The value below which this share of them lies; NaN where there is none. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
