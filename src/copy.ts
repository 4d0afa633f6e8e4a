/** Every sentence that Bearings says of its own accord. Answers come from the knowledge base; the crisis reply from crisis.yaml. */

/** What small talk is answered with, by kind. */
export const talk = {
  greeting:
    "Hello. I answer questions from a small set of named sources, above all a published review of mental health professionals who support forced migrants. Every sentence comes with its source. What would you like to know?",
  thanks: "You are welcome. Ask again whenever you like.",
  acknowledgement: "All right. Ask another question, or browse what I know.",
  goodbye: "Goodbye. None of your questions has been kept.",
  identity:
    "I am Bearings, a chat assistant and not a person. I look things up in a small, curated knowledge base and give you its sentences with their sources. I do not make up text, and I am not a clinician.",
  help: "Ask in your own words, or browse. Above all I know the published summary of one systematic review: its themes, its recommendations, its findings and the research it calls for. When something is not in my sources, I say so.",
  feedback:
    "Thank you for saying so. I know very few sources, so I may have missed your question or have nothing on it. Could you put it another way, or pick a topic?",
  privacy:
    "No question is kept: not in a log, not in a database. Your words are read once, to find an answer, and then they are gone. What is kept is what you ask me to keep. A reminder keeps its times, its time zone, a short label, the name of whom it is with if you give one, where it goes, and whether you said that the session took place. What you save for supervision keeps the names of topics. Nobody but you is told any of it, unless you have a reminder sent to a conversation. “Delete all my reminders” erases them when you say it to me. If you use me inside a chat workspace, the workspace keeps its own copy of your message. Please leave client details out.",
} as const;

export const opening = "Ask a question about the review, or pick one of these.";

export const emptyQuestion = "Your message had no words that I can read. Ask a question in English, or pick a topic.";

export const choices = (count: number): string =>
  count === 1 ? "I am not sure that I understood. Is this what you meant?" : "I am not sure which of these you mean.";

export const notUnderstood =
  "I did not understand that. I read short questions in English. Try other words, or start from one of these.";

export const otherScript =
  "I read questions in English only, and I could not read this one. You can ask it in English, or start from one of these.";

export const outside =
  "That is outside what I know. My sources are about mental health professionals who support forced migrants.";

/** Said when a boundary has won. `topic` completes "… does not cover". */
export const notCovered = (topic: string, hasNearest: boolean, isOneSource: boolean): string =>
  [
    isOneSource
      ? `The review's published summary, which is all I know, does not cover ${topic}.`
      : `The sources I have do not cover ${topic}.`,
    hasNearest ? "The nearest topics that I know are below." : "Your own service may know where to look.",
  ].join(" ");

/** Said where reminders cannot be set: by one question on the command line. */
export const reminders =
  "I can remind you of supervision, though not from here: it takes a place that I can come back to. Say it in npm run chat, on the page that npm start opens, or to me in your chat workspace, such as “remind me every 2 weeks on Tuesday at 10:00”. What the review says about supervision I can tell you here.";

/** What it is and rests on. `sources` are titles; `version` names the knowledge set. */
export const about = (sources: readonly string[], entries: number, version: string): string =>
  [
    "I am Bearings, a chat assistant and not a person. Every sentence of an answer comes from a curated entry and names its source; no text is generated, and no other service is asked.",
    `My ${entries} entries rest on ${sources.length === 1 ? "one source" : `${sources.length} sources`}: ${sources.join("; ")}.`,
    `I am not a clinician, an emergency service or a substitute for a supervisor. Knowledge version ${version}.`,
  ].join("\n");

/** Said beside an answer when another part of the question is about something not covered. */
export const alsoNotCovered = (topic: string): string => `My sources do not cover ${topic}.`;

/** Stands for the first sentence of an overview in a list. */
export const inBrief = "All of them, in brief.";

/** Asks for a question without a client's details. `hasWords`: what is left of the words stands in the field. */
export const clientDetails = (hasWords: boolean): string =>
  [
    "This looks as if it holds details of a client, so I have not looked it up. Please ask without names, dates of birth, numbers and addresses.",
    hasWords
      ? "Below are your words with what I saw left out. I may have missed something, so please read them, change them as you like, and ask."
      : "You can ask below.",
  ].join(" ");

/** Where the message itself may still be. */
export const deleteMessage =
  "I have kept nothing, but your message may still be shown where you wrote it. In a chat workspace, open the menu of the message and choose to delete it; on the page, choose “Clear this conversation”. A workspace may keep a copy of what was deleted: your privacy officer knows.";

/** The field for it. */
export const askWithout = {
  label: "Your question, without details of a client",
  hint: "No names, dates of birth, numbers or addresses",
  send: "Ask this",
} as const;

/** Said beside a reply about a reminder, which keeps a label. */
export const clientDetailsInReminder =
  "This looks as if it may hold details of a client. A reminder needs none: please keep its label short and general. Your chat may still show the message, so you may want to delete it.";

export const askAgain =
  "Thank you for telling me. Please ask your question again, and leave the person out of it if you can.";

export const stale = "That button is from an older conversation and no longer leads anywhere. Here is what I know.";

export const cutShort = "Your message was long, so I read only the first part of it to find an answer.";

/** Said where more is asked than can be answered; nobody in danger is told so. */
export const busy =
  "More questions are coming in than I can answer at this moment, so I have not looked up yours. Please ask it again in a minute.";

export const browseAll = "What would you like to look at?";

/** Titles of the lists that can be browsed, by kind of entry. */
export const kindTitles = {
  theme: "Themes",
  recommendation: "Recommendations",
  finding: "Findings",
  research: "Research still needed",
  about: "About the review",
} as const;

export const labels = {
  browse: "Browse what I know",
  help: "What I can do",
  privacy: "What is kept",
} as const;

/** Questions for someone who does not know where to start, each with the entry that answers it. */
export const examples = [
  { question: "What are the three themes?", entry: "themes-overview" },
  { question: "What does it recommend for services?", entry: "recommendations-overview" },
  { question: "Who may supervise this work?", entry: "supervisors" },
  { question: "How does hearing people's stories affect staff?", entry: "effects-of-witnessing" },
] as const;
