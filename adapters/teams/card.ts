/** Adaptive Cards 1.5, as far as Bearings draws them. */

/** A run of text that is shown as it is: no Markdown, no dates to fill in. */
export type TextRun = {
  readonly type: "TextRun";
  readonly text: string;
  readonly weight?: "Bolder";
  readonly size?: "Small" | "Medium";
  readonly isSubtle?: true;
  /** Opens an address: https, and of a source. */
  readonly selectAction?: OpenUrl;
};

export type RichText = {
  readonly type: "RichTextBlock";
  readonly inlines: readonly TextRun[];
  readonly spacing?: Spacing;
};

type Spacing = "None" | "Small" | "Medium";

type InputBase = {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: true;
  readonly errorMessage?: string;
  readonly value?: string;
};

export type Input =
  | (InputBase & { readonly type: "Input.Text"; readonly maxLength: number; readonly placeholder?: string })
  | (InputBase & { readonly type: "Input.Date" })
  | (InputBase & { readonly type: "Input.Time" })
  | (InputBase & {
      readonly type: "Input.ChoiceSet";
      readonly choices: readonly { readonly title: string; readonly value: string }[];
    });

export type Container = {
  readonly type: "Container";
  readonly items: readonly Element[];
  readonly spacing?: Spacing;
  readonly separator?: true;
  readonly selectAction?: Action;
};

export type ActionSet = { readonly type: "ActionSet"; readonly actions: readonly Action[]; readonly spacing?: Spacing };

export type Element = RichText | Input | Container | ActionSet;

export type OpenUrl = { readonly type: "Action.OpenUrl"; readonly title?: string; readonly url: string };

/** What a button carries: the name of one of our actions, and a token that is carried unread. */
export type Data = { readonly verb: string; readonly token: string };

/** Older clients know only Submit, which sends the same data as a message. */
export type Execute = {
  readonly type: "Action.Execute";
  readonly title: string;
  readonly verb: string;
  readonly data: Data;
  /** `none`: the fields of a form are not sent along. */
  readonly associatedInputs?: "none";
  readonly fallback: {
    readonly type: "Action.Submit";
    readonly title: string;
    readonly data: Data;
    readonly associatedInputs?: "none";
  };
};

/** In dialogs, where Teams sends the whole form. */
export type Submit = {
  readonly type: "Action.Submit";
  readonly title: string;
  readonly data: Data;
  readonly associatedInputs?: "none";
};

export type Action = Execute | Submit | OpenUrl;

export type Card = {
  readonly type: "AdaptiveCard";
  readonly $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  readonly version: "1.5";
  readonly lang: "en";
  /** What older clients show, and screen readers say. */
  readonly fallbackText: string;
  readonly msteams?: { readonly width: "Full" };
  readonly body: readonly Element[];
};
