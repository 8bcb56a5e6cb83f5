import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Item, openWrite, type Write } from '../../functions/platform/database.ts';
import { appendEntry, CHAIN_START } from '../../functions/platform/journal.ts';
import { readTimeline, sealWords, WORDS_ERASED, wordsSeal } from '../../functions/platform/sealed-words.ts';

const PK = 'TICKET#1';

function itemOf(write: Write<unknown>): Item {
  const { spec } = openWrite(write);
  if (spec.kind !== 'put') throw new Error('not a put');
  return spec.item;
}

/** A journal whose entries say these words, `undefined`: nothing; `erasedUpTo` adds the proof of an erasure. */
function journal(said: readonly (string | undefined)[], erasedUpTo?: number) {
  const entries: Item[] = [];
  const bodies: Item[] = [];
  let head = { seq: 0, chain: CHAIN_START };
  const append = (type: string, data: Record<string, string | number>) => {
    const appended = appendEntry('table', PK, head, { type, at: '2026-03-10T15:40:00.000Z', by: 'x', data });
    head = appended.head;
    entries.push(itemOf(appended.write));
  };
  for (const [index, words] of said.entries()) {
    if (words === undefined) {
      append('noted', {});
      continue;
    }
    const sealed = sealWords('table', { pk: PK, seq: index + 1, words, salt: `salt-${index}` });
    bodies.push(itemOf(sealed.write));
    append('wrote', { wordsSeal: sealed.seal });
  }
  if (erasedUpTo !== undefined) append(WORDS_ERASED, { upTo: erasedUpTo });
  return { entries, bodies, head };
}

const said = fc.array(fc.option(fc.string({ minLength: 1 }), { nil: undefined }), {
  minLength: 1,
  maxLength: 10,
});

describe('D11 words beside the journal', () => {
  test('are read back with it, and stand nowhere in it', () => {
    fc.assert(
      fc.property(said, (words) => {
        const { entries, bodies, head } = journal(words);
        const read = readTimeline(entries, bodies);
        expect(read).toMatchObject({ intact: true, head });
        expect(words.map((_, index) => read.words.get(index + 1))).toEqual(words);
      }),
    );
    const { entries } = journal(['wrong-word-Zebra']);
    expect(JSON.stringify(entries)).not.toContain('Zebra');
  });

  test('erased with a proof: the chain verifies and says where they were', () => {
    fc.assert(
      fc.property(said, (words) => {
        const { entries } = journal(words, words.length);
        const read = readTimeline(entries, []);
        expect(read.intact).toBe(true);
        expect([...read.erased]).toEqual(words.flatMap((one, at) => (one === undefined ? [] : [at + 1])));
      }),
    );
  });

  test('missing without a proof, missing after it, or changed: found at their place', () => {
    const whole = journal(['one', undefined, 'three', 'four']);
    expect(readTimeline(whole.entries, whole.bodies.slice(1))).toMatchObject({ intact: false, brokenAt: 1 });
    const later = journal(['one', undefined, 'three', 'four'], 3);
    expect(readTimeline(later.entries, [])).toMatchObject({ intact: false, brokenAt: 4 });
    const changed = whole.bodies.map((body) => (body.seq === 3 ? { ...body, words: 'tree' } : body));
    expect(readTimeline(whole.entries, changed)).toMatchObject({ intact: false, brokenAt: 3 });
    const salted = whole.bodies.map((body) => (body.seq === 4 ? { ...body, salt: 'other' } : body));
    expect(readTimeline(whole.entries, salted)).toMatchObject({ intact: false, brokenAt: 4 });
  });

  test('the same words under another salt have another seal', () => {
    expect(wordsSeal('a', 'YES')).not.toBe(wordsSeal('b', 'YES'));
    expect(wordsSeal('a', 'YES')).toMatch(/^[0-9a-f]{64}$/);
  });
});
