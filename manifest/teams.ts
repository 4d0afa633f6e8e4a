/** The Teams app package, made from what the door needs: what Teams shows people, and what an administrator approves. */
import { strToU8, zipSync } from "fflate";
import { botCommands, extensionCommands, permissions, scopes } from "#adapters/teams/needs.ts";
import { examples } from "#src/copy.ts";
import { colourIcon, outlineIcon } from "./icons.ts";

/** Whose app it is. */
export type TeamsOptions = {
  /** The bot's id in Azure, which is the app's too: a GUID. */
  readonly appId: string;
  /** The organisation that runs Bearings: 32 characters at most. */
  readonly developer: string;
  /** Its pages, https. */
  readonly websiteUrl: string;
  readonly privacyUrl: string;
  readonly termsUrl: string;
};

// Raised by whoever changes the manifest: Teams takes a package in place of another only when its number is higher.
const version = "1.0.0";

// The newest that Microsoft numbers, and so has out of preview. Prompt starters need 1.27.
const schema = "1.30";

const about = `Bearings answers questions from a small, curated set of named sources, above all a published review of mental health professionals who support forced migrants. Every sentence comes with its source. What its sources do not cover, it says it does not know.

Ask it in a chat of your own, mention it in a channel or a group chat, or find something while you write a message, with "Look it up". Choose "Look this up" in the menu of a message to see what the sources say on it. It reads what is addressed to it, and the one message that you choose, and no others.

It also reminds people of supervision, as they ask it to, in plain words or with a form. A reminder comes in their own chat with Bearings, or where someone set it.

It writes no text of its own and keeps no question. Of a reminder it keeps what was set: when, where it goes, and, if someone gives them, a short label and a name of the person it is with. It gives no clinical, legal or medical advice. It is not an emergency service. Please leave out names and details of clients.`;

/** The manifest as Teams reads it, in its own field names. */
export const teamsManifest = ({ appId, developer, websiteUrl, privacyUrl, termsUrl }: TeamsOptions) => ({
  $schema: `https://developer.microsoft.com/json-schemas/teams/v${schema}/MicrosoftTeams.schema.json`,
  manifestVersion: schema,
  version,
  id: appId,
  developer: { name: developer, websiteUrl, privacyUrl, termsOfUseUrl: termsUrl },
  name: { short: "Bearings", full: "Bearings: answers about supporting forced migrants" },
  description: { short: "Answers about supporting forced migrants, every sentence with its source", full: about },
  icons: { color: "color.png", outline: "outline.png" },
  accentColor: "#0a3f4b",
  defaultInstallScope: "personal",
  defaultGroupCapability: { team: "bot", groupchat: "bot" },
  bots: [
    {
      botId: appId,
      scopes: Object.keys(scopes),
      supportsFiles: false,
      isNotificationOnly: false,
      commandLists: Object.keys(scopes).map((scope) => ({
        scopes: [scope],
        commands: [...starters, ...botCommands.map((command) => ({ ...command }))],
      })),
    },
  ],
  composeExtensions: [{ botId: appId, commands: extensionCommands.map((command) => ({ ...command })) }],
  permissions: Object.keys(permissions),
  // Nothing of ours is shown in a frame, and nobody signs in.
  validDomains: [],
});

/** Questions to start with, as Teams offers them in a chat and after a mention. */
const starters = examples.map(({ question }) => ({
  title: question,
  description: "A question to start with",
  type: "prompt",
  prompt: question,
}));

/** The manifest as text. */
export const teamsJson = (options: TeamsOptions): string => `${JSON.stringify(teamsManifest(options), null, 2)}\n`;

/** To be read by people, and refused by Teams: the ids and addresses are those of nobody. */
export const template: TeamsOptions = {
  appId: "{{TEAMS_APP_ID}}",
  developer: "{{ORGANISATION}}",
  websiteUrl: "{{https://WEBSITE}}",
  privacyUrl: "{{https://PRIVACY}}",
  termsUrl: "{{https://TERMS}}",
};

/** The zip that is uploaded to Teams: three files at its root. The same bytes from the same options, on every computer. */
export const teamsPackage = (options: TeamsOptions): Uint8Array =>
  zipSync(
    {
      "manifest.json": strToU8(teamsJson(options)),
      "color.png": [colourIcon(), { level: 0 }],
      "outline.png": [outlineIcon(), { level: 0 }],
    },
    // A zip knows the time on the wall and no zone: this is noon on the first day that it can tell, wherever it is made.
    { mtime: new Date(1980, 0, 1, 12), level: 9, os: 3 },
  );
