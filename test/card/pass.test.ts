import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Card, unknownCard } from '../../functions/card/card.ts';
import { openPass, usePass, withPasses } from '../../functions/card/pass.ts';

const AT = '2026-03-10T15:40:00.000Z';
const hours = (count: number) => new Date(Date.parse(AT) + count * 3_600_000).toISOString();
const proven = { alertId: 'A', merchantId: 'M-1', billing: { minor: 10_001, currency: 'CNY' } };

const blank = unknownCard({ cardToken: 'card', cardholderId: 'C', accountOwnerId: 'C', chain: '' });
function cardWithPass(): Card {
  const pass = openPass(proven, AT);
  if (pass === undefined) throw new Error('no pass');
  return withPasses(blank, [pass], AT);
}
const purchase = {
  merchantId: 'M-1',
  billing: { minor: 10_001, currency: 'CNY' },
  occurredAt: hours(1),
  declined: false,
};

describe('H18 the pass after a proven YES', () => {
  test.each([
    ['the same purchase again', {}, true],
    ['80 % of the amount, rounded up', { billing: { minor: 8_001, currency: 'CNY' } }, true],
    ['less than 80 %', { billing: { minor: 8_000, currency: 'CNY' } }, false],
    ['110 % of the amount, rounded down', { billing: { minor: 11_001, currency: 'CNY' } }, true],
    ['more than 110 %', { billing: { minor: 11_002, currency: 'CNY' } }, false],
    ['another currency', { billing: { minor: 10_001, currency: 'USD' } }, false],
    ['another merchant', { merchantId: 'M-2' }, false],
    ['at the end of 24 hours', { occurredAt: hours(24) }, true],
    ['after 24 hours', { occurredAt: '2026-03-11T15:40:00.001Z' }, false],
    [
      'dated before the proof by no more than the clocks may differ',
      { occurredAt: '2026-03-10T15:35:00Z' },
      true,
    ],
    ['a purchase made before the proof', { occurredAt: '2026-03-10T15:34:59.999Z' }, false],
    ['declined before the proof', { occurredAt: '2026-03-10T15:39:59.999Z', declined: true }, false],
    ['declined after the proof', { declined: true }, true],
    ['a time written without milliseconds', { occurredAt: '2026-03-10T16:40:00Z' }, true],
  ])('%s', (_what, over, passes) => {
    expect(usePass(cardWithPass(), { ...purchase, ...over }) !== undefined).toBe(passes);
  });

  test('serves twice and no third time', () => {
    const once = usePass(cardWithPass(), purchase);
    const twice = once && usePass(once, purchase);
    expect(twice?.passes?.[0]?.usesLeft).toBe(0);
    expect(twice && usePass(twice, purchase)).toBeUndefined();
  });

  test('never serves more often than it was given, whatever is bought', () => {
    const bought = fc.record({
      merchantId: fc.constantFrom('M-1', 'M-2'),
      minor: fc.integer({ min: 7_000, max: 12_000 }),
      hour: fc.integer({ min: -2, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(bought, { maxLength: 40 }), (purchases) => {
        let card = cardWithPass();
        let used = 0;
        for (const { merchantId, minor, hour } of purchases) {
          const billing = { minor, currency: 'CNY' };
          const after = usePass(card, { merchantId, billing, occurredAt: hours(hour), declined: false });
          if (after !== undefined) used += 1;
          card = after ?? card;
        }
        expect(used).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('a transaction stored without its merchant opens none', () => {
    expect(openPass({ ...proven, merchantId: undefined }, AT)).toBeUndefined();
  });

  test('what is over or used up is dropped when a further pass is opened, and a card keeps at most 20', () => {
    const card = cardWithPass();
    const pass = openPass(proven, hours(25));
    if (pass === undefined) throw new Error('no pass');
    expect(withPasses(card, [pass], hours(25)).passes).toEqual([pass]);
    expect(withPasses(card, Array(30).fill(pass), hours(1)).passes).toHaveLength(20);
  });
});
