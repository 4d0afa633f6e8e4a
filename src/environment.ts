/** How settings are looked up: by name, without spaces around them, and with a misspelt name told. */

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is set, without spaces around it; a variable set to nothing counts as not set. */
export function setting(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}

const prefixes = /^(?:KNOWLEDGE|SLACK|TEAMS|DATABASE|DATA|SECRET|TIME)_/;
// Two letters wrong is a slip; more is likely to be a variable of some other program.
const mostSlips = 2;

/** A sentence for each variable that is nearly one of ours and is not. */
export function misspelt(env: Environment, ours: readonly string[]): readonly string[] {
  const strangers = Object.keys(env).filter((name) => prefixes.test(name) && !ours.includes(name));
  return strangers.flatMap((name) => {
    const meant = ours.find((known) => slips(name, known) <= mostSlips);
    return meant === undefined ? [] : [`${name} is not a variable of Bearings; ${meant} is.`];
  });
}

/** Letters to add, drop or change to get from one name to the other (Levenshtein). */
function slips(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? 0;
}
