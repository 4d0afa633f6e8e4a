/** Rules about the labelled questions and messages: what they ask for exists, and none is labelled in two ways. */
import { plainAsk } from "./asks.ts";
import type { Documents } from "./documents.ts";
import type { Finding, Question } from "./entry.ts";
import { error, type Place, placeText, warning } from "./finding.ts";
import { passageIds, reference } from "./structure.ts";

/** `unknown-passage`, `question-right`, `same-question` and `same-message`. */
export const bankFindings = (documents: Documents): readonly Finding[] => [
  ...rights(documents),
  ...labelledTwice("same-question", questionsOf(documents)),
  ...labelledTwice("same-message", messagesOf(documents)),
];

function rights(documents: Documents): readonly Finding[] {
  const passage = reference({ code: "unknown-passage", what: "passage", where: "sources.yaml" }, passageIds(documents));
  return documents.questions.flatMap(({ value, placeOf }) =>
    value.flatMap((question, q) => [
      ...rightFindings(question, () => placeOf([q, "right"])),
      ...(question.want === "answer" ? question.right : []).flatMap((id, r) =>
        passage(id, () => placeOf([q, "right", r])),
      ),
    ]),
  );
}

function rightFindings({ want, right }: Question, at: () => Place): readonly Finding[] {
  const wrong = (message: string, fix: string): readonly Finding[] => [
    error({ code: "question-right", at: at(), message, fix }),
  ];
  if (want === "answer" && right.length === 0)
    return wrong("no passage is right", "Name the passages that satisfy the asker.");
  if (want === "note" && right.length !== 1)
    return wrong("a note needs its name", "Name the note, such as [greeting].");
  if (want !== "answer" && want !== "note" && right.length > 0)
    return wrong(`'${want}' has nothing right`, "Write right: [].");
  return [];
}

type Labelled = { readonly says: string; readonly label: string; readonly at: () => Place };

const questionsOf = ({ questions }: Documents): readonly Labelled[] =>
  questions.flatMap(({ value, placeOf }) =>
    value.map(({ ask, want }, q) => ({ says: ask, label: want, at: () => placeOf([q, "ask"]) })),
  );

const messagesOf = ({ messages }: Documents): readonly Labelled[] =>
  messages.flatMap(({ name, value, placeOf }) =>
    Object.entries(value).flatMap(([style, texts]) =>
      texts.map((says, index) => ({ says, label: name, at: () => placeOf([style, index]) })),
    ),
  );

/** The same words with two labels teach nothing, which is an error; with one label they count twice. */
function labelledTwice(code: string, all: readonly Labelled[]): readonly Finding[] {
  const first = new Map<string, Labelled>();
  return all.flatMap(({ says, label, at }) => {
    const before = first.get(plainAsk(says));
    if (before === undefined) {
      first.set(plainAsk(says), { says, label, at });
      return [];
    }
    const where = placeText(before.at());
    return before.label === label
      ? [warning({ code, at: at(), message: `the same words are at ${where}`, fix: "Delete one of the two." })]
      : [
          error({
            code,
            at: at(),
            message: `the same words want something else at ${where}`,
            fix: "Keep the one that is right.",
          }),
        ];
  });
}
