/** Rewrites spellings that say something plain in few letters: "m/w/f", "9-10am", "2x a month", "until xmas". */

const weekday =
  "(?:mon|tue|wed|thu|thur|fri|sat|sun)(?:s|day|days|sday|sdays|nesday|nesdays|rsday|rsdays|urday|urdays)?";
const commandWords = /^(?:please |can you |could you )*(?:pause|hold|stop|suspend|mute|snooze|freeze|skip|put)\b/i;

/** The text with those spelt out; all else is as it was. Pure. */
export function speltOut(text: string): string {
  const plain = small.reduce((said, [from, to]) => said.replace(from, to), lettersOut(text));
  // A pause ends when the year begins; what comes until then comes in this year.
  const newYear = commandWords.test(plain) ? "1 January" : "31 December";
  return plain.replace(
    /\b(until|till|til|'til|through|thru)\s+(?:the\s+)?new\s+year(?:['’]?s)?\b(?!\s*(?:['’]?s\s+)?(?:eve|day)\b)/giu,
    `$1 ${newYear}`,
  );
}

const small: readonly (readonly [RegExp, string])[] = [
  // A kiss.
  [/(?<=\S\s)x{1,3}\s*$/i, ""],
  // "10;30", "10 : 00"
  [/\b(\d{1,2}) ?[;:] ?(\d\d)\b(?![:;\d])/g, "$1:$2"],
  // "2x a month", "x1 weekly"
  [/\b(\d) ?x (?=(?:an?|per|every|each|weekly|monthly|daily|fortnightly|yearly)\b|\/)/gi, "$1 times "],
  [/\bx ?(\d) (?=(?:an?|per|every|each|weekly|monthly|daily|fortnightly|yearly)\b|\/)/gi, "$1 times "],
  [
    /\b(until|till|til|'til|through|thru|up to)\s+(?:xmas|christmas)(?:\s+day)?\b(?!\s+(?:eve|break|holidays?|party|week)\b)/giu,
    "$1 25 December",
  ],
  [/\b(from|starting|as of|beginning)\s+(?:in\s+|with\s+)?(?:the\s+)?new\s+year\b/giu, "$1 1 January"],
  // "E/o tues" is every other one.
  [new RegExp(`\\be\\/?o\\s+(?=(?:${weekday}|week|wk|month)\\b)`, "giu"), "every other "],
  [new RegExp(`\\balt(?:ern|\\.)?\\s+(?=(?:${weekday})\\b)`, "giu"), "alternate "],
];

const dayLetters: Readonly<Record<string, string>> = {
  m: "Monday",
  mo: "Monday",
  t: "Tuesday",
  tu: "Tuesday",
  w: "Wednesday",
  we: "Wednesday",
  th: "Thursday",
  f: "Friday",
  fr: "Friday",
  sa: "Saturday",
  su: "Sunday",
};

const runs: Readonly<Record<string, string>> = {
  mwf: "Monday, Wednesday and Friday",
  tth: "Tuesday and Thursday",
  tuth: "Tuesday and Thursday",
  mtwthf: "Monday to Friday",
  mtwtf: "Monday to Friday",
};

const letter = "(?:mo|tu|we|th|fr|sa|su|m|t|w|f)";
const listed = new RegExp(
  `(?<![\\p{L}\\p{N}/'’.-])(every\\s+|each\\s+|on\\s+)?(${letter}(?:(?:\\/| ?& ?|, ?| and )${letter})+)(?![\\p{L}\\p{N}/'’.])`,
  "giu",
);

/** Days by their first letters, as they are written in America. Two letters alone may be something else. */
function lettersOut(text: string): string {
  return text
    .replace(listed, (whole, before: string | undefined, list: string) => {
      const parts = list.toLowerCase().split(/\/| ?& ?|, ?| and /);
      const isPlain = parts.length > 2 || parts.every((part) => part.length > 1 && part !== "we");
      // "M/F" is male or female; "m/w" may be anything.
      const isMixed =
        /th/i.test(list) || before !== undefined || (/^(?:M\/W|W\/F|T\/W)$/.test(list) && /\d/.test(text));
      if (!isPlain && !isMixed && before === undefined) return whole;
      return `${before ?? ""}${parts.map((part) => dayLetters[part] ?? part).join(" and ")}`;
    })
    .replace(
      /(?<![\p{L}\p{N}/'’-])(mwf|tth|tuth|mtwthf|mtwtf)(?![\p{L}\p{N}/'’-])/giu,
      (whole) => runs[whole.toLowerCase()] ?? whole,
    )
    .replace(
      /(?<![\p{L}\p{N}])((?:every|each|next|this|on)(?:\s+other)?\s+)(mo|tu|th|fr|sa|su)(?![\p{L}\p{N}/'’])/giu,
      (_, before: string, day: string) => `${before}${dayLetters[day.toLowerCase()] ?? day}`,
    );
}

const clock = "(\\d{1,2})(?:[:.](\\d\\d))?\\s*(am|pm|a\\.m\\.?|p\\.m\\.?|a(?![\\p{L}\\p{N}])|p(?![\\p{L}\\p{N}]))?";
const range = new RegExp(
  `(?<![\\p{L}\\p{N}:./-])(at\\s+|@\\s*|from\\s+|between\\s+)?${clock}\\s*(-|–|—|to|until|till|and)\\s*${clock}(?![\\p{N}/:-]|\\.\\d|[\\p{L}])`,
  "giu",
);
const dayBefore = new RegExp(
  `(?:${weekday}|weds|wednes|thurs|tues|weekdays?|weekends?|daily|day|month|week|weekly|fortnightly|monthly|tomorrow|tmrw|today|fortnight|\\d(?:st|nd|rd|th)|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec),?\\s*$`,
  "iu",
);
const counted =
  /^\s*(?:(?:of )?(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|times?|weeks?|wks?|days?|months?|years?|people|sessions?|hours?|hrs?|minutes?|mins?|x|%|st|nd|rd|th)(?![\p{L}])/iu;

/** "9-10am" begins at 9am: of a time with its end, the beginning is what is meant. */
export function beginnings(text: string): string {
  return text.replace(range, (...found) => {
    const [whole, lead, hour, minute, half, joint, toHour, toMinute, toHalf] = found as readonly (
      | string
      | undefined
    )[] as readonly [string, ...(string | undefined)[]];
    const at = found.at(-2) as number;
    const isTimed = [half, toHalf].some(Boolean) || (minute !== undefined && toMinute !== undefined);
    const isDash = /^[-–—]$/.test(joint ?? "");
    const after = text.slice(at + whole.length);
    const from = { hour: Number(hour), minute: Number(minute ?? 0) };
    const to = { hour: Number(toHour), minute: Number(toMinute ?? 0) };
    if ([from, to].some((one) => one.hour > 24 || one.minute > 59) || counted.test(after)) return whole;
    // "9-5" is a working day, not a session.
    const span = ((((to.hour - from.hour) * 60 + to.minute - from.minute) % 720) + 720) % 720;
    if (span > 240) return whole;
    const isFrom = /^(?:from|between)/i.test(lead ?? "");
    if (
      isDash
        ? !isTimed && lead === undefined && !dayBefore.test(text.slice(0, at))
        : !isFrom && !(half !== undefined && toHalf !== undefined) && !(minute !== undefined && toMinute !== undefined)
    )
      return whole;
    if (joint?.toLowerCase() === "and" && !/^between/i.test(lead ?? "")) return whole;
    return `at ${hour}${minute === undefined ? "" : `:${minute}`}${halfOf(from, half, to, toHalf)}`;
  });
}

type Wall = { readonly hour: number; readonly minute: number };

/** The half of the day of a beginning: its own, or the one that is nearest before the end. */
function halfOf(from: Wall, half: string | undefined, to: Wall, toHalf: string | undefined): string {
  if (half !== undefined) return /^a/i.test(half) ? "am" : "pm";
  if (toHalf === undefined || from.hour > 12 || from.hour === 0) return "";
  const isEarlier = (from.hour % 12) * 60 + from.minute < (to.hour % 12) * 60 + to.minute;
  const isMorning = /^a/i.test(toHalf);
  return isEarlier === isMorning ? "am" : "pm";
}

const length =
  /(?:,\s*|\(\s*)?(?:\b(?:for|lasting|lasts|duration:?)\s+)?(?<!\b(?:in|every|each|within|by|after|before|last|me|next|of|than|snooze)\s)(?<![\p{L}\p{N}.:/-])(?:\d{1,3}(?:\.5)?|an?|one|half an|two)[ -]?(?:hours?|hrs?|h|minutes?|mins?|min)(?:\s+long)?\s*\)?(?=\s*(?:$|[,.;]|(?:on|every|each|with|w|w\/|at|starting|until|from(?! now)|\d{1,2}(?:[:.]\d\d|\s*[ap]\.?m)|weekly|fortnightly|monthly|daily|(?:mon|tue|tues|wed|weds|thu|thurs|fri|sat|sun|wednes|satur)(?:days?)?)(?![\p{L}])))/giu;
const distance = /\bin\s+(?:an?\b|half|\d|one\b|two\b|three\b)[^,;]*?(?:m(?:in|ins|inutes?)?|h(?:rs?|ours?)?)\b/i;
const early = /\b(?:before|earlier|early|ahead|beforehand|prior|notice|warning|in advance)\b/i;

/** "For 1 hour" and "60 min" beside a time say how long it takes, and not when: the text without them. */
export function lengthsOff(text: string): string {
  const rest = text.replace(length, " ");
  return !early.test(text) &&
    !distance.test(text) &&
    rest !== text &&
    /\d|noon|midday|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve/i.test(rest)
    ? rest
    : text;
}
