import childProcess from "node:child_process";
import dns from "node:dns";
import net from "node:net";
import { expect, test, vi } from "vitest";
import type { Source } from "#src/knowledge/entry.ts";
import { reference } from "#src/knowledge/reference.ts";

const source: Source = {
  id: "author-2020",
  csl: {
    type: "report",
    genre: "Evidence snapshot",
    title: "A title that is a good deal longer than the seventy characters at which lines of RIS were broken once",
    author: [
      { family: "Müller", given: "Ana Maria" },
      { family: "North", given: "Sophie" },
    ],
    issued: { "date-parts": [[2020, 6]] },
    publisher: "A Publisher",
    URL: "https://doi.org/10.1000/182",
  },
  passages: [],
};

test("a source in three forms", async () => {
  const { apa, bibtex, ris } = await reference(source);
  expect(apa).toBe(
    `Müller, A. M., & North, S. (2020). ${source.csl.title} [Evidence snapshot]. A Publisher. ${source.csl.URL}`,
  );
  expect(bibtex).toMatch(/^@techreport\{/);
  expect(bibtex).toContain('author = {M{\\" u}ller, Ana Maria and North, Sophie}');
  expect(ris.split("\n")).toEqual([
    "TY  - RPRT",
    "AU  - Müller, Ana Maria",
    "AU  - North, Sophie",
    "DA  - 2020/06//",
    "PY  - 2020",
    "ID  - author-2020",
    "M3  - Evidence snapshot",
    "PB  - A Publisher",
    `TI  - ${source.csl.title}`,
    `UR  - ${source.csl.URL}`,
    "ER  - ",
  ]);
});

test("a source without author's address or month is still a reference", async () => {
  const { URL: _url, publisher: _publisher, ...bare } = source.csl;
  const { apa, ris } = await reference({ ...source, csl: { ...bare, issued: { "date-parts": [[2020]] } } });
  expect(apa).toContain("(2020)");
  expect(ris).toContain("PY  - 2020");
});

// citation-js looks identifiers and addresses up on the network when it is given them to parse.
test("no connection, name look-up or child process is ever tried", async () => {
  const tried = [
    vi.spyOn(net.Socket.prototype, "connect"),
    vi.spyOn(dns, "lookup"),
    vi.spyOn(childProcess, "spawnSync"),
    vi.spyOn(childProcess, "execFileSync"),
    vi.spyOn(globalThis, "fetch"),
  ];
  await reference({ ...source, id: "Q30000000" });
  await reference({ ...source, id: "10.1000/182" });
  for (const spy of tried) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
