import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createModelShelf } from '../../functions/handlers/model-shelf.ts';
import { bundleFunctions } from '../../infra/bundle.ts';
import { madeModel } from '../screening/made-model.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardguard-models-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, model: unknown): void =>
  writeFileSync(join(folder, name), JSON.stringify(model));

test('a model is read when it is first asked for, once, and only by its name', () => {
  write('made-1.json', madeModel([], 5));
  const shelf = createModelShelf(folder);
  const model = shelf.get('made-1');
  expect(model).toMatchObject({ version: 'made-1', baseline: 5 });
  rmSync(join(folder, 'made-1.json'));
  expect(shelf.get('made-1')).toBe(model);
  expect(shelf.has('made-1')).toBe(true);
  for (const version of ['made-2', '../made-1', '', '.', 'a/b', 'README.md'])
    expect(shelf.has(version)).toBe(false);
});

test('a folder that is not there holds none', () => {
  expect(createModelShelf(join(folder, 'none')).has('made-1')).toBe(false);
});

test('what is no model of this code is refused with its place; one under another name too', () => {
  const { features, ...rest } = madeModel([], 0, 'made-2');
  write('made-2.json', { ...rest, features: ['colour', ...features.slice(1)] });
  write('made-3.json', madeModel([], 0, 'made-4'));
  const shelf = createModelShelf(folder);
  expect(() => shelf.get('made-2')).toThrow('model refused: features.0: "colour" is not a feature');
  expect(() => shelf.get('made-3')).toThrow('calls itself made-4: rename it');
});

test('models lie beside the bundle of the function that judges, and of no other', () => {
  write('made-1.json', madeModel([], 5));
  const outDir = join(folder, 'out');
  const handlersDir = fileURLToPath(new URL('../../functions/handlers', import.meta.url));
  const { bundles } = bundleFunctions({
    handlersDir,
    outDir,
    names: ['screen-transactions', 'send-sms'],
    models: { dir: folder, names: ['screen-transactions'] },
  });
  const [screening, sms] = bundles.map(({ dir }) => createModelShelf(join(dir, 'models')));
  expect([screening?.has('made-1'), sms?.has('made-1')]).toEqual([true, false]);
  const code = readFileSync(join(outDir, 'screen-transactions', 'index.js'), 'utf8');
  // Data, not code: the function's start does not read them.
  expect(code).not.toContain('made by a test');
  expect(bundles[0]?.bytes).toBeLessThan(420_000);
});
