/** What stands before a wish and carries nothing of it: greetings, politeness, "remind me", the command itself. */

/** The rest of the text; whether it is asked for in so many words; and whether several people are to be reminded. */
export type Opened = {
  readonly rest: string;
  readonly isAsked: boolean;
  readonly isHere: boolean;
  /** Whether a word says that it comes again, were it only in the opening. */
  readonly isAgain: boolean;
};

const politeness =
  /^[\s,:;.!–—-]*(?:<@[A-Z0-9]+(?:\|[^>]*)?>|@?bearings\b|hey|hi|hello|hiya|ok(?:ay)?|so|please|pls|plz|kindly|just|(?:could|can|would|will) (?:you|u|we|i)|may i|i(?:['’]d| would| will)? (?:like|love|want|need)(?: you| it)?|we(?:['’]d| would)? (?:like|want|need)(?: you)?|let['’]?s|i['’]ll need|yes|good morning|good afternoon|good evening)(?![\p{L}\p{N}'’])[\s,:;.!–—-]*(?:(?:to|you to)\s+)?/iu;
const command = /^\s*\/(?:supervision|remind(?:er)?s?)(?![\p{L}\p{N}])[\s:,]*/iu;
const remind =
  /^(?:re?m[in]{1,3}d(?:er)?|rem|remnd|nudge|ping|alert|notify|prompt|wake|message|tell|poke|dm|buzz)\s+(?<whom>me|us|everyone|everybody|all of us|the (?:whole )?(?:team|group|channel)|our team|my team|myself)(?![\p{L}\p{N}])[\s,:]*(?:again\s+)?/iu;
const reminded = /^(?:to )?(?:be|get|being) (?:reminded|notified|pinged|nudged)(?![\p{L}])[\s,:]*/iu;
const forget =
  /^(?:(?:don['’]?t|do not|never) let (?<whom>me|us) forget|(?:don['’]?t|do not|never) forget(?: about| to| that| the| my| our)?|let (?:me|us) know|help me remember)(?![\p{L}])[\s,:]*/iu;
const make =
  /^(?:(?:set(?:\s*up)?|create|make|add|schedule|book|put(?: in)?|arrange|give|send|get|have|start|plan|new|another)\s+)?(?:(?:me|us)\s+)?(?:(?:a|an|the|my|our|another|some|new|recurring|regular|repeating)\s+)*(?:reminders?|remnider|reminer)(?![\p{L}])[\s,:]*/iu;
const verb =
  /^(?:set(?:\s+up)?|create|schedule|book|arrange|add|put in|plan)\s+(?=(?:(?:a|an|the|my|our|new|me|us)\s+)*(?:\S+\s+)?(?:supervision|session|meeting|every|each|weekly|fortnightly|biweekly|bi-weekly|monthly|daily|quarterly|it|something)\b)/iu;

const again =
  /\b(?:regular|regularly|recur(?:s|ring|rent|rence)?|re-?occurr?(?:s|ing|ence)?|repeat(?:s|ed|ing|able)?|repetitive|always|standing|series|rolling|routinely|permanent(?:ly)?|continuous(?:ly)?|habitual(?:ly)?|ongoing|constantly|consistently)\b/iu;

/** Takes greetings, politeness and the command off, but not "remind me". */
export function politenessOff(text: string): string {
  let rest = text.replace(command, "");
  for (let before = ""; rest !== before; ) {
    before = rest;
    rest = rest.replace(politeness, "");
  }
  return rest.trim();
}

/** Takes the whole opening off. */
export function openingOff(text: string): Opened {
  let rest = text.replace(command, "");
  let isAsked = rest !== text;
  let isHere = false;
  for (let round = 0; round < 6; round += 1) {
    const before = rest;
    rest = rest.replace(politeness, "");
    for (const pattern of [remind, reminded, forget, make]) {
      const match = pattern.exec(rest);
      if (match === null) continue;
      isAsked = true;
      const { whom } = match.groups ?? {};
      isHere ||= whom !== undefined && !/^(?:me|myself)$/i.test(whom);
      rest = rest.slice(match[0].length);
    }
    rest = rest.replace(verb, "");
    if (rest === before) break;
  }
  return { rest: rest.trim(), isAsked, isHere, isAgain: again.test(text) };
}
