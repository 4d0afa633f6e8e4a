/** What somebody probably meant to type: the known name with the fewest edits from the mistyped one. */

// Two hundred suggestions are help; two hundred thousand are a way to keep the loader busy. Then we name no candidate.
const mostSuggestions = 200;
const mostKnown = 5_000;

/** Builds a suggester over known names. It answers null when nothing is within a third of the typed length. */
export function suggestFrom(known: readonly string[]): (typed: string) => string | null {
  let asked = 0;
  return (typed) => {
    asked += 1;
    if (asked > mostSuggestions || known.length > mostKnown || typed.length > 64) return null;
    return nearestOf(typed, known);
  };
}

/** "Did you mean …" when there is a candidate, followed by the ordinary advice. */
export const meant = (candidate: string | null, otherwise: string): string =>
  candidate === null ? otherwise : `Did you mean '${candidate}'? Otherwise: ${otherwise}`;

function nearestOf(typed: string, known: readonly string[]): string | null {
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  let best: { readonly name: string; readonly edits: number } | null = null;
  for (const name of known) {
    if (Math.abs(name.length - typed.length) > allowed) continue;
    const edits = editsBetween(typed.toLowerCase(), name.toLowerCase());
    if (edits <= allowed && (best === null || edits < best.edits)) best = { name, edits };
  }
  return best?.name ?? null;
}

/** Levenshtein distance, one row at a time. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
