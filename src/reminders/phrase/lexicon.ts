/** The words that phrases about time are made of, and which slip of the keyboard means which of them. */

/** What a word is to a phrase. `value`: a number, the number of a weekday (Monday is 1) or of a month, a place in a row. */
export type Sense = {
  readonly kind: "word" | "number" | "ordinal" | "weekday" | "month" | "unit" | "part";
  readonly word: string;
  readonly value: number;
  readonly isPlural: boolean;
};

const senses = new Map<string, Sense>();

function add(kind: Sense["kind"], spelt: string, word: string, value = 0): void {
  for (const one of spelt.split(" ")) senses.set(one, { kind, word, value, isPlural: false });
}

function addPlurals(spelt: string): void {
  for (const one of spelt.split(" ")) {
    const sense = senses.get(one);
    if (sense) senses.set(`${one}s`, { ...sense, isPlural: true });
  }
}

const weekdays = ["mon", "tue tues", "wed weds wednes wedn", "thu thur thurs thrs", "fri", "sat", "sun"];
const wholeWeekdays = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
wholeWeekdays.forEach((name, at) => {
  add("weekday", `${name} ${weekdays[at]}`, name, at + 1);
  addPlurals(name);
});

const wholeMonths = "january february march april may june july august september october november december".split(" ");
const shortMonths = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
wholeMonths.forEach((name, at) => {
  add("month", `${name} ${shortMonths[at]}`, name, at + 1);
});
add("month", "sept", "september", 9);

const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
small.forEach((name, at) => {
  add("number", name, String(at), at);
});
"thirty forty fifty".split(" ").forEach((name, at) => {
  add("number", name, String(30 + 10 * at), 30 + 10 * at);
});
"twenty thirty forty fifty".split(" ").forEach((ten, tens) => {
  small.slice(1, 10).forEach((name, at) => {
    const value = 21 + 10 * tens + at;
    add("number", `${ten}-${name}`, String(value), value);
  });
});

const places =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(
    " ",
  );
places.forEach((name, at) => {
  add("ordinal", name, name, at + 1);
});
places.slice(0, 9).forEach((name, at) => {
  add("ordinal", `twenty-${name}`, `twenty-${name}`, 21 + at);
});
add("ordinal", "thirtieth", "thirtieth", 30);
add("ordinal", "thirty-first", "thirty-first", 31);
add("ordinal", "last", "last", -1);
add("ordinal", "penultimate", "penultimate", -2);

// The value is the length in minutes, where there is one.
add("unit", "minute min mins", "minute", 1);
add("unit", "hour hr hrs", "hour", 60);
add("unit", "day", "day", 1440);
add("unit", "week wk wks weks weeek", "week", 10_080);
add("unit", "fortnight", "fortnight", 20_160);
add("unit", "month mth mths", "month");
add("unit", "quarter", "quarter");
add("unit", "year yr yrs", "year");
addPlurals("minute hour day week fortnight month quarter year");
add("unit", "seconds secs", "second");

add("part", "morning", "morning");
add("part", "afternoon arvo", "afternoon");
add("part", "evening", "evening");
add("part", "night", "night");
add("weekday", "wensday wenesday wendsday wedsday", "wednesday", 3);
addPlurals("morning afternoon evening night");

for (const [word, spelt] of Object.entries({
  am: "a.m a.m. am",
  pm: "p.m p.m. pm",
  every: "every each ea ev",
  oclock: "o'clock oclock o-clock",
  tomorrow: "tomorrow tmrw tmr tmw tomoro 2moro 2morrow tomoz tomo 2mrw 2mro",
  today: "today tdy 2day",
  tonight: "tonight tonite 2nite",
  yesterday: "yesterday",
  until: "until till til untill 'til unitl",
  through: "through thru",
  noon: "noon midday mid-day",
  midnight: "midnight",
  weekday: "wkday weekday workday week-day",
  weekdays: "wkdays weekdays workdays week-days m-f mo-fr",
  weekend: "wkend weekend week-end",
  weekends: "wkends weekends week-ends",
  daily: "daily everyday every-day",
  nightly: "nightly",
  weekly: "weekly wkly pw p.w",
  fortnightly: "fortn fortnightly biweekly bi-weekly two-weekly",
  next: "next nxt",
  monthly: "monthly mthly mnthly",
  quarterly: "qtrly quarterly three-monthly",
  yearly: "yearly annually",
  "half-yearly": "half-yearly halfyearly six-monthly",
  hourly: "hourly half-hourly",
  alternate: "alternate alternating",
  starting: "starting start starts beginning begin begins commencing commence from-now-on",
  ending: "ending end ends finishing",
  past: "past",
  other: "other othr ohter otehr oter",
  half: "half",
  "half-past": "half-past",
  "quarter-past": "quarter-past",
  "quarter-to": "quarter-to",
})) {
  add("word", spelt, word);
}

/** What this word is, as it stands or once a slip is set right; null where it is no word about time. Lower case. */
export function senseOf(word: string): Sense | null {
  return senses.get(word) ?? senses.get(repaired(word) ?? "") ?? null;
}

// Words that are often mistyped, in full and plural.
const known = [
  ...wholeWeekdays.flatMap((name) => [name, `${name}s`]),
  ...wholeMonths.filter((name) => name.length > 5),
  ...`every everyday weekly fortnightly fortnight monthly quarterly yearly annually daily weekday weekdays weekend weekends
  tomorrow tonight today morning mornings afternoon evening evenings midday midnight until starting alternate
  month minutes`.split(/\s+/),
];

// Words of their own that are only one letter away from one of those.
const others = new Set(
  `ever very even daisy mouth north meekly weakly nearly early dearly yearn early today toddy someday midway morn mornings
  warning moaning mooring mourning learning evening everyone every weekend weekends untie unite until minute minutes minuted
  monthly months moth sunday friends modesty eventing staring stating starring sorting striving sting starling smarting
  standing charting darting parting dally dairy gaily avery emery knight weakened tonic mundane alternative alternatives`.split(
    /\s+/,
  ),
);

function repaired(word: string): string | null {
  if (word.length < 4 || others.has(word) || !/^[a-z]+$/.test(word)) return null;
  const near = known.filter((one) => isNear(word, one));
  const heads = new Set(near.map((one) => one.replace(/(day|end|ing)s$/, "$1")));
  return heads.size === 1 ? (near.find((one) => one.length === word.length) ?? near[0] ?? null) : null;
}

/** Whether this looks like a slip for a word about time, though it may not be clear which. */
export const isNearTime = (word: string): boolean =>
  word.length >= 4 && !others.has(word) && /^[a-z]+$/.test(word) && known.some((one) => isNear(word, one));

/** One letter too many, missing, wrong or changed with its neighbour; two in long words that begin alike. */
function isNear(word: string, meant: string): boolean {
  if (Math.abs(word.length - meant.length) > 2) return false;
  const most = meant.length >= 7 && word.slice(0, 2) === meant.slice(0, 2) && word.at(-1) === meant.at(-1) ? 2 : 1;
  // Short words are near to too many others.
  if (meant.length < 5 || (word.length < 5 && word[0] !== meant[0])) return false;
  return slips(word, meant) <= most;
}

/** How many letters are too many, missing, wrong or changed with their neighbour. */
export function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, n) => n)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 99;
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    rows.push(here);
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? at(row - 2, column - 2) + 1 : 99;
      here.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + cost, swapped));
    }
  }
  return at(a.length, b.length);
}
