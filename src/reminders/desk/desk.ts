/** The desk: does what a person wants of reminders, and reads back what has come of it. */
import type { Reply } from "../../reply.ts";
import { reveal, type Turn } from "../../turn.ts";
import { readWish } from "../phrase/phrase.ts";
import type { Reminder } from "../reminder.ts";
import type { Target, Wish } from "../wish.ts";
import { answered, last, save, snooze, withArrived } from "./arrived.ts";
import { asideOf } from "./aside.ts";
import { askDeleteAll, deleteAll, pause, remove, resume, skip, stop, undo, withOwn } from "./change.ts";
import { help, list, setZone, zone } from "./list.ts";
import { move, moveAll, moveOnly } from "./move.ts";
import { type Choice, meant } from "./own.ts";
import { shown } from "./read-back.ts";
import { cannot, did, labels, note } from "./say.ts";
import { toAll } from "./say-all.ts";
import { type DeskParts, nameOf, openScene, type Scene } from "./scene.ts";
import { asked, change, filled, form, refused, set } from "./set.ts";
import type { Desk } from "./settle.ts";
import { type Act, readAct, tokenFor } from "./tokens.ts";

/** Opens the desk. */
export function createDesk(parts: DeskParts): Desk {
  // Retries of one turn come close together: the same promise serves them, so that "skip next" leaves out one.
  const recent = new Map<string, Promise<Reply>>();
  return {
    fulfil(turn, places) {
      const name = nameOfTurn(turn);
      const known = recent.get(name);
      if (known !== undefined) return known;
      const reply = openScene(turn, places, parts).then((scene) => fulfil(turn, scene));
      recent.set(name, reply);
      for (const id of [...recent.keys()].slice(0, Math.max(0, recent.size - mostRecent))) recent.delete(id);
      // What failed may be tried again.
      reply.catch(() => recent.delete(name));
      return reply;
    },
    mine: async (person, places) => {
      const atMs = await parts.store.clock();
      return list(await openScene({ id: `mine:${atMs}`, atMs, person }, places, parts));
    },
  };
}

const mostRecent = 200;

/** What was said is in it, though nobody can read it there: a door may give two turns one id. */
function nameOfTurn({ id, person, said }: Turn): string {
  const words = said.kind === "text" ? [said.text] : said.kind === "filled" ? Object.values(said.fields) : [];
  return nameOf(id, person.id, said.kind === "text" ? "" : said.token, ...words.map(reveal));
}

async function fulfil({ said }: Turn, scene: Scene): Promise<Reply> {
  if (said.kind === "text") {
    const wish = readWish(reveal(said.text), { nowMs: scene.saidMs, zone: scene.zone });
    return asideOf(wish, await grant(wish, scene), scene);
  }
  const act = readAct(said.token);
  if (act === null || (said.kind === "filled" && act.kind !== "filled")) return list(scene, cannot.stale);
  if (act.kind !== "filled") return perform(act, scene);
  if (said.kind === "filled") return filled(act.of, said.fields, scene);
  // A message cannot hold a form: it shows the words, with a button that opens it.
  return act.of.kind === "new" ? form(act.of.begun, scene) : change(act.of.id, [], scene);
}

function grant(wish: Wish, scene: Scene): Promise<Reply> | Reply {
  switch (wish.kind) {
    case "create":
      return set(wish.draft, scene.turn, scene);
    case "ask":
      return asked(wish, scene);
    case "refuse":
      return refused(wish.why, wish.example, {}, scene);
    case "list":
      return list(scene);
    case "pause":
    case "resume":
    case "skip":
    case "move":
    case "delete":
      return manage(wish, scene);
    case "snooze":
      return withArrived(null, scene, (sent) => snooze(sent, wish.by, scene));
    case "done":
      return withArrived(null, scene, (sent) => answered(sent, "done", scene));
    case "last":
      return last(scene);
    case "zone":
      return wish.zone === null ? zone(scene) : setZone(wish.zone, scene);
    case "form":
      return form(null, scene);
    case "help":
      return help(scene);
    default:
      return wish satisfies never;
  }
}

type Managing = Extract<Wish, { kind: "pause" | "resume" | "skip" | "move" | "delete" }>;

/** Does it to the one that is meant; to all where all are, and asks first before all go. */
async function manage(wish: Managing, scene: Scene): Promise<Reply> {
  if (wish.kind === "delete" && wish.target.kind === "all") return askDeleteAll(scene);
  const target: Target = wish.kind === "move" && wish.target.kind === "all" ? { kind: "only" } : wish.target;
  const found = await meant(target, choiceOf(wish), scene);
  if ("kind" in found) return found;
  const [first, ...more] = found;
  if (more.length === 0) return doTo(first, wish, scene);
  const done: number[] = [];
  const not: (readonly [number, string])[] = [];
  for (const reminder of found) {
    const reply = await doTo(reminder, wish, scene);
    const why = "why" in reply ? reply.why : "";
    if (why === "reminder:set") done.push(reminder.number);
    else not.push([reminder.number, why]);
  }
  return list(scene, toAll(wish.kind === "pause" || wish.kind === "resume" ? wish.kind : "skip", done, not));
}

function doTo(reminder: Reminder, wish: Managing, scene: Scene): Promise<Reply> | Reply {
  switch (wish.kind) {
    case "pause":
      return pause(reminder, wish.until, scene);
    case "resume":
      return resume(reminder, scene);
    case "skip":
      return reminder.next === null
        ? shown(cannot.nothingToSkip, reminder, scene)
        : skip(reminder, reminder.next.local, scene);
    case "move":
      return move(reminder, wish.to, scene);
    case "delete":
      return remove(reminder, scene);
    default:
      return wish satisfies never;
  }
}

/** Which reminders it can be about, and what the button of each does where it has to be asked. */
function choiceOf(wish: Managing): Choice {
  const button =
    (act: (reminder: Reminder) => Act, label: string): Choice["button"] =>
    (reminder) => ({
      label: `${label} ${reminder.number}`,
      token: tokenFor(act(reminder)),
    });
  const any = { fits: () => true, none: cannot.none };
  switch (wish.kind) {
    case "pause":
      return {
        fits: ({ state }) => state === "active",
        none: cannot.nothingToPause,
        button: button(({ id }) => ({ kind: "pause", id, until: wish.until }), labels.pause),
      };
    case "resume":
      return {
        fits: ({ state }) => state === "paused" || state === "parked",
        none: cannot.nothingToResume,
        button: button(({ id }) => ({ kind: "resume", id }), labels.resume),
      };
    case "skip":
      return {
        fits: ({ state, next }) => state === "active" && next !== null,
        none: cannot.nothingToSkip,
        button: button(
          ({ id, next }) => (next === null ? open(id) : { kind: "skip", id, local: next.local }),
          labels.skip,
        ),
      };
    case "move": {
      const { draft, ...to } = wish.to;
      return {
        ...any,
        button: button(({ id }) => (draft === null ? { kind: "move", id, to } : open(id)), labels.move),
      };
    }
    case "delete":
      return { ...any, button: button(({ id }) => ({ kind: "delete", id }), labels.delete) };
    default:
      return wish satisfies never;
  }
}

const open = (id: string): Act => ({ kind: "open", id });

function perform(act: Exclude<Act, { kind: "filled" }>, scene: Scene): Promise<Reply> | Reply {
  switch (act.kind) {
    case "list":
      return list(scene);
    case "help":
      return help(scene);
    case "keep":
      return note("kept", did.kept, []);
    case "delete-all":
      return deleteAll(scene);
    case "set":
      return setBegun(act, scene);
    case "form":
      return form(act.begun, scene);
    case "change":
      return change(act.id, [], scene);
    case "undo":
      return undo(act.id, act.version, scene);
    case "stop":
      return stop(act.id, scene);
    case "done":
    case "skipped":
      return withArrived(act.occurrence, scene, (sent) => answered(sent, act.kind, scene));
    case "snooze": {
      const by = act.minutes === "tomorrow" ? "tomorrow" : ({ kind: "minutes", minutes: act.minutes } as const);
      return withArrived(act.occurrence, scene, (sent) => snooze(sent, by, scene));
    }
    case "zone":
      return setZone(act.zone, scene);
    case "save":
      return save(act.entries, scene);
    default:
      return withOwn(act.id, scene, (reminder) => performOn(reminder, act, scene));
  }
}

type OnOne = Extract<Act, { kind: "open" | "delete" | "resume" | "pause" | "skip" | "move" | "move-all" | "only" }>;

function performOn(reminder: Reminder, act: OnOne, scene: Scene): Promise<Reply> | Reply {
  switch (act.kind) {
    case "open":
      return shown(null, reminder, scene);
    case "delete":
      return remove(reminder, scene);
    case "resume":
      return resume(reminder, scene);
    case "pause":
      return pause(reminder, act.until, scene);
    case "skip":
      return skip(reminder, act.local, scene);
    case "move":
      return move(reminder, { ...act.to, draft: null }, scene);
    case "move-all":
      return moveAll(reminder, act.version, act.to, scene);
    case "only":
      return moveOnly(reminder, act, scene);
    default:
      return act satisfies never;
  }
}

function setBegun({ begun }: Extract<Act, { kind: "set" }>, scene: Scene): Promise<Reply> | Reply {
  const { schedule, label = null, partner = null, isHere = false } = begun.draft;
  if (schedule === undefined) return list(scene, cannot.stale);
  return set({ schedule, label, partner, isHere }, begun.key, scene);
}
