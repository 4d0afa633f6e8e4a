/** Where conversations are reached: written when something of it changed, only where a connector may be, and erased for good. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Acted } from "#adapters/teams/activity.ts";
import { createRemember } from "#adapters/teams/remember.ts";
import type { Reference } from "#src/doors/core.ts";
import { createTeamsMemory } from "../helpers/teams/memory.ts";

const allowed = "https://smba.trafficmanager.net/uk/";

function acted(
  more: { serviceUrl?: string; kind?: "personal" | "group"; zone?: string | null; conversation?: string } = {},
): Acted {
  const { serviceUrl = allowed, kind = "personal", zone = "Europe/London", conversation = "a:1" } = more;
  return {
    kind: "message",
    id: "1",
    from: { tenant: "t", user: "29:1x", account: null, zone, country: null },
    where: { serviceUrl, conversation, kind, thread: null, bot: "28:us" },
    text: "",
    mentions: [],
    isEdit: false,
    sentAt: null,
  };
}

/** With a memory whose every write is counted, and can be made to fail. */
function opened() {
  const { references, kept } = createTeamsMemory();
  const written: Reference[] = [];
  const logged: unknown[] = [];
  let isBroken = false;
  let gate: Promise<void> = Promise.resolve();
  const put = async (reference: Reference, nowMs: number) => {
    if (isBroken) throw new Error("away");
    await gate;
    written.push(reference);
    await references.put(reference, nowMs);
  };
  const remember = createRemember({
    references: { ...references, put },
    log: (event) => logged.push(event),
    nowMs: () => 1,
    isServiceUrl: (url) => url.startsWith("https://smba."),
  });
  const setBroken = (now: boolean) => {
    isBroken = now;
  };
  const setGate = (next: Promise<void>) => {
    gate = next;
  };
  return { remember, written, logged, kept: kept.references, setBroken, setGate };
}

test("it is written once, and again when the address or the zone changes", async () => {
  const { remember, written } = opened();
  for (const more of [{}, {}, { serviceUrl: "https://smba.trafficmanager.net/amer/" }, { zone: "Europe/Paris" }])
    await remember.note(acted(more));
  expect(written).toHaveLength(3);
});

test("what could not be written is written with the next activity, and logged", async () => {
  const { remember, written, logged, setBroken } = opened();
  setBroken(true);
  await remember.note(acted());
  setBroken(false);
  await remember.note(acted());
  expect([written.length, logged]).toMatchObject([1, [{ event: "teams.not-remembered" }]]);
});

test("T-09: an address where no connector may be is never kept", async () => {
  const { remember, written } = opened();
  await remember.note(acted({ serviceUrl: "https://evil.example/" }));
  expect([written, await remember.chatWith("teams:t:29:1x")]).toEqual([[], null]);
});

test("the last that was heard is what stays, though an earlier one takes longer to write", async () => {
  const { remember, kept, setGate } = opened();
  const gate = Promise.withResolvers<void>();
  setGate(gate.promise);
  const first = remember.note(acted());
  await nextTurn();
  setGate(Promise.resolve());
  const second = remember.note(acted({ zone: "Europe/Paris" }));
  await nextTurn();
  gate.resolve();
  await Promise.all([first, second]);
  expect([...kept.values()]).toMatchObject([{ zone: "Europe/Paris" }]);
});

test("what is forgotten stays so, though it is being written at that moment", async () => {
  const { remember, kept, setGate } = opened();
  const gate = Promise.withResolvers<void>();
  setGate(gate.promise);
  void remember.note(acted());
  void remember.note(acted({ zone: "Europe/Paris" }));
  await nextTurn();
  const forgotten = remember.forget("teams:t:29:1x");
  await nextTurn();
  gate.resolve();
  await forgotten;
  expect(kept.size).toBe(0);
  expect(await remember.chatWith("teams:t:29:1x")).toBeNull();
});

test("forgetting somebody leaves the conversations of several people", async () => {
  const { remember, kept } = opened();
  await remember.note(acted({ kind: "group", conversation: "19:g" }));
  await remember.forget("teams:t:29:1x");
  expect(kept.size).toBe(1);
});

describe("the zone of a person", () => {
  const person = "teams:t:29:1x";

  test("is not lost when something comes from them that says none, such as a press", async () => {
    const { remember, kept, written } = opened();
    for (const zone of ["Europe/London", null, "Europe/London"]) await remember.note(acted({ zone }));
    expect(written).toHaveLength(1);
    expect(await remember.zoneOf(person)).toBe("Europe/London");
    expect([...kept.values()]).toMatchObject([{ zone: "Europe/London" }]);
  });

  test("is known over a restart, though the first that comes says none", async () => {
    const { references } = createTeamsMemory();
    const reopened = () => createRemember({ references, log: () => {}, nowMs: () => 1, isServiceUrl: () => true });
    await reopened().note(acted());
    const remember = reopened();
    await remember.note(acted({ zone: null, serviceUrl: "https://smba.trafficmanager.net/amer/" }));
    expect(await remember.zoneOf(person)).toBe("Europe/London");
  });

  test("is null where nobody ever said one, or the database is away", async () => {
    const { remember } = opened();
    expect(await remember.zoneOf(person)).toBeNull();
    const ofPerson = () => Promise.reject(new Error("away"));
    const { references } = createTeamsMemory();
    const away = createRemember({
      references: { ...references, ofPerson },
      log: () => {},
      nowMs: () => 1,
      isServiceUrl: () => true,
    });
    expect(await away.zoneOf(person)).toBeNull();
  });
});
