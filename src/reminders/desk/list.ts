/** At the desk: the list, the time zone, and how to say things. */
import type { Button, Reply } from "../../reply.ts";
import { commandExamples, examples } from "../phrase/examples.ts";
import type { Reminder } from "../reminder.ts";
import { isThere } from "../there.ts";
import { listButton, rowOf } from "./read-back.ts";
import { ask, did, howTo, is, labels, note } from "./say.ts";
import { type Scene, theirs } from "./scene.ts";
import { formButton } from "./set.ts";
import { tokenFor } from "./tokens.ts";

/** All that are there, a row each; or how to set one. `before` is said first. */
export async function list(scene: Scene, before: string | null = null): Promise<Reply> {
  const all = await theirs(scene);
  const first = before === null ? [] : [before];
  if (all.length === 0) return help(scene, [...first, is.empty]);
  const elsewhere = all.some(({ schedule }) => schedule.zone !== scene.platformZone);
  const platform = elsewhere ? scene.platformZone : null;
  return {
    kind: "list",
    why: "reminder:list",
    say: [...first, is.list(all.length)].join(" "),
    asides: platform === null ? [] : [is.zoneElsewhere(platform)],
    buttons: [
      { label: labels.setAnother, token: formButton({}, scene).token },
      ...(platform === null ? [] : [zoneButton(platform)]),
      { label: labels.help, token: tokenFor({ kind: "help" }) },
    ],
    rows: all.map((reminder) => rowOf(reminder, scene)),
  };
}

/** How to say it, with phrases that work. */
export const help = (scene: Scene, before: readonly string[] = []): Reply =>
  note("help", [...before, howTo(examples, commandExamples)].join("\n"), [
    formButton({}, scene),
    ...(before.includes(is.empty) ? [] : [listButton]),
  ]);

/** Which zone counts now, and how to choose another. */
export function zone(scene: Scene): Reply {
  const { platformZone, zoneFrom } = scene;
  const other = platformZone !== null && platformZone !== scene.zone ? [zoneButton(platformZone)] : [];
  return note("zone", [is.zoneNow(scene.zone, is.from[zoneFrom]), ask.zone].join("\n"), other);
}

/** Moves all of theirs to this zone; the time of day stays. */
export async function setZone(to: string, scene: Scene): Promise<Reply> {
  const before = scene.zone;
  const moved = await scene.store.setZone(scene.person, to, scene.nowMs);
  const rows = moved.filter(({ state }) => isThere(state)).map((reminder: Reminder) => rowOf(reminder, scene));
  const buttons = before === to ? [] : [zoneButton(before)];
  if (rows.length === 0) return note("zone", did.zone(to), buttons);
  return { kind: "list", why: "reminder:zone", say: did.zone(to), asides: [], buttons, rows };
}

const zoneButton = (to: string): Button => ({ label: labels.useZone(to), token: tokenFor({ kind: "zone", zone: to }) });
