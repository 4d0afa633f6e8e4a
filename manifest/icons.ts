/** The app's two icons, drawn here: a compass, the mark of the web page. The same bytes on every computer. */
import { crc32 } from "node:zlib";
import { zlibSync } from "fflate";

/** Red, green, blue, 0 to 255. */
type Colour = readonly [number, number, number];
/** Whether a point belongs to a shape; the centre of the icon is 0, 0, and y grows downwards. */
type Shape = (x: number, y: number) => boolean;
type Layer = { readonly colour: Colour; readonly shape: Shape };

const white: Colour = [255, 255, 255];
const teal: Colour = [10, 63, 75];
const soft: Colour = [159, 198, 202];
const gold: Colour = [240, 185, 90];

const everywhere: Shape = () => true;
const disc =
  (radius: number): Shape =>
  (x, y) =>
    x * x + y * y <= radius * radius;
const without =
  (shape: Shape, hole: Shape): Shape =>
  (x, y) =>
    shape(x, y) && !hole(x, y);
const either =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    shapes.some((shape) => shape(x, y));

// The needle leans 35 degrees to the east. Written out: a sine may differ in its last digit between computers.
const [cosine, sine] = [0.819152, 0.573576];

/** One half of the needle, from the centre to its tip. */
const half =
  (tip: "north" | "south", length: number, width: number): Shape =>
  (x, y) => {
    const across = x * cosine + y * sine;
    const along = (tip === "north" ? 1 : -1) * (x * sine - y * cosine);
    return along >= 0 && Math.abs(across) / width + along / length <= 1;
  };

/** Four marks at the quarters, between two radii. */
const quarters =
  (from: number, to: number, width: number): Shape =>
  (x, y) => {
    const [far, near] = [Math.max(Math.abs(x), Math.abs(y)), Math.min(Math.abs(x), Math.abs(y))];
    return far >= from && far <= to && near <= width / 2;
  };

/** 192 by 192 pixels, in colour, as bytes of a PNG. */
export const colourIcon = (): Uint8Array =>
  png(192, [
    { colour: teal, shape: everywhere },
    { colour: soft, shape: either(without(disc(60), disc(54.5)), quarters(42, 51, 5)) },
    { colour: white, shape: half("south", 44, 15) },
    { colour: gold, shape: half("north", 44, 15) },
    { colour: teal, shape: disc(5) },
  ]);

/** 32 by 32 pixels, white on nothing, as Teams wants it for its side bar. */
export const outlineIcon = (): Uint8Array =>
  png(32, [
    {
      colour: white,
      shape: either(
        without(disc(13.5), disc(11.7)),
        without(either(half("north", 9.4, 3.8), half("south", 9.4, 3.8)), disc(1.5)),
      ),
    },
  ]);

// Points that are looked at in each pixel, in a row and in a column: edges come out smooth.
const samples = 6;

/** Draws the layers, the last on top. */
function pixels(size: number, layers: readonly Layer[]): Uint8Array {
  const row = 1 + size * 4;
  const bytes = new Uint8Array(size * row);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) bytes.set(pixel(x - size / 2, y - size / 2, layers), y * row + 1 + x * 4);
  return bytes;
}

/** The mean colour of a pixel and how much of it is covered. */
function pixel(left: number, top: number, layers: readonly Layer[]): readonly number[] {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let at = 0; at < samples * samples; at += 1) {
    const x = left + ((at % samples) + 0.5) / samples;
    const y = top + (Math.floor(at / samples) + 0.5) / samples;
    const layer = layers.findLast(({ shape }) => shape(x, y));
    if (layer === undefined) continue;
    covered += 1;
    layer.colour.forEach((part, which) => {
      sum[which] = (sum[which] ?? 0) + part;
    });
  }
  // White under nothing: some programs show what lies under it.
  if (covered === 0) return [255, 255, 255, 0];
  return [...sum.map((part) => Math.round(part / covered)), Math.round((255 * covered) / (samples * samples))];
}

/** A PNG of eight bits a channel with alpha. fflate packs it: Node's own packing differs between processors. */
function png(size: number, layers: readonly Layer[]): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", head),
    chunk("IDAT", zlibSync(pixels(size, layers), { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(name: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
