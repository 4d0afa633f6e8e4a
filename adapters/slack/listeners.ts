/** What Bolt is told to listen to: every event, command, button, window and shortcut that needs.ts names, and nothing else. */
import type { App, Context } from "@slack/bolt";
import { answerCommand } from "./commands.ts";
import type { Door } from "./door.ts";
import { answerHome } from "./home.ts";
import { answerLookUp } from "./look-up.ts";
import { createMessages } from "./messages.ts";
import { commands, eventNames, shortcuts } from "./needs.ts";
import type { Payload } from "./payload.ts";
import { answerPress } from "./presses.ts";
import { payloadKey } from "./receive.ts";
import { answerSubmission } from "./submissions.ts";
import type { Installed } from "./workspaces.ts";

/** Joins the door to Bolt. Each listener takes the payload that was read before Bolt saw the body. */
export function listen(app: App, door: Door): void {
  const onEvent = createEvents(door);
  // Bolt's name for an event has no ending: message.im arrives as a message whose channel_type is im.
  for (const type of new Set(eventNames().map((name) => name.split(".")[0] ?? name)))
    app.event(type, ({ context }) => withWorkspace(context, door, onEvent));

  for (const { command } of commands)
    app.command(command, ({ context, ack }) =>
      withWorkspace(context, door, async (payload, installed) => {
        if (payload.kind === "command") await answerCommand(payload, { ack, installed, door });
      }),
    );

  app.action(/./, async ({ context, ack }) => {
    await ack();
    await withWorkspace(context, door, async (payload, installed) => {
      if (payload.kind === "press") await answerPress(payload, installed, door);
    });
  });

  for (const { callback_id } of shortcuts)
    app.shortcut(callback_id, async ({ context, ack }) => {
      await ack();
      await withWorkspace(context, door, async (payload, installed) => {
        if (payload.kind === "look-up") await answerLookUp(payload, installed, door);
      });
    });

  app.view(/./, ({ context, ack }) =>
    withWorkspace(context, door, async (payload, installed) => {
      if (payload.kind !== "submit") return;
      const next = await answerSubmission(payload, installed, door);
      await (next === null ? ack() : ack(next));
    }),
  );
}

type Handle = (payload: Exclude<Payload, { kind: "other" | "gone" }>, installed: Installed) => Promise<void>;

/** Finds the payload and its workspace; one in which the app is not installed is none of ours. */
async function withWorkspace(context: Context, door: Door, handle: Handle): Promise<void> {
  const payload: Payload = context[payloadKey];
  if (payload.kind === "other") return;
  // Whatever is kept there, and whether or not it can still be opened.
  if (payload.kind === "gone") return door.parking.gone(payload, door.workspaces);
  const installed = await door.workspaces.find(payload);
  if (installed === null) return;
  void door.parking.back(payload.team, installed.token);
  await handle(payload, installed);
}

function createEvents(door: Door): Handle {
  const answerMessage = createMessages(door);
  return async (payload, installed) => {
    switch (payload.kind) {
      case "message":
      case "mention":
        return answerMessage(payload, installed);
      case "home":
        return answerHome(payload, installed, door);
      default:
        // Commands and presses have listeners of their own.
        return;
    }
  };
}
