import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));
const versions = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');

/** Packages in the first column of the table under a heading. */
function listedUnder(heading: string): string[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| (`[^|]+`) \|/gm)]
    .flatMap(([, cell = '']) => cell.match(/[^`\s,]+/g) ?? [])
    .sort();
}

test('docs/dependencies.md lists what functions and page bring along', () => {
  const listed = [...listedUnder('In the functions'), ...listedUnder('In the page')].sort();
  expect(listed).toEqual(Object.keys(manifest.dependencies).sort());
});

test.each([
  ['For building, testing and the local stack', 'devDependencies'],
  ['Optional, by platform', 'optionalDependencies'],
] as const)('docs/dependencies.md lists under "%s" the %s of package.json', (heading, kind) => {
  expect(listedUnder(heading)).toEqual(Object.keys(manifest[kind]).sort());
});

test('every package has its licence and a reason', () => {
  const rows = [...page.matchAll(/^\| `.*$/gm)].map(([row]) => row.split('|').map((cell) => cell.trim()));
  expect(rows.filter(([, , licence = '', why = '']) => licence === '' || why === '')).toEqual([]);
});
