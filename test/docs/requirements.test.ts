import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/requirements.md'), 'utf8');

interface Row {
  readonly id: string;
  readonly status: string;
  readonly files: readonly string[];
  /** Those of `files` that are tests. */
  readonly tests: readonly string[];
}

/** Rows of the tables whose first cell is an id like `H12`. */
function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| ([DHIK]\d+) \|(.*)\|$/gm)].map(([, id = '', rest = '']) => {
    const paths = [...rest.matchAll(/`((?:functions|infra|test|tools)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );
    const status = rest.split('|').at(-1)?.trim() ?? '';
    return { id, status, files: paths, tests: paths.filter((path) => path.startsWith('test/')) };
  });
}

/** Ids named by titles of tests and groups, per file. */
function idsByFile(): ReadonlyMap<string, ReadonlySet<string>> {
  const title = /(?:\b(?:test|it|describe)(?:\.\w+)*|\))\(\s*(['"`])((?:(?!\1)[\s\S])*?)\1/g;
  const names = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' });
  const tests = names.filter((name) => name.endsWith('.test.ts')).map((name) => `test/${name}`);
  return new Map(
    tests.map((file) => {
      const titles = [...readFileSync(join(root, file), 'utf8').matchAll(title)].map(
        (match) => match[2] ?? '',
      );
      return [file, new Set(titles.flatMap((text) => text.match(/\b[DHIK]\d+\b/g) ?? []))];
    }),
  );
}

const rows = rowsOf(page);
const named = idsByFile();
const isNamed = (id: string): boolean => [...named.values()].some((ids) => ids.has(id));
const range = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);

describe('docs/requirements.md', () => {
  test('has every id once', () => {
    const ids = rows.map(({ id }) => id);
    expect(ids).toEqual([...range('D', 14), ...range('H', 33), ...range('K', 6), ...range('I', 12)]);
  });

  test('says of each how far it is', () => {
    expect(rows.filter(({ status }) => !['tested', 'partly', 'not yet'].includes(status))).toEqual([]);
  });

  test('claims "tested" only where a test it lists names the id', () => {
    const unfounded = rows
      .filter(({ status }) => status === 'tested')
      .filter(({ id, tests }) => !tests.some((file) => named.get(file)?.has(id)))
      .map(({ id }) => id);
    expect(unfounded).toEqual([]);
  });

  test('calls nothing "not yet" that a test names', () => {
    const modest = rows.filter(({ id, status }) => status === 'not yet' && isNamed(id)).map(({ id }) => id);
    expect(modest).toEqual([]);
  });

  test('names files that exist', () => {
    const missing = rows.flatMap(({ id, files }) =>
      files.filter((file) => !existsSync(join(root, file))).map((file) => `${id}: ${file}`),
    );
    expect(missing).toEqual([]);
  });

  test('knows every id that a test names', () => {
    const known = new Set(rows.map(({ id }) => id));
    const unknown = [...named].flatMap(([file, ids]) =>
      [...ids].filter((id) => !known.has(id)).map((id) => `${file}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });
});
