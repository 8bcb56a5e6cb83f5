import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { decide, reasonWords } from '../../functions/screening/decide.ts';
import {
  allowing,
  type Entry,
  entryBook,
  entryKinds,
  entryWords,
  MOST_ENTRIES,
  matchingEntries,
  outcomeWithEntries,
} from '../../functions/screening/entries.ts';
import { emptyRisk } from '../../functions/screening/merchant-risk.ts';
import { emptyProfile } from '../../functions/screening/profile.ts';
import { li, ruleDesk, START, strict } from './rule-desk.ts';
import { transaction } from './transactions.ts';

const hours = (count: number) => new Date(START + count * 3_600_000).toISOString();
const entry = (over: Partial<Entry>): Entry => ({
  entryId: `${over.list ?? 'block'}-${over.kind ?? 'merchant'}`,
  kind: 'merchant',
  value: 'M-1',
  list: 'block',
  ...(over.list === 'allow' ? {} : { outcome: 'freeze' }),
  reason: 'skimmer found',
  author: li,
  addedAt: hours(0),
  until: hours(24),
  ...over,
});
const allow = (kind: Entry['kind']) => entry({ list: 'allow', kind });

const weight = { clear: 0, alert: 1, freeze: 2 } as const;
const outcome = fc.constantFrom('clear', 'alert', 'freeze');
const anyEntry = fc.oneof(
  fc.record({ kind: fc.constantFrom(...entryKinds), outcome: fc.constantFrom('alert', 'freeze') }).map(entry),
  fc.constantFrom(...entryKinds).map(allow),
);

describe('precedence of entries, as a table', () => {
  test.each([
    ['freeze', [allow('card')], 'alert'],
    ['alert', [allow('card')], 'clear'],
    ['freeze', [allow('merchant')], 'alert'],
    ['alert', [allow('merchant')], 'clear'],
    ['freeze', [allow('device')], 'freeze'],
    ['alert', [allow('device')], 'clear'],
    ['freeze', [allow('country')], 'alert'],
    ['alert', [allow('country')], 'alert'],
    // They do not add up.
    ['freeze', [allow('card'), allow('merchant'), allow('country')], 'alert'],
    // A card's allow never defeats a merchant's block, nor any other.
    ['clear', [allow('card'), entry({})], 'freeze'],
    ['alert', [allow('card'), entry({ outcome: 'alert' })], 'alert'],
    ['freeze', [allow('card'), entry({ outcome: 'alert' })], 'freeze'],
    ['clear', [entry({ outcome: 'alert' }), entry({ kind: 'country', outcome: 'freeze' })], 'freeze'],
    ['clear', [entry({ outcome: 'alert' })], 'alert'],
    ['freeze', [], 'freeze'],
  ] as const)('rules say %s: with %j', (ruled, entries, expected) => {
    expect(outcomeWithEntries(ruled, entries)).toBe(expected);
  });

  it('holds in whatever order and number entries come', () => {
    fc.assert(
      fc.property(outcome, fc.array(anyEntry, { maxLength: 6 }), (ruled, entries) => {
        const result = outcomeWithEntries(ruled, entries);
        expect(outcomeWithEntries(ruled, [...entries].reverse())).toBe(result);
        const blocks = entries.filter(({ list }) => list === 'block');
        for (const block of blocks)
          expect(weight[result]).toBeGreaterThanOrEqual(weight[block.outcome ?? 'alert']);
        if (blocks.length > 0) expect(weight[result]).toBeGreaterThanOrEqual(weight[ruled]);
        else expect(weight[ruled] - weight[result]).toBeLessThanOrEqual(1);
        if (blocks.length === 0) expect(weight[result]).toBeLessThanOrEqual(weight[ruled]);
      }),
    );
  });

  it('no policy makes an outcome worse, or undoes a freeze altogether', () => {
    for (const policy of Object.values(allowing)) {
      for (const [from, to] of Object.entries(policy))
        expect(weight[to]).toBeLessThanOrEqual(weight[from as keyof typeof weight]);
      expect(policy.freeze).not.toBe('clear');
    }
  });
});

describe('which entries a transaction falls under', () => {
  const event = transaction({ at: START + 3_600_000, merchantId: 'M-1', country: 'NG', deviceId: 'D-1' });
  const book = (...entries: Entry[]) => entryBook(entries);

  test.each([
    ['card', 'tok_1'],
    ['merchant', 'M-1'],
    ['device', 'D-1'],
    ['country', 'NG'],
  ] as const)('by its %s', (kind, value) => {
    expect(matchingEntries(book(entry({ kind, value })), event)).toHaveLength(1);
    expect(matchingEntries(book(entry({ kind, value: 'other' })), event)).toEqual([]);
  });

  test('H25 expiry is as of the transaction’s own time: one that comes a day late is judged as it would have been', () => {
    expect(matchingEntries(book(entry({ until: hours(1) })), event)).toEqual([]);
    expect(matchingEntries(book(entry({ until: hours(2) })), event)).toHaveLength(1);
  });
});

describe('a decision with entries', () => {
  const freezing = compileRuleSet(strict('v2', 100));
  const input = { profile: emptyProfile(), merchant: emptyRisk(), ruleSet: freezing };
  const big = transaction({ at: START, minor: 50_000 });
  const small = transaction({ at: START, minor: 50 });

  test('an allow entry is a reason of its own, and hides none of the others', () => {
    const decision = decide({ ...input, transaction: big, entries: [allow('card')] });
    expect(decision).toMatchObject({ outcome: 'alert', ruled: 'freeze', score: 90 });
    expect(decision.reasons.map(({ code }) => code)).toEqual(['everything', 'allowed_card']);
  });

  test('a block freezes what the rules would clear, with its reason first', () => {
    const decision = decide({ ...input, transaction: small, entries: [entry({})] });
    expect(decision).toMatchObject({ outcome: 'freeze', ruled: 'clear', score: 0 });
    expect(decision.reasons).toMatchObject([
      { code: 'blocked_merchant', values: { entry: 'block-merchant' } },
    ]);
  });

  test('without entries nothing changes', () => {
    const bare = decide({ ...input, transaction: big });
    expect(decide({ ...input, transaction: big, entries: [] })).toEqual(bare);
    expect(bare.ruled).toBe(bare.outcome);
  });

  test('every such reason has words in both languages, without what the analyst wrote', () => {
    for (const list of ['block', 'allow'] as const)
      for (const kind of entryKinds) expect(Object.keys(entryWords)).toContain(`${list}ed_${kind}`);
    for (const code of Object.keys(entryWords)) {
      expect(reasonWords({ code, values: {} }, 'en')).toMatch(/bank/);
      expect(reasonWords({ code, values: {} }, 'zh')).toMatch(/银行/);
    }
  });
});

describe('entries are kept within bounds', () => {
  test('what is wrong is told with its place; a day is asked for, and not a far one', async () => {
    const desk = ruleDesk();
    for (const [wish, problem] of [
      [{ kind: 'country', value: 'Nigeria' }, /^value/],
      [{ value: '' }, /^value/],
      [{ until: hours(-1) }, /^until/],
      [{ until: hours(24 * 400) }, /^until.*366/],
      [{ list: 'allow', until: hours(24 * 91) }, /^until.*90/],
      [{ list: 'allow', outcome: 'alert' }, /^outcome/],
    ] as const)
      expect(await desk.addEntry(wish)).toMatchObject({
        outcome: 'invalid',
        problem: expect.stringMatching(problem),
      });
    expect(desk.db.items('cards')).toEqual([]);
  });

  test('the same thing stands on a list once; taken off, it can be put on again', async () => {
    const desk = ruleDesk();
    const added = await desk.addEntry({});
    expect(await desk.addEntry({})).toMatchObject({ outcome: 'exists' });
    expect(await desk.addEntry({ list: 'allow' })).toMatchObject({ outcome: 'changed_entries' });
    const id = added.outcome === 'changed_entries' ? added.entry.entryId : '';
    expect(await desk.removeEntry('merchant', id)).toMatchObject({ outcome: 'changed_entries' });
    expect(await desk.removeEntry('merchant', id)).toEqual({ outcome: 'not_found' });
    expect(await desk.addEntry({})).toMatchObject({ outcome: 'changed_entries' });
    const types = (await desk.ruleSets.journal({ limit: 9 })).map(({ type }) => type);
    expect(types).toEqual(['entry_added', 'entry_removed', 'entry_added', 'entry_added']);
  });

  test('at most a thousand of a kind, in an item far from its limit; those long over make room', async () => {
    const desk = ruleDesk();
    await desk.addEntry({ value: 'M-first' });
    const page = await desk.rules.entries('merchant');
    const many = Array.from({ length: MOST_ENTRIES }, (_, index) =>
      entry({ entryId: `e-${index}`, value: `M-${index}`, reason: 'x'.repeat(20) }),
    );
    await desk.db.commit([desk.rules.saveEntries('merchant', page, many)]);
    expect(await desk.addEntry({ value: 'M-last' })).toEqual({ outcome: 'too_many' });
    desk.wait(10 * 86_400);
    expect(await desk.addEntry({ value: 'M-last' })).toMatchObject({ outcome: 'changed_entries' });
    expect((await desk.rules.entries('merchant')).entries).toHaveLength(1);
  });
});
