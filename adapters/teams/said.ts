/** Sentences for what the door does, beside those of what it draws. */

export const said = {
  // Posting
  maybeTwice: "Teams did not confirm this message, so you may see it twice.",
  openChat: "Please open a chat with me: choose my name, then Chat. I can answer you there.",

  // Buttons
  below: "The answer is in a new message below.",
  takesLonger: "This takes a little longer than usual. What comes of it will be in your chat with me.",
  notPosted: "Teams would not take the answer just now. Please press the button again in a little while.",

  // What is kept
  kept: "No question is kept. To see what is, write: privacy.",
  votesKept:
    "What I do keep of your own are the reminders you set, the address of our chat so that they reach you, your time zone, and the votes you leave under answers, each with your Teams id: until you delete them here.",
  forget: "Delete my data",
  forgetText:
    "All that Bearings keeps about you would be erased: your reminders, with the labels and names in them, what you saved for supervision, your votes on answers, and the address of our chat until you write again. No reminder would come any more. Your messages in Teams stay: you can delete those yourself.",
  forgetNow: "Delete",
  keep: "Keep it",
  stays: "All right. Everything stays as it is.",
  forgotten: "All that I had kept about you is erased, your reminders too. None will come any more.",
  notForgotten: "I could not erase all of it just now. Please try again in a little while.",

  // Cards and dialogs
  sources: "These are the sources of that answer in full.",
  lookUpTitle: "Look this up",
  reminderTitle: "Reminder",
} as const;
