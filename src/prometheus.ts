/** Figures as Prometheus reads them: its text format, version 0.0.4. Names and labels are fixed and hold no ids. */

/** One figure. `suffix` is for histograms alone. */
export type Sample = {
  readonly suffix?: "_bucket" | "_sum" | "_count";
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
};

/** Figures of one name. A counter's name ends in `_total`; the unit is in the name, seconds where it is a time. */
export type Family = {
  readonly name: string;
  readonly kind: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly samples: readonly Sample[];
};

/** The content type of what `exposition` gives. */
export const expositionType = "text/plain; version=0.0.4; charset=utf-8";

/** The families as text, each with its help and its kind. */
export const exposition = (families: readonly Family[]): string =>
  families
    .flatMap(({ name, kind, help, samples }) => [
      `# HELP ${name} ${escaped(help)}`,
      `# TYPE ${name} ${kind}`,
      ...samples.map(({ suffix = "", labels = {}, value }) => `${name}${suffix}${drawn(labels)} ${written(value)}`),
    ])
    .map((line) => `${line}\n`)
    .join("");

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");

function drawn(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escaped(text).replaceAll('"', '\\"')}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const written = (value: number): string => (value === Number.POSITIVE_INFINITY ? "+Inf" : String(value));

/** Counts values by size. */
export type Histogram = { readonly observe: (value: number) => void; readonly samples: () => readonly Sample[] };

/** A histogram with these upper bounds, in ascending order; a value that equals one belongs below it. */
export function createHistogram(bounds: readonly number[]): Histogram {
  const limits = [...bounds, Number.POSITIVE_INFINITY];
  const counts = limits.map(() => 0);
  let sum = 0;
  return {
    observe(value) {
      const at = limits.findIndex((limit) => value <= limit);
      counts[at] = (counts[at] ?? 0) + 1;
      sum += value;
    },
    samples() {
      let below = 0;
      const buckets = limits.map((limit, at): Sample => {
        below += counts[at] ?? 0;
        return { suffix: "_bucket", labels: { le: written(limit) }, value: below };
      });
      return [...buckets, { suffix: "_sum", value: sum }, { suffix: "_count", value: below }];
    },
  };
}
