/** local-slack's own page, without the page: its socket, for what the control API cannot do (windows, buttons in the Home tab). */
import { once } from "node:events";
import { WebSocket } from "ws";
import { appId, type Json, listOf, objectOf } from "./team.ts";

/** A press in a view. Behind `block`, `#modal` tells the proxy which of the two views it was: local-slack itself does not say. */
export type ViewPress = {
  readonly user: string;
  readonly where: "home" | "modal";
  readonly actionId: string;
  readonly value?: string;
  readonly block?: string;
  readonly type?: string;
};

/** Nothing here waits for the bot: look for the effect with `until`. */
export type LocalUi = {
  /** Sends the top window off. `values` is by block id, then action id: `{ b: { q: { type: "plain_text_input", value } } }`. */
  readonly submit: (user: string, values: Json) => void;
  /** Closes the top window. */
  readonly closeView: (user: string) => void;
  readonly pressInView: (press: ViewPress) => void;
  /** The window on top, or null. One stack for all people. */
  readonly modal: () => Json | null;
  /** The Home tab of someone, or null where it has not been drawn. */
  readonly home: (user: string) => Json | null;
  /** What the last window that was sent off was refused with, by block id; null for nothing. */
  readonly errors: () => Json | null;
  readonly disconnect: () => void;
};

/** Connects as the page would. */
export async function openLocalUi(url: string): Promise<LocalUi> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ui`);
  const state = { stack: [] as readonly Json[], homes: new Map<string, Json>(), errors: null as Json | null };
  socket.on("message", (data) => hear(objectOf(JSON.parse(String(data))), state));
  socket.on("error", () => {});
  await once(socket, "open");
  const send = (frame: Json) => socket.send(JSON.stringify(frame));
  return {
    submit: (user, values) => send({ t: "view_submit", user, values }),
    closeView: (user) => send({ t: "view_close", user }),
    pressInView: ({ user, where, actionId, value, block = "b1", type = "button" }) =>
      send({
        t: "block_action",
        appId,
        user,
        channel: "",
        messageTs: "",
        action: { type, action_id: actionId, value, block_id: where === "modal" ? `${block}#modal` : block },
      }),
    modal: () => state.stack.at(-1) ?? null,
    home: (user) => state.homes.get(user) ?? null,
    errors: () => state.errors,
    disconnect: () => socket.terminate(),
  };
}

type State = { stack: readonly Json[]; homes: Map<string, Json>; errors: Json | null };

function hear(frame: Json, state: State): void {
  switch (frame.t) {
    case "init": {
      const whole = objectOf(frame.state);
      state.stack = listOf(whole.modalStack);
      state.homes = new Map();
      for (const [user, byApp] of Object.entries(objectOf(whole.homeViews)))
        state.homes.set(user, objectOf(objectOf(byApp)[appId]));
      state.errors = null;
      return;
    }
    case "view":
      state.stack = listOf(frame.stack);
      state.errors = null;
      return;
    case "home":
      state.homes.set(String(frame.user), objectOf(frame.view));
      return;
    case "view_errors":
      state.errors = objectOf(frame.errors);
      return;
    default:
      return;
  }
}
