/** The shapes of what belongs to one person: numbers of health and immigration offices, telephones, addresses, dates of birth. */

/** A shape, and what is told by looking closer at a match. `keep`: a named group at its start that is no detail itself. */
export type Shape = { readonly pattern: RegExp; readonly is?: (match: RegExpExecArray) => boolean };

const month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?";
const year = "(?:19|20)\\d{2}";

/** A whole date: 12/03/1988, 3.4.91, 1988-03-12, 12 March 1988, March 12, 1988. */
export const date = [
  `\\d{1,2}[/.-]\\d{1,2}[/.-](?:${year}|\\d{2})`,
  `${year}[/.-]\\d{1,2}[/.-]\\d{1,2}`,
  `\\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -]${month},?[ -](?:${year}|\\d{2})`,
  `${month} \\d{1,2}(?:st|nd|rd|th)?,? ${year}`,
].join("|");

// Typed with spaces, it is one only where something says so.
const looseDate = `${date}|\\d{1,2} \\d{1,2} (?:${year}|\\d{2})|\\d{8}`;

/** What looks like a detail and is none: addresses of papers, free numbers to call, decimals. Looked for first. */
export const harmless: readonly Shape[] = [
  { pattern: /\bhttps?:\/\/\S{1,300}/gi },
  { pattern: /\b(?:doi:? ?)?10\.\d{4,5}\/[^\s,;]{1,100}/gi },
  { pattern: /\b(?:pmid|pmcid|isbn|issn|crd|nct|actrn|isrctn|prospero|orcid)[:# -]{0,3}[a-z]{0,4}\d[\d-]{3,18}x?\b/gi },
  // Free of charge: a service, never a person.
  { pattern: /(?<![\d+])(?:\+?1[ .-]?)?8(?:00|33|44|55|66|77|88)[ .-]\d{3}[ .-]\d{4}\b/g },
  { pattern: /(?<![\d+])(?:0800|0808|1300|1800)(?:[ -]?\d){3,7}\b/g },
  { pattern: /(?<![\d+(])0(?:30[03]|33[03]|34[345]|37[01]|845|870)[ -]?\d{3}[ -]?\d{4}(?!\d)/g },
  { pattern: /(?<!\d)(?:13[ -]?\d\d[ -]?\d\d|131[ -]?\d{3}|116[ -]?\d{3})(?![\d-])/g },
  { pattern: /(?<![\d.])\d{1,3}\.\d{1,4}(?![\d.]*\d)/g },
  { pattern: /(?<![\d,])\d{1,3}(?:,\d{3}){1,3}(?!\d)/g },
  { pattern: /\b10 downing st(?:reet)?\b/gi },
  {
    pattern:
      /\b(?:help|hot|life|crisis|advice|support|interpret\w{2,5}|national)[ -]?lines?\b[^\d\n]{0,24}\+?\d(?:[ ()-]{0,2}\d){4,13}/gi,
  },
  {
    pattern:
      /\+?\d(?:[ ()-]{0,2}\d){4,13}[ ,(-]{1,3}(?:is (?:the|a) )?(?:\w+ )?(?:help|hot|life|crisis)[ -]?lines?\b/gi,
  },
  // Years from and to, and counts written with spaces.
  { pattern: /\b(?:19|20)\d\d ?[-/] ?(?:(?:19|20)\d\d|\d\d)(?![\d/.-])/g },
  {
    pattern:
      /(?<!\d)\d{1,3}(?: \d{3}){1,3} (?:people|persons|refugees|migrants|arrivals|asylum (?:seekers|claims|applications)|displaced|children|families|women|men|syrians|ukrainians|afghans|dollars|euros|pounds|participants|claims|applications)\b/gi,
  },
];

const isRole = (local: string): boolean =>
  /^(?:info|contact|support|help|hello|admin|office|team|enquir\w+|inquir\w+|referrals?|supervis\w+|training|research|press|editor\w*|mail|hr|services?|reception|clinic|library|volunteer\w*|interpret\w+|privacy|safeguarding|authors?)\b/i.test(
    local,
  );

export const mail: readonly Shape[] = [
  {
    pattern: /(?<local>[\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gi,
    is: ({ groups }) => !isRole(groups?.local ?? ""),
  },
  {
    pattern:
      /\b(?<local>[\w.]{2,30}(?: dot \w{2,30})?) ?(?:\(at\)|\[at\]|\bat\b) ?[\w-]{2,30}(?: dot | ?[([]dot[)\]] ?|\.)(?:com|org|net|info|edu|gov|eu|co|uk|ca|au|ie|de|fr|es|it|nl|se|at|be|gr|pl|dk|example)\b/gi,
    is: ({ 0: all, groups }) => /dot|[([]at/i.test(all) && !isRole(groups?.local ?? ""),
  },
];

// Between a cue and the date: a few marks and small words.
const small = "[\\s:.,=()-]{0,4}(?:(?:is|was|on|the|le|am|il|el)\\b[\\s:]{0,2}){0,2}";

/** A date that is said to be of a birth. */
export const births: readonly Shape[] = [
  {
    pattern: new RegExp(
      `(?<![\\p{L}\\d])(?:d ?\\.? ?o ?\\.? ?b\\.?|date of birth|birth ?-?date|birthday|born(?: in [\\p{L} ]{2,30} on)?|b\\.|née?|geb(?:oren)?\\.?|nacid[oa]|nat[oa])${small}(?:${looseDate})(?!\\d)`,
      "giu",
    ),
  },
  { pattern: new RegExp(`(?<!\\d)(?:${date})(?!\\d) ?\\(?(?:dob|d\\.o\\.b\\.?|date of birth)\\b\\)?`, "gi") },
  {
    pattern: new RegExp(
      `(?<keep>\\b(?:client|patient|pt|lad|lady|girl|boy|woman|man|mother|father|mum|dad))[ ,:]{0,2}\\(?(?:${date})(?!\\d)\\)?`,
      "gi",
    ),
  },
];

/** Any whole date. A detail beside a name alone. */
export const dates: readonly Shape[] = [{ pattern: new RegExp(`(?<![\\d/.-])(?:${date})(?![\\d/-])`, "gi") }];

const digitsIn = (text: string): number => text.replace(/\D/g, "").length;

// Words that a number belongs to. With "number" behind them, three digits are one; without, it takes more.
const owners =
  "nhs|chi|h&c|hosp[a-z]{3,6}|mrn|urn|pat[ei]{2}nt|pt|cl[ei]{2}nt|service user|health ?card|ohip|phn|ramq|msp|medicare|ihi|nir|sécu|sécurité sociale|uci|unique client identifier|ircc|visa|grant|immi ?card|immi|home office|ho|brp|arc|passport|travel doc(?:ument)?|a-?number|a ?#|alien(?: registration)?|uscis|frn|cas|boat|case|file|our|your|port|ofpra|dossier|n° étranger|étranger|aktenzeichen|az|bamf|azr|eurodac|crn|centrelink|ni|nino|national insurance|sin|social insurance|ssn|social security|nie|dni|bsn|pesel|personnummer|personal|cpr|amka|ppsn?|codice fiscale|cf|tax file|tfn|steuer-?id|claim|permit|registration|trn|share code|driver['’]?s? licen[cs]e|account|iban|sort code";
const numberWords =
  "numbers?|nubmer|numebr|nmuber|no|nr|num|nummer|numéro|numero|n°|nº|card|ids?|ref|refs|reference|code|holder|evidence|grant|az|doc";
const value =
  "(?<value>(?:(?!(?:in|of|on|at|to|is|for|by|and|the|from|was|with|per|over|than|or|a|as)\\b)[a-z]{1,6}[ /-]?)?\\d[\\da-z]{0,20}(?:[ /.-]{1,3}\\d[\\da-z]{0,14}){0,6}(?:[ /-]?(?!(?:no|is|he|in|on|at|of|to|or|my|we|it|so|by|if|as|do|an|a|i|me|us|am|up)\\b)[a-z]{1,2}(?![\\p{L}\\d]))?)";

const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text);

/** A number that its own words announce. */
export const cued: readonly Shape[] = [
  {
    pattern: new RegExp(
      `(?<![\\p{L}\\d])(?<owner>${owners})(?<said>(?:[\\s:.#=()-]{0,3}(?:${numberWords})(?![\\p{L}\\d])){0,3})[\\s:.#=()-]{0,4}(?:is |was )?${value}`,
      "giu",
    ),
    is: ({ groups }) => {
      const { owner = "", said = "", value: number = "" } = groups ?? {};
      const digits = digitsIn(number);
      if (isYear(number)) return false;
      const isFile = /^(?:case|file|cl[ei]{2}nt|pat[ei]{2}nt|boat|claim|aktenzeichen|dossier)$/i.test(owner);
      if (said.trim() !== "" || /[#]/.test(owner)) return digits >= 3 && !/^(?:our|your|personal)$/i.test(said);
      return digits >= (isFile ? 5 : 6) && !/^(?:our|your|personal|port|registration|permit|grant)$/i.test(owner);
    },
  },
  {
    pattern: new RegExp(
      `(?<![\\p{L}\\d])(?:ref(?:erence)?|id)(?:[ :.#]{0,2}(?:no|number))?[\\s:.#]{1,3}${value}`,
      "giu",
    ),
    is: ({ groups }) => digitsIn(groups?.value ?? "") >= 5,
  },
];

/** Whether ten digits end in the check digit that an NHS number has. */
function isNhs(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  const sum = [...digits.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  return digits.length === 10 && (11 - (sum % 11)) % 11 === Number(digits.at(-1));
}

const isNumbered = (text: string): boolean => !/^(?:crd|nct|pmc|rct|iso|en|bs|ng|cg|imm|form|doi)\d/i.test(text);

/** Numbers that are known by their shape alone. */
export const numbers: readonly Shape[] = [
  { pattern: /(?<![\d-]|\+1[ -]?)\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])/g, is: ([all]) => isNhs(all) },
  { pattern: /\ba ?# ?:? ?a?[ -]?\d(?:[ -]?\d){6,8}\b/gi },
  { pattern: /\bA(?:[ -]?\d{8,9}|[ -]?\d{2,3}[ -]\d{3}[ -]\d{3})\b/g },
  { pattern: /(?<![\d/.-])\d{2}-\d{4}-\d{4}(?![\d-])/g },
  { pattern: /(?<![\d/.-])\d{4}-\d{4}(?![\d-])/g },
  { pattern: /\b[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b/gi },
  { pattern: /(?<!\d)[2-6]\d{3}[ -]\d{5}[ -]\d(?!\d)/g },
  { pattern: /(?<!\d)\d{4}[ -]\d{3}[ -]\d{3}(?!\d)(?:[ -]?[a-z]{2}\b)?/gi },
  { pattern: /\b[a-z]{6}\d{2}[a-z]\d{2}[a-z]\d{3}[a-z0-9]\b/gi },
  { pattern: /\b[xyz]-?\d{7}-?[a-z]\b|\b\d{8}-?[a-z]\b/gi },
  { pattern: /(?<!\d)(?:19|20)?\d{6}-\d{4}(?!\d)/g },
  { pattern: /(?<![\d.,])\d{3}[ -]\d{3}[ -]\d{3}(?![\d.,])[a-z]?\b/gi, is: ([all]) => !/000$/.test(all) },
  { pattern: /\b[a-z]{1,3}[ -]?\d{6,10}(?:\/\d{1,3})?\b/gi, is: ([all]) => !/\s/.test(all) && isNumbered(all) },
  { pattern: /\b[A-Z]{2,3} \d{6,9}\b/g },
  { pattern: /\b[a-z]{2,3}\d?\/\d{5,9}(?:\/\d{1,3})?\b/gi },
  { pattern: /(?<!\d)[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d[\dab] ?\d{3} ?\d{3}(?: ?\d\d)?(?!\d)/gi },
  { pattern: /(?<!\d)\d{7} ?- ?\d{3}(?!\d)/g },
  { pattern: /(?<![\d.,/-])\d{9,20}(?![\d.,]*\d)[a-z]{0,2}\b/gi },
];

const digit = "[ .()/-]{0,2}\\d";
const phoneWords =
  "(?:phone|mobile|mob|cell|tel|telephone|ring|call|whatsapp|viber|signal|text|reach|contact)(?: (?:her|him|them|me|number|no|is|on|at|nr))*";

/** Telephones of people; the free numbers of services are out of the way by now. */
export const phones: readonly Shape[] = [
  { pattern: new RegExp(`(?<keep>\\b${phoneWords}[ .:]{1,3})?(?:\\+|(?<![\\d.,])00)(?:${digit}){8,14}(?!\\d)`, "gi") },
  { pattern: new RegExp(`(?<keep>\\b${phoneWords}[ .:]{1,3})?(?<![\\d.,/-])\\(?0(?:${digit}){8,11}(?!\\d)`, "gi") },
  {
    pattern: new RegExp(
      `(?<keep>\\b${phoneWords}[ .:]{1,3})?(?<![\\d.,/-])(?:1[ .-]?)?\\(?[2-9]\\d{2}\\)?[ .-]{0,2}[2-9]\\d{2}[ .-]?\\d{4}(?!\\d)`,
      "gi",
    ),
  },
  { pattern: new RegExp(`(?<keep>\\b${phoneWords}[ .:]{1,3})\\d(?:${digit}){6,13}(?!\\d)`, "gi") },
];
