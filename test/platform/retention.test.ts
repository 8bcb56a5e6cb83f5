import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withOwnDeadline } from '../../functions/platform/documents.ts';
import { expiryOf, isExpired, keptDays } from '../../functions/platform/expiry.ts';
import { type Kept, kindOf, retention } from '../../functions/platform/retention.ts';

const rows = Object.entries(retention) as unknown as readonly (readonly [string, Kept])[];
const NOON = new Date('2026-03-10T12:00:00.000Z');

describe('how long items are kept', () => {
  const doc = readFileSync('docs/retention.md', 'utf8');

  test.each(rows)('%s is said in docs/retention.md as it is done', (_name, row) => {
    const key = `\`${row.pk === '' ? '…' : `${row.pk}…`}\` / \`${row.sk === '' ? '…' : row.sk}`;
    const line = doc.split('\n').find((one) => one.startsWith(`| ${row.table} | ${key}`));
    expect(line, `${row.table} ${key}`).toBeDefined();
    expect(line).toContain(row.days === undefined ? row.from : `${row.days} day`);
    expect(line).toContain(row.from);
    expect(line).toContain(row.why);
  });

  test('what expires says after how many days, or what window ends it; what never does has none', () => {
    for (const [name, { expires, days }] of rows.filter(([kind]) => !['limit', 'keptList'].includes(kind)))
      expect([name, days !== undefined]).toEqual([name, expires !== 'never']);
  });

  test('the days that functions count by are the days of the table', () => {
    const counted = rows.flatMap(([kind, { days }]) => (days === undefined ? [] : [[kind, days]]));
    expect(keptDays).toEqual(Object.fromEntries(counted));
  });

  test('every kind of key that a source writes is in the table', () => {
    const folders = readdirSync('functions').filter((name) => name !== 'handlers');
    const sources = folders.flatMap((folder) =>
      readdirSync(`functions/${folder}`)
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(`functions/${folder}/${name}`, 'utf8')),
    );
    const partitions = new Set(
      sources.flatMap((source) =>
        [...source.matchAll(/`([A-Z][A-Z]+#)\$\{/g)].map((match) => match[1] ?? ''),
      ),
    );
    // Partitions of indexes: not the beginning of an item's key.
    for (const other of ['DUE#', 'QUEUE#', 'OVER#', 'HELD#', 'HELDBY#', 'ALERTS#', 'HAND#', 'FOUR#'])
      partitions.delete(other);
    const unknown = [...partitions].filter((key) =>
      rows.every(([, { pk, sk }]) => !pk.startsWith(key) && !sk.startsWith(key) && key !== 'BODY#'),
    );
    expect(unknown).toEqual([]);
  });

  test('an item belongs to exactly one row', () => {
    expect(kindOf('Cases', { pk: 'TICKET#1', sk: 'OUT#000001#sms' })).toBe('effect');
    expect(kindOf('Cases', { pk: 'CARD#1', sk: 'EVT#000001' })).toBe('cardJournal');
    expect(kindOf('Cases', { pk: 'QUARANTINE#1', sk: 'BODY#0' })).toBe('quarantine');
    expect(kindOf('Cases', { pk: 'SOMETHING#1', sk: 'META' })).toBeUndefined();
  });
});

test('an item is over from its second on; a deadline in ISO text is not an expiry', () => {
  const expiresAt = expiryOf('request', NOON);
  const at = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);
  expect(isExpired({ expiresAt }, at(86_399))).toBe(false);
  expect(isExpired({ expiresAt }, at(86_400))).toBe(true);
  expect(isExpired({ expiresAt: '2020-01-01T00:00:00.000Z' }, NOON)).toBe(false);
  expect(isExpired({}, NOON)).toBe(false);
});

test('a document that is to be deleted gets its own deadline back when it is read', () => {
  const key = { pk: 'ALERT#1', sk: 'META' };
  const own = '2026-03-10T12:15:00.000Z';
  expect(withOwnDeadline({ ...key, expiresAt: 1_800_000_000, ownDeadline: own })).toMatchObject({
    expiresAt: own,
  });
  expect(withOwnDeadline({ ...key, expiresAt: 1_800_000_000 }).expiresAt).toBeUndefined();
  expect(withOwnDeadline({ ...key, expiresAt: own })).toMatchObject({ expiresAt: own });
});
