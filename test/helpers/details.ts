/** Made-up questions with and without a client's details: lines of test/fixtures/details, filled in by seeded chance. */
import { readFileSync } from "node:fs";

export type Half = "making" | "held-out";
export type Kind = "with" | "without";

/** All questions of one half. A line with slots is asked four times, each filled in otherwise and typed more or less well. */
export function madeUp(half: Half, kind: Kind): readonly string[] {
  const text = readFileSync(new URL(`../fixtures/details/${half}-${kind}.txt`, import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.flatMap((line, at) => {
    if (!line.includes("{")) return [line];
    return [0, 1, 2, 3].map((nth) => filledIn(line, { half, chance: chanceFrom(`${half} ${kind} ${at} ${nth}`), nth }));
  });
}

type Chance = (below: number) => number;
type With = { readonly half: Half; readonly chance: Chance; readonly nth: number };

/** Mulberry32 from a hash of the text: the same on every machine. */
function chanceFrom(text: string): Chance {
  let state = [...text].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function filledIn(line: string, { half, chance, nth }: With): string {
  const slot = (name: string): string => {
    const write = slots[name];
    if (write === undefined) throw new Error(`no slot ${name}`);
    return write({ half, chance, nth });
  };
  return messy(
    line.replace(/\{(\w+)\}/g, (_, name: string) => slot(name)),
    chance,
    nth,
  );
}

/** As people type: the third in small letters, the fourth with marks left out and letters swapped in ordinary words. */
function messy(text: string, chance: Chance, nth: number): string {
  if (nth < 2) return text;
  if (nth === 2) return text.toLowerCase();
  const swapped = text.replace(/\b[a-z]{6,}\b(?![@.\d])/g, (word) => {
    if (chance(4) > 0) return word;
    const at = 2 + chance(word.length - 4);
    return `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`;
  });
  return swapped.replace(/[?.] *$/, "").replace(/, /g, chance(2) === 0 ? " " : " , ");
}

const listed = (text: string): readonly string[] => text.split("|");
const one = (from: readonly string[], chance: Chance): string => from[chance(from.length)] ?? "";
const digits = (count: number, chance: Chance): string => Array.from({ length: count }, () => chance(10)).join("");
const between = (low: number, high: number, chance: Chance): number => low + chance(high - low + 1);
const two = (number: number): string => String(number).padStart(2, "0");
/** N is any digit, X one from 1 to 9, @ any letter. */
const shaped = (shape: string, chance: Chance): string =>
  shape
    .replace(/N/g, () => String(chance(10)))
    .replace(/X/g, () => String(between(1, 9, chance)))
    .replace(/@/g, () => String.fromCharCode(65 + chance(26)));

const people = {
  making: {
    first: listed("Fatima|Ahmad|Amina|Reza|Maryam|Yusuf|Samuel|Olga|Carlos|Hiwot|Nadia|Ibrahim|Parisa|Joseph"),
    last: listed("Karimi|Hassan|Haddad|Moradi|Okoro|Petrenko|Ramirez|Tesfaye|Ahmadi|Osman|Nguyen|Al-Masri"),
  },
  "held-out": {
    first: listed("Zahra|Mehmet|Selam|Bilal|Oksana|Thierry|Adaeze|Farhad|Khadija|Luis|Rojin|Abdirahman|Mateo|Thuy"),
    last: listed("Yilmaz|Ghebremedhin|Warsame|Shevchuk|Nkosi|Ebrahimi|Castillo|Barzani|Diallo|Tran|El Amrani|Mutombo"),
  },
} as const;
const months = listed(
  "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Sept|Oct",
);

const birth = ({ chance }: With): string => {
  const [day, month, year] = [between(1, 28, chance), between(1, 12, chance), between(1948, 2014, chance)];
  const name = one(months, chance);
  const ways = [
    `${two(day)}/${two(month)}/${year}`,
    `${day}.${month}.${year}`,
    `${day} ${name} ${year}`,
    `${year}-${two(month)}-${two(day)}`,
    `${day}/${month}/${String(year).slice(2)}`,
    `${name} ${day}, ${year}`,
    `${two(day)}-${two(month)}-${year}`,
    `${day}th ${name} ${year}`,
  ];
  return one(ways, chance);
};

/** Ten digits with the check digit that NHS numbers have, in their spaces or not. */
const nhs = ({ chance }: With): string => {
  for (;;) {
    const nine = `9${digits(8, chance)}`;
    const check = 11 - ([...nine].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 11);
    if (check === 10) continue;
    const all = `${nine}${check % 11}`;
    return chance(2) === 0 ? all : `${all.slice(0, 3)} ${all.slice(3, 6)} ${all.slice(6)}`;
  }
};

const shapedAs =
  (...shapes: readonly string[]) =>
  ({ chance }: With): string =>
    shaped(one(shapes, chance), chance);
const oneOf =
  (text: string) =>
  ({ chance }: With): string =>
    one(listed(text), chance);
const numberIn =
  (low: number, high: number) =>
  ({ chance }: With): string =>
    String(between(low, high, chance));

const phones =
  "07700 900NNN|07700900NNN|+44 7700 900NNN|01632 960NNN|020 7946 0NNN|0113 496 0NNN|416-555-01NN|(604) 555-01NN|+1 514 555 01NN|0491 570 NNN|+61491570NNN|(02) 5550 NNNN|+49 30 23125 NNN|0171 39200 NN|06 39 98 NN NN|+33 1 99 00 NN NN|070-174 06 NN";
const addresses =
  "XN Willow Road|Flat X, XN Station Street|XN Orchard Lane, Leeds|XX Queen St W, Toronto|X/XN Albert Street, Footscray VIC|Lindenstraße XN, Köln|XN rue Victor Hugo|Via Verdi XN|Calle del Sol XN|Prinsengracht XNN|XN Highfield Cres|apt XN, XXN Lakeshore Blvd|XNA Church Avenue|Unit X, XN Park Drive|XN Mill Close, LE99 X@@";

const slots: Readonly<Record<string, (from: With) => string>> = {
  first: ({ half, chance }) => one(people[half].first, chance),
  last: ({ half, chance }) => one(people[half].last, chance),
  full: ({ half, chance }) => `${one(people[half].first, chance)} ${one(people[half].last, chance)}`,
  dob: birth,
  nhs,
  uci: shapedAs("XXNN-NNNN", "XX-NNNN-NNNN", "XNNNNNNN", "XXNNNNNNNN"),
  ohip: shapedAs("XNNN NNN NNN @@", "XNNN-NNN-NNN", "XNNNNNNNNN@@"),
  medicare: shapedAs("2NNN NNNNN X", "2NNNNNNNNX", "2NNN-NNNNN-X"),
  mrn: shapedAs("XNNNNNN", "00NNNNNN", "HXNNNNN", "@@XNNNNN"),
  grant: shapedAs("XNNNNNNNNNNNN", "00NNNNNNNNNNN"),
  immi: shapedAs("EIS XNNNNN", "PREXNNNNN", "ECC00NNNN"),
  homref: shapedAs("@XNNNNNN", "@XNNNNNN/X", "@@XNNNNN"),
  brp: shapedAs("ZUXNNNNNN", "RNXNNNNNN"),
  arc: shapedAs("ASF/XNNNNN", "ASFXNNNNNNN"),
  passport: shapedAs("@XNNNNNNN", "@@XNNNNNN", "XNNNNNNNN"),
  anum: shapedAs("AXNNNNNNNN", "A XNN NNN NNN", "XNN-NNN-NNN"),
  fileno: shapedAs("20NX/XNNN", "@@-XNNNN", "XNNNN/XN", "CXNNNNN"),
  caseno: shapedAs("XNNNN", "@@/XNNN/2N", "XNN-NNN", "20NX-XNNNN"),
  crn: shapedAs("XNN NNN NNN@", "XNNNNNNNN@"),
  nino: shapedAs("JC XX NN NN C", "JCXXNNNNC"),
  sin: shapedAs("XNN NNN NNN", "XNN-NNN-NNN"),
  nir: shapedAs("2 89 0N 99 NNN NNN NN", "1890999NNNNNN"),
  cf: shapedAs("HSSFTM90A4NZ24N@", "KRMRZA85T1NZ33N@"),
  nie: shapedAs("XXNNNNNN@", "Y-XNNNNNN-@"),
  bsn: shapedAs("XNNNNNNNN"),
  pnr: shapedAs("1XXN0N1N-NNNN", "XN0N1N-NNNN"),
  azr: shapedAs("XNNNNNNNNNNN", "XNN NNN NNN NNN"),
  address: shapedAs(...listed(addresses)),
  phone: shapedAs(...listed(phones)),
  email: ({ half, chance }) => {
    const [first, last] = [one(people[half].first, chance), one(people[half].last, chance)].map((name) =>
      name.toLowerCase().replace(/\W/g, ""),
    );
    return one(
      [`${first}.${last}@example.com`, `${first}${digits(2, chance)}@example.org`, `${last}_${first}@mail.example`],
      chance,
    );
  },
  lang: oneOf("Dari|Arabic|Tigrinya|Farsi|Somali|Ukrainian"),
  age: numberIn(6, 79),
  age2: numberIn(80, 90),
  year: numberIn(1970, 2026),
  year2: numberIn(2000, 2026),
  date: ({ chance }) => birth({ half: "making", chance, nth: 0 }).replace(/\b(?:19\d\d)\b/, "2021"),
  n: numberIn(5, 60),
  n2: numberIn(100, 5_000),
  small: numberIn(11, 99),
  small2: numberIn(11, 99),
  big: ({ chance }) =>
    one(
      [
        `${between(10, 999, chance)},${digits(3, chance)}`,
        `${between(2, 9, chance)} ${digits(3, chance)} ${digits(3, chance)}`,
        `${between(1, 90, chance)}.${chance(10)} million`,
      ],
      chance,
    ),
  big8: shapedAs("3NNNNNNN"),
  dose: oneOf("1|2|5|10|20|25|50|100"),
  dose2: oneOf("150|200|300"),
  drug: oneOf("prazosin|sertraline|quetiapine|mirtazapine|venlafaxine|Paroxetine"),
  measure: oneOf("PHQ-9|GAD-7|HTQ|HSCL-25|CORE-10|ProQOL|PCL-5"),
  author: oneOf("Apostolidou|Papadopoulos|Herman|Figley|Silove|Miller|Hassan|Ali|Barrington|Schweitzer|van der Kolk"),
  author2: oneOf("Rasmussen|Pearlman|Saakvitne|Kirmayer|Ahmed|Century|Splevins|Ventevogel|Guhan|Khan"),
  authorfull: oneOf(
    "Judith Herman|Derek Silove|Carl Rogers|Renos Papadopoulos|Charles Figley|Frantz Fanon|Laurence Kirmayer",
  ),
  authorfull2: oneOf("Bessel van der Kolk|Kenneth Miller|Peter Ventevogel|Hannah Arendt|Laurie Anne Pearlman"),
  topic: oneOf("trust|vicarious trauma|interpreters|power|supervision|burnout|nightmares|group work"),
  topic2: oneOf("culture|training|growth|access|housing|silence"),
  people: oneOf(
    "Afghan women|Syrians|Eritreans|Tamil men|unaccompanied minors|Rohingya|Ukrainian families|Congolese people",
  ),
  place: oneOf(
    "Birmingham|Toronto|Melbourne|Berlin|New South Wales|Glasgow|Cox's Bazar|Lampedusa|Sri Lanka|El Salvador",
  ),
  place2: oneOf("Athens|Kabul|Vancouver|South Yorkshire|Lyon|Nairobi|Western Sydney|Dublin"),
  language: oneOf("Dari|Arabic|Tigrinya|Kurdish Sorani|Somali|Ukrainian"),
  language2: oneOf("Farsi|Pashto|Lingala|Haitian Creole|Tamil|Spanish"),
  helpline: oneOf(
    "116 123|13 11 14|988|0800 1111|0808 800 5000|1-800-273-8255|1800 595 212|1300 22 4636|116 111|112|0800 111 0 111",
  ),
};
