/** Reads Prometheus' text format strictly, as its documentation has it: what is not exactly so is an error. */

/** Value by name and labels as written, such as `things{state="due"}`; and the kind of each family. */
export type Exposed = {
  readonly values: ReadonlyMap<string, number>;
  readonly kinds: ReadonlyMap<string, string>;
};

const line =
  /^(?<name>[a-z_]+)(?<labels>\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})? (?<value>\+Inf|[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/;

/** Parses a whole text. Throws where a line is not of the format, comes twice, or stands under another family's name. */
export function parseExposition(text: string): Exposed {
  const values = new Map<string, number>();
  const kinds = new Map<string, string>();
  let family = "";
  if (!text.endsWith("\n")) throw new Error("The last line does not end.");
  for (const written of text.slice(0, -1).split("\n")) {
    const type = /^# TYPE ([a-z_]+) (counter|gauge|histogram)$/.exec(written);
    const help = /^# HELP ([a-z_]+) \S/.exec(written);
    if (help) family = help[1] ?? "";
    else if (type) kinds.set(taken(type[1] === family, type[1] ?? "", kinds), type[2] ?? "");
    else {
      const { name = "", labels = "", value = "" } = line.exec(written)?.groups ?? {};
      const base = kinds.get(family) === "histogram" ? name.replace(/_(?:bucket|sum|count)$/, "") : name;
      values.set(
        taken(base === family && kinds.has(family), name + labels, values),
        Number(value.replace("+Inf", "Infinity")),
      );
    }
  }
  return { values, kinds };
}

function taken(isInPlace: boolean, name: string, before: ReadonlyMap<string, unknown>): string {
  if (!isInPlace || before.has(name)) throw new Error(`This does not belong here: ${name}`);
  return name;
}
