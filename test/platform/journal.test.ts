import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Item, openWrite } from '../../functions/platform/database.ts';
import {
  appendEntry,
  CHAIN_START,
  type JournalEntry,
  verifyChain,
} from '../../functions/platform/journal.ts';

const entry: fc.Arbitrary<JournalEntry> = fc.record({
  type: fc.string(),
  at: fc.constant('2026-03-10T15:40:00.000Z'),
  by: fc.constantFrom('system', 'customer:C', 'agent:A'),
  data: fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
});

function journal(entries: readonly JournalEntry[]): Item[] {
  let head = { seq: 0, chain: CHAIN_START };
  return entries.map((one) => {
    const appended = appendEntry('table', 'TICKET#1', head, one);
    head = appended.head;
    const { spec } = openWrite(appended.write);
    if (spec.kind !== 'put') throw new Error('not a put');
    return spec.item;
  });
}

test('D11 an untouched journal verifies', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 12 }), (entries) => verifyChain(journal(entries)).intact),
  );
});

test('D11 a changed, missing, doubled or swapped entry is found at its place', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 3, maxLength: 8 }),
      fc.nat(),
      fc.constantFrom('change', 'drop', 'double', 'swap'),
      (entries, at, how) => {
        const items = journal(entries);
        const index = at % (items.length - 1);
        const item = items[index];
        const next = items[index + 1];
        if (item === undefined || next === undefined) return;
        if (how === 'change') items[index] = { ...item, data: { ...(item.data as object), tampered: true } };
        if (how === 'drop') items.splice(index, 1);
        if (how === 'double') items.splice(index, 0, item);
        if (how === 'swap') items.splice(index, 2, next, item);
        const checked = verifyChain(items);
        expect(checked.intact).toBe(false);
        if (!checked.intact) expect(Math.abs(checked.brokenAt - (index + 1))).toBeLessThanOrEqual(1);
      },
    ),
  );
});
