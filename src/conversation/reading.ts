/** Reads a message for safety: all of it, in sentences of plain words, in linear time. */
import { fold } from "../answering/normalise.ts";
import { repairSpelling } from "./spelling.ts";

/** Raised whenever the reading changes, so that a model fitted on an older one counts as stale. */
export const readingVersion = 2;

/** Words of a sentence: contractions opened, text-speak and likely misspellings set right. */
export type Words = readonly string[];

/** `asks`: it ends in a question mark. */
export type Sentence = { readonly words: Words; readonly asks: boolean };

// A paste from Slack or Teams ends at 40,000 characters. Past this, both ends are read and the middle is not.
const longestText = 100_000;
/**
 * A sentence longer than this many words is cut, so that a text without full stops still falls into windows. At most 31:
 * signs.ts keeps a bit for each.
 */
export const longestSentence = 30;

/**
 * The ways to read a text: as it stands, and, where letters are spaced out or swapped for signs, once more with that
 * undone. Each way is a list of sentences.
 */
export function readings(text: string): readonly (readonly Sentence[])[] {
  const all = text.length <= longestText ? text : `${text.slice(0, longestText / 2)}\n${text.slice(-longestText / 2)}`;
  const pieces = all.replace(invisible, "").match(sentences)?.map(plain) ?? [];
  const repair = remembering(repairSpelling);
  const read = (piece: string, words: Words) => inSentences(words.map(repair), piece.includes("?"));
  const first = pieces.flatMap((piece) => read(piece, wordsOf(piece)));
  const second = pieces.flatMap((piece) => (disguised.test(piece) ? read(piece, undisguised(piece)) : []));
  return second.length === 0 ? [first] : [first, second];
}

// For one text only: what people type is kept nowhere.
function remembering(repair: (word: string) => string): (word: string) => string {
  const met = new Map<string, string>();
  return (word) => {
    const known = met.get(word);
    if (known !== undefined) return known;
    const repaired = repair(word);
    met.set(word, repaired);
    return repaired;
  };
}

const invisible = /\p{Cf}+/gu;

// A full stop inside "k.i.l.l" ends nothing; the second reading needs it.
const sentences = /(?:[^.!?…;\n。！？؟]|[.!?…;](?!\s|$))+(?:[.!?…;。！？؟]+)?/gu;

const plain = (piece: string): string =>
  /^[\x20-\x7e]*$/.test(piece) ? piece.toLowerCase() : inPieces(piece, 1_000).map(fold).join("");

const inPieces = (text: string, size: number): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.slice(n * size, (n + 1) * size));

// Words of folded text, with contractions opened: "don't" and "dont" become "do not", "she's" becomes "she is". */
const wordsOf = (folded: string): Words =>
  folded.split(betweenWords).flatMap((word) => opened(word.replace(quotesAround, "")));

const betweenWords = /[^\p{L}\p{N}']+/u;
const quotesAround = /^'+|'+$/g;

const endings = [
  ["n't", "not"],
  ["'ll", "will"],
  ["'ve", "have"],
  ["'re", "are"],
  ["'m", "am"],
  ["'d", "would"],
] as const;
const takesIs = new Set(["he", "she", "it", "that", "there", "who", "what", "where", "here", "how", "someone"]);

function opened(word: string): Words {
  if (word.length === 0) return [];
  const known = textSpeak.get(word);
  if (known !== undefined) return known;
  if (!word.includes("'")) return [word.slice(0, longestWord)];
  for (const [ending, full] of endings)
    if (word.endsWith(ending) && word.length > ending.length) return [word.slice(0, -ending.length), full];
  const stem = word.replace(/'s?$/, "");
  if (word.endsWith("'s") && takesIs.has(stem)) return [stem, "is"];
  return stem.split("'").filter((part) => part.length > 0);
}

const longestWord = 24;

// How people type in a hurry. Left of the colon: what is typed; right: what is meant.
const textSpeak: ReadonlyMap<string, Words> = new Map(
  `can't cant cnat:can not|won't wont:will not|shan't:shall not|don't dont dotn:do not|doesn't doesnt dosnt:does not
  |didn't didnt:did not|isn't isnt:is not|wasn't wasnt:was not|aren't arent:are not|couldn't couldnt:could not
  |wouldn't wouldnt:would not|shouldn't shouldnt:should not|hasn't hasnt:has not|haven't havent:have not|ain't aint:is not
  |hes:he is|shes:she is|theyre:they are|im:i am|ive:i have|youre:you are|thats:that is|theres:there is|whats:what is
  |whos:who is|its:it is|u:you|r:are|ur:your|pls plz plese pleas:please|gonna gona gunna:going to|wanna wana:want to
  |gotta:got to|tonite 2nite tonigt:tonight|2moro tmrw tomoro tmr:tomorrow|2day:today|pt pts cl svc:client|w:with
  |ppl:people|thru:through|txt txtd txted:text|msg msgd:message|som1 sum1 sm1:someone|wat wot:what|wen:when|sed sez:said
  |tuk tok:took|tel:tell|no1:nobody|noone:nobody|cos coz bc:because|rn:right now|asap:urgent|hubby:husband|bf:boyfriend
  |gf:girlfriend|mom mam mummy:mum|daddy:dad|yr yrs:years|yo:year old|mins min:minutes|hrs:hours|od od'd oded:overdose
  |ded:dead|dieing:dying|bro:brother|sis:sister|nite:night|evry:every|evrything:everything|hav:have|wiv:with|outta:out of
  |alr:already|smth sth:something|nvm:never mind|cuz:because|meds:medication|da:the|dat:that|dis:this|dem:them`
    .split(/\s*\|/)
    .flatMap((line) => {
      const [typed = "", meant = ""] = line.split(":");
      return typed.split(" ").map((word): [string, Words] => [word.trim(), meant.trim().split(" ")]);
    }),
);

function inSentences(words: Words, asks: boolean): readonly Sentence[] {
  if (words.length <= longestSentence) return words.length === 0 ? [] : [{ words, asks }];
  const parts: Sentence[] = [];
  // Half overlapping, so that nothing said across a cut is lost.
  for (let at = 0; at < words.length; at += longestSentence / 2)
    parts.push({ words: words.slice(at, at + longestSentence), asks });
  return parts;
}

// Letters joined by signs or digits, emoji inside a word, three or more single characters in a row, or mixed scripts.
const disguised =
  /\p{L}[^\p{L}\s'’/,:()-]+\p{L}|[@$€|!1|05347]\p{L}{2}|(?:^|[^\p{L}])(?:\p{L}[^\p{L}\p{N}]{1,3}){2}\p{L}(?:$|[^\p{L}])|\p{L}-\p{L}-|[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]/u;

const lookalikes: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
  "@": "a",
  $: "s",
  "€": "e",
  "!": "i",
  "|": "i",
  "+": "t",
  "£": "l",
  "¡": "i",
  а: "a",
  е: "e",
  о: "o",
  р: "p",
  с: "c",
  х: "x",
  у: "y",
  і: "i",
  ѕ: "s",
  ј: "j",
  к: "k",
  м: "m",
  т: "t",
  н: "h",
  в: "b",
  ԁ: "d",
  ι: "i",
  ο: "o",
  α: "a",
  ε: "e",
  κ: "k",
  ν: "v",
  τ: "t",
};

function undisguised(piece: string): Words {
  // Where single letters stand a space apart, a wider space parts the words.
  return piece
    .split(/\s{2,}/)
    .flatMap((part) => joined(part.split(/\s/).map(bare)))
    .flatMap(opened);
}

function joined(chunks: readonly string[]): Words {
  const words: string[] = [];
  let run = "";
  const close = () => {
    if (run.length > 0) words.push(...(run.length > 2 ? unjoined(run) : run));
    run = "";
  };
  for (const chunk of chunks) {
    if (chunk.length === 1) run += chunk;
    else {
      close();
      if (chunk.length > 0) words.push(...unjoined(chunk));
    }
  }
  close();
  return words;
}

// "k!ll" and "su🙂icide" without what hides them; a sign at the end is a full stop, not a letter.
const bare = (chunk: string): string =>
  [...chunk.replace(/^[^\p{L}\p{N}@$]+|[^\p{L}\p{N}@$]+$/gu, "")]
    .map((sign) => lookalikes[sign] ?? (/\p{L}/u.test(sign) ? sign : ""))
    .join("");

// Words that are written together when the spaces between letters are all there is.
const joinable = new Set(
  `i a my me he she to be is am will want wants going kill killing kills end ending my life die dead hurt harm cut hang
  jump himself herself myself themselves suicide suicidal not do live it all help please now tonight today im gonna`.split(
    /\s+/,
  ),
);

function unjoined(run: string): readonly string[] {
  if (run.length > 60) return [run];
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= run.length; end++) {
    best[end] = null;
    for (let from = Math.max(0, end - 10); from < end; from++) {
      const before = best[from];
      if (before == null || !joinable.has(run.slice(from, end))) continue;
      const kept = best[end];
      if (kept == null || before.length + 1 < kept.length) best[end] = [...before, run.slice(from, end)];
    }
  }
  return best[run.length] ?? [run];
}
