import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readReply } from '../../functions/alert/reply.ts';
import { cases } from '../../tools/conversation-doc/cases.ts';
import { renderConversationDoc } from '../../tools/conversation-doc/render.ts';

test('docs/conversation.md says what the templates say; otherwise run `npx node tools/write-conversation-doc.ts`', () => {
  const page = readFileSync(new URL('../../docs/conversation.md', import.meta.url), 'utf8');
  expect(page).toBe(renderConversationDoc());
});

/** What the page says in brackets is not part of the text. */
const typed = (text: string): string => text.replace(/\s*[(（].*[)）]$/, '');

test('what customers type on the page means the same in both languages', () => {
  const written = cases.flatMap(({ turns }) => turns.flatMap(({ writes }) => (writes ? [writes] : [])));
  for (const [zh, en] of written) {
    const readings = [typed(zh), typed(en)].map((text) => readReply(text, { mainlandChina: false }).kind);
    expect(new Set(readings).size, `${zh} / ${en}: ${readings.join(', ')}`).toBe(1);
  }
});
