/** Sentences and labels that only Slack needs; all others are in src/copy.ts. */

export const words = {
  // A message
  asked: (question: string): string => `You asked: ${question}`,
  sources: "Sources",
  related: "Related",
  isCut: "This is the first part of the answer. The button below shows all of it.",
  readWhole: "Read the whole answer",
  openSources: "Sources in full",
  share: "Share in channel",
  helpful: "Helpful",
  helpfulInFull: "This answer is helpful",
  notHelpful: "Not helpful",
  notHelpfulInFull: "This answer is not helpful",
  show: "Show",
  showInFull: (title: string): string => `Show ${title}`,
  moreRows: (count: number): string =>
    count === 1
      ? "There is 1 more than fits here. Type its name, or ask about it in your own words."
      : `There are ${count} more than fit here. Type the name of one, or ask about it in your own words.`,
  moreContacts: "There are more contacts than fit here.",
  wordless: "There are no words in this reply.",

  // Windows
  app: "Bearings",
  close: "Close",
  openForm: "Open the form",
  formTitle: "Reminder",
  choose: "Choose",
  type: "Type here",
  takesLonger: "This takes a little longer than usual. What came of it will be here in a moment.",
  passages: "What it rests on, in our words",
  where: (section: string, sentence: number): string => `“${section}”, sentence ${sentence}`,
  reference: "Reference to copy",
  references: "References to copy",
  readSource: (host: string): string => `Read the source at ${host}`,
  moreThanFits: "There is more than fits in this window.",
  previewChannel: "Everyone in this channel will see this. Your question and your name are not part of it.",
  previewThread: "Everyone who opens this thread will see this. Your question and your name are not part of it.",
  previewButtons: (labels: readonly string[]): string =>
    `${labels.length === 1 ? "Button" : "Buttons"}: ${labels.join("; ")}`,
  shareNow: "Share",
  cancel: "Cancel",
  whyTitle: "What was wrong?",
  whyLabel: "Why was it not helpful?",
  whySay: "If you like, say why. There is nothing to type.",
  reasons: {
    "wrong-topic": "It is about something else",
    "not-useful": "It is of no use in practice",
    unclear: "It is unclear",
    "out-of-date": "It is out of date",
  },
  send: "Send",
  skip: "Skip",

  // The Home tab
  tryOne: "Ask a question",
  howToAsk:
    "Write to me under Messages, mention me in a channel, or type /bearings and your question. You can also start from one of these.",
  themes: "Themes",
  reminders: "Your reminders",
  remindersAway:
    "I cannot look up your reminders just now. They are kept, and this page shows them when you come back to it.",
  moreReminders: "There are more than fit here. Type /supervision list to see all of them.",
  about: "About",
  privacy: "What is kept",
  votesKept:
    "What I do keep of your own are the reminders you set, and the votes you leave under answers, Helpful or not, each with your Slack id: until you delete them here.",
  forget: "Delete my data",
  forgetTitle: "Delete my data?",
  forgetText:
    "All that Bearings keeps about you is erased: your reminders, with the labels and names in them, what you saved for supervision, and your votes on answers. No reminder will come any more. Your messages in Slack stay: you can delete those yourself.",
  forgetNow: "Delete",
  keep: "Keep it",
  forgotten: "All that I had kept about you is erased, your reminders too. None will come any more.",
  notForgotten: "I could not erase all of it just now. Please try again in a little while.",

  // Sharing
  cannotShare: "I could not share it here. You can copy the answer and its sources instead.",
  shareLater: "Slack would not take it just now. Please press Share in channel again in a little while.",
  notInvited: "I am not in this channel yet. Type /invite and my name in it, and share again.",

  // Ways in
  welcome: "What would you like to know?",
  looking: "is looking it up",
  maybeTwice: "Slack did not confirm this answer, so you may see it twice.",
  couldNotPost: "I could not post this in the channel where you asked, so here it is in private.",
  installed: "Bearings is installed. Go back to Slack: you find it under Apps.",
  notInstalled: "Bearings was not installed. Open the install page again to try once more.",
} as const;
