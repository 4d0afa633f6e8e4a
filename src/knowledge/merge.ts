/** Makes one knowledge base, or one bank, of the documents of several folders. Pure; the documents have no errors. */
import type { Doc, Documents } from "./documents.ts";
import { lanes } from "./documents.ts";
import type { Bank, Crisis, CrisisMessage, CrisisWording, Holiday, Knowledge, Sign } from "./entry.ts";

/** The folders' knowledge in their order. The last crisis wording holds; null when there is none. */
export function mergeKnowledge(documents: Documents, version: string): Knowledge | null {
  const crisis = mergeCrisis(documents);
  if (crisis === null) return null;
  const sources = values(documents.sources);
  return Object.freeze({
    sources,
    passages: new Map(sources.flatMap(({ passages }) => passages.map((passage) => [passage.id, passage] as const))),
    entries: values(documents.entries),
    boundaries: values(documents.boundaries),
    vocabulary: values(documents.vocabulary),
    talk: mergeById(values(documents.talk), (before, { asks }) => ({ ...before, asks: [...before.asks, ...asks] })),
    crisis,
    holidays: mergeHolidays(values(documents.holidays)),
    version,
  });
}

/** The folders' labelled questions and messages, in their order. */
export const mergeBank = ({ questions, messages }: Documents): Bank =>
  Object.freeze({
    questions: values(questions),
    messages: Object.freeze(
      messages.flatMap(({ name, value }) => {
        const lane = lanes.find((one) => name === `messages/${one}.yaml`) ?? "none";
        return Object.entries(value).flatMap(([style, texts]) =>
          texts.map((says): CrisisMessage => Object.freeze({ lane, style, says })),
        );
      }),
    ),
  });

/** Each day once, oldest first. Two folders may list the same day; the later one's name for it holds. */
const mergeHolidays = (all: readonly Holiday[]): readonly Holiday[] =>
  Object.freeze(
    [...new Map(all.map((holiday) => [holiday.date, holiday])).values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
  );

const values = <T>(docs: readonly Doc<readonly T[]>[]): readonly T[] =>
  Object.freeze(docs.flatMap(({ value }) => value));

function mergeCrisis({ crisis }: Documents): Crisis | null {
  const wording = crisis.reduce<CrisisWording | undefined>((before, { value }) => value.wording ?? before, undefined);
  if (wording === undefined) return null;
  return Object.freeze({
    wording,
    // Whoever adds a folder knows whom its people can reach, so its contacts are said before ours.
    contacts: Object.freeze(crisis.toReversed().flatMap(({ value }) => value.contacts)),
    signs: mergeById(
      crisis.flatMap(({ value }) => value.signs),
      addSigns,
    ),
    counterSigns: mergeById(
      crisis.flatMap(({ value }) => value.counterSigns),
      addSigns,
    ),
  });
}

/** What a later folder says of an id that is already there is added to it. */
function mergeById<T extends { readonly id: string }>(
  all: readonly T[],
  add: (before: T, later: T) => T,
): readonly T[] {
  const merged = new Map<string, T>();
  for (const one of all) {
    const before = merged.get(one.id);
    merged.set(one.id, before === undefined ? one : Object.freeze(add(before, one)));
  }
  return Object.freeze([...merged.values()]);
}

const addSigns = (before: Sign, { says }: Sign): Sign => ({ ...before, says: [...before.says, ...says] });
