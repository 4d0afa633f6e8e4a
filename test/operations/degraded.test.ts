/** A start without its database, and the way to the end: what still works, what monitoring sees, and when it is taken up. */
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { untilItIsThere } from "#adapters/comes-back.ts";
import { openEngines } from "../helpers/databases.ts";
import { parseExposition } from "../helpers/exposition.ts";
import { until } from "../helpers/slack/until.ts";
import { openTogether, shown, type Together } from "../teams/together.ts";

const { postgres, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const opened: Together[] = [];
afterEach(async () => {
  for (const all of opened.splice(0)) await all.close();
});
async function open(options: Parameters<typeof openTogether>[0] = {}): Promise<Together> {
  const all = await openTogether(options);
  opened.push(all);
  return all;
}

type Rules = { readonly groups: readonly { readonly rules: readonly Alert[] }[] };
type Alert = {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly action: string };
};

/** The rules of docs/alerts.yaml. */
const alerts = (): readonly Alert[] => {
  const text = readFileSync(new URL("../../docs/alerts.yaml", import.meta.url), "utf8");
  return (parse(text) as Rules).groups.flatMap(({ rules }) => rules);
};

const cry = "I am going to kill myself tonight";
const question = "who may supervise this work";
const wish = "remind me every Monday at 10:00 of supervision";
/** Nobody listens there. */
const nowhere = { DATABASE_URL: "postgres://someone:canary@127.0.0.1:1/x" };

test("F31: without a database, questions and cries for help are answered everywhere, and reminders say that they cannot be reached", async () => {
  const all = await open({ env: nowhere });
  await until("both are on", () => /^Slack: on/m.test(all.said()) && /^Teams: on/m.test(all.said()));
  expect(all.said()).toContain("Warning: what is kept cannot be reached at the moment.");
  const reply = await all.page(cry);
  expect(reply.kind).toBe("crisis");
  const calls = reply.kind === "crisis" ? reply.contacts.flatMap(({ call }) => call ?? []) : [];
  const danger = await Promise.all([all.inSlack(cry, "U0DANGER"), all.inTeams(cry, "a:danger")]);
  for (const said of danger) expect(calls.filter((call) => !said.includes(call))).toEqual([]);
  const answers = await Promise.all([all.inSlack(question, "U0ASKS"), all.inTeams(question, "a:asks")]);
  expect((await all.page(question)).kind).toBe("answer");
  for (const said of answers) expect(shown(said)).toContain("supervis");
  const told = await Promise.all([all.inSlack(wish, "U0WISH"), all.inTeams(wish, "a:wish")]);
  for (const said of told) expect(shown(said)).toContain("I cannot reach what is kept at this moment");
  expect(await all.ready()).toMatchObject({
    ok: false,
    parts: {
      storage: { ok: false },
      reminders: { ok: false },
      crisis: { ok: true },
      knowledge: { ok: true },
      slack: { ok: true },
      teams: { ok: true },
    },
  });
  expect(all.said() + all.logged()).not.toMatch(/canary|kill|supervise this/);
});

test.skipIf(postgres === null)("F31: a database that comes after the start is taken up, and that is told", async () => {
  const url = (await postgres?.create()) ?? "";
  await postgres?.stop();
  const all = await open({ env: { DATABASE_URL: url } });
  await until("it is told that it is away", () => all.said().includes("cannot be reached"));
  await postgres?.start();
  await until("it is told that it is there", () => all.said().includes("What is kept can be reached"));
  expect(await all.ready()).toMatchObject({ parts: { storage: { ok: true }, reminders: { ok: true } } });
});

test("F31: it is asked for after a second, and then more and more seldom, up to once a minute", async () => {
  const waits: number[] = [];
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    untilItIsThere({
      ready: async () => waits.length >= 9,
      tell: (line) => {
        told.push(line);
        if (told.length === 2) resolve();
      },
      log: () => {},
      pause: async (ms) => void waits.push(ms / 1_000),
    });
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(told).toEqual([expect.stringContaining("cannot be reached"), expect.stringContaining("can be reached")]);
});

test("F31: what was there at once is not told of", async () => {
  const told: string[] = [];
  untilItIsThere({ ready: async () => true, tell: (line) => told.push(line), log: () => {} });
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
});

test("F42: from the first signal on it is not ready and takes nothing, and ends what it has begun", async () => {
  const all = await open();
  await until("both are on", () => /^Slack: on/m.test(all.said()) && /^Teams: on/m.test(all.said()));
  all.fake.fail({ method: "chat.postMessage", times: 1, kind: "slow", ms: 800 });
  const begun = all.inSlack(question, "U0BEGUN");
  await until("it is being sent", () => all.fake.calls("chat.postMessage").length > 0);
  const stopped = all.stop();
  expect(await all.ready()).toMatchObject({ ok: false, parts: { serving: { ok: false, why: "stopping" } } });
  expect(await all.inSlack(question, "U0LATE")).toBe("status 503");
  expect(await all.inTeams(question, "a:late")).toBe("status 503");
  // Whoever is in danger on the page is answered as long as there is a server.
  expect((await all.page(cry)).kind).toBe("crisis");
  await stopped;
  expect(shown(await begun)).toContain("supervis");
});

test("the figures tell what doors do, never who asks, and nothing of danger", async () => {
  const all = await open();
  await until("both are on", () => /^Slack: on/m.test(all.said()) && /^Teams: on/m.test(all.said()));
  const figures = async () => parseExposition((await all.get("/metrics")).text).values;
  const before = await figures();
  expect(before.get('bearings_ready{part="crisis"}')).toBe(1);
  expect(before.get(`bearings_knowledge_info{version="${all.assistant.knowledge().version}"}`)).toBe(1);
  expect(before.get("bearings_knowledge_refused")).toBe(0);
  expect(before.get('bearings_loop_delay_seconds{of="p99"}')).toBeGreaterThanOrEqual(0);
  await Promise.all([all.page(cry), all.inSlack(cry, "U0DANGER"), all.inTeams(cry, "a:danger")]);
  all.fake.fail({ method: "chat.postMessage", times: 1, kind: "limited", retryAfter: "1" });
  await Promise.all([all.page(question), all.inSlack(question, "U0ASKS"), all.inTeams(question, "a:asks")]);
  const { text } = await all.get("/metrics");
  const { values } = parseExposition(text);
  for (const door of ["web", "slack", "teams"])
    expect([door, values.get(`bearings_replies_total{door="${door}",kind="answer"}`)]).toEqual([door, 1]);
  for (const door of ["slack", "teams"]) {
    expect(values.get(`bearings_acknowledgement_seconds_count{door="${door}"}`)).toBe(2);
    expect(values.get(`bearings_queue_length{door="${door}"}`)).toBe(0);
  }
  expect(values.get('bearings_limited_total{door="slack"}')).toBe(1);
  // The example alerts go by figures that are there, and by parts and doors of these names.
  const labels = new Set([...text.matchAll(/(\w+)="([^"]+)"/g)].map(([, name, value]) => `${name} ${value}`));
  for (const { expr } of alerts()) {
    const names = expr.match(/bearings_\w+/g) ?? ["up"];
    expect(
      names.filter((name) => name !== "up" && ![...values.keys()].some((key) => key.split("{")[0] === name)),
    ).toEqual([]);
    const wanted = [...expr.matchAll(/\b(part|door|of)=~?"([^"]+)"/g)].flatMap(([, name, all = ""]) =>
      all.split("|").map((value) => `${name} ${value}`),
    );
    expect(wanted.filter((one) => !labels.has(one))).toEqual([]);
  }
  // Neither what was asked in danger nor its absence shows: it is among the notes, as "hello" is.
  const kinds = [...values.keys()].flatMap((name) => /^bearings_replies_total.*kind="(\w+)"/.exec(name)?.[1] ?? []);
  expect(kinds.toSorted()).toEqual(["answer", "answer", "answer", "note", "note", "note"]);
  expect(text.replace(/^# HELP .*$/gm, "")).not.toMatch(/crisis"[,}] [^1]|U0|T0|a:asks|danger/);
});

test("each example alert has a name of its own, and says what is the matter and what to do", () => {
  const names = alerts().map(({ alert }) => alert);
  expect([names.length > 10, new Set(names).size]).toEqual([true, names.length]);
  for (const { annotations } of alerts()) {
    expect(annotations.summary).toMatch(/^[A-Z].*\.$/);
    expect(annotations.action).toMatch(/^[A-Z].*\.$/);
  }
});
