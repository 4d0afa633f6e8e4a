/** A real local-slack with all that `serve` puts behind it: what is kept, the desk, the Slack door, and what sends what is due. */
import { type Kept, openKept } from "#adapters/kept.ts";
import { openPlatforms, type Platforms } from "#adapters/platforms.ts";
import { readConfig } from "#src/config.ts";
import { createDoorMeters } from "#src/doors/meters.ts";
import { createLog } from "#src/log.ts";
import { localOf, momentOf } from "#src/reminders/calendar/calendar.ts";
import { movedTo } from "#src/reminders/desk/series.ts";
import { createSettle } from "#src/reminders/desk/settle.ts";
import type { Reminder } from "#src/reminders/reminder.ts";
import type { Deliver } from "#src/reply.ts";
import { until as matching } from "../helpers/command.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { type LocalStage, openLocalStage } from "../helpers/slack/stage.ts";
import { appToken, botToken, us } from "../helpers/slack/team.ts";
import { real } from "./on-stage.ts";

export type Reminding = LocalStage & {
  readonly kept: Kept;
  /** Those of this person that have not ended, by number. */
  readonly remindersOf: (user: string) => Promise<readonly Reminder[]>;
  /** Lets the time come for the one of this number: its series is moved to this minute, or to one shortly before. */
  readonly comes: (user: string, number: number) => Promise<void>;
  /** Lets the time come for what was put off. */
  readonly snoozedComes: () => Promise<void>;
  /** Every line of the log. */
  readonly logged: () => string;
};

const minuteMs = 60_000;

function deliverOf({ doors }: Platforms): Deliver {
  if (doors.slack === undefined) throw new Error("Slack is not on");
  return doors.slack.deliver;
}

/** Opens all of it, by Socket Mode, and waits until it is on. */
export async function openReminding(): Promise<Reminding> {
  const stage = await openLocalStage("socket");
  const assistant = await real;
  const { knowledge } = assistant;
  const config = readConfig({
    DATA_DIR: emptyFolder(),
    SLACK_API_URL: stage.proxy.apiUrl,
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
  });
  const [told, logged]: [string[], string[]] = [[], []];
  const log = createLog((line) => logged.push(line), Date.now);
  const kept = await openKept({ storage: config.storage, knowledge, zone: config.zone, log });
  const settle = createSettle({ desk: async () => kept.desk, log });
  const tell = (line: string): void => void told.push(line);
  const platforms = await openPlatforms(config, { assistant, kept, settle, meters: createDoorMeters(), log, tell });
  await matching(() => told.join("\n"), /Slack: on/);
  const dispatch = kept.dispatch({ slack: deliverOf(platforms) }, () => {});
  const { store, database } = kept;
  let dueMs = Number.POSITIVE_INFINITY;
  const remindersOf = async (user: string) =>
    (await store.list(`slack:${us.team}:${user}`)).filter(({ state }) => state !== "ended");
  return {
    ...stage,
    kept,
    remindersOf,
    logged: () => logged.join("\n"),
    async comes(user, number) {
      const reminder = (await remindersOf(user)).find((one) => one.number === number);
      if (reminder === undefined) throw new Error(`there is no reminder with number ${number}`);
      const { schedule, next } = reminder;
      const nowMs = await store.clock();
      // Of one time there is one occurrence, and tests take less than a minute: each time is one before the last.
      dueMs = Math.min(nowMs, dueMs - minuteMs);
      const local = localOf(dueMs, schedule.zone);
      const moved = next && movedTo({ schedule, next, nowMs }, local);
      if (moved === null) throw new Error("it cannot be moved to this minute");
      const due = { local, atMs: momentOf(local, schedule.zone) };
      await store.change({ ...reminder, schedule: moved, next: due }, nowMs, { cancels: false });
      dispatch.wake();
    },
    async snoozedComes() {
      const due = await store.clock();
      await database.db
        .updateTable("occurrences")
        .set({ due_ms: due, ready_ms: due })
        .where("kind", "=", "snooze")
        .where("state", "=", "queued")
        .execute();
      dispatch.wake();
    },
    async close() {
      await Promise.all([platforms.close(), dispatch.close()]);
      await kept.close();
      await stage.close();
    },
  };
}
