/** The invented workspace of all Slack tests: its people, its channels, our bot, and what proves that we are it. */

/** One JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Someone in the workspace. `zone` is an IANA name. */
export type Person = { readonly id: string; readonly name: string; readonly realName: string; readonly zone: string };

export const alice: Person = {
  id: "U01ALICE",
  name: "alice",
  realName: "Alice Anderson",
  zone: "Europe/Berlin",
};
export const bob: Person = { id: "U02BOB", name: "bob", realName: "Bob Baker", zone: "Asia/Tokyo" };

/** Two channels; our bot is in `general` alone. `dm` is Alice's with us, under the id that the fake gives it. */
export const channels = { general: "C01GEN", random: "C02RND", dm: "D01ALICE" } as const;

/** Who a token speaks for. */
export type Identity = {
  readonly team: string;
  readonly teamName: string;
  readonly botUser: string;
  readonly botId: string;
};

export const us: Identity = { team: "T01TEST", teamName: "Acme", botUser: "U0BOT", botId: "B0BOT" };

export const appId = "A01APP";
export const botToken = "xoxb-test-token";
export const appToken = "xapp-test-token";
export const signingSecret = "test-signing-secret";

/** The value as an object, empty where it is none. */
export const objectOf = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

/** The value as a list of objects, empty where it is none. */
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(objectOf) : []);

/** The value as text, empty where it is none. */
export const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
