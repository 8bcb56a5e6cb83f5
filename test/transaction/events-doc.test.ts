import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderEventsDoc } from '../../tools/events-doc/render.ts';

it('docs/events.md says what the schemas say; otherwise run `npx node tools/write-events-doc.ts`', () => {
  const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
  expect(page).toBe(renderEventsDoc());
});
