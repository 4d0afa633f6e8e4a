/** What nobody at Microsoft would send, for fast-check: activities of every kind, spoilt. */
import fc from "fast-check";
import { odd, spoiltOf } from "../spoilt.ts";
import {
  activityOf,
  channelMention,
  chosenOn,
  dialogSent,
  edited,
  executed,
  groupMention,
  installation,
  invoke,
  type Json,
  openedFrom,
  personalMessage,
  searched,
  submitted,
  voted,
} from "./activities.ts";

/** Every type of activity that botframework-schema 4.23.3 names, and some that nobody does. */
export const activityTypes: readonly string[] = [
  ...["message", "contactRelationUpdate", "conversationUpdate", "typing", "endOfConversation", "event", "invoke"],
  ...["invokeResponse", "deleteUserData", "messageUpdate", "messageDelete", "installationUpdate", "messageReaction"],
  ...["suggestion", "trace", "handoff", "command", "commandResult"],
  ...["brandNew", "", "__proto__", "constructor", "toString", "Message", "message ", "\ud800"],
];

/** Every name of an invoke that Teams documents or botbuilder handles, and some that nobody does. */
export const invokeNames: readonly string[] = [
  ...["actionableMessage/executeAction", "adaptiveCard/action", "application/search"],
  ...["composeExtension/anonymousQueryLink", "composeExtension/fetchTask", "composeExtension/onCardButtonClicked"],
  ...["composeExtension/query", "composeExtension/queryLink", "composeExtension/querySettingUrl"],
  ...["composeExtension/selectItem", "composeExtension/setting", "composeExtension/submitAction"],
  ...["config/fetch", "config/submit", "fileConsent/invoke", "handoff/action", "message/fetchTask"],
  ...["message/submitAction", "signin/failure", "signin/tokenExchange", "signin/verifyState", "tab/fetch"],
  ...["tab/submit", "task/fetch", "task/submit", "cardpage/get", "cardpage/set"],
  ...["brand/new", "", "__proto__", "constructor", "toString", "hasOwnProperty", "\ud800"],
];

const data: Json = { verb: "press", token: "themes", what: "supervision" };

/** Right ones of every kind that we read, to be spoilt. */
export const rightActivities: readonly Json[] = [
  personalMessage("who may supervise"),
  groupMention("who may supervise"),
  channelMention("who may supervise &amp; how", { thread: "1764000000000" }),
  edited("who may supervise"),
  submitted(data, "1764000000001"),
  executed(data, "1764000000001"),
  searched(null),
  searched("supervis"),
  chosenOn("lookUp", '<div><at id="0">Bob</at> who may <b>supervise</b>?</div>', { kind: "channel" }),
  openedFrom("remind"),
  dialogSent("remind", data),
  invoke("task/submit", { data }),
  voted("like", "1764000000001"),
  voted("dislike", "1764000000001", { feedback: { feedbackText: "wrong" } }),
  installation("add"),
  installation("remove", { kind: "channel" }),
];

/** JSON that is no activity, or an activity with some parts replaced or missing, of a type and a name known or not. */
export const hostileActivity: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: spoiltOf(rightActivities) },
  {
    weight: 2,
    arbitrary: spoiltOf(
      activityTypes.map((type) => activityOf(type, { more: { name: "adaptiveCard/action", value: data } })),
    ),
  },
  { weight: 2, arbitrary: spoiltOf(invokeNames.map((name) => invoke(name, { ...data, data, action: { data } }))) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom(...activityTypes),
      name: fc.constantFrom(...invokeNames),
      value: odd,
      from: odd,
      conversation: odd,
      entities: odd,
    }),
  },
  { weight: 1, arbitrary: odd },
);
