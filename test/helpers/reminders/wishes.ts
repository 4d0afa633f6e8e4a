/** Many made-up people, who each want to be reminded of something that nobody else does, so that it is known again. */
import { channels, type Person } from "../slack/team.ts";
import type { Chance } from "./virtual.ts";
import { pick } from "./world.ts";

/** One reminder that somebody wants. */
export type Wish = {
  readonly person: Person;
  /** Where it was asked for and where it comes: a direct message, or a channel that others read. */
  readonly channel: string;
  readonly isPrivate: boolean;
  readonly label: string;
};

const zones = ["UTC", "Europe/Berlin", "Asia/Tokyo", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];

/** So many people, in zones all over the world. */
export const crowd = (count: number): readonly Person[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `U1${String(at).padStart(6, "0")}`,
    name: `person${at}`,
    realName: `Person ${at}`,
    zone: zones[at % zones.length] ?? "UTC",
  }));

// Nobody is called so, and none of them says when.
const words =
  "copper lantern harbour meadow pebble thimble saddle kettle ribbon walnut marble cobalt timber velvet biscuit parcel pocket basket button candle garden window ladder anchor".split(
    " ",
  );

/** Gives a label that it has not given before. */
function createLabels(chance: Chance): () => string {
  const given = new Set<string>();
  return () => {
    for (;;) {
      const label = `planning ${pick(chance, words)} ${pick(chance, words)} ${pick(chance, words)}`;
      if (given.has(label)) continue;
      given.add(label);
      return label;
    }
  };
}

export type Crowd = {
  /** All that was wanted so far, acknowledged or not. */
  readonly wishes: readonly Wish[];
  /** Somebody wants something. */
  readonly next: (isHere: boolean) => Wish;
  readonly people: readonly Person[];
  readonly directOf: (person: string) => string;
};

/** Lets them want things. `direct` is the direct message of each. */
export function gather(chance: Chance, people: readonly Person[], direct: ReadonlyMap<string, string>): Crowd {
  const wishes: Wish[] = [];
  const label = createLabels(chance);
  const directOf = (person: string) => direct.get(person) ?? "";
  return {
    wishes,
    people,
    directOf,
    next(isHere) {
      const person = pick(chance, people);
      const wish: Wish = {
        person,
        channel: isHere ? channels.general : directOf(person.id),
        isPrivate: !isHere,
        label: label(),
      };
      wishes.push(wish);
      return wish;
    },
  };
}
