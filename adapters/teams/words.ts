/** Labels and lines of what is drawn for Teams; what the door itself says is in said.ts, all else in src/copy.ts. */

export const words = {
  // A message
  answered: "Bearings has answered you.",
  sources: "Sources",
  related: "Related",
  isCut: "This is the first part of the answer. The button below shows more of it.",
  readWhole: "Read the whole answer",
  openSources: "Sources in full",
  show: "Show",
  showInFull: (title: string): string => `Show ${title}`,
  chooseRow: "Choose one to read more.",
  moreRows: (count: number): string =>
    count === 1
      ? "There is 1 more than fits here. Type its name, or ask about it in your own words."
      : `There are ${count} more than fit here. Type the name of one, or ask about it in your own words.`,
  moreContacts: "There are more contacts than fit here.",

  // Forms
  openForm: "Open the form",
  type: "Type here",
  optional: (label: string): string => `${label} (optional)`,
  isMissing: "Please fill this in.",

  // Sources in full
  passages: "What it rests on, in our words",
  where: (section: string, sentence: number): string => `“${section}”, sentence ${sentence}`,
  readSource: (host: string): string => `Read it at ${host}`,
  reference: "Reference to copy",
  references: "References to copy",
  moreThanFits: "There is more than fits here.",

  // Looking things up
  from: (version: string): string => `From Bearings, knowledge version ${version}. No text is generated.`,
  isShortened: "[…]",
  nothingFound: "I have found nothing for these words. Try others, or clear the box to see the themes.",
  moreInChat: "There are more contacts. Write to me in a chat to see them.",
} as const;
