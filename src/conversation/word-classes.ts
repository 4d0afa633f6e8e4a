/** Words that safety treats alike. Signs name a class in capitals: "gave THEY THING". */

const lists = {
  ME: "i me my mine we us our",
  MYSELF: "myself ourselves",
  SELF: "myself himself herself themselves themself hisself theirself theirselves ourselves itself hersel",
  THEY: `he she they him her them his hers their theirs client patient resident caller man woman lady guy bloke lad girl boy
    person colleague coworker friend supervisee student intern trainee volunteer interpreter mentee tenant guest detainee
    beneficiary participant service user mother father mum dad brother sister husband wife son daughter uncle aunt cousin
    nephew niece partner boyfriend girlfriend flatmate housemate roommate neighbour grandmother grandfather teen teenager
    someone somebody kid child pupil baby toddler`,
  KIN: `mother father mum dad brother sister brothers sisters husband wife son daughter sons daughters kids children child
    baby family parents uncle aunt grandmother grandfather twins boys girls cousin girl boy`,
  MY: "my his her their our the this your",
  SAY: `say says said saying tell tells told telling text texts texted texting write writes wrote written writing message
    messaged whisper whispered whispers mention mentioned disclose disclosed disclosing disclosure admit admitted confided
    announce announced stated states stating mumbled shouted shouting repeats repeated reports reported expressed voiced
    threatened threatening threatens phoned rang called emailed asks asked asking keeps`,
  TODAY: "today tonight tomorrow now currently already just ago",
  DAY: "monday tuesday wednesday thursday friday saturday sunday weekend morning evening afternoon midnight noon week",
  BE: "is are was were be been being am",
  WANT: "want wants wanted wanting wish wishes wished wishing hope hopes hoped hoping prefer prefers need needs",
  GOING:
    "going plans planning planned intends intending intend intended decided about ready threatens threatening threatened try tries trying tried will would could might",
  GIVE: "give gives gave given giving hand handed hands handing leave leaves left leaving bring brought return returned lend",
  THING: `belongings things possessions clothes phone watch ring rings jewellery bracelet necklace savings money plants plant
    cat dog pet bird fish books keys key passport papers documents photos photo album quran bible beads prayer jacket coat
    shoes bike laptop mug furniture blanket gold scarf bag wallet medal guitar radio toys`,
  DRUG: `pills pill tablets tablet medication medicine medicines paracetamol antidepressants insulin methadone opioids heroin
    bleach poison overdose sleeping capsules strip packet blister painkillers benzos diazepam`,
  WEAPON: `knife knives gun guns pistol machete axe hammer bat petrol gasoline acid rifle weapon weapons blade razor rope
    explosives bomb scissors crowbar sword grenade cable noose bottle`,
  CHILD: `child children kid kids boy girl baby toddler daughter son pupil teen teenager minor infant newborn nephew niece
    twins boys girls brothers sisters youngster sibling siblings grandson granddaughter stepdaughter stepson`,
  HURT: `hit hits hitting beat beats beating beaten punch punched slapped slaps kick kicked kicks choked choking chokes
    strangled strangles burned burns burnt burning shoved pushed raped rapes raping touched touches touching hurt hurts
    hurting grabbed grabs attacked attacks attacking assaulted assaults abused abuses abusing stabbed bit shook shakes
    molested forces forcing tied threw cut cuts`,
  KILL: "kill kills killing killed murder shoot stab hang drown strangle burn finish end behead slaughter poison",
  DIE: "die dead dying death",
  NOT: "not never no nothing nobody cannot without none",
  DOOR: "outside door building office reception lobby corridor stairwell gate street car hallway waiting downstairs flat house room",
  PLACE: "bridge roof ledge railing tracks rail balcony platform cliff river canal tower window rooftop pylon parapet",
} as const;

/** Name of a class of words. */
export type WordClass = keyof typeof lists;

const isClass = (name: string): name is WordClass => Object.hasOwn(lists, name);

/** The classes a word belongs to; most words belong to none. */
export const classesOf: ReadonlyMap<string, readonly WordClass[]> = collected();

/** The words of a class, or undefined where there is no such class. */
export const wordsOfClass = (name: string): ReadonlySet<string> | undefined =>
  isClass(name) ? new Set(lists[name].split(/\s+/)) : undefined;

// Where a word has several classes, the first of these stands for it.
const telling: readonly WordClass[] = [
  "THEY",
  "ME",
  "MY",
  "SELF",
  "TODAY",
  "DAY",
  "SAY",
  "BE",
  "KIN",
  "CHILD",
  "HURT",
  "DRUG",
  "WEAPON",
  "THING",
];
const pronouns: Readonly<Record<string, string>> = {
  she: "he",
  they: "he",
  her: "him",
  them: "him",
  his: "his",
  their: "his",
  us: "me",
  our: "my",
  we: "i",
};
const standIns = new Map<string, string>();
for (const [word, classes] of classesOf) {
  const first = telling.find((name) => classes.includes(name));
  if (first !== undefined) standIns.set(word, first);
}
for (const [word, other] of Object.entries(pronouns)) standIns.set(word, other);

/** What a word is read as in runs of words: its class, "#" for a number, or itself. */
export const standIn = (word: string): string => standIns.get(word) ?? (/^\d/.test(word) ? "#" : word);

function collected(): ReadonlyMap<string, readonly WordClass[]> {
  const found = new Map<string, WordClass[]>();
  for (const name of Object.keys(lists).filter(isClass))
    for (const word of lists[name].split(/\s+/)) found.set(word, [...(found.get(word) ?? []), name]);
  return found;
}
