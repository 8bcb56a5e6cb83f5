import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Pages that differ in their script alone, from one template with `%SCRIPT%` in it: what stands in the head of one stands
 * in all of them. `scripts`: what each page, by the path it would have, begins with.
 */
export const pagesOfOne = (template: string, scripts: Readonly<Record<string, string>>): Plugin => ({
  name: 'pages-of-one',
  enforce: 'pre',
  resolveId: (id) => (id in scripts ? id : undefined),
  load: (id) => {
    const script = scripts[id];
    return script === undefined ? undefined : readFileSync(template, 'utf8').replace('%SCRIPT%', script);
  },
});
