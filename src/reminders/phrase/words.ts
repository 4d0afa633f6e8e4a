/** Words between facts: which carry nothing, which lead in a label, and which must not be passed over. */

import { listed } from "../../listed.ts";
import type { Token } from "./lex.ts";
import { isNearTime } from "./lexicon.ts";

/** Words that carry nothing at the edges of what is said. */
export const fillers = listed(`
  once one-off one-time single re counting c ca , . ; : - ! ? ( ) [ ] / ' " … * _ ~ # at on in of the a an and please pls plz thanks thank you cheers ta ok okay hey hi hello
 all max maximum
  me us i we it its it's that's this is are be been will should shall would could can to for set schedule scheduled book
  booked arrange plan planned put add create make give send get new recurring repeat repeats repeated repeating regular
  regularly reminder reminders remind ping nudge alert notify prompt message tell poke my our then so just as well also
  i'd i'll like want need let's lets have has there takes place happening happens held always
  kindly do does using come comes go goes dot sharp exactly precisely prompt same week's
`);

/** Words that must be understood, since they may change when it comes. Where one is left over, it is asked about. */
export const telling = listed(`
  every each daily weekly fortnightly monthly quarterly yearly half-yearly annual hourly nightly alternate biannual biannually
  semiannual semi-annual semi-annually bimonthly bi-monthly semimonthly semi-monthly semi-weekly biennial biennially
  today tomorrow tonight yesterday noon midnight am pm oclock o'clock half quarter weekday weekdays weekend weekends
  until through starting ending except excluding excepting unless but or not never no only twice thrice times before after
  between during within while whilst when whenever if by instead rather earlier later early late soon sometime sometimes
  occasionally often frequently regularly-ish roughly approximately around about-ish ish next previous following preceding
  upcoming coming past ago hence rotating rota-wise alternately alternating other skip skipping omit omitting excluding
  lunchtime lunch-time teatime dinnertime breakfast-time bedtime dawn dusk sunrise sunset cob eod eob eow eom asap cop
  utc gmt cet cest bst eet eest est edt cst cdt mst mdt pst pdt ist wet west aest jst msk hrs daylight eastern pacific
  christmas easter ramadan eid lent term-time summer winter spring autumn semester term halfterm half-term payday birthday
  holiday holidays vacation bimester trimester decade century moment while whenever throughout mid-morning mid-afternoon
  mid-week midweek weeknight weeknights school-days schooldays workweek x couple few several dozen alternatively
  about usually normally generally preferably ideally hopefully latest earliest least sorry et pt ct mt hkt sgt aedt acst awst nzst nzdt brt wat sast trt pkt ict zulu permitting needed ad-hoc adhoc ahead beforehand prior
  afterwards afterward termly seasonally biannualy amm aam pmm ppm pn pmn wens thr thrs thus tus tusd mund
  had was were went met missed attended happened cancelled canceled postponed moved forget ignore undo cannot dont
  now from since ry ery ev eve any some most many ever very bi semi tri z provided providing assuming given depending subject maybe perhaps possibly probably tentatively flexible tbc rest remainder
  without barring bar excl exc excluded odd-weeks even-weeks minus plus off both either neither first second third last
  thanksgiving juneteenth hogmanay epiphany pentecost whitsun passover purim
  hanukkah diwali vaisakhi nowruz newroz halloween midsummer michaelmas lammas candlemas ascension apart aside hundred alt altern altn alternated eo eow altogether delayed deferred rescheduled rearranged suspended paused skipped scrapped resumed
  swapped swap stopped halted ended called-off then thereafter xmas bankholiday
`);

/** Words that may stand in a label that is said to be one, as in "to ask if HR has called, or not". */
const fineInLabels = listed(`
  had was were went met missed attended happened cancelled canceled postponed moved forget ignore dont cannot ahead
  prior afterwards needed now from since about usually latest least any some most many very ever or not no only before after when if by while about past early late plus both but either other between during other
  off next christmas easter ramadan eid summer winter spring autumn holiday holidays vacation term semester earlier few several
  delayed deferred rescheduled suspended paused skipped resumed stopped ended then
  thanksgiving pentecost passover hanukkah diwali nowruz halloween
  birthday through last first second previous upcoming coming following around alternative
`);

/** Words of other languages that phrases about time are made of there. */
export const foreign = listed(`
  jeden jede jedes jeder woche wochen tag tage täglich wöchentlich montag dienstag mittwoch donnerstag freitag samstag
  sonntag montags dienstags mittwochs donnerstags freitags uhr morgen heute übermorgen monat erinnere erinnern um alle
  chaque tous toutes les jours semaine semaines mois lundi mardi mercredi jeudi vendredi samedi dimanche demain heures
  heure aujourd'hui rappelle rappelle-moi rappelez quotidien hebdomadaire mensuel prochain prochaine
  cada todos todas los las lunes martes miércoles miercoles jueves viernes sábado sabado domingo mañana manana hoy semana
  semanas mes meses hora horas recuérdame recuerdame días dias
  ogni tutti lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi sabato domenica domani
  oggi settimana settimane mese ore alle ricordami giorno giorni
  toda segunda-feira terça-feira quarta-feira quinta-feira sexta-feira amanhã hoje semana lembre-me lembra-me
  januar februar märz mai juni juli oktober dezember avril mai juin juillet août septembre octobre novembre décembre enero febrero
  marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre elke iedere maandag dinsdag woensdag donderdag vrijdag zaterdag zondag morgen week-ends uur herinner vandaag dag
  varje måndag tisdag onsdag torsdag fredag lördag söndag imorgon imorgen hver mandag tirsdag fredag lørdag klokken kl
  her pazartesi salı çarşamba perşembe cuma cumartesi pazar yarın saat saatte hafta gün haftada bugün hatırlat
  każdy każda co poniedziałek wtorek środa czwartek piątek jutro godzinie tydzień dzisiaj
`);

/** Whether a token is a word of its own, which may belong to a label. */
export const isPlain = (token: Token): boolean =>
  token.kind === "quoted" || (token.kind === "word" && !fillers.has(token.word) && /\p{L}/u.test(token.word));

/** Whether a label begins here: "to call HR", "about my caseload", "that …". */
export function leadsIn(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? "";
  const next = tokens[at + 1];
  if (next === undefined) return false;
  if (/^(?:about|abt|re|regarding|concerning|that|titled|called|labelled|saying|because)$/.test(word)) {
    return next.kind === "word" || next.kind === "quoted";
  }
  // "Every friday at 4 - write up notes"
  if (/^[:–-]$/.test(word))
    return (
      next.kind === "word" &&
      /\p{L}/u.test(next.word) &&
      !isTelling(tokens, at + 1, false) &&
      !/^(?:i|in|on|at|from|with|for|to|please)$/.test(next.word)
    );
  return (
    word === "to" &&
    next.kind === "word" &&
    !/^(?:this|the|every|be|me|us|at|on|tomorrow|today|noon|midnight|-)$/.test(next.word)
  );
}

/** Whether this word may not be passed over. `isLabel`: it stands in what is said to be a label. */
export function isTelling(tokens: readonly Token[], at: number, isLabel: boolean): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  const before = tokens[at - 1]?.word ?? "";
  const next = tokens[at + 1];
  switch (token.kind) {
    case "word":
      return isTellingWord(tokens, at, token, isLabel);
    case "number":
      if (isLength(tokens, at + 1)) return false;
      return !isCounting(token, before, next, isLabel);
    case "unit":
      if ((tokens[at - 1]?.kind === "number" && isLength(tokens, at)) || (before === "last" && token.word === "minute"))
        return false;
      if (isNamed(tokens, at)) return false;
      return !(
        isLabel &&
        (/^(?:the|my|our|your|last|past|whole|away|work|working|first)$/.test(before) ||
          (token.isPlural &&
            !/^(?:in|for|every|per|each|of|within|\d+)$/.test(before) &&
            tokens[at - 1]?.kind !== "number"))
      );
    case "month":
      return !(isLabel && /^(?:may|march)$/.test(token.word));
    case "ordinal":
      if (fixed.has(`${token.word} ${next?.word}`)) return false;
      return !(isLabel && next !== undefined && isPlain(next));
    case "part":
      return !(isLabel || (next !== undefined && isPlain(next)));
    case "quoted":
    case "mark":
      return false;
    default:
      return true;
  }
}

function isTellingWord(tokens: readonly Token[], at: number, { word, isAcronym }: Token, isLabel: boolean): boolean {
  const before = tokens[at - 1]?.word ?? "";
  const next = tokens[at + 1];
  if ((isLabel && fineInLabels.has(word)) || fixed.has(`${word} ${next?.word}`)) return false;
  // "End of shift" is no end of a month; "good friday" is no friday.
  if (/^(?:starting|ending)$/.test(word) && next?.word === "of" && isThing(tokens[at + 2])) return false;
  if (next?.kind === "weekday" && feasts.has(word)) return true;
  if (/^(?:[mtwf]|th|tu|sa|su)$/.test(word) && next?.word === "/" && shortDays.test(`${word}/${tokens[at + 2]?.word}`))
    return true;
  // The team, and not Mountain Daylight Time.
  if (word === "mdt" && at === 0) return false;
  if (word === "hold" && before === "on" && !isLabel) return true;
  if (word === "time") return !isLabel && !/^(?:my|local|the)$/.test(before) && !spent.has(before);
  const isOdd = (): boolean =>
    /n't$/.test(word) || timely.test(word) || (!isAcronym && isShortened(word)) || shortDays.test(word);
  if (/^(?:th|tu|mwf|tth|tuth)$/.test(word)) return true;
  return telling.has(word) || (!isLabel && isOdd()) || /\/[A-Z]/i.test(word) || isCompound(word) || isNearTime(word);
}

/** "Log hours", "admin hour", "plan the week": what is done with it, and not when. */
function isNamed(tokens: readonly Token[], at: number): boolean {
  const isThe = /^(?:the|my|our)$/.test(tokens[at - 1]?.word ?? "");
  const doer = tokens[isThe ? at - 2 : at - 1];
  const isWhole = isThe ? /^(?:week|month|year|day|hour)$/.test(tokens[at]?.word ?? "") : tokens[at]?.word === "hour";
  return isWhole && isThing(doer) && !(isThe && /^supervis/.test(doer?.word ?? ""));
}

const isThing = (token: Token | undefined): boolean =>
  token?.kind === "word" &&
  (isPlain(token) || token.word === "plan") &&
  !telling.has(token.word) &&
  !/^(?:per|within|starting|ending|w|h|x)$/.test(token.word);

/** Words that make a day of the calendar of the name of a weekday, or say which of them. */
const feasts = listed(`
  good ash pancake shrove fat mardi maundy holy palm whit cyber black blue clean plough red orthodox remembrance mothering advent
  giving stir-up spy sheer easter lazarus green super big odd even alternative
`);

// Time that is spent, and not a time of day.
const spent = listed(
  "quiet reflection reflective protected admin study reading writing break lunch family free story prep preparation planning tea coffee thinking recovery",
);

/** Words that name a season or a feast: beside a whole date they only say what it is about. */
export const seasonal = listed(
  "christmas xmas easter ramadan eid lent summer winter spring autumn birthday holiday holidays term diwali nowruz",
);

// These say nothing about time.
const fixed = new Set([
  "off duty",
  "off site",
  "first aid",
  "first aider",
  "first draft",
  "second opinion",
  "last minute",
  "next steps",
  "next step",
  "next of",
  "annual leave",
]);

/** "One hour supervision", "30 min meeting": how long it takes, and not when. */
function isLength(tokens: readonly Token[], at: number): boolean {
  const dash = tokens[at]?.word === "-" ? at + 1 : at;
  const next = tokens[dash + 1];
  return (
    /^(?:minute|hour)$/.test(tokens[dash]?.word ?? "") && next !== undefined && isPlain(next) && !telling.has(next.word)
  );
}

// "MWF", "Tu/Th", "Sa-Su".
const shortDays =
  /^(?:mwf|tth|tuth|mtwtf|mtwthf|tu|th|fr|sa|su|(?:mo?|tu?|we?|th|fr?|sa|su)(?:[-/](?:mo?|tu?|we?|th|fr?|sa|su))+)$/;

/** Letters without a vowel are likely a word about time, cut short: "nxt", "p/w". */
const isShortened = (word: string): boolean => /^[b-df-hj-np-tv-xz]{1,6}$/.test(word) && !initials.has(word);

const initials = new Set(
  "w c m s t x gp pls plz thx mtg mtgs mgr mgrs mgmt dpt cpd hr dr vs dbs mdt mhpss cbt msf drc nhs gdpr dm pp tv sgbv gbv ngt hq br mr mrs ms mx prf st nb fwd cv pc wc".split(
    " ",
  ),
);

// Parts of words that say when: "evryday", "triweekly", "weeknight".
const timely = /day(?!light)|week|term(?:ly|time)|month|wk|fort?n|annual|quart|hourl|minut|morn|noon|night|daily/;

const isCompound = (word: string): boolean =>
  word.includes("-") &&
  /(?:^|-)(?:ish|every|each|other|alternate|bi|semi|tri|first|second|third|last|next|days?|weeks?|weekly|months?|monthly|years?|yearly|hours?|hourly|minutes?|morning|afternoon|evening|night|noon|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:-|$)/.test(
    word,
  );

const numbered =
  /^(?:room|module|chapter|part|unit|level|step|phase|floor|section|volume|number|table|line|studio|ward|hall|building|goal|item|question|theme|page|pages|draft|group|team|cohort|batch|tier|stage|version)$/;

/** A number that counts something, or names it: "room 4", "review 3 cases", "one". */
function isCounting(token: Token, before: string, next: Token | undefined, isLabel: boolean): boolean {
  if (numbered.test(before) && token.word.length < 4) return true;
  if (token.word === "1" && token.end - token.at === 3) return true;
  return isLabel && next?.kind === "word" && isPlain(next) && !telling.has(next.word) && token.word.length < 4;
}
