/** One activity, whatever it is: what is done, and what Teams hears of it. */
import { named } from "#src/log.ts";
import { within } from "#src/within.ts";
import { verbs } from "./actions.ts";
import type { Acted, Activity, Installed } from "./activity.ts";
import type { Answered } from "./door.ts";
import { answerOpened, answerQuery, createDialogs } from "./extension.ts";
import { createMessages } from "./messages.ts";
import { park, unpark } from "./parking.ts";
import { createPresses } from "./presses.ts";
import type { Tools } from "./tools.ts";
import { takeVote } from "./votes.ts";
import { welcome } from "./welcome.ts";

const done: Answered = { status: 200 };

/** Answers activities. Rejects only where something is broken. */
export function createAnswer(tools: Tools): (activity: Activity) => Promise<Answered> {
  const { working, patience } = tools;
  const message = createMessages(tools);
  const press = createPresses(tools);
  const dialog = createDialogs(tools);
  return async (activity) => {
    if (activity.kind === "other") return { status: activity.isInvoke ? 501 : 200 };
    noteWhere(activity, tools);
    switch (activity.kind) {
      case "message":
        return message(activity);
      case "press":
        return press(activity);
      case "query":
        return answerQuery(activity, tools);
      case "open":
        return working.begin(answerOpened(activity, tools));
      case "dialog":
        return working.begin(dialog(activity));
      case "vote":
        await within(working.begin(takeVote(activity, tools)), patience.message);
        // Teams wants an object, and nothing in it.
        return { status: 200, body: {} };
      case "installed":
        await within(working.begin(arrive(activity, tools)), patience.message);
        return done;
      case "removed":
        return working.begin(leave(activity, tools));
      default:
        return activity satisfies never;
    }
  };
}

/** Where everybody is reached, for what is sent of our own accord: off the way. Who goes, or wants to be forgotten, is not noted. */
function noteWhere(acted: Acted, { working, remember }: Tools): void {
  if (acted.kind === "removed" || acted.kind === "installed") return;
  if ("data" in acted && acted.data.verb === verbs.forgetNow) return;
  working.aside(remember.note(acted), "teams.not-remembered");
}

/** First of all it is noted: what was stopped may be due at this moment. */
async function arrive(installed: Installed, tools: Tools): Promise<void> {
  await tools.remember.note(installed);
  await Promise.all([unpark(installed, tools), welcome(installed, tools)]);
}

async function leave(removed: Installed, tools: Tools): Promise<Answered> {
  try {
    await park(removed, tools);
    return done;
  } catch (error) {
    tools.log({ level: "warn", event: "teams.reminders.not-stopped", ...named(error) });
    return { status: 503 };
  }
}
