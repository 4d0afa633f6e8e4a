/** The calendar, the ledger and what goes with them, on both engines: one server and one file for all of these, since each takes long to make. */
import { describe, test } from "vitest";
import { openEngines } from "../helpers/databases.ts";
import { testAnswers } from "./answers.ts";
import { testClaim } from "./ledger-claim.ts";
import { testLate } from "./ledger-late.ts";
import { testMany } from "./ledger-many.ts";
import { testRecord } from "./ledger-record.ts";
import { testTick } from "./ledger-tick.ts";
import { testReferences } from "./references.ts";
import { testChange } from "./reminders-change.ts";
import { testDue } from "./reminders-due.ts";
import { testKept } from "./reminders-kept.ts";
import { testPark } from "./reminders-park.ts";
import { testTrouble } from "./reminders-trouble.ts";

const { engines, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

describe.each(engines)("on $name", (engine) => {
  describe("what people set", () => testChange(engine));
  describe("what is due when it changes", () => testDue(engine));
  describe("what is parked", () => testPark(engine));
  describe("what is kept of people", () => testKept(engine));
  describe("where people are reached", () => testReferences(engine));
  describe("what answers showed", () => testAnswers(engine));
  describe("what is due is queued", () => testTick(engine));
  describe("what is queued is taken", () => testClaim(engine));
  describe("what is late", () => testLate(engine));
  describe("what is very many", () => testMany(engine));
  describe("in trouble", () => testTrouble(engine));
  describe("what came of a try", () => testRecord(engine));
});
