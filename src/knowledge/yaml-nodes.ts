/** What our files may not use although YAML allows it: whatever makes a file mean something else than it shows. */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type Pair } from "yaml";

/** A code of yaml-trouble.ts and where in the text it applies. */
export type Trouble = { readonly code: string; readonly offset: number };

// Our deepest honest file has six levels; this also keeps the recursion below shallow.
const mostDepth = 12;

// Setting these on an object reaches its prototype.
const reserved = new Set(["__proto__", "constructor", "prototype"]);

/** Aliases, anchors, tags, keys that are not plain words or appear twice, and nesting beyond twelve levels. */
export function nodeTroubles(root: unknown): readonly Trouble[] {
  const troubles: Trouble[] = [];
  look(root, 0, troubles);
  return troubles;
}

function look(node: unknown, depth: number, troubles: Trouble[]): void {
  if (!isNode(node)) return;
  const offset = node.range?.[0] ?? 0;
  if (isAlias(node)) troubles.push({ code: "alias", offset });
  else if (node.anchor !== undefined) troubles.push({ code: "anchor", offset });
  if (node.tag !== undefined) troubles.push({ code: "tag", offset });
  if (depth > mostDepth) {
    troubles.push({ code: "too-deep", offset });
    return;
  }
  if (isSeq(node)) for (const item of node.items) look(isPair(item) ? item.value : item, depth + 1, troubles);
  if (isMap(node)) lookAtPairs(node.items, { depth, offset, troubles });
}

type Around = { readonly depth: number; readonly offset: number; readonly troubles: Trouble[] };

function lookAtPairs(pairs: readonly Pair[], { depth, offset, troubles }: Around): void {
  // By their text, since `1` and `"1"` are different keys to the parser and the same one in a JavaScript object.
  const names = new Set<string>();
  for (const { key, value } of pairs) {
    const at = isNode(key) ? (key.range?.[0] ?? offset) : offset;
    look(key, depth + 1, troubles);
    if (!isScalar(key) || key.value === null) troubles.push({ code: "odd-key", offset: at });
    else {
      const name = String(key.value);
      if (names.has(name)) troubles.push({ code: "duplicate-key", offset: at });
      if (reserved.has(name)) troubles.push({ code: "reserved-key", offset: at });
      names.add(name);
    }
    look(value, depth + 1, troubles);
  }
}
