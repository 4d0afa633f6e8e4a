/** What Slack sends, as small types. How it is read from what arrives: parse-event.ts and parse-interaction.ts. */

/** A workspace. `enterprise` is the organisation of an org-wide installation, else null. */
export type Workspace = { readonly team: string; readonly enterprise: string | null };

/** Who acts, and in which workspace. */
export type From = Workspace & { readonly user: string };

/** A message as Slack writes it: its text encoded, and below it the text of what was forwarded with it. */
export type Written = {
  readonly channel: string;
  /** The message's own time, Slack's id for it within a channel. */
  readonly ts: string;
  readonly threadTs: string | null;
  readonly text: string;
};

/** A message event. `user` is null where a bot or Slack itself wrote it. */
export type MessageEvent = Workspace &
  Written & {
    readonly kind: "message" | "mention";
    readonly user: string | null;
    readonly isBot: boolean;
    readonly isDirect: boolean;
    readonly subtype: string | null;
    /** For an edit: when it was made, and whether the words changed. Null for anything else. */
    readonly edit: { readonly ts: string; readonly isReworded: boolean } | null;
  };

/** Where a button was pressed: on a message, or in a view (the Home tab or a modal). */
export type PressedAt =
  | {
      readonly kind: "message";
      readonly channel: string;
      readonly ts: string;
      readonly threadTs: string | null;
      readonly isEphemeral: boolean;
    }
  /** `metadata` is what we gave the view to remember, empty for nothing. */
  | { readonly kind: "view"; readonly viewId: string; readonly isHome: boolean; readonly metadata: string };

export type Press = From & {
  readonly kind: "press";
  readonly actionId: string;
  readonly value: string;
  /** What stands in the fields of the message, by their names; empty where it has none. */
  readonly chosen: Readonly<Record<string, string>>;
  /** The same for every delivery of one press. */
  readonly actionTs: string;
  readonly triggerId: string;
  readonly at: PressedAt;
  readonly responseUrl: string | null;
};

export type Command = From & {
  readonly kind: "command";
  readonly command: string;
  readonly text: string;
  readonly channel: string;
  readonly triggerId: string;
  readonly responseUrl: string | null;
};

export type Submission = From & {
  readonly kind: "submit";
  readonly viewId: string;
  /** Another one each time that the window is drawn. */
  readonly hash: string;
  readonly callbackId: string;
  readonly metadata: string;
  /** What was chosen or typed, by action id. */
  readonly chosen: Readonly<Record<string, string>>;
};

export type LookUp = From &
  Written & { readonly kind: "look-up"; readonly triggerId: string; readonly responseUrl: string };

export type HomeOpened = From & { readonly kind: "home"; readonly tab: string; readonly channel: string };

/** The app is gone from a workspace, or its bot's token is. */
export type Gone = Workspace & {
  readonly kind: "gone";
  /** An organisation has removed the app from all its workspaces. */
  readonly isWholeOrganisation: boolean;
  /** When it happened, milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
};

export type Payload =
  | MessageEvent
  | HomeOpened
  | Gone
  | Command
  | Press
  | Submission
  | LookUp
  | { readonly kind: "other"; readonly type: string };
