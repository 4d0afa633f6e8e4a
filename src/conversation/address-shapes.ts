/** Addresses as they are written in Britain, Canada, Australia, the United States and the European Union. */
import type { Shape } from "./detail-shapes.ts";

const cue =
  "(?<keep>\\b(?:lives?|living|staying|stays|sleeps?|placed|housed|moved|based|resid\\w+|put \\w+ up|home visit|visit\\w*|address(?: is)?)(?=[: ]))?(?:(?: (?:at|in|on|to|with))?[: ]{1,2}|\\b(?:at|of) )?";
const flat = "(?:(?:flat|apt|apartment|unit|room|suite)\\.? ?\\d{1,4}[a-z]?[ ,/]{1,2})?";
const house = "\\d{1,4}[a-z]?(?:[/-]\\d{1,4}[a-z]?)?,? ";
const streets =
  "street|road|rd|avenue|ave|lane|crescent|cres|boulevard|blvd|terrace|gardens|parade|pde|grove|highway|mews|esplanade";
// These are also ordinary words, or short for some.
const unsure =
  "st|close|cl|court|ct|place|pl|drive|dr|way|square|sq|hill|view|walk|row|rise|gate|green|park|house|quay";
const word = "(?:\\d{1,3}(?:st|nd|rd|th)|[\\p{L}][\\p{L}'’-]{0,30})\\.?";
const tail =
  "(?:,? ?(?:flat|apt|apartment|unit) ?\\d{1,4}[a-z]?)?(?: [NSEW]\\b)?(?:,? (?:\\d{5} \\p{L}[\\p{L}-]+|\\d{4} ?[A-Z]{2} \\p{L}+))?";

const notNames =
  /\b(?:the|of|on|in|to|a|an|and|or|for|by|from|with|who|that|is|are|was|were|per|people|clients?|patients?|famil(?:y|ies)|m[ea]n|wom[ea]n|child(?:ren)?|days?|weeks?|months?|years?|hours?|minutes?|mins?|miles?|km|sessions?|colleagues|staff|refugees|migrants|studies|papers|themes|good|better|safe|new|big|small|percent|times?|steps?|more)\b/i;
const isStreet = ({ groups }: RegExpExecArray): boolean => !notNames.test(groups?.name ?? "");

/** With a house number, or a postcode that belongs to a few houses. */
export const addresses: readonly Shape[] = [
  {
    pattern: new RegExp(
      `${cue}${flat}(?<![\\d.,])${house}(?<name>(?:${word} ){1,3})(?:${streets})\\b\\.?${tail}`,
      "giu",
    ),
    is: isStreet,
  },
  {
    pattern: new RegExp(
      `${cue}${flat}(?<![\\d.,])${house}(?<name>(?:${word} ){1,3})(?<type>${unsure})\\b\\.?${tail}`,
      "giu",
    ),
    is: (match) => {
      const [all] = match;
      const isCued =
        /^(?:lives?|living|staying|stays|sleep|placed|housed|moved|address|home visit|flat|apt|unit)/i.test(all);
      const isCapital = /^\p{Lu}/u.test(match.groups?.name ?? "") && /^\p{Lu}/u.test(match.groups?.type ?? "");
      const after = match.input.slice(match.index + all.length);
      return isStreet(match) && (isCued || isCapital || /^[,.;·]|^$|^\n/.test(after));
    },
  },
  {
    pattern:
      /\b(?:flat|apt|apartment|unit)\.? ?\d{1,4}[a-z]?,? (?=\p{Lu}\p{L}+ |\d)(?:\p{L}+ House\b)?|\broom \d{1,4}[a-z]? (?:of|at|in) the \p{Lu}\p{L}+ \p{Lu}\p{L}+/gu,
  },
  {
    pattern: new RegExp(
      `${cue}(?<![\\p{L}])[\\p{L}-]{2,30}(?:stra(?:ß|ss)e|str\\.?|weg|platz|gasse|allee|ufer|damm|straat|gracht|laan|plein|kade|dijk|singel|gatan|gade|vej) \\d{1,4}[a-z]?(?:-\\d{1,3})?(?:,? \\d{4,5}(?: ?[A-Z]{2}\\b)? ?\\p{L}[\\p{L}-]+)?`,
      "giu",
    ),
  },
  {
    pattern: new RegExp(
      `${cue}(?<!\\d)\\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|chemin|impasse|quai|allée|boulevard|bd|avenue|av\\.|place) [\\p{L}'’-]{2,20}(?: [\\p{Lu}][\\p{L}'’-]{1,20}){0,3}(?:,? \\d{5}(?: \\p{L}+)?)?`,
      "giu",
    ),
    is: ([all]) =>
      /\b(?:rue|chemin|impasse|quai|allée|bd|av\.) |(?:boulevard|avenue|place) (?:de|du|des|la|le|les|l['’])/i.test(
        all,
      ),
  },
  {
    pattern: new RegExp(
      `${cue}(?<![\\p{L}])(?<type>rue|chaussée|av\\.|c\\/|via|viale|piazza|corso|calle|avenida|avda\\.?|plaza|paseo|carrer|rua|ulica|ul\\.) (?:[\\p{L}'’.]{1,20} ){0,3}?(?<last>[\\p{L}'’.]{2,20}),? \\d{1,4}[a-z]?\\b(?:, ?\\d{1,2}\\p{L})?(?:,? \\d{5} \\p{L}+)?`,
      "giu",
    ),
    is: (match) => {
      const after = match.input.slice(match.index + match[0].length);
      const isVia = /^via$/i.test(match.groups?.type ?? "");
      return (
        !isVia ||
        (/^(?:[,.;·]|$|\n| (?:and|is|has|with|after|last)\b)/.test(after) && !/\b(?:19|20)\d\d$/.test(match[0]))
      );
    },
  },
  {
    pattern:
      /(?:\bpostcode(?: is)? )?\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[a-z]{1,2}\d[a-z\d]? \d(?!st|nd|rd|th)[a-z]{2})\b/g,
  },
  { pattern: /\b[a-z]\d[a-z][ -]?\d[a-z]\d\b|\bp\.?o\.? box \d{2,6}\b/gi },
  {
    pattern: /\b(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT|Vic|Qld|Tas) (?<code>\d{4})\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b/g,
    is: ({ groups }) => !/^(?:19|20)\d\d$/.test(groups?.code ?? ""),
  },
];
