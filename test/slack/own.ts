/** Messages of our own accord, for tests: a door that sends them to a fake, and where to. */
import { openCall } from "#adapters/slack/api.ts";
import type { Door } from "#adapters/slack/door.ts";
import { deliverWith } from "#adapters/slack/own-accord.ts";
import { placeOf } from "#adapters/slack/read.ts";
import { createPace } from "#src/pace.ts";
import type { Reply, Sending } from "#src/reply.ts";
import type { FakeSlack } from "../helpers/slack/fake-slack.ts";
import { noteOf } from "../helpers/slack/kept.ts";
import { alice, botToken, channels, us } from "../helpers/slack/team.ts";
import { doorOf } from "./parts.ts";

export const buttons = [{ label: "Done", token: "r/done/occ-1" }];
export const reminder = noteOf("Supervision is due.", { buttons });
export const at = { team: us.team, enterprise: null, thread: null };
export const toAlice = placeOf({ ...at, channel: alice.id, isPrivate: true });
export const toChannel = placeOf({ ...at, channel: channels.general, isPrivate: false });

/** The first try of one, and another one a second later. */
export const first: Sending = { id: "occ-1", triedMs: null };
export const again = (): Sending => ({ id: "occ-1", triedMs: Date.now() - 1_000 });

/** Sends of our own accord to the fake. Nothing waits but for Slack; `waited` is what would have been, milliseconds. */
export async function openOwn(
  fake: FakeSlack,
  { gapMs = 1_000, ...parts }: Partial<Door> & { readonly gapMs?: number } = {},
) {
  const call = openCall(botToken, { apiUrl: fake.apiUrl, log: () => {}, timeoutMs: 300 });
  const installed = { ...us, token: botToken, call };
  const workspaces = { find: async () => installed, erase: async () => {} };
  const waited: number[] = [];
  const sleep = async (ms: number) => void waited.push(ms);
  const pace = createPace({ gapMs, nowMs: () => 0, sleep });
  const deliver = deliverWith(await doorOf({ workspaces, pace, sleep, ...parts }));
  return {
    waited,
    send: (place = toAlice, sending = first, reply: Reply = reminder) => deliver(place, reply, sending),
  };
}
