/** What is done in the Playground, in this order. */
import { ids, type Playground } from "./playground.ts";
import type { TeamsPage } from "./teams-page.ts";

export type Step = readonly [string, (teams: TeamsPage, post: Playground["post"]) => Promise<void>];

const from = { id: "user-id-0", name: "Alice Anderson" };

/** The page has no button for these dialogs. */
async function isAnswered(post: Playground["post"], value: object, expected: RegExp): Promise<void> {
  const conversation = { id: ids.personal };
  const answer = await post("/_conversation/v1/invoke", {
    name: "composeExtension/fetchTask",
    value,
    from,
    conversation,
  });
  if (!expected.test(answer)) throw new Error(`it was answered with ${answer.slice(0, 200)}`);
}

export const steps: readonly Step[] = [
  [
    "it greets once it is installed",
    async ({ page, shot }) => {
      await page
        .getByText(/Ask a question/)
        .last()
        .waitFor();
      await shot("greeting");
    },
  ],
  [
    "a question in a personal chat",
    async ({ say, shot }) => {
      await say("What are the three themes?", /three themes/i);
      await shot("personal-answer");
    },
  ],
  [
    "a citation's card",
    async ({ page, shot }) => {
      await page
        .getByText(/^\[?1\]?$/)
        .first()
        .hover();
      await page.waitForTimeout(500);
      await shot("citation");
      await page.mouse.move(5, 5);
    },
  ],
  [
    "the sources in full",
    async ({ press, shot }) => {
      await press("Sources in full", /in our words/i);
      await shot("sources");
    },
  ],
  [
    "a vote",
    async ({ page, shot }) => {
      await page.getByRole("button", { name: "Dislike" }).last().click();
      await page.getByRole("dialog").waitFor();
      await shot("vote");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /submit|send/i })
        .click();
      await page.getByRole("button", { name: "Close", exact: true }).last().click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    },
  ],
  [
    "a reminder is set for the next minute",
    async ({ say, shot }) => {
      await say("remind me about supervision in 1 minute", /Set, as number/);
      await shot("reminder-set");
    },
  ],
  [
    "choices, and one of them pressed",
    async ({ say, press, shot }) => {
      await say("vicarious trauma", /not sure which/i);
      await shot("choices");
      await press(/witnessing/i, /\[1\]/);
      await shot("choice-pressed");
    },
  ],
  [
    "the themes, and one of them pressed",
    async ({ page, say, shot }) => {
      await say("themes", /Choose one/);
      await shot("themes");
      await page.getByText("Specialist knowledge and skills", { exact: true }).last().click();
      await page
        .getByText(/names both, knowledge and skills/)
        .last()
        .waitFor();
      await shot("theme-pressed");
    },
  ],
  [
    "a question that is not covered",
    async ({ say, shot }) => {
      await say("Which antidepressant should a refugee take?", /does not cover|do not cover/);
      await shot("not-covered");
    },
  ],
  [
    "the form of a reminder, and what comes of it",
    async ({ say, press, shot }) => {
      await say("supervision form", /How often/);
      await shot("form");
      await press("Save", /Set, as number 2/);
      await shot("form-saved");
    },
  ],
  [
    "a question in a group chat",
    async ({ goTo, mention, press, shot }) => {
      await goTo(/Peer support/);
      await mention("is supervision recommended?", /supervision should be a priority/);
      await shot("group");
      // In place of the card, for whoever pressed alone.
      await press("Who should supervise", /The supervisors meant/);
      await shot("group-pressed");
    },
  ],
  [
    "a question in a channel",
    async ({ goTo, mention, shot }) => {
      await goTo(/Support$/);
      await mention("is supervision recommended?", /supervision should be a priority/);
      await shot("channel");
    },
  ],
  [
    "someone in danger in a channel is answered in private",
    async ({ page, goTo, mention, shot }) => {
      await mention("I want to kill myself tonight", /kill myself/);
      await page.waitForTimeout(2_000);
      if ((await page.getByText("Samaritans").count()) > 0) throw new Error("it was answered in the channel");
      await shot("danger-in-channel");
      await goTo("Personal Chat");
      await page.getByText("Samaritans").last().waitFor();
      await shot("danger-in-private");
    },
  ],
  [
    "a look-up from the box, and a result put in",
    async ({ page, shot }) => {
      await page.getByRole("button", { name: "Trigger Message Extension App" }).click();
      await page.getByText("Search Command").click();
      await page.waitForTimeout(500);
      await page.locator("input").last().fill("superv");
      await page.keyboard.press("Enter");
      await page.getByText("Who should supervise").last().waitFor();
      await shot("look-up");
      await page.getByText("Who should supervise").last().click();
      await page.waitForTimeout(1_000);
      await shot("look-up-chosen");
      await page.getByRole("button", { name: "Send Message" }).click();
      await page
        .getByText(/From Bearings, knowledge version/)
        .last()
        .waitFor();
      await shot("look-up-put-in");
    },
  ],
  [
    "Look this up on a message",
    async (_teams, post) => {
      const body = { contentType: "html", content: "<p>is <b>supervision</b> recommended?</p>" };
      const value = { commandId: "lookUp", commandContext: "message", messagePayload: { id: "1", body } };
      await isAnswered(post, value, /should be a priority/);
    },
  ],
  [
    "a reminder from the box",
    (_teams, post) => isAnswered(post, { commandId: "remind", commandContext: "compose" }, /Input\.Date/),
  ],
  [
    "the reminder comes",
    async ({ page, goTo, press, shot }) => {
      await goTo("Personal Chat");
      await page
        .getByText(/Supervision is due/)
        .last()
        .waitFor({ timeout: 120_000 });
      await shot("reminder");
      await press("Done", /I have noted/);
      await shot("reminder-done");
    },
  ],
];
