/** How cost and quality grow with the knowledge base: ours against MiniSearch's default search, on generated entries. */
import { startWeights } from "#src/answering/evaluate.ts";
import { openRank } from "#src/answering/rank.ts";
import { type Item, openSearch } from "#src/answering/search.ts";
import { openBare } from "./bare.ts";
import { generatedItems, questionsOn } from "./generated.ts";
import { inTurn, made, mean, median, percentile, timed } from "./measure.ts";
import { ms, percent, showGoal, showTable, times } from "./show.ts";

// MiniSearch needs a quarter of a second for one question on the largest, so fewer are asked of it, once.
const sizes = [
  { count: 1_000, asked: 300, rounds: 5 },
  { count: 10_000, asked: 200, rounds: 3 },
  { count: 100_000, asked: 100, rounds: 1 },
];

type Size = (typeof sizes)[number];

function measure({ count, asked, rounds }: Size) {
  const items = generatedItems(count);
  const bare = made(() => openBare(items));
  const search = made(() => openSearch(items));
  const rank = made(() => openRank(items, search.it, () => [], startWeights));
  const known = questionsOn(items, asked);
  const { theirs, ours } = inTurn<"theirs" | "ours", number | undefined>(
    { theirs: (question) => bare.it.search(question)[0]?.id, ours: (question) => rank.it(question).ranked[0]?.index },
    known.map(({ ask }) => ask),
    { rounds, warmUp: 30 },
  );
  const rightFirst = (given: readonly (number | undefined)[]) =>
    known.filter(({ index }, at) => given[at] === index).length / asked;
  return {
    count,
    bare,
    search,
    rank,
    theirs: { typical: theirs.typical, rightFirst: rightFirst(theirs.given) },
    ours: { typical: ours.typical, rightFirst: rightFirst(ours.given) },
    snapshot: snapshotOf(items, search.it.snapshot()),
  };
}

const snapshotOf = (items: readonly Item[], text: string) => ({
  bytes: Buffer.byteLength(text),
  loadMs: timed(() => openSearch(items, text)),
});

type Measured = ReturnType<typeof measure>;

const measured = sizes.map(measure);
const entries = ({ count }: Measured): string => count.toLocaleString("en-GB");
const ratio = ({ theirs, ours }: Measured): number => median(theirs.typical) / median(ours.typical);
const growth = (side: "theirs" | "ours"): readonly number[] =>
  measured.map((one, at) => median(one[side].typical) / median(measured[at - 1]?.[side].typical ?? []));

showTable(
  "One question on generated entries; ms",
  [
    "entries",
    "MiniSearch p50",
    "ours p50",
    "ours p99",
    "ours faster",
    "by the mean",
    "growth",
    "ours",
    "right first",
    "ours",
  ],
  measured.map((one, at) => [
    entries(one),
    ms(median(one.theirs.typical)),
    ms(median(one.ours.typical)),
    ms(percentile(one.ours.typical, 99)),
    times(ratio(one)),
    times(mean(one.theirs.typical) / mean(one.ours.typical)),
    ...[growth("theirs")[at], growth("ours")[at]].map((by) => (at === 0 ? "" : times(by ?? 0))),
    percent(one.theirs.rightFirst),
    percent(one.ours.rightFirst),
  ]),
);

const perEntry = (bytes: number, { count }: Measured): string => `${(bytes / count / 1_000).toFixed(1)} kB`;

showTable(
  "Opening it, and what it keeps in memory for each entry",
  [
    "entries",
    "MiniSearch opens",
    "our search",
    "and rank",
    "from a snapshot",
    "snapshot",
    "MiniSearch keeps",
    "our search",
    "and rank",
  ],
  measured.map((one) => [
    entries(one),
    `${ms(one.bare.ms)} ms`,
    times(one.search.ms / one.bare.ms),
    times((one.search.ms + one.rank.ms) / one.bare.ms),
    `${times(one.snapshot.loadMs / one.search.ms)} of our search`,
    `${(one.snapshot.bytes / 1e6).toFixed(1)} MB`,
    perEntry(one.bare.bytes, one),
    perEntry(one.search.bytes, one),
    perEntry(one.search.bytes + one.rank.bytes, one),
  ]),
);

const largest = measured.at(-1);
if (largest !== undefined) {
  const { theirs, ours } = largest;
  showGoal("at 100,000 entries at least 50 times as fast as MiniSearch", ratio(largest) >= 50, times(ratio(largest)));
  const both = `${percent(ours.rightFirst)} right first against ${percent(theirs.rightFirst)}`;
  showGoal("and right first no less often", ours.rightFirst >= theirs.rightFirst, both);
}
const grown = growth("ours").slice(1);
showGoal(
  "ten times the entries cost at most 3 times as much",
  Math.max(...grown) <= 3,
  grown.map(times).join(", then "),
);
