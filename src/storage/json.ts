/** Reads the JSON in columns, which never throws. */

/** A JSON list of texts; null where it is none. */
export function readList(json: string): readonly string[] | null {
  const list = parsed(json);
  return Array.isArray(list) && list.every((one) => typeof one === "string") ? list : null;
}

/** Null where it is no JSON. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
