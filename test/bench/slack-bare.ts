/** A bare Bolt app to compare with: an empty listener for mentions, and a constant for every message. Not ours, and no more than a guide shows. */
import { App, LogLevel } from "@slack/bolt";
import { botToken, signingSecret } from "../helpers/slack/team.ts";

const app = new App({
  token: botToken,
  signingSecret,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? "" },
});
app.event("app_mention", async () => {});
app.message(async ({ message, client }) => {
  await client.chat.postMessage({ channel: message.channel, thread_ts: message.ts, text: "The same every time." });
});
const server = await app.start(0);
const address = "address" in server ? server.address() : null;
console.log(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
