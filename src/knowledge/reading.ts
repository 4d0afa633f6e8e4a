/** How hard a text is to read: the Flesch-Kincaid grade, in years of school. */

/** Grade of a text, 0 or more; 0 for one without words. Counts are by rule of thumb, good to about one grade. */
export function readingGrade(text: string): number {
  const words = text.match(/\p{L}[\p{L}'’]*/gu) ?? [];
  if (words.length === 0) return 0;
  const sentences = Math.max(1, text.match(/[.?!:;](?=\s|$)/g)?.length ?? 0);
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  return Math.max(0, 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59);
}

/** Syllables of an English word, at least one: groups of vowels, less the ones that are not heard. */
export function syllablesIn(word: string): number {
  const plain = word
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z]/g, "");
  const heard = plain
    .replace(/([^aeiouylscxzgh]|[aeiouy]l)es$/, "$1")
    .replace(/([^aeiouydt])ed$/, "$1")
    .replace(/([^aeioul]|[aeiouy]l)e$/, "$1");
  const groups = heard.match(/[aeiouy]+/g)?.length ?? 0;
  // Two vowels side by side that are heard apart: experi-ence, cli-ent, appropri-ate, individu-al, be-ing.
  const apart = heard.match(/(?<![cstgx])i(?:a|o|e(?=[nt]))|(?<![qg])ua|[eoy]ing$/g)?.length ?? 0;
  return Math.max(1, groups + apart);
}
