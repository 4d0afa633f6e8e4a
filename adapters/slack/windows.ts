/** Windows (modals) and the Home tab: opened, changed and published. A window that cannot be opened is logged and let go. */
import type { HomeView, ModalView } from "@slack/types";
import type { Log } from "#src/log.ts";
import type { Call, Called } from "./api.ts";

/** Opens a window. The trigger is good for three seconds. */
export const openView = async (trigger: string, view: ModalView, call: Call, log: Log): Promise<void> =>
  noted(await call("views.open", { trigger_id: trigger, view }), log);

/** Puts something else into a window that is open. */
export const updateView = async (viewId: string, view: ModalView, call: Call, log: Log): Promise<void> =>
  noted(await call("views.update", { view_id: viewId, view }), log);

/** Draws the Home tab of one person. */
export const publishHome = async (user: string, view: HomeView, call: Call, log: Log): Promise<void> =>
  noted(await call("views.publish", { user_id: user, view }), log);

function noted(called: Called, log: Log): void {
  if (called.kind !== "ok")
    log({ level: "warn", event: "slack.view", code: called.kind === "refused" ? called.error : called.kind });
}
