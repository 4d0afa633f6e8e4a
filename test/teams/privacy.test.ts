/** Nothing that people type comes out anywhere but in what they are answered: not in a log, an error or the database. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, type MockInstance, test, vi } from "vitest";
import { canary, formsOf, leaks } from "../helpers/canary.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { until } from "../helpers/slack/until.ts";
import {
  activityOf,
  channelMention,
  chats,
  chosenOn,
  dialogSent,
  edited,
  executed,
  groupMention,
  installation,
  invoke,
  type Json,
  personalMessage,
  searched,
  submitted,
  us,
  voted,
} from "../helpers/teams/activities.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

/** Every kind of activity that can hold words, with this one in it. */
const activities: readonly (readonly [string, (word: string) => Json])[] = [
  ["a question", (word) => personalMessage(`what does it say about ${word} supervision`)],
  ["danger", (word) => personalMessage(`my name is ${word} and I am going to kill myself tonight`)],
  ["danger in a channel", (word) => channelMention(`${word} I am going to kill myself tonight`)],
  ["client details", (word) => personalMessage(`Client: ${word}, DOB 03/04/1991, seen with interpreter.`)],
  ["a wish for a reminder", (word) => groupMention(`remind me every monday about ${word}`)],
  ["an edit", (word) => edited(`${word} supervision`)],
  ["a pressed token", (word) => executed({ verb: "press", token: word }, "1")],
  ["a verb", (word) => executed({ verb: word, token: "x" }, "1", { kind: "group" })],
  ["a form's field", (word) => executed({ verb: "save-form", token: "r/f", label: word }, "1", { kind: "group" })],
  ["a form of an older client", (word) => submitted({ verb: "save-form", token: "r/f", label: word }, "1")],
  ["a search", (word) => searched(`${word} supervision`)],
  ["a message that is looked up", (word) => chosenOn("lookUp", `<p>${word} supervision</p>`)],
  ["a dialog", (word) => dialogSent("remind", { verb: "save-form", token: "r/f", label: word })],
  ["a vote", (word) => voted("dislike", "1", { feedback: JSON.stringify({ feedbackText: word }) })],
  ["an unknown invoke", (word) => invoke(word, { word })],
  ["an unknown type", (word) => activityOf(word)],
  [
    "an installation",
    (word) => installation("add", { conversation: "a:new", from: { id: "29:1new", aad: "", name: word } }),
  ],
];

let stage: TeamsStage;
let stderr: MockInstance;
const folder = emptyFolder();
beforeAll(async () => {
  stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  stage = await teamsStage({ where: { kind: "sqlite", dir: folder } });
});
afterAll(async () => {
  await stage.close();
  stderr.mockRestore();
});

const kept = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name)).toString("latin1"))
    .join("\n");

describe.each(["well", "badly"] as const)("when sending goes %s", (how) => {
  test.each(activities)("%s leaves no word", async (_, activity) => {
    const word = canary();
    const refusal = { kind: "status", status: 403, code: word, times: 3 } as const;
    if (how === "badly") for (const what of ["send", "create"] as const) stage.microsoft.fail({ what, ...refusal });
    expect((await stage.say(activity(word))).status).toBeLessThan(502);
    // A word in a code of Microsoft's is a code; what is looked for here is what people typed.
    const around = stage.told() + stderr.mock.calls.flat().join() + kept();
    expect(leaks(how === "badly" ? around : around + stage.logged(), [word])).toEqual([]);
    stage.microsoft.clear();
  });
});

test("what is kept of a conversation is ids, an address and a zone", async () => {
  await stage.say(personalMessage("hello"));
  const found = () => stage.database?.db.selectFrom("conversations").selectAll().execute();
  const rows = await until("it is kept", async () =>
    (await found())?.filter((row) => row.conversation === chats.personal),
  );
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(
    ["at_ms", "bot", "conversation", "person", "service_url", "tenant", "zone"].sort(),
  );
  expect(rows[0]).toMatchObject({ tenant: us.tenant, zone: "Europe/London" });
});

test("the words would be found if they were there", () => {
  const word = canary();
  for (const form of formsOf(word)) expect(leaks(`{"x":"${form}"}`, [word])).toEqual([word]);
});
