/** Finds what may be somebody's name, and tells a client's from an author's or a colleague's by what stands around it. */
import { listed } from "../listed.ts";
import { firstNames, ordinary } from "./name-words.ts";

/** Words in a row that may be a name. `isKnown`: one of them is a first name. Offsets are those of the text. */
export type Name = {
  readonly start: number;
  readonly end: number;
  readonly words: number;
  readonly isKnown: boolean;
};

type Kind = "first" | "capital" | "particle" | "other";

// Words that begin a sentence or stand in the names of places, peoples, languages, services and questionnaires.
const never = listed(`
  a about advice afghan age all am an and any are article as asylum at bangla being bengali berlin borders boy brisbane by
  call cambodia can case central client client's clients client’s colombo contact cox's creole cross dari date detained
  did dinka directive do doctors does dublin el email english family farsi female for form foundation freedom french from
  gbv girl give green had haitian harvard has have hazara he health hello help her hi him his hospital how hrs i icd if in
  interpreter interpreters is issue it its kabul kampala krio kurmanji lady lampedusa lanka lankan lebanon lesbos
  levantine libya lingala london lorient man measures medicare mobile mental mr mrs ms my name nationality nepali new
  nhs no north not of on operation or oromo our pashto passport patient patients people persian phone please primo pt
  public punjabi question questionnaire re recommendation red referral regulation road rohingya rule salvador satisfaction
  scale school section she should since sister sleep somali sorani south sovereign sri st subclass sudan swahili sylheti
  syria tamil tel teenager that the their there these they this tibetan tigray to torture toronto trauma twi uighur
  uk ukraine unicef unit urdu us uyghur wales was we western what when where which who whose why will with without
  woman world yazidi yoruba york you your zo zulu client: outcome index inventory checklist trail act policy update
`);

const kindOf = (word: string): Kind => {
  const plain = word.toLowerCase().replace(/['’]s$/, "");
  if (firstNames.has(plain) || firstNames.has(plain.split("-")[0] ?? "")) return "first";
  if (/^(?:al|el|abu|bin|ibn|ben|van|von|de|da|dos|der|di)$/i.test(word)) return "particle";
  const isCapital = /^\p{Lu}(?:\p{Ll}|['’]\p{Lu}|-\p{Lu}|c?\p{Lu}\p{Ll})/u.test(word);
  return isCapital && !never.has(plain) && !ordinary.has(plain) && !isPeople(plain) ? "capital" : "other";
};

const isPeople = (word: string): boolean =>
  /(?:ians?|eans?|nese|ish|ghans?|abic|inya|raqis?|ology|ation|ing|ment)$/.test(word);

/** All that may be names, in their order. Time grows with the length of the text. */
export function namesIn(text: string): readonly Name[] {
  const words = [...text.matchAll(/\p{L}(?:[\p{L}\p{M}'’]|-(?=\p{L})){0,40}/gu)].map(({ 0: word, index }) => ({
    kind: kindOf(word),
    start: index,
    end: index + word.length,
  }));
  const found: (Name & { readonly last: Kind })[] = [];
  for (const { kind, start, end } of words) {
    const before = found.at(-1);
    const gap = before === undefined ? null : text.slice(before.end, start);
    const isJoined =
      before !== undefined &&
      (gap === " " || (gap === ", " && before.words === 1 && kind === "first" && !before.isKnown));
    const isPart = kind === "first" || kind === "capital" || (kind === "particle" && isJoined);
    if (!isPart) continue;
    const isKnown = kind === "first";
    if (isJoined) {
      found.pop();
      found.push({ start: before.start, end, words: before.words + 1, isKnown: before.isKnown || isKnown, last: kind });
    } else found.push({ start, end, words: 1, isKnown, last: kind });
  }
  return found;
}

const helped =
  "cl[ei]{2}nt|pat[ei]{2}nt|pt|service user|resident|claimant|survivor|detainee|boy|girl|lad|child|teenager|minor|woman|man|lady";
const afterHelped = new RegExp(
  `\\b(?:${helped})(?: of (?:mine|ours))?(?:['’]?s)?(?: name)?(?: is| was|,|:)?(?: is| called| named)?:? ?(?:(?:mr|mrs|ms|miss|mx)\\.? )?$`,
  "i",
);
const afterName =
  /\b(?:mother|father|son|daughter|wife|husband|brother|sister): $|\b(?:cl[ei]{2}nt|pat[ei]{2}nt|full|her|his)? ?name(?: is| was|:| -)? ?$/i;
const afterTitle = /\b(?:mr|mrs|ms|miss|mx)\.? $/i;
const afterOthers =
  /\b(?:dr|prof|professor|supervisor|colleague|manager|interpreter|authors?|by|and|et al|trainer|nurse|director|mentor|therapist|psychologist|counsellor|doctor|solicitor)[.,]? ?$|& ?$/i;
const beforeVerb =
  /^ (?:is|has|was|says|said|cries|cried|does|did|will|would|wants|told|tells|cannot|can|keeps|feels|wont|won['’]t|stopped|needs|thinks|wakes|sits|refuses)\b/;
const beforeAge =
  /^, an? \d{1,2}[- ]years?[- ]old\b|^,? ?\(?(?:aged? )?\d{1,2}(?:\)| ?(?:yo|y\/o|yrs?|years?)\b|[,.;:]| (?:from|has|is|was|wants|does|will|cannot|can|says)\b|$)/i;

/** Whether a name is said to be a client's: by the word before it, a title, or an age behind it. */
export function isClients({ start, end, words, isKnown }: Name, text: string): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(end, end + 30);
  if (afterOthers.test(before)) return false;
  const isFull = words > 1;
  if (afterHelped.test(before)) return isKnown || isFull || beforeVerb.test(after) || /^ \p{Lu}\b\.?/u.test(after);
  if (afterName.test(before)) return isKnown || isFull;
  if (afterTitle.test(before)) return isFull;
  return isFull && beforeAge.test(after) && (isKnown || after.startsWith(","));
}

/** Whether a name may be a client's in a message that holds details of one. */
export const isAround = ({ start, words, isKnown }: Name, text: string): boolean =>
  isKnown && words > 0 && !afterOthers.test(text.slice(Math.max(0, start - 40), start));

const afterFirst =
  /^ (?!(?:is|has|was|says?|said|cries|cried|does|did|will|would|wants?|told|tells|cannot|can|could|keeps|feels|wont|won['’]t|stopped|needs|thinks|wakes|sits|refuses|from|and|or|who|whose|in|on|at|of|with|about|to|for|after|because|when|since|the|a|an|my|dob|d|born|aged?|lives|as|but|so|not|needs|what|how|which|needed|phone|nhs|uci|name)\b)\p{Ll}[\p{L}'’-]{2,20}/u;

/** The name with the word behind its first name that is likely to be of it: of a client, or right before a detail. */
export function withLastName(name: Name, text: string, startsOfDetails: readonly number[]): Name {
  const after = text.slice(name.end, name.end + 24);
  const end = name.end + (afterFirst.exec(after)?.[0].length ?? 0);
  if (!name.isKnown || end === name.end) return name;
  const isBefore = startsOfDetails.some((start) => start >= end && start - end <= 3);
  return isBefore || (name.words === 1 && isClients(name, text)) ? { ...name, end, words: name.words + 1 } : name;
}

const beforeBirth = new RegExp(
  `(?:^|[\\n.!?:]\\s{0,3}|\\b(?:${helped})[:,]? )(?<name>(?:\\p{L}[\\p{L}\\d'’.-]{0,30},? ){0,2}\\p{L}[\\p{L}\\d'’.-]{0,30})[\\s,;:(-]{0,4}$`,
  "iu",
);
const noName = new RegExp(
  `\\b(?:${helped}|my|a|an|the|is|was|are|has|who|she|he|they|it|i|we|and|with|for|of|her|his|hi|hello|can|please|someone|about|in|on|case|referral|re|mother|father|son|daughter|wife|husband)\\b`,
  "i",
);

/** The words right before a date of birth that can be nothing but a name: first in the sentence, or after "client". */
export function nameBefore(start: number, text: string): { readonly start: number; readonly end: number } | null {
  const from = Math.max(0, start - 80);
  const match = beforeBirth.exec(text.slice(from, start));
  const name = match?.groups?.name ?? "";
  if (match === null || name === "" || noName.test(name)) return null;
  const at = from + match.index + match[0].lastIndexOf(name);
  return { start: at, end: at + name.length };
}

/** Whether a date stands right beside the name: someone's birth, rather than the day of a paper. */
export function isBeside(name: Name, date: { readonly start: number; readonly end: number }, text: string): boolean {
  const { start, end, words, isKnown } = name;
  if (afterOthers.test(text.slice(Math.max(0, start - 40), start))) return false;
  const dated = text.slice(date.start, date.end);
  const isFigures = !/\p{L}/u.test(dated);
  const isTitled = /\b(?:mr|mrs|ms|miss|mx)\.? (?:\p{Lu}\.? ){0,2}$/iu.test(text.slice(Math.max(0, start - 12), start));
  if (!isKnown && !isTitled && (words < 2 || !isFigures)) return false;
  if (date.start >= end) return /^(?: \p{L}[\p{L}'’-]{0,20}\.?)?[\s,;:([-]{1,3}$/u.test(text.slice(end, date.start));
  return date.end <= start && /^[\s,;:)\]-]{1,3}$/.test(text.slice(date.end, start)) && words > 1;
}
