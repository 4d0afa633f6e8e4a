/** Tells a short label from a client's name and from a note about somebody: a reminder keeps the one, never the others. */
import { hasClientDetails } from "../../conversation/details.ts";
import { firstNames, ordinary } from "../../conversation/name-words.ts";
import { careWords, ordinaryOwners, peopleHelped } from "./label-words.ts";

/** What is wrong with a label: it looks like a client's name, or like a note about somebody. */
export type LabelTrouble = "client" | "note";

/** Characters that a label has at most. */
export const longestLabel = 60;

/** Characters that the name of whom a session is with has at most. */
export const longestPartner = 40;

const mostWords = 10;
// What is far too long is not looked at further.
const mostRead = 500;

/** What is wrong with a label, as the person typed it; null where nothing is. */
export function troubleInLabel(text: string): LabelTrouble | null {
  const said = text.trim();
  if (said.length > mostRead) return "note";
  // Where all is in capitals, they tell nothing.
  const label = /\p{Ll}/u.test(said) || !/\s/.test(said) ? said : said.toLowerCase();
  if (isNumbered(label) || hasClientDetails(label)) return "client";
  const spoken = wordsOf(label);
  if (isNamed(label, spoken)) return "client";
  return isNote(label, spoken, longestLabel) ? "note" : null;
}

/**
 * What is wrong with the name of whom a session is with. Names of colleagues are what it is for; `label` is what the session
 * is called, and what is care rather than supervision is not held with a colleague who goes by a first name.
 */
export function troubleInPartner(text: string, label: string | null): LabelTrouble | null {
  const partner = text.trim();
  if (partner.length > mostRead) return "note";
  const spoken = wordsOf(partner);
  if (
    isNumbered(partner) ||
    hasClientDetails(partner) ||
    hasOne(wordsOf(partner.replace(charities, " ")), peopleHelped)
  )
    return "client";
  const care = wordsOf(label ?? "");
  const isCare = hasOne(care, careWords) && !/supervis|debrief|peer|team|review|support|reflect/i.test(label ?? "");
  if (
    isCare &&
    (isLikelyCare(care) || hasOne(care, peopleHelped)) &&
    spoken.some((word) => isName(word) || isUnknown(word))
  )
    return "client";
  return isNote(partner, spoken, longestPartner) || spoken.length > 6 ? "note" : null;
}

const charities = /\bsave the children\b/i;

// "Session with Maria" says nothing; "therapy session with Maria" does.
const isLikelyCare = (care: readonly string[]): boolean =>
  care.some((word) => word.toLowerCase() !== "session" && careWords.has(word.toLowerCase()));

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+(?:['’.&-][\p{L}\p{N}]+)*/gu) ?? [];
const hasOne = (spoken: readonly string[], set: ReadonlySet<string>): boolean =>
  spoken.some((word) => set.has(plainOf(word)));
/** Lower case, without the possessive. */
const plainOf = (word: string): string => word.toLowerCase().replace(/['’]s?$/, "");
const isCapital = (word: string): boolean => /^\p{Lu}\p{Ll}/u.test(word) || isPrefixed(word);
const isPrefixed = (word: string): boolean => /^(?:[OD]['’]|Mc|Mac)\p{Lu}\p{Ll}/u.test(word);
const isName = (word: string): boolean => firstNames.has(plainOf(word));
const isUnknown = (word: string): boolean => isCapital(word) && !isOrdinary(word);
const isOrdinary = (word: string): boolean => {
  const plain = plainOf(word);
  return (
    ordinary.has(plain) ||
    ordinaryOwners.has(plain) ||
    /^(?:\p{L}+(?:ing|tion|ment|ness|ity|ship|ology|ies))$/u.test(plain)
  );
};

/** Numbers of cases and files, ages and dates of birth, telephones. */
function isNumbered(text: string): boolean {
  return (
    /\b(?:case|file|ref|reference|client|patient|id|nhs|uci|passport|visa|permit)s?\s*(?:no|nr|number|id)?\.?\s*[:#]?\s*[a-z]{0,4}[-/]?\d+/i.test(
      text,
    ) ||
    /\d{4,}/.test(text.replace(/\b(?:19|20)\d\d\b/g, "")) ||
    /\b[a-z]{1,4}[-/]?\d{3,}/i.test(text) ||
    /\b\d{2,}[/-]\d{2,}/.test(text.replace(/\b(?:[01]?\d|2[0-4])-(?:[01]?\d|2[0-4])\b/g, "")) ||
    /\b(?:dob|born|aged?)\b.*\d|\b\d{1,2}\s?-?(?:yo|y\/o|yrs?[ -]old|years?[ -]old)\b/i.test(text)
  );
}

/** Whether somebody is named who is not known to be a colleague. */
function isNamed(label: string, spoken: readonly string[]): boolean {
  if (/\b(?:mr|mrs|ms|miss|mx|mme|herr|frau)\b\.?\s+\p{L}/iu.test(label)) return true;
  if (hasInitials(label, spoken)) return true;
  return spoken.some((word, at) => {
    if (isName(word)) return true;
    const before = (spoken[at - 1] ?? "").toLowerCase();
    if (
      /\p{L}['’]s$/u.test(word) &&
      !ordinaryOwners.has(plainOf(word)) &&
      (isCapital(word) || /^\p{Lu}['’]s$/u.test(word) || peopleHelped.has(plainOf(word)))
    )
      return true;
    if (/^(?:client|patient|resident|user|refugee|claimant|family)$/.test(before) && isUnknown(word)) return true;
    if (contacts.has(before) && isUnknown(word)) return true;
    const after = spoken[at + 1] ?? "";
    // "Jones family", "Kayla M".
    if (isUnknown(word) && ((households.test(after) && !peoples.test(word)) || /^\p{Lu}$/u.test(after))) return true;
    if (isUnknown(word) && (at > 0 || isPrefixed(word)) && matters.test(after)) return true;
    if (/^famil(?:y|ies)$/i.test(after) && before === "the" && !isOrdinary(word) && !kinds.has(word.toLowerCase()))
      return true;
    const isAbout = /^(?:for|about|of|re|regarding|with|on|to|and)$/.test(before);
    const next = spoken[at + 1];
    if (isAbout && isUnknown(word) && (next === undefined || !gathered.test(next))) return true;
    return next !== undefined && isUnknown(word) && isUnknown(next);
  });
}

const households = /^(?:famil(?:y|ies)|household|children|kids|siblings?|twins|brothers|sisters|baby)$/i;
const matters = /^(?:case|file|referral|appeal|hearing|matter)$/i;
// "Afghan families" are no family in particular.
const peoples = /(?:ian|ean|ish|ese|ghan|ali|aqi|emi|rdish|gan|gandan|yan)s?$/i;
const kinds = new Set("foster host whole extended nuclear new young single birth blended entire adoptive".split(" "));
const contacts = new Set(
  "call phone ring text email e-mail message visit see meet contact chase check ask tell help refer collect accompany interview assess".split(
    " ",
  ),
);
const gathered =
  /^(?:group|project|team|meeting|training|conference|network|course|method|approach|workshop|seminar|festival|centre|center|house|call|report|grant|programme|program|forum|model|scale|form|questionnaire|day|week|festival|holiday|trust|foundation|school|college|university|council)s?$/i;

/** "A.B.", "Ahmed K.", or two capitals beside what is done for clients. */
function hasInitials(label: string, spoken: readonly string[]): boolean {
  const bare = label.replace(/\b(?:U\.K|U\.S(?:\.A)?|U\.N|E\.U|A\.M|P\.M|Ph\.D)\b\.?/g, " ");
  if (/\b\p{Lu}\. ?\p{Lu}(?:\.|\b)|\p{Ll} \p{Lu}\.(?:\s|$)/u.test(bare)) return true;
  return spoken.some((word, at) => {
    if (!/^\p{Lu}{2}$/u.test(word) || acronyms.has(word)) return false;
    const next = (spoken[at + 1] ?? "").toLowerCase();
    const before = (spoken[at - 1] ?? "").toLowerCase();
    const isBeside = (near: string): boolean => /^\d/.test(near) || (careWords.has(near) && near !== "session");
    return isBeside(next) || isBeside(before) || contacts.has(before) || /^(?:client|patient)$/.test(before);
  });
}

const acronyms = new Set(
  "HR IT UN EU UK US GP ID PR TV QA CV MH OT AI DV CC AV PA TL SW HV ER TA AM PM HQ RC".split(" "),
);

/** Whether it tells about somebody, or is too long for a label. */
function isNote(text: string, spoken: readonly string[], longest: number): boolean {
  if (text.length > longest || spoken.length > mostWords) return true;
  if (/[.!?;]\s+\S|\n/.test(text.replace(/\b(?:dr|prof|st|no|vs|incl)\.\s/gi, ""))) return true;
  if (/\b(?:he|she|him|his|hers?|himself|herself)\b/i.test(text)) return true;
  if (
    /\b(?:they|who|client|patient|family|child|mother|father)s?\s+(?:is|are|was|were|has|have|had|said|says|told|feels?|wants?|needs?|cries|cried|seems?|did|does|will|cannot|can't|can)\b/i.test(
      text,
    )
  )
    return true;
  if (
    /\b(?:the|my|our|their|a)\s+(?:client|patient|survivor|detainee|claimant|mother|father|son|daughter|wife|husband|brother|sister|child|boy|girl)(?:['’]s|\s+(?:about|with|from|in|at|re))\b/i.test(
      text,
    )
  )
    return true;
  const isLearning =
    /\b(?:training|course|workshop|policy|group|webinar|protocol|guid\w+|reading|research|paper|review|supervision|cpd|prevention|awareness|seminar|programme|program)\b/i;
  return clinical.test(text) && !isLearning.test(text);
}

const clinical =
  /\b(?:suicid\w*|self[- ]?harm\w*|overdos\w*|disclos(?:ed|es)|raped|tortured|detained|deported|trafficked|flashbacks?|nightmares?|psychotic|psychosis|dissociat\w+|diagnos\w+|relapsed?|abused|beaten|assaulted|pregnant|hiv|insomnia|medicat\w+|dosage)\b/i;
