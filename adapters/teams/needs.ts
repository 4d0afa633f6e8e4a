/** What the Teams door asks of an organisation, in one table: the code, the app package and docs/teams.md all follow it. */

/** Where the app may be added, and why, in words for whoever has to approve it. */
export const scopes = {
  personal: "to be asked in a chat of one's own, and to bring reminders and whatever nobody else is to see there",
  team: "to answer a mention in a channel, in its thread",
  groupChat: "to answer a mention in a group chat or the chat of a meeting",
} as const;

/** What the app says that it does beyond answering. Microsoft shows this before the app is added. */
export const permissions = {
  messageTeamMembers:
    "to write to someone in private who has written to it in a team: a reply to danger never stands where others read along",
} as const;

/** What Teams lists while someone writes to Bearings: the title is put into the box, and arrives as words. */
export const botCommands = [
  { title: "help", description: "How to ask, and what there is to ask about" },
  { title: "themes", description: "The themes of the review, to choose from" },
  { title: "supervision form", description: "Set a reminder of supervision" },
  { title: "supervision list", description: "See the reminders that you have" },
  { title: "about", description: "What Bearings is, and what its answers rest on" },
  { title: "privacy", description: "What is kept, and what is not" },
] as const;

/** What can be done from the box that messages are written in, from the search box, and on a message. Ids are what Teams sends. */
export const extensionCommands = [
  {
    id: "search",
    type: "query",
    title: "Look it up",
    description: "Find what the sources say while you type, and put it into your message",
    context: ["compose", "commandBox"],
    // Before anything is typed: the themes.
    initialRun: true,
    parameters: [
      {
        name: "question",
        title: "Question or topic",
        description: "A few words, without names or details of clients",
        inputType: "text",
      },
    ],
  },
  {
    id: "lookUp",
    type: "action",
    title: "Look this up",
    description: "Find what the sources say on this message; you alone see it",
    context: ["message"],
    fetchTask: true,
  },
  {
    id: "remind",
    type: "action",
    title: "Set a reminder",
    description: "Be reminded of supervision; you alone see this",
    context: ["compose", "commandBox"],
    fetchTask: true,
  },
] as const;

/** What Teams asks and waits for, by the name it has there; and what has to be declared so that Teams asks it. */
export const invokes = {
  "adaptiveCard/action": { declaredBy: "bot", why: "a button of a card was pressed" },
  "message/submitAction": { declaredBy: "bot", why: "a thumb under an answer was pressed" },
  "composeExtension/query": { declaredBy: "query", why: "someone types under Look it up" },
  "composeExtension/fetchTask": { declaredBy: "action", why: "a dialog is opened: Look this up, Set a reminder" },
  "composeExtension/submitAction": { declaredBy: "action", why: "a form in such a dialog was sent" },
  "task/submit": { declaredBy: "bot", why: "a form in a dialog of a message was sent" },
} as const satisfies Readonly<
  Record<string, { readonly declaredBy: "bot" | "query" | "action"; readonly why: string }>
>;
