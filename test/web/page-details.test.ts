import { afterAll, beforeAll, expect, test } from "vitest";
import { askWithout, deleteMessage } from "#src/copy.ts";
import { openReal } from "../helpers/assistant.ts";
import { ask, openStage, type Stage, violations } from "../helpers/page.ts";

let stage: Stage;
beforeAll(async () => {
  const { respond, knowledge } = await openReal();
  stage = await openStage(respond, knowledge());
});
afterAll(() => stage?.close());

test("a question with a client's details comes back in a field without them, and is answered when it is sent from there", async () => {
  const { page } = await stage.open();
  await ask(page, "Amina Yusuf, dob 12/03/1990, NHS no 943 476 5919. Who may supervise this work?");
  const reply = page.locator(".reply").last();
  expect(await reply.innerText()).toContain(deleteMessage);
  const field = reply.getByLabel(askWithout.label);
  expect(await field.inputValue()).toBe("my client. Who may supervise this work?");
  expect(await violations(page)).toEqual([]);
  await field.fill("Who may supervise this work?");
  await reply.getByRole("button", { name: askWithout.send, exact: true }).click();
  await page.locator(".reply").nth(1).waitFor();
  expect(await page.locator(".reply").last().innerText()).toMatch(/supervis[\s\S]*Sources/);
});
