/** T-14: a second list of the numbers for help, kept by hand. Whoever changes one has to change it in both places, and so looks twice. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

const kept: Readonly<Record<string, readonly string[]>> = {
  AU: ["000", "131114", "0477131114", "1800737732", "0458737732"],
  CA: ["911", "988", "686868", "18339001010"],
  GB: ["999", "116123", "85258", "08082000247", "08088005000", "08000121700"],
  IE: ["112", "116123", "50808", "1800341900", "1800666666"],
  NZ: ["111", "1737", "0800733843"],
  US: ["911", "988", "18007997233", "88788", "18883737888", "233733"],
};

type Contact = { readonly country: string; readonly call?: string; readonly text?: string };

test("T-14: every number for help is in a second list as well, and no other", () => {
  const file = new URL("../../knowledge/crisis.yaml", import.meta.url);
  const { contacts }: { readonly contacts: readonly Contact[] } = parse(readFileSync(file, "utf8"));
  const digits = contacts.flatMap(({ country, call, text }) =>
    [call, text].flatMap((way) => (way === undefined ? [] : [`${country} ${way.replace(/\D/g, "")}`])),
  );
  const listed = Object.entries(kept).flatMap(([country, numbers]) => numbers.map((number) => `${country} ${number}`));
  expect([...new Set(digits)].toSorted()).toEqual(listed.toSorted());
});
