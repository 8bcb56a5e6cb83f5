import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { isAllowed, readLicences, refusedLicences } from '../../tools/licence-check.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function project(lock: object, manifests: Record<string, object> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardguard-licences-'));
  folders.push(folder);
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...lock } }));
  for (const [path, manifest] of Object.entries(manifests)) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), JSON.stringify(manifest));
  }
  return folder;
}

describe('licences', () => {
  it('allows everything this repository installs', () => {
    const packages = readLicences(root);
    expect(packages.length).toBeGreaterThan(100);
    expect(refusedLicences(packages)).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['MIT AND GPL-3.0-only', false],
    ['(MIT AND (BSD-3-Clause OR AGPL-3.0)) OR GPL-2.0', true],
    ['AGPL-3.0-only', false],
    ['Apache-2.0 WITH LLVM-exception', false],
    ['SEE LICENSE IN LICENSE', false],
    ['', false],
  ])('%s: %s', (expression, allowed) => {
    const permissive = new Set(['MIT', 'BSD-3-Clause', 'Apache-2.0']);
    expect(isAllowed(expression, (name) => permissive.has(name))).toBe(allowed);
  });

  it('names what is refused, and lets a build tool be MPL', () => {
    const folder = project({
      'node_modules/good': { version: '1.0.0', license: 'ISC' },
      'node_modules/tool': { version: '2.0.0', license: 'MPL-2.0', dev: true },
      'node_modules/@a/shipped': { version: '3.0.0', license: 'MPL-2.0' },
      'node_modules/good/node_modules/silent': { version: '4.0.0', dev: true },
    });
    expect(refusedLicences(readLicences(folder)).map(({ name }) => name)).toEqual([
      '@a/shipped@3.0.0',
      'silent@4.0.0',
    ]);
  });

  it('believes what is installed before the lock file', () => {
    const folder = project(
      { 'node_modules/turned': { version: '2.0.0', license: 'MIT' } },
      { 'node_modules/turned': { license: { type: 'AGPL-3.0' } } },
    );
    expect(refusedLicences(readLicences(folder))).toEqual([
      { name: 'turned@2.0.0', licence: 'AGPL-3.0', dev: false },
    ]);
  });
});
