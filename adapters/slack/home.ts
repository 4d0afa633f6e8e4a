/** The Home tab, and the welcome in the Messages tab. */

import { exampleButtons, listOf } from "#src/conversation/browse.ts";
import * as copy from "#src/copy.ts";
import { named } from "#src/log.ts";
import type { Reply } from "#src/reply.ts";
import type { Door } from "./door.ts";
import type { From, HomeOpened } from "./payload.ts";
import { post } from "./post.ts";
import { personId, placesOf } from "./read.ts";
import { draw } from "./render.ts";
import { replyToToken } from "./tokens.ts";
import { homeView } from "./views.ts";
import { publishHome } from "./windows.ts";
import { words } from "./words.ts";
import type { Installed } from "./workspaces.ts";

/** Draws whichever tab was opened. */
export const answerHome = (home: HomeOpened, installed: Installed, door: Door): Promise<void> =>
  home.tab === "messages" ? welcome(home, installed, door) : showHome(home, installed, door);

/** Draws the Home tab as things stand now. */
export async function showHome(home: From, installed: Installed, door: Door): Promise<void> {
  const knowledge = door.knowledge();
  const themes = listOf("theme", knowledge);
  const view = homeView({
    themes: themes?.kind === "list" ? themes.rows : [],
    examples: exampleButtons(knowledge),
    reminders: await remindersOf(home, door),
    about: replyToToken("about", home, door).say,
    privacy: `${replyToToken("privacy", home, door).say}\n${words.votesKept}`,
  });
  await publishHome(home.user, view, installed.call, door.log);
}

// The rest of the tab does not wait longer for a database.
const patienceMs = 2_000;

async function remindersOf(home: From, door: Door): Promise<Reply> {
  const away: Reply = { kind: "note", why: "reminder", say: words.remindersAway, asides: [], buttons: [] };
  const mine = door.reminders.mine({ id: personId(home.team, home.user), zone: null }, placesOf(home, null));
  const found = mine.catch((error: unknown) => {
    door.log({ level: "warn", event: "slack.reminders.not-listed", ...named(error) });
    return away;
  });
  return Promise.race([found, door.sleep(patienceMs).then(() => away)]);
}

/** Up to four questions to begin with. Where Slack has no place for them, one greeting, and only in an empty conversation. */
async function welcome(home: HomeOpened, installed: Installed, door: Door): Promise<void> {
  const { channel, user, team } = home;
  const prompted = await installed.call("assistant.threads.setSuggestedPrompts", {
    channel_id: channel,
    title: words.welcome,
    prompts: copy.examples.map(({ question }) => ({ title: question, message: question })).slice(0, 4),
  });
  if (prompted.kind !== "refused") return;
  const history = await installed.call("conversations.history", { channel, limit: 1 });
  const isEmpty = history.kind === "ok" && Array.isArray(history.data.messages) && history.data.messages.length === 0;
  if (!isEmpty) return;
  const turnId = ["slack", team, "welcome", user].join(":");
  const drawn = draw(replyToToken("start", home, door), { audience: "one" });
  const message = { channel, thread: null, to: null, drawn, mark: "welcome", isDirect: true, isUrgent: false };
  await door.once.run(turnId, async () => (await post(message, { ...door, call: installed.call })).kind !== "retry");
}
