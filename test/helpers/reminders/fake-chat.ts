/** A chat that remembers what landed in it, and answers as badly as real ones do. Direct messages can be looked into, channels cannot. */

import type { Claimed } from "#src/reminders/store.ts";
import type { Deliver, Delivery, Reply } from "#src/reply.ts";
import type { Place } from "#src/turn.ts";
import { addAmbiguous, between, pick, placeName, type World } from "./world.ts";

/** What a reply was drawn from. */
export type Drawn = { readonly claimed: Claimed; readonly drawnMs: number };

/** Whether the door can look for an earlier try there. */
export const canLook = ({ door }: Place): boolean => door === "dm";

/** What becomes of one request: when it lands, if it does, and what is said of it when, if anything is. */
type Fate = {
  readonly landsMs: number | null;
  readonly answersMs: number | null;
  readonly answer: Delivery | "throws";
};

// What Retry-After may hold (F16).
const waits = [1_000, 0, -1_000, 1_500, Number.NaN, Number.POSITIVE_INFINITY, 86_400_000, 30_000];
const timeoutMs = 10_000;
// After this, what has not landed never will.
const latestMs = 14_000;

function fateOf({ chance, weather }: World, isLookedFor: boolean): Fate {
  const unknown: Delivery = { kind: "unknown", canLook: isLookedFor };
  const soon = between(chance, 20, 900);
  const fine: Fate = { landsMs: soon, answersMs: soon + between(chance, 0, 300), answer: { kind: "sent" } };
  if (chance() >= weather.chat) return fine;
  const lands = chance() < 0.6 ? between(chance, 20, latestMs) : null;
  return pick<() => Fate>(chance, [
    // 429, and refused for now.
    () => ({ landsMs: null, answersMs: soon, answer: { kind: "retry", afterMs: pick(chance, waits) } }),
    () => ({ landsMs: null, answersMs: soon, answer: { kind: "retry", afterMs: 1_000 } }),
    // Slow.
    () => ({ landsMs: 8_000, answersMs: between(chance, 8_000, 9_900), answer: { kind: "sent" } }),
    // The answer was lost, at once or by a time limit; some land later still.
    () => ({ landsMs: soon, answersMs: soon + 10, answer: unknown }),
    () => ({ landsMs: lands, answersMs: timeoutMs, answer: unknown }),
    () => ({ landsMs: lands, answersMs: soon, answer: "throws" }),
    () => ({ landsMs: lands, answersMs: null, answer: unknown }),
  ])();
}

export type Chat = { readonly deliverFor: (life: { readonly isDead: boolean }) => Deliver };

/** Opens an empty one. `drawn` says what a reply was drawn from. */
export function openChat(world: World, drawn: (reply: Reply) => Drawn): Chat {
  const { time, chance, flying } = world;

  /** What must be so whenever a try begins. */
  function check(place: string, { claimed }: Drawn): void {
    const { id, due } = claimed.occurrence;
    if (due.atMs > world.highMs()) world.fault(`${id} was sent before its time`);
    const isJumpy = time.nowMs() - world.jumpedMs() < 60_000;
    if (!isJumpy && world.ledgerMs() > claimed.untilMs - latestMs)
      world.fault(`${id} was begun when others may have it soon`);
    const other = flying.get(place);
    if (other !== undefined && !world.jumped.has(other)) world.fault(`${id} and ${other} at once for ${place}`);
    flying.set(place, id);
  }

  function land(place: string, { claimed, drawnMs }: Drawn): void {
    const { id } = claimed.occurrence;
    world.tell(`landed ${id} in ${place}`);
    world.landings.push({ id, place, claimed, drawnMs });
  }

  /** The request goes its way whether or not whoever sent it lives to hear of it. */
  async function send(place: string, what: Drawn, isLookedFor: boolean): Promise<Delivery> {
    const { id } = what.claimed.occurrence;
    const { landsMs, answersMs, answer } = fateOf(world, isLookedFor);
    if (landsMs !== null) time.after(landsMs, () => land(place, what));
    world.pending.add(id);
    time.after(landsMs ?? 0, () => world.pending.delete(id));
    const overMs = Math.max(landsMs ?? 0, answersMs ?? latestMs);
    time.after(overMs, () => {
      if (flying.get(place) === id) flying.delete(place);
    });
    if (answer === "throws" || answer.kind === "unknown") addAmbiguous(world, id);
    if (answersMs === null) return new Promise(() => {});
    await time.sleep(answersMs);
    if (answer === "throws") throw new TypeError("a defect of a door");
    return answer;
  }

  return {
    deliverFor: (life) => async (place, reply, sending) => {
      const name = placeName(place);
      const what = drawn(reply);
      const { id } = what.claimed.occurrence;
      if (life.isDead) return new Promise(() => {});
      world.tell(`try ${id} in ${name} tried ${sending.triedMs}`);
      check(name, what);
      const leave = (delivery: Delivery): Delivery => {
        if (flying.get(name) === id) flying.delete(name);
        return delivery;
      };
      if (world.gone.has(name)) return leave({ kind: "gone", why: "channel_not_found" });
      if (sending.triedMs !== null && canLook(place)) {
        await time.sleep(between(chance, 20, 400));
        if (chance() < world.weather.chat / 4) return leave({ kind: "retry", afterMs: 2_000 });
        if (world.landings.some((landing) => landing.id === sending.id)) return leave({ kind: "sent" });
      }
      if (life.isDead) return leave({ kind: "unknown", canLook: canLook(place) });
      return send(name, what, canLook(place));
    },
  };
}
