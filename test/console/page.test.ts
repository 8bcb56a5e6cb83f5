import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPage } from '../../infra/page-build.ts';
import { contentSecurityPolicy } from '../../infra/page-headers.ts';

let folder = '';
beforeAll(async () => {
  folder = (await buildPage()).folder;
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const kilobytes = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).byteLength, 0) / 1024;

/** What a browser loads before the page shows: its own scripts and styles, and those they import. */
function loadedBy(page: string): { scripts: string[]; styles: string[] } {
  const html = read(page);
  const named = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, name = '']) => name.slice(1));
  const scripts = new Set(named(/(?:src|href)="(\/assets\/[^"]+\.js)"/g));
  for (const script of scripts)
    for (const [, name = ''] of read(script).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      scripts.add(`assets/${name}`);
  return { scripts: [...scripts], styles: named(/href="(\/assets\/[^"]+\.css)"/g) };
}

describe('the page', () => {
  /** Gzip, KB. A customer opens it at night on a phone: at 1 MB/s it is there within half a second. */
  test.each([
    ['index.html', { scripts: 250, styles: 80 }],
    ['desk.html', { scripts: 330, styles: 110 }],
  ] as const)('%s loads within its budget before it shows', (page, budget) => {
    const { scripts, styles } = loadedBy(page);
    expect(kilobytes(scripts)).toBeLessThan(budget.scripts);
    expect(kilobytes(styles)).toBeLessThan(budget.styles);
  });

  test('customers load nothing of the desk and of the local stack', () => {
    const text = loadedBy('index.html').scripts.map(read).join('');
    expect(text).not.toMatch(/\/local\/events|\/agent\//);
  });

  test('has nothing its own policy refuses: no inline script or style, no data: URL in styles', () => {
    for (const page of readdirSync(folder).filter((name) => name.endsWith('.html'))) {
      expect(read(page)).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
    }
    const styles = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.css'));
    for (const name of styles) expect(read(`assets/${name}`)).not.toMatch(/url\(["']?data:/);
  });

  test('the policy names no wildcard, no inline and no eval', () => {
    expect(contentSecurityPolicy(['https://sign-in.example'])).not.toMatch(/\*|unsafe|data:|http:/);
  });
});
