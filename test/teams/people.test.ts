/** By which id a person is known: it is what an administrator has to find, to see or erase what is kept of somebody. */
import { expect, test } from "vitest";
import { parseActivity } from "#adapters/teams/parse.ts";
import { personId } from "#adapters/teams/read.ts";
import { alice, type Json, personalMessage, us } from "../helpers/teams/activities.ts";

test("people are known by their account, which an administrator can look up; by their id towards us where Teams says none", () => {
  const idOf = (activity: Json) => {
    const acted = parseActivity(activity);
    if (acted?.kind !== "message") throw new Error("not a message");
    return personId(acted.from);
  };
  const from = (more: Json) => ({ more: { from: { id: alice.id, name: alice.name, ...more } } });
  const known = `teams:${us.tenant}:${alice.aad}`;
  expect(idOf(personalMessage("hello"))).toBe(known);
  expect(idOf(personalMessage("hello", from({ aadObjectId: alice.aad.toUpperCase() })))).toBe(known);
  for (const aadObjectId of [undefined, null, 7, "", "not an id", `${alice.aad}:x`])
    expect(idOf(personalMessage("hello", from({ aadObjectId })))).toBe(`teams:${us.tenant}:${alice.id}`);
});
