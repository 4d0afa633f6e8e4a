/** Windows (modals) and the Home tab: opened, changed and published. A window that cannot be opened is logged and let go. */
import type { HomeView, ModalView } from "@slack/types";
import type { Log } from "#src/log.ts";
import type { Call, Called } from "./api.ts";

/** Opens a window, and gives its id; null where it could not be opened. The trigger is good for three seconds. */
export async function openView(trigger: string, view: ModalView, call: Call, log: Log): Promise<string | null> {
  const called = await call("views.open", { trigger_id: trigger, view });
  noted(called, log);
  const id: unknown = called.kind === "ok" ? Object(called.data.view).id : null;
  return typeof id === "string" ? id : null;
}

/** Puts something else into a window that is open. False where that could not be done. */
export async function updateView(viewId: string, view: ModalView, call: Call, log: Log): Promise<boolean> {
  const called = await call("views.update", { view_id: viewId, view });
  noted(called, log);
  return called.kind === "ok";
}

/** Draws the Home tab of one person. */
export const publishHome = async (user: string, view: HomeView, call: Call, log: Log): Promise<void> =>
  noted(await call("views.publish", { user_id: user, view }), log);

function noted(called: Called, log: Log): void {
  if (called.kind !== "ok")
    log({ level: "warn", event: "slack.view", code: called.kind === "refused" ? called.error : called.kind });
}
