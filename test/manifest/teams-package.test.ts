/** The zip and its icons, read by other means than those that made them. */
import { readFileSync } from "node:fs";
import { crc32, inflateRawSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { colourIcon, outlineIcon } from "../../manifest/icons.ts";
import { type TeamsOptions, teamsJson, teamsPackage } from "../../manifest/teams.ts";

const options: TeamsOptions = {
  appId: "11111111-2222-4333-8444-555555555555",
  developer: "Example Trust",
  websiteUrl: "https://example.org/bearings",
  privacyUrl: "https://example.org/bearings",
  termsUrl: "https://example.org/bearings",
};

type Member = { readonly name: string; readonly content: Buffer; readonly when: number; readonly attributes: number };

/** Reads a zip by its central directory, as programs that unpack do. */
function membersOf(bytes: Uint8Array): readonly Member[] {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50);
    const [method, when] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 12)];
    const [sum, packed, size] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const [attributes, local] = [zip.readUInt32LE(at + 38), zip.readUInt32LE(at + 42)];
    const name = zip.toString("utf8", at + 46, at + 46 + (nameLength ?? 0));
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const raw = zip.subarray(start, start + packed);
    const content = method === 0 ? Buffer.from(raw) : inflateRawSync(raw);
    expect({ name, size: content.length, sum: crc32(content) }).toEqual({ name, size, sum });
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
    return { name, content, when, attributes };
  });
}

/** Width, height and the pixels of a PNG of ours, four numbers each. */
function pixelsOf(bytes: Uint8Array) {
  const png = Buffer.from(bytes);
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named));
    if (named.toString("latin1", 0, 4) === "IDAT") parts.push(named.subarray(4));
    at += 12 + length;
  }
  const rows = inflateSync(Buffer.concat(parts));
  const pixels = Array.from({ length: width * height }, (_, at) => {
    const from = Math.floor(at / width) * (1 + width * 4) + 1 + (at % width) * 4;
    return [...rows.subarray(from, from + 4)] as const;
  });
  return { width, height, depth: png[24], kind: png[25], pixels };
}

describe("the package", () => {
  const zip = teamsPackage(options);
  const members = membersOf(zip);

  test("holds the manifest and the two icons that it names, at its root, and nothing else", () => {
    expect(members.map(({ name }) => name)).toEqual(["manifest.json", "color.png", "outline.png"]);
    const [manifest, ...icons] = members.map(({ content }) => content);
    expect(manifest?.toString("utf8")).toBe(teamsJson(options));
    expect(icons.map((icon) => icon.toString("base64"))).toEqual(
      [colourIcon(), outlineIcon()].map((icon) => Buffer.from(icon).toString("base64")),
    );
  });

  test("is the same bytes each time: it says neither when nor where it was made", () => {
    expect(Buffer.from(teamsPackage(options)).equals(Buffer.from(zip))).toBe(true);
    // Noon on 1 January 1980.
    expect(new Set(members.map(({ when }) => when))).toEqual(new Set([0x00216000]));
  });

  test("is another for another bot", () => {
    const other = teamsPackage({ ...options, appId: "22222222-2222-4333-8444-555555555555" });
    expect(Buffer.from(other).equals(Buffer.from(zip))).toBe(false);
  });
});

describe("the icons", () => {
  test("the one in colour is 192 by 192, and has no hole", () => {
    const { pixels, ...shape } = pixelsOf(colourIcon());
    expect(shape).toEqual({ width: 192, height: 192, depth: 8, kind: 6 });
    expect(pixels.filter(([, , , alpha]) => alpha !== 255)).toEqual([]);
    const count = (colour: string) => pixels.filter((pixel) => pixel.join() === colour).length;
    for (const colour of ["10,63,75,255", "159,198,202,255", "255,255,255,255", "240,185,90,255"])
      expect({ colour, isThere: count(colour) > 300 }).toEqual({ colour, isThere: true });
  });

  test("the outline is 32 by 32, white, and nothing around it", () => {
    const { pixels, ...shape } = pixelsOf(outlineIcon());
    expect(shape).toEqual({ width: 32, height: 32, depth: 8, kind: 6 });
    expect(pixels.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255)).toEqual([]);
    const alphas = pixels.map(([, , , alpha]) => alpha);
    const border = alphas.filter((_, at) => at < 32 || at >= 992 || at % 32 === 0 || at % 32 === 31);
    expect(new Set(border)).toEqual(new Set([0]));
    expect(alphas.filter((alpha) => alpha === 255).length).toBeGreaterThan(60);
    // Edges are smooth.
    expect(new Set(alphas).size).toBeGreaterThan(10);
  });

  test.each([
    ["color.png", colourIcon],
    ["outline.png", outlineIcon],
  ])("%s in the repository is what the code draws", (name, draw) => {
    const committed = readFileSync(new URL(`../../manifest/teams/${name}`, import.meta.url));
    expect(committed.equals(Buffer.from(draw()))).toBe(true);
  });
});
