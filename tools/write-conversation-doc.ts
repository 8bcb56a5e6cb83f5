import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderConversationDoc } from './conversation-doc/render.ts';

/** Writes docs/conversation.md from the real templates; a test fails when the page is behind them. */
const page = fileURLToPath(new URL('../docs/conversation.md', import.meta.url));
writeFileSync(page, renderConversationDoc());
console.log(`wrote ${page}`);
