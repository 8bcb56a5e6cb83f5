import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderEventsDoc } from './events-doc/render.ts';

/** Writes docs/events.md from the event schemas; a test fails when the page is behind them. */
const page = fileURLToPath(new URL('../docs/events.md', import.meta.url));
writeFileSync(page, renderEventsDoc());
console.log(`wrote ${page}`);
