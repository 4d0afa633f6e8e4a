/** The real assistant over our own knowledge, as `serve` opens it, and that knowledge alone. */
import { knowledgeIn, openAssistant } from "#adapters/bot.ts";
import { knowledgeFolders } from "#adapters/terminal/options.ts";

/** What a door needs of the assistant. */
export const openReal = () => openAssistant(knowledgeFolders());

/** Our own knowledge, checked. */
export const openKnowledge = () => knowledgeIn(knowledgeFolders());
