/** A real local-slack with the whole door behind it, and what its people see of an answer. */
import type { Reply } from "#src/reply.ts";
import { openReal } from "../helpers/assistant.ts";
import { type DoorOptions, type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { type LocalStage, openLocalStage } from "../helpers/slack/stage.ts";
import { type Json, listOf, objectOf, textOf, us } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";

export const modes = ["socket", "http"] as const;
export type Mode = (typeof modes)[number];

/** A play: local-slack, its proxy, and Bearings behind them. */
export type Play = LocalStage & {
  readonly door: OpenDoor;
  /** Messages in the order in which they came to the assistant, by their times; with what it said, the last time it was asked. */
  readonly heard: Map<string, Reply>;
  /** All that we said in this channel, whoever sees it, oldest first. */
  readonly said: (channel: string) => Promise<readonly Json[]>;
  /** Waits until we have said so much in this channel, and gives all of it. */
  readonly saidAtLeast: (count: number, channel: string) => Promise<readonly Json[]>;
  /** Waits until we have said something in this thread, and gives all that we said there. */
  readonly saidIn: (channel: string, thread: string) => Promise<readonly Json[]>;
};

/** The real assistant, opened once for all tests of a file. */
export const real = openReal();

/** Opens local-slack, the proxy, and the door by Socket Mode or over HTTP. */
export async function openPlay(mode: Mode, options: DoorOptions = {}): Promise<Play> {
  const stage = await openLocalStage(mode);
  const heard = new Map<string, Reply>();
  const { respond } = await real;
  const door = await openDoor(stage.proxy, {
    ...options,
    intake: mode,
    core: {
      ...options.core,
      respond(turn) {
        const response = respond(turn);
        heard.set(turn.id.split(":").at(-1) ?? "", response.reply);
        return response;
      },
    },
  });
  if (mode === "http") stage.proxy.deliverAt(`${door.server.url}slack/events`);
  // What a test sees of calls is what it led to, not what opening the door took.
  stage.proxy.clear();
  const said = async (channel: string) => (await stage.slack.control.messages(channel)).filter(isOurs);
  return {
    ...stage,
    door,
    heard,
    said,
    saidAtLeast: (count, channel) =>
      until(`${count} messages of ours`, async () => {
        const all = await said(channel);
        return all.length >= count ? all : null;
      }),
    saidIn: (channel, thread) =>
      until("an answer", async () => {
        const all = (await said(channel)).filter(({ thread_ts }) => thread_ts === thread);
        return all.length > 0 ? all : null;
      }),
    async close() {
      await door.close();
      await stage.close();
    },
  };
}

const isOurs = ({ user, bot_id }: Json): boolean => user === us.botUser || bot_id === us.botId;

/** The buttons of a message, those beside sections too. */
export const buttonsOf = (message: Json): readonly Json[] =>
  listOf(message.blocks).flatMap((block) =>
    [...listOf(block.elements), objectOf(block.accessory)].filter(({ type }) => type === "button"),
  );

/** The button of this name, with what a press on it needs. */
export function buttonNamed(message: Json, label: string): { readonly actionId: string; readonly value: string } {
  const found = buttonsOf(message).find(({ text }) => objectOf(text).text === label);
  if (found === undefined) throw new Error(`no button is called ${label}`);
  return { actionId: textOf(found.action_id), value: textOf(found.value) };
}
