/** docs/privacy.md names all that is kept: every column of every table on both engines, and what a browser keeps; no more, no less. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openDatabase } from "#src/storage/database.ts";
import { openEngines } from "../helpers/databases.ts";

const privacy = readFileSync(new URL("../../docs/privacy.md", import.meta.url), "utf8");
const page = readFileSync(new URL("../../adapters/web/page.html", import.meta.url), "utf8");
const { engines } = await openEngines();

/** The fields that the document names, by the table in whose part they stand. */
const told = Object.fromEntries(
  privacy.split(/^(?=#{2,3} )/m).flatMap((part) => {
    const table = /^### `([a-z_]+)`/.exec(part)?.[1];
    const cells = [...part.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell = ""]) => cell);
    const fields = cells.flatMap((cell) => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, field = ""]) => field));
    return table === undefined ? [] : [[table, fields.toSorted()]];
  }),
);

describe.each(engines)("on $name", ({ empty }) => {
  test("every column has its row, and every row its column", async () => {
    const { db, close } = await openDatabase(await empty());
    const tables = await db.introspection.getTables();
    await close();
    const kept = tables.map(({ name, columns }) => [name, columns.map((column) => column.name).toSorted()] as const);
    expect(told).toEqual(Object.fromEntries(kept));
  });
});

test("a browser keeps the key that is told of, and nothing else", () => {
  const name = /^const keyName = "([^"]+)";$/m.exec(page)?.[1];
  expect(privacy).toContain(`| \`${name}\` |`);
  expect(new Set([...page.matchAll(/localStorage\.\w+\(\w+/g)].map(([call]) => call.split("(")[1]))).toEqual(
    new Set(["keyName"]),
  );
  expect(page).not.toMatch(/sessionStorage|indexedDB|document\.cookie|\bcaches\b|serviceWorker/);
});
