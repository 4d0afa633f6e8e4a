/** What Teams sends, as far as Bearings reads it. `parse.ts` makes these of what arrives; all else of an activity is left behind. */

/** Who acts. */
export type From = {
  /** Microsoft's id of the organisation. */
  readonly tenant: string;
  /** Teams' id of the person for this bot, such as `29:1abc…`. */
  readonly user: string;
  /** Microsoft's id of their account, which administrators can look up; null where Teams says none. */
  readonly account: string | null;
  /** IANA name, where Teams says one that is known here. */
  readonly zone: string | null;
  /** Two letters, such as GB, from the language that Teams is set to. */
  readonly country: string | null;
};

/** In which conversation. */
export type Where = {
  /** Where the connector of this conversation is. Allowed by service-url.ts before anything is made of it. */
  readonly serviceUrl: string;
  /** Id of the chat, or of the channel without its thread. */
  readonly conversation: string;
  readonly kind: "personal" | "group" | "channel";
  /** Id of the message that the thread hangs from; null outside channels. */
  readonly thread: string | null;
  /** Our own id there, such as `28:app-id`. */
  readonly bot: string;
};

type Common = {
  /** The activity's id, the same when Teams sends it again. Null for the few that have none. */
  readonly id: string | null;
  readonly from: From;
  readonly where: Where;
};

/** A mention in a text: who, and the very characters that stand for them there. */
export type Mention = { readonly id: string; readonly text: string };

/** Something typed. `isEdit`: a message that was there before, and has other words now. */
export type Typed = Common & {
  readonly kind: "message";
  readonly text: string;
  readonly mentions: readonly Mention[];
  readonly isEdit: boolean;
  /** When the person's own device sent it, as Teams writes it; another for each message, the same when it is sent again. */
  readonly sentAt: string | null;
};

/** What a card of ours sends along. `verb` says which of our actions it is; `inputs` are the fields of a form, by their ids. */
export type CardData = {
  readonly verb: string;
  readonly token: string;
  readonly inputs: Readonly<Record<string, string>>;
};

/** A button of a card. `isExecute`: Teams waits for a card to put in its place; else it came as a message, from an older client. */
export type Pressed = Common & {
  readonly kind: "press";
  readonly data: CardData;
  readonly isExecute: boolean;
  /** Id of the message that the card belongs to. */
  readonly message: string | null;
};

/** Looked up while typing. */
export type Query = Common & { readonly kind: "query"; readonly text: string; readonly count: number };

/** "Look this up" on a message, or the form for a reminder from the compose box: a dialog is to be opened. */
export type Opened = Common & {
  readonly kind: "open";
  readonly command: string;
  /** Words of the message that it was chosen on; null where there is none. */
  readonly text: string | null;
};

/** A dialog of ours that was sent. */
export type Sent = Common & { readonly kind: "dialog"; readonly command: string; readonly data: CardData };

/** A thumb up or down under an answer. */
export type Voted = Common & {
  readonly kind: "vote";
  readonly vote: "up" | "down";
  /** What was typed beside it: looked at for danger, and for nothing else. */
  readonly text: string;
  readonly message: string | null;
};

/** The app came or went: for one person, or in a team or group chat. */
export type Installed = Common & { readonly kind: "installed" | "removed" };

/** `invoke`: Teams waits for a body, which we have not got. */
export type Other = { readonly kind: "other"; readonly isInvoke: boolean };

export type Activity = Typed | Pressed | Query | Opened | Sent | Voted | Installed | Other;

/** An activity that some person stands behind. */
export type Acted = Exclude<Activity, Other>;
