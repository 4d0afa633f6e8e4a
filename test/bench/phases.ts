/** One start of `ask` from within, a phase at a time; prints the milliseconds of each as JSON. start.ts runs it. */
const begunMs = performance.now();
let last = begunMs;
const lap = (): number => {
  const before = last;
  last = performance.now();
  return last - before;
};

await import("#adapters/terminal/ask.ts");
const { knowledgeIn } = await import("#adapters/bot.ts");
const [{ openAnswering }, { openSafety }, { createAssistant }, { parseSafetyModel }] = await Promise.all([
  import("#src/answering/answer.ts"),
  import("#src/conversation/safety.ts"),
  import("#src/conversation/respond.ts"),
  import("#src/conversation/safety-model.ts"),
]);
const [{ userText }, { plain }, { readFileSync }] = await Promise.all([
  import("#src/turn.ts"),
  import("#src/plain.ts"),
  import("node:fs"),
]);
const { file, fittedNumbers, folder } = await import("./ours.ts");
const codeMs = lap();

const knowledge = await knowledgeIn([folder]);
const knowledgeMs = lap();

const answering = openAnswering(knowledge, fittedNumbers());
const indexMs = lap();

const safety = openSafety(knowledge.crisis, parseSafetyModel(readFileSync(file("crisis-model.json"), "utf8")));
const safetyMs = lap();

const said = { kind: "text", text: userText("what does it say about supervision") } as const;
const place = { door: "bench", key: "", isPrivate: true };
const turn = { id: "bench", atMs: 0, person: { id: "bench", zone: null }, place, said };
plain(createAssistant({ knowledge, answering, safety })(turn).reply);
const replyMs = lap();

console.log(JSON.stringify({ begunMs, codeMs, knowledgeMs, indexMs, safetyMs, replyMs }));
