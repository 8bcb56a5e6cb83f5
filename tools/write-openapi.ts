import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderOpenApi } from './openapi/render.ts';

/** Writes docs/openapi.json from the routes in functions/api; a test fails when the file is behind them. */
const page = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
writeFileSync(page, renderOpenApi());
console.log(`wrote ${page}`);
